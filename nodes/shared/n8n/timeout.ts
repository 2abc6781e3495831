import { alarm } from './clock';

/**
 * The promise, or an error with code `ETIMEDOUT` after `ms` of real time: the time-out of n8n's request helpers starts anew
 * with every byte that trickles in. What was given up goes on in the background and is ignored.
 */
export async function withinTime<T>(promise: Promise<T>, ms: number): Promise<T> {
	const over = new AbortController();
	const late = alarm(ms, over.signal).then(async (rang) => {
		if (rang) throw Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' });
		return await promise;
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		over.abort();
	}
}
