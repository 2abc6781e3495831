/** What may be submitted when, after a service has said that it is busy. */
import { KlingError } from '../../../nodes/shared/core/errors';
import { parseRequest } from '../../../nodes/shared/core/requests';
import { SubmitQueue } from '../../../nodes/shared/tasks/submitQueue';
import type { Order } from '../../../nodes/shared/tasks/submitQueue';
import { MINUTE, nothingKept } from './play';

const MAX_WAIT = 30 * MINUTE;
const busy = { busy: true, retryable: true, maybeCreated: false };
const noSlot = new KlingError('refused', 'no free slot', { ...busy, code: 1303 });
const tooFast = new KlingError('refused', 'too fast', { ...busy, code: 1302 });

function order(index: number, model: string): Order {
	const request = parseRequest({ kind: 'text2video', model_name: model, prompt: String(index) });
	return { index, request, initialDelayMs: 0, kept: nothingKept };
}

const A1 = order(1, 'kling-v3');
const A2 = order(2, 'kling-v3');
const B = order(3, 'kling-v2-6');

/** A queue of these orders; the first is busy at time 0. */
function queueOf(orders: readonly Order[], error: KlingError): SubmitQueue {
	const queue = new SubmitQueue(MAX_WAIT);
	for (const each of orders) queue.add(each);
	expect(queue.backOff(A1, error, 0)).toBe(true);
	return queue;
}

describe('an order that the service was too busy for', () => {
	it.each([
		['no free slot: holds up its model only', noSlot, B.index],
		['too fast: holds up the whole account', tooFast, undefined],
	])('%s', (_what, error, next) => {
		const queue = queueOf([A1, A2, B], error);
		expect(queue.next(0)?.index).toBe(next);
		expect(queue.next(2000)?.index).toBe(A1.index);
		expect(queue.nextAt()).toBe(next === undefined ? 2000 : 0);
	});

	it('is sent again after 2, 4, 8, 16, 30, 30 s', () => {
		const queue = new SubmitQueue(MAX_WAIT);
		queue.add(A1);
		let now = 0;
		const pauses = Array.from({ length: 6 }, () => {
			queue.backOff(A1, noSlot, now);
			const pause = (queue.nextAt() ?? 0) - now;
			now += pause;
			return pause / 1000;
		});
		expect(pauses).toEqual([2, 4, 8, 16, 30, 30]);
	});

	it.each([
		['the pause that the service asked for', 45_000, 45_000],
		['the end of its wait at the latest', 24 * 60 * MINUTE, MAX_WAIT],
	])('is sent again after %s', (_when, retryAfterMs, at) => {
		expect(queueOf([A1], noSlot.with({ retryAfterMs })).nextAt()).toBe(at);
	});

	it('remembers that its try was ambiguous, and only then', () => {
		expect(queueOf([A1], noSlot).next(2000)?.create).toBeUndefined();
		const queue = queueOf([A1], noSlot.with({ maybeCreated: true }));
		expect(queue.next(2000)).toMatchObject({ index: 1, create: { earlier: 'ambiguous' } });
		queue.backOff(A1, noSlot, 2000);
		queue.backOff(queue.next(6000) ?? A1, noSlot, 6000);
		expect(queue.next(14_000)?.create).toEqual({ earlier: 'ambiguous' });
	});
});

describe('the time that orders wait for together', () => {
	it.each([
		['a slot of their model', noSlot],
		['the account', tooFast],
	])('for %s ends for all that have got nothing else since', (_what, error) => {
		const queue = queueOf([A1, A2], error);
		expect(queue.backOff(A1, error, MAX_WAIT - 1)).toBe(true);
		expect(queue.backOff(A1, error, MAX_WAIT)).toBe(false);
		expect(queue.next(MAX_WAIT)?.index).toBe(A2.index);
		expect(queue.backOff(A2, error, MAX_WAIT)).toBe(false);
		expect([queue.isEmpty, queue.nextAt()]).toEqual([true, undefined]);
	});

	it.each([
		['a slot of their model', noSlot],
		['the account', tooFast],
	])('for %s begins anew once one of them was taken, or refused for good', (_what, error) => {
		const queue = queueOf([A1, A2], error);
		queue.remove(A1);
		expect(queue.next(0)?.index).toBe(A2.index);
		expect(queue.backOff(A2, error, 31 * MINUTE)).toBe(true);
		expect(queue.nextAt()).toBe(31 * MINUTE + 2000);
		expect(queue.backOff(A2, error, 60 * MINUTE)).toBe(true);
		expect(queue.backOff(A2, error, 61 * MINUTE)).toBe(false);
	});

	it('for the account begins anew once an order for another model was taken', () => {
		const queue = queueOf([A1, A2, B], tooFast);
		queue.remove(B);
		expect(queue.backOff(A1, tooFast, 31 * MINUTE)).toBe(true);
	});

	it('for a slot goes on while another model is served', () => {
		const queue = queueOf([A1, B], noSlot);
		queue.remove(B);
		expect(queue.backOff(A1, noSlot, 31 * MINUTE)).toBe(false);
	});
});
