import { limitRequests, MOST_AT_ONCE, MOST_WAITING } from '../../../nodes/KlingTrigger/limit';
import type { HttpRequest } from '../../../nodes/shared/providers';
import type { Transport } from '../../../nodes/shared/tasks/http';

const ANSWER = { status: 200, headers: {}, text: '' };
const FULL = MOST_AT_ONCE + MOST_WAITING;

const get = (path: string): HttpRequest => ({ method: 'GET', path });
const tick = async () => await new Promise((resolve) => setImmediate(resolve));

/** Every test has a service of its own. */
let services = 0;
const limited = (send: Transport) => limitRequests(send, `service-${(services += 1)}`);

/** A service that answers when it is told to. */
function waitingService() {
	const sent: string[] = [];
	let answer = () => {};
	const answered = new Promise<void>((resolve) => (answer = resolve));
	const send: Transport = async ({ path }) => {
		sent.push(path);
		await answered;
		return ANSWER;
	};
	return { sent, send, answer: () => answer() };
}

describe('the limit of requests to a service', () => {
	it('sends a few at a time, all in the end, in order', async () => {
		let atOnce = 0;
		let most = 0;
		const done: string[] = [];
		const send = limited(async ({ path }) => {
			atOnce += 1;
			most = Math.max(most, atOnce);
			await tick();
			atOnce -= 1;
			done.push(path);
			return ANSWER;
		});
		const paths = Array.from({ length: 50 }, (_, n) => `/${n}`);
		await Promise.all(paths.map(async (path) => await send(get(path), 1000)));
		expect(most).toBe(8);
		expect(done).toEqual(paths);
	});

	it('passes on the request, its time and the answer', async () => {
		const send = jest.fn<ReturnType<Transport>, Parameters<Transport>>(async () => ANSWER);
		expect(await limited(send)(get('/a'), 1234)).toBe(ANSWER);
		expect(send.mock.calls).toEqual([[get('/a'), 1234]]);
	});

	it('goes on after requests that fail', async () => {
		const send = limited(async ({ path }) => {
			await tick();
			if (path === '/broken') throw new Error('broken');
			return ANSWER;
		});
		const failing = Array.from({ length: 20 }, async () => await send(get('/broken'), 1000));
		const next = send(get('/next'), 1000);
		for (const { status } of await Promise.allSettled(failing)) expect(status).toBe('rejected');
		await expect(failing[0]).rejects.toThrow('broken');
		await expect(next).resolves.toBe(ANSWER);
	});

	it('refuses what would wait too long in line, and nothing after that', async () => {
		const service = waitingService();
		const send = limited(service.send);
		const taken = Array.from({ length: FULL }, async (_, n) => await send(get(`/${n}`), 1000));
		await expect(send(get('/at-once'), 1000)).rejects.toThrow('Too many calls wait');
		await tick();
		expect(service.sent).toHaveLength(MOST_AT_ONCE);
		await expect(send(get('/later'), 1000)).rejects.toMatchObject({ kind: 'unreachable' });
		service.answer();
		await Promise.all(taken);
		expect(service.sent).toHaveLength(FULL);
		await expect(send(get('/last'), 1000)).resolves.toBe(ANSWER);
	});

	it('is one for all clients of a service, and another for another service', async () => {
		const service = waitingService();
		const [one, same] = [1, 2].map(() => limitRequests(service.send, 'the same'));
		const other = limitRequests(service.send, 'another');
		const all = [one!, same!, other].flatMap((send) =>
			Array.from({ length: MOST_AT_ONCE }, async () => await send(get('/'), 1000)),
		);
		await tick();
		expect(service.sent).toHaveLength(2 * MOST_AT_ONCE);
		service.answer();
		await Promise.all(all);
		expect(service.sent).toHaveLength(3 * MOST_AT_ONCE);
	});

	it('lets others go first for five seconds after "too many requests"', async () => {
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
		try {
			const sent: string[] = [];
			const send = limited(async ({ path }) => {
				sent.push(path);
				return { ...ANSWER, status: path === '/refused' ? 429 : 200 };
			});
			await send(get('/refused'), 1000);
			const next = send(get('/next'), 1000);
			await jest.advanceTimersByTimeAsync(4_900);
			expect(sent).toEqual(['/refused']);
			await jest.advanceTimersByTimeAsync(200);
			await next;
			expect(sent).toEqual(['/refused', '/next']);
		} finally {
			jest.useRealTimers();
		}
	});

	it('lets those in line wait as long, and again where it is told so again', async () => {
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
		try {
			const IN_LINE = 20;
			let sent = 0;
			let status = 429;
			const send = limited(async () => {
				sent += 1;
				await tick();
				return { ...ANSWER, status };
			});
			const all = Array.from({ length: IN_LINE }, async () => await send(get('/'), 1000));
			await jest.advanceTimersByTimeAsync(4_900);
			expect(sent).toBe(MOST_AT_ONCE);
			await jest.advanceTimersByTimeAsync(200);
			const again = sent;
			expect(again).toBeGreaterThan(MOST_AT_ONCE);
			expect(again).toBeLessThanOrEqual(2 * MOST_AT_ONCE);
			status = 200;
			await jest.advanceTimersByTimeAsync(4_700);
			expect(sent).toBe(again);
			// Who waits holds a turn, and is counted among those who wait.
			const waiting = IN_LINE - again;
			const more = Array.from({ length: FULL }, async () => await send(get('/'), 1000));
			const tooMany = await Promise.allSettled(more.splice(FULL - waiting));
			expect(tooMany.map((one) => one.status)).toEqual(tooMany.map(() => 'rejected'));
			await jest.advanceTimersByTimeAsync(300);
			await Promise.all([...all, ...more]);
			expect(sent).toBe(FULL + again);
		} finally {
			jest.useRealTimers();
		}
	});
});
