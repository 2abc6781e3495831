/** What calls cost whose address tells the kind, when nothing may be spent on searches any more. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { confirmCall } from '../../../nodes/KlingTrigger/confirm';
import { Rejection } from '../../../nodes/KlingTrigger/request/rejection';
import type { VerifiedCall } from '../../../nodes/KlingTrigger/request/verify';
import { MOST_WAITING } from '../../../nodes/KlingTrigger/searchBudget';
import { taskMemoryOf } from '../../../nodes/KlingTrigger/taskMemory';
import { triggerKey } from '../../../nodes/KlingTrigger/warnOnceAMinute';
import { KlingError } from '../../../nodes/shared/core/errors';
import { createClient } from '../../../nodes/shared/tasks/client';
import { costOfUnknown } from '../../../nodes/shared/tasks/search';
import { answer, provider } from '../core/support';

const RELAY = provider('relay');
const NOT_FOUND = { code: 1201, message: 'Task not found by id: x', request_id: 'r' };

/** A clock that never goes on. */
const STANDING = { now: () => 0, sleep: async () => await new Promise<void>(() => {}) };

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
	jest.useRealTimers();
});

/** Calls to one trigger, whose line for searches is full; the service knows no task. */
async function fullTrigger(name: string) {
	const asked: string[] = [];
	const context = {
		getWorkflow: () => ({ id: name }),
		getNode: () => ({ id: 'node', name: 'Kling Trigger' }),
		logger: { warn: () => {} },
	} as unknown as IWebhookFunctions;
	const client = createClient({
		provider: RELAY,
		transport: async ({ path }) => {
			asked.push(path);
			return await Promise.resolve(answer(NOT_FOUND, 400));
		},
		clock: STANDING,
	});
	const memory = taskMemoryOf(triggerKey(context));
	const budget = memory.budgetFor(costOfUnknown(RELAY, 'everywhere'));
	// All that may be spent at once, and then those who wait for more.
	await budget.take(1000, STANDING);
	for (let n = 0; n <= MOST_WAITING; n += 1) void budget.take(1000, STANDING);
	const call = async (id: string) => {
		const called = {
			session: { context, client, provider: RELAY, secrets: [] },
			claim: { id, status: 'succeed', message: '', results: [], raw: null },
			hint: 'text2video',
			traffic: { requests: 0 },
		} as unknown as VerifiedCall;
		const decision = confirmCall(called, { isTest: false });
		await new Promise((resolve) => setImmediate(resolve));
		await jest.advanceTimersByTimeAsync(2_000);
		const rejection = await decision;
		if (!(rejection instanceof Rejection)) throw new KlingError('unreadable', 'Not rejected');
		return rejection.status;
	};
	return { asked, call };
}

it('a task is asked for at its place twice, and not again for a while', async () => {
	const { asked, call } = await fullTrigger('repeated');
	expect(await call('814237883686625347')).toBe(503);
	expect(asked).toHaveLength(2);
	for (let n = 0; n < 4; n += 1) expect(await call('814237883686625347')).toBe(503);
	expect(asked).toHaveLength(2);
	expect(await call('814237883686625348')).toBe(503);
	expect(asked).toHaveLength(4);
});

it('it is asked for again ten seconds later', async () => {
	const { asked, call } = await fullTrigger('later');
	await call('814237883686625347');
	await jest.advanceTimersByTimeAsync(10_000);
	expect(await call('814237883686625347')).toBe(503);
	expect(asked).toHaveLength(4);
});
