/** Stop ends a wait within a second, whichever `sleep` n8n has. */
import { clock } from '../../nodes/shared/n8n/clock';

type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

const after = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** n8n-workflow before 2.34: takes no signal. */
const oldSleep: Sleep = async (ms) => await after(ms);

/** From 2.34 on: rejects when the signal fires. */
const newSleep: Sleep = async (ms, signal) =>
	await new Promise((resolve, reject) => {
		const stop = () => reject(new Error('aborted'));
		signal?.addEventListener('abort', stop);
		setTimeout(() => {
			signal?.removeEventListener('abort', stop);
			resolve();
		}, ms);
	});

let n8nSleep: Sleep = oldSleep;
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (...args: Parameters<Sleep>) => await n8nSleep(...args),
}));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe.each([
	['before n8n 2.34', oldSleep],
	['from n8n 2.34 on', newSleep],
])('%s', (_when, sleep) => {
	beforeEach(() => {
		n8nSleep = sleep;
	});

	it('a wait ends within a second after Stop', async () => {
		const stop = new AbortController();
		let over = false;
		const waiting = clock.sleep(60_000, stop.signal).then(() => (over = true));
		await jest.advanceTimersByTimeAsync(10_500);
		expect(over).toBe(false);
		stop.abort();
		await jest.advanceTimersByTimeAsync(1000);
		expect(over).toBe(true);
		await waiting;
	});

	it('a wait that nobody stops takes its time', async () => {
		let over = false;
		const waiting = clock.sleep(2500).then(() => (over = true));
		await jest.advanceTimersByTimeAsync(2400);
		expect(over).toBe(false);
		await jest.advanceTimersByTimeAsync(200);
		expect(over).toBe(true);
		await waiting;
	});
});
