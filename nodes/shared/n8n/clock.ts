import { sleep } from 'n8n-workflow';

import type { Clock } from '../core/clock';

/** n8n before 2.34 ignores the signal of its `sleep`; in slices, Stop still works within a second. */
const SLICE_MS = 1000;

/** Real time, in ms. Engine tests replace this module by a virtual clock. */
export const clock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + ms;
		while (!signal?.aborted) {
			const left = end - Date.now();
			if (!(left > 0)) return;
			try {
				await sleep(Math.min(left, SLICE_MS), signal);
			} catch {
				// Newer versions of n8n reject when the signal fires; the loop's condition handles it.
			}
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
