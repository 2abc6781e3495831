import { alarm } from './clock';

/**
 * Waits for the promise, but not for longer than `ms` of real time; then throws an error with the code `ETIMEDOUT`.
 * Needed because the time-out of n8n's request helpers starts anew with every byte that trickles in. The promise goes on in
 * the background; what becomes of it is ignored.
 */
export async function withinTime<T>(promise: Promise<T>, ms: number): Promise<T> {
	const over = new AbortController();
	const late = alarm(ms, over.signal).then(async (isLate) => {
		if (isLate) throw Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' });
		return await promise;
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		over.abort();
	}
}
