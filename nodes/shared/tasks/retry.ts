import type { Clock } from '../core/clock';
import { pauseAskedFor, toKlingError } from '../core/errors';
import type { KlingError } from '../core/errors';
import { LONGEST_PAUSE_MS } from './backOff';

/** Before the second try, and before the third. */
type Delays = readonly [number, number];

const RETRY_DELAYS_MS: Delays = [1000, 3000];

export interface RetryOptions {
	clock: Clock;
	/** Once it fires, nothing is tried again. */
	signal?: AbortSignal;
	/** Tells which errors are an answer, so that asking again is of no use. */
	isAnswer?: (error: KlingError) => boolean;
	/** In ms; 1 and 3 s if not given. */
	delaysMs?: Delays;
}

/**
 * Tries up to three times, after `delaysMs`, or after the pause that the service asks for (at most a minute). For requests
 * that change nothing, and so may be repeated. Throws the `KlingError` of the last try, or the first that no repeat mends.
 */
export async function retry<T>(
	attempt: () => Promise<T>,
	{ clock, signal, isAnswer = () => false, delaysMs = RETRY_DELAYS_MS }: RetryOptions,
): Promise<T> {
	for (const delay of delaysMs) {
		try {
			return await attempt();
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!error.details.retryable || isAnswer(error) || signal?.aborted) throw error;
			const askedFor = Math.min(pauseAskedFor(error), LONGEST_PAUSE_MS);
			await clock.sleep(Math.max(delay, askedFor), signal);
		}
	}
	return await attempt();
}
