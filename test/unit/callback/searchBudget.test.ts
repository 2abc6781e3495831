/** What searches for tasks that no service knows may cost a trigger, and who waits for them. */
import { MOST_WAITING, SearchBudget } from '../../../nodes/KlingTrigger/searchBudget';

/** Where a search in vain costs so little, the requests count. */
const OVERVIEW = 2;
const AT_ONCE = 40;

/** A clock that stands still until it is moved on. */
function standingClock() {
	let now = Date.UTC(2026, 0);
	const sleeping = new Set<{ until: number; wake: () => void }>();
	const settle = async () => await new Promise((resolve) => setImmediate(resolve));
	return {
		now: () => now,
		async sleep(ms: number, signal?: AbortSignal) {
			await new Promise<void>((resolve) => {
				const entry = { until: now + ms, wake: resolve };
				sleeping.add(entry);
				signal?.addEventListener('abort', () => resolve(), { once: true });
			});
		},
		settle,
		setBack(ms: number) {
			now -= ms;
		},
		async advance(ms: number) {
			const end = now + ms;
			for (;;) {
				await settle();
				const [next] = [...sleeping].sort((one, other) => one.until - other.until);
				if (!next || next.until > end) break;
				now = Math.max(now, next.until);
				sleeping.delete(next);
				next.wake();
			}
			now = end;
			await settle();
		},
	};
}

/** A budget of which all has been spent. */
async function spent(cost = OVERVIEW, all = AT_ONCE) {
	const clock = standingClock();
	const budget = new SearchBudget(cost);
	expect(await budget.take(all, clock)).toBe(true);
	/** Who asks for so much, and what became of it. */
	const ask = (requests: number) => {
		const asked: { answer?: boolean } = {};
		void budget.take(requests, clock).then((answer) => (asked.answer = answer));
		return asked;
	};
	return { budget, clock, ask };
}

it('lets 40 requests be spent at once, without any wait', async () => {
	const clock = standingClock();
	const budget = new SearchBudget(OVERVIEW);
	for (let n = 0; n < 5; n += 1) expect(await budget.take(8, clock)).toBe(true);
});

it('lets 4 more be spent per second, for which the next one waits', async () => {
	const { clock, ask } = await spent();
	const one = ask(8);
	await clock.advance(1_999);
	expect(one.answer).toBeUndefined();
	await clock.advance(2);
	expect(one.answer).toBe(true);
});

it('keeps no more than 40 for later', async () => {
	const { clock, ask } = await spent();
	await clock.advance(600_000);
	const all = ask(AT_ONCE);
	const more = ask(1);
	await clock.settle();
	expect([all.answer, more.answer]).toEqual([true, undefined]);
});

it('serves in order, however little a later one asks for', async () => {
	const { clock, ask } = await spent();
	const [first, second] = [ask(20), ask(1)];
	await clock.advance(4_000);
	expect([first.answer, second.answer]).toEqual([undefined, undefined]);
	await clock.advance(1_500);
	expect([first.answer, second.answer]).toEqual([true, true]);
});

it('gives what comes back to those who wait, at once', async () => {
	const { budget, clock, ask } = await spent();
	const waiting = [ask(10), ask(10), ask(10)];
	await clock.settle();
	budget.giveBack(20);
	await clock.settle();
	expect(waiting.map(({ answer }) => answer)).toEqual([true, true, undefined]);
	budget.giveBack(10);
	await clock.settle();
	expect(waiting[2]?.answer).toBe(true);
});

it('may owe: what a search has cost beyond its share is taken from the next', async () => {
	const { budget, clock, ask } = await spent();
	budget.giveBack(-8);
	const one = ask(4);
	await clock.advance(2_900);
	expect(one.answer).toBeUndefined();
	await clock.advance(200);
	expect(one.answer).toBe(true);
});

it('lets nobody wait for more than 30 s', async () => {
	const { clock, ask } = await spent();
	// All that is refilled meanwhile, and more.
	const before = [1, 2, 3].map(() => ask(AT_ONCE));
	const [first, later] = [ask(4), ask(4)];
	await clock.advance(29_000);
	const last = ask(AT_ONCE);
	expect([first.answer, later.answer]).toEqual([undefined, undefined]);
	await clock.advance(1_100);
	expect(before.map(({ answer }) => answer)).toEqual([true, true, true]);
	expect([first.answer, later.answer, last.answer]).toEqual([false, false, undefined]);
	await clock.advance(10_000);
	expect(last.answer).toBe(true);
});

it('lets 200 wait, and refuses more at once', async () => {
	const { budget, clock, ask } = await spent();
	const waiting = Array.from({ length: MOST_WAITING }, () => ask(1));
	const [head, refused] = [ask(1), ask(1)];
	await clock.settle();
	expect(refused.answer).toBe(false);
	expect([head.answer, ...waiting.map(({ answer }) => answer)]).not.toContain(false);
	budget.giveBack(AT_ONCE);
	await clock.settle();
	expect(waiting.filter(({ answer }) => answer)).toHaveLength(AT_ONCE);
	const again = ask(1);
	await clock.settle();
	expect(again.answer).toBeUndefined();
});

it('is not asked for more than it ever has', async () => {
	const { clock, ask } = await spent();
	const one = ask(AT_ONCE + 10);
	await clock.advance(10_001);
	expect(one.answer).toBe(true);
});

describe('where a search in vain asks at many places', () => {
	const COST = 19;

	it('lets four be made at once, and four more in ten seconds', async () => {
		const { clock, ask } = await spent(COST, 4 * COST);
		const four = [1, 2, 3, 4].map(() => ask(COST));
		await clock.advance(2_499);
		expect(four.map(({ answer }) => answer)).toEqual(four.map(() => undefined));
		await clock.advance(7_502);
		expect(four.map(({ answer }) => answer)).toEqual(four.map(() => true));
	});

	it('serves in time who comes behind twelve in vain, each with a second look', async () => {
		const clock = standingClock();
		const budget = new SearchBudget(COST);
		const look = async (cost: number, isFound: boolean) => {
			const may = await budget.take(cost, clock);
			if (may && isFound) budget.giveBack(cost);
			return may;
		};
		const start = clock.now();
		for (let n = 0; n < 12; n += 1) void look(COST, false).then(async () => await look(5, false));
		let served = 0;
		for (let n = 0; n < 10; n += 1) void look(COST, true).then((may) => (served += Number(may)));
		// 8 × 19 requests at 7.6 per second, and then 19 for the first that is found, which come back.
		await clock.advance(22_400);
		expect(served).toBe(0);
		await clock.advance(200);
		expect(served).toBe(10);
		expect(clock.now() - start).toBeLessThan(30_000);
	});
});

it('owes no more than comes back in ten seconds', async () => {
	const { budget, clock, ask } = await spent();
	for (let n = 0; n < 100; n += 1) budget.giveBack(-20);
	const one = ask(4);
	await clock.advance(10_900);
	expect(one.answer).toBeUndefined();
	await clock.advance(200);
	expect(one.answer).toBe(true);
});

it('loses nothing where the clock is set back', async () => {
	const { clock, ask } = await spent();
	await clock.advance(0);
	clock.setBack(3_600_000);
	const one = ask(4);
	await clock.advance(1_001);
	expect(one.answer).toBe(true);
});
