import type { Clock } from '../core/clock';
import { KlingError, toKlingError } from '../core/errors';
import type { Calls, PaidCall } from '../providers';
import { callTitle } from '../providers/calls';
import { isOutdated, readKept } from '../providers/keptAnswers';
import type { KlingClient } from './client';
import { callNotSentAgain, mayBeMade } from './createErrors';

/** What is known of an earlier call: it has no clear answer, or it has one, which came at `at` (in ms). */
export type EarlierCall =
	{ state: 'sent'; said?: string } | { state: 'answered'; at: number; answer?: unknown };

/** A call that costs money, by which it is known again. */
export interface AskedCall {
	call: PaidCall;
	input: object;
}

/** What is kept of one call. */
export interface KeptCall {
	find: () => EarlierCall | undefined;
	/** Called before it leaves. */
	sent: () => void;
	answered: (at: number, answer: unknown) => void;
	/** It ended without a clear answer; what came is told with a later error. */
	unclear: (error: KlingError) => void;
	/** It certainly made nothing, failed for good, or can be used no more. */
	forget: () => void;
}

/** What is kept of the calls that one item needs, each by what it asks: it stays where anything else of the item changes. */
export type KeptCalls = (asked: AskedCall) => KeptCall;

/** An answer that was paid for, and when it came, in ms. */
export interface Answered<N extends PaidCall> {
	at: number;
	answer: Calls[N]['output'];
}

/** Paying again for what cannot be read would be worse than not going on. */
function unreadable(name: PaidCall): KlingError {
	return new KlingError(
		'invalidInput',
		`What this execution has kept of ${callTitle(name)} cannot be read, so nothing was sent`,
		{
			maybeCreated: true,
			advice:
				'It was paid for by another version of this node: run the workflow anew instead of retrying this execution',
		},
	);
}

/** What a call has brought in this try or an earlier one; undefined where it was not answered, or nobody can read it. */
export function keptAnswer<N extends PaidCall>(
	kept: KeptCalls,
	call: N,
	input: Calls[N]['input'],
): Calls[N]['output'] | undefined {
	const earlier = kept({ call, input }).find();
	return earlier?.state === 'answered' ? readKept(call, earlier.answer) : undefined;
}

/** The answer to an earlier call; undefined where there is none to go by. Throws where it is not right to send one. */
function earlierAnswer<N extends PaidCall>(
	name: N,
	kept: KeptCall,
	now: number,
): Answered<N> | undefined {
	const earlier = kept.find();
	if (!earlier) return undefined;
	if (earlier.state === 'sent') throw callNotSentAgain(name, earlier.said);
	if (isOutdated(name, earlier.at, now)) {
		kept.forget();
		return undefined;
	}
	const answer = readKept(name, earlier.answer);
	if (answer === undefined) throw unreadable(name);
	return { at: earlier.at, answer };
}

/**
 * A call that costs money, at most once: one that was answered before is not sent again, nor one without a clear answer.
 * Throws `KlingError`; `details.maybeCreated` is false when certainly nothing was paid.
 */
export async function payOnce<N extends PaidCall>(
	client: KlingClient,
	clock: Clock,
	keptCalls: KeptCalls,
	name: N,
	input: Calls[N]['input'],
): Promise<Answered<N>> {
	const kept = keptCalls({ call: name, input });
	const earlier = earlierAnswer(name, kept, clock.now());
	if (earlier !== undefined) return earlier;
	kept.sent();
	let answer: Calls[N]['output'];
	try {
		answer = await client.call(name, input);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (!mayBeMade(error) || error.kind === 'taskFailed') kept.forget();
		else kept.unclear(error);
		throw error;
	}
	const at = clock.now();
	kept.answered(at, answer);
	return { at, answer };
}
