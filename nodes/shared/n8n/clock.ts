import type { Clock } from '../core/clock';
import { pause } from './host';

/** Real time, in ms. Engine tests replace this module by a virtual clock. */
export const clock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + ms;
		while (!signal?.aborted) {
			const left = end - Date.now();
			if (!(left > 0)) return;
			await pause(left, signal);
		}
	},
};

/**
 * Resolves true after `ms` of real time, or false when the signal fires. Guards against a connection that stalls, which
 * a virtual clock cannot do.
 */
export async function alarm(ms: number, signal: AbortSignal): Promise<boolean> {
	await clock.sleep(ms, signal);
	return !signal.aborted;
}
