import type { Clock } from '../core/clock';
import type { GenerationRequest } from '../core/requests';
import type { Provider, Step } from '../providers';
import { nextStep } from '../providers/codec';
import { tellPaid } from '../providers/keptAnswers';
import type { KlingClient } from './client';
import { notSubmitted } from './createErrors';
import { keptAnswer, payOnce } from './payOnce';
import type { KeptCalls } from './payOnce';
import type { Uploads } from './uploads';

/**
 * What is paid before a create: some requests need the answers of other calls first, such as the faces in the video. Each is
 * kept before the next one leaves, so whoever tries again goes on where the last try ended.
 */
export interface Steps {
	/** What has been paid for by now, in this try or an earlier one, in words. */
	paid: () => readonly string[];
	/** Makes the request complete, its files first. Throws `KlingError` as `payOnce` and `Uploads.complete` do. */
	take: () => Promise<GenerationRequest>;
}

interface StepContext {
	client: KlingClient;
	clock: Clock;
	/** Where files are put that the request is to have as addresses. */
	uploads?: Uploads;
	/** True once a person has pressed Stop: then nothing more is uploaded or paid. */
	isStopped: () => boolean;
}

/** Keeps answers without what the service wrote: nobody is shown it, and a run may have many items. */
function withoutRaw(kept: KeptCalls): KeptCalls {
	return (asked) => {
		const one = kept(asked);
		return {
			...one,
			answered(at, answer) {
				const { raw: _raw, ...told } = answer as { raw?: unknown };
				one.answered(at, told);
			},
		};
	};
}

/** A request, and what is kept of the calls that it needs. */
interface Prepared {
	request: GenerationRequest;
	kept: KeptCalls;
}

/** What a step has brought in this try or an earlier one, in words, and the request behind it; undefined where nothing. */
function stepTaken<N extends Step['call']>(step: Step<N>, kept: KeptCalls) {
	const answer = keptAnswer(kept, step.call, step.input);
	if (answer === undefined) return undefined;
	return { told: tellPaid(step.call, answer), complete: () => step.complete(answer) };
}

/** What has been paid for a request by now, in this try or an earlier one, in words. Never throws. */
export function paidFor(provider: Provider, { request: given, kept }: Prepared): string[] {
	const paid: string[] = [];
	try {
		for (let step = nextStep(provider, given); step;) {
			const taken = stepTaken(step, kept);
			if (!taken) break;
			paid.push(taken.told);
			step = nextStep(provider, taken.complete());
		}
	} catch {
		// The last answer does not do for the request: nothing was paid behind it.
	}
	return paid;
}

/** The steps of one request, none of which is taken yet. */
export function stepsOf(
	{ request: given, kept }: Prepared,
	{ client, clock, uploads, isStopped }: StepContext,
): Steps {
	const small = withoutRaw(kept);
	const check = () => {
		if (isStopped()) throw notSubmitted();
	};
	async function taken<N extends Step['call']>(step: Step<N>): Promise<GenerationRequest> {
		check();
		const { answer } = await payOnce(client, clock, small, step.call, step.input);
		return step.complete(answer);
	}
	return {
		paid: () => paidFor(client.provider, { request: given, kept }),
		async take() {
			let request = (await uploads?.complete(given, check)) ?? given;
			for (;;) {
				const step = nextStep(client.provider, request);
				if (!step) return request;
				request = await taken(step);
			}
		},
	};
}
