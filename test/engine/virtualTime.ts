/**
 * Takes the place of `nodes/shared/n8n/clock` in all engine tests (see setup.ts). Sleeping moves the simulator's clock
 * instead of passing real time, so that a wait of half an hour takes milliseconds.
 */
import { VirtualClock } from '../simulator';

/** Shared with the simulator. */
export const time = new VirtualClock();

/** Everything the package slept, in ms. */
export const slept: number[] = [];

/** Called at the start of every sleep; a test may press Stop or change the world here. */
export const hooks: { onSleep?: (ms: number) => void | Promise<void> } = {};

export const clock = {
	now: () => time.now(),
	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		slept.push(ms);
		await hooks.onSleep?.(ms);
		if (signal?.aborted) return;
		time.advance(ms);
		// Lets sockets and callbacks have their turn, as a real sleep would.
		await new Promise((resolve) => setImmediate(resolve));
	},
};

/** A stalled connection cannot be simulated by virtual time; the alarm never rings here. */
export async function alarm(_ms: number, signal: AbortSignal): Promise<boolean> {
	return await new Promise((resolve) => {
		signal.addEventListener('abort', () => resolve(false), { once: true });
	});
}
