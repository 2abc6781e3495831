import type { Clock } from '../core/clock';
import type { GenerationRequest } from '../core/requests';
import type { PaidCall, Step } from '../providers';
import { nextStep } from '../providers/codec';
import type { KlingClient } from './client';
import { notSubmitted } from './createErrors';
import { paidIn, payOnce } from './payOnce';
import type { KeptCalls } from './payOnce';

/**
 * What is paid before a create: some requests need the answers of other calls first, such as the faces in the video. Each is
 * kept before the next one leaves, so whoever tries again goes on where the last try ended.
 */
export interface Steps {
	/** What has been paid for by now, in this try or an earlier one, in words. */
	paid: () => readonly string[];
	/** Makes the request complete. Throws `KlingError` as `payOnce` does. */
	take: () => Promise<GenerationRequest>;
}

interface StepContext {
	client: KlingClient;
	clock: Clock;
	/** True once a person has pressed Stop: then nothing more is paid. */
	isStopped: () => boolean;
}

/** Keeps nothing: for a request that needs no steps. */
const NOTHING_KEPT: KeptCalls = {
	find: () => undefined,
	sent: () => undefined,
	answered: () => undefined,
	unclear: () => undefined,
	forget: () => undefined,
};

/** Keeps answers without what the service wrote: nobody is shown it, and a run may have many items. */
function withoutRaw(kept: KeptCalls): KeptCalls {
	return {
		...kept,
		answered(name, at, answer) {
			const { raw: _raw, ...told } = answer as { raw?: unknown };
			kept.answered(name, at, told);
		},
	};
}

/** The steps of one request, none of which is taken yet. */
export function stepsOf(
	{ request: given, kept = NOTHING_KEPT }: { request: GenerationRequest; kept?: KeptCalls },
	{ client, clock, isStopped }: StepContext,
): Steps {
	const small = withoutRaw(kept);
	async function taken<N extends PaidCall>(step: Step<N>): Promise<GenerationRequest> {
		if (isStopped()) throw notSubmitted();
		const { answer } = await payOnce(client, clock, small, step.call, step.input);
		return step.complete(answer);
	}
	return {
		paid: () => paidIn(kept),
		async take() {
			let request = given;
			for (;;) {
				const step = nextStep(client.provider, request);
				if (!step) return request;
				request = await taken(step);
			}
		},
	};
}
