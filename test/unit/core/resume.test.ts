/** Calls of suspended runs in one process: those of one run come one after another, however many runs there are. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { limiterOf } from '../../../nodes/shared/core/limiter';
import { resume } from '../../../nodes/Kling/suspend/resume';
import { saveSuspendedRun } from '../../../nodes/Kling/suspend/state';
import { answer } from './support';
import { OFFICIAL_CREATED, OFFICIAL_DONE } from './samples';

const TASK = '814237883686625347';

interface Call {
	status?: number;
	done: Promise<IWebhookResponseData>;
}

/** An answer as n8n's request helper hands it out. */
function inFull(sample: object): object {
	const { status: statusCode, headers, text: body } = answer(sample);
	return { statusCode, headers, body };
}

/** A service that answers only when it is let. */
function heldService() {
	const waiting: Array<() => void> = [];
	return {
		waiting,
		request: async () => {
			await new Promise<void>((resolve) => waiting.push(resolve));
			return inFull(OFFICIAL_DONE);
		},
	};
}

const SECRET = 'secret-key-1';
const readCredential = async () =>
	await Promise.resolve({ service: 'klingGlobal', authentication: 'apiKey', apiKey: SECRET });

/** Calls the node for an execution that waits for one task. */
function call(
	execution: string,
	request: () => Promise<object>,
	getCredentials: () => Promise<object> = readCredential,
): Call {
	const stored = {};
	saveSuspendedRun(stored, {
		connection: {
			service: 'klingGlobal',
			baseUrl: 'https://api.example.com',
			prefix: '',
			authentication: 'apiKey',
		},
		items: [{ itemIndex: 0, id: TASK, kind: 'text2video', output: { simplify: true } }],
	});
	const made: Call = { done: Promise.resolve({}) };
	const response = {
		headersSent: false,
		status(code: number) {
			made.status = code;
			return { end: () => (response.headersSent = true) };
		},
	};
	const context = {
		getNode: () => ({ id: 'node', name: 'Kling', type: 'kling' }),
		getCredentials,
		getBodyData: () => ({}),
		getResponseObject: () => response,
		evaluateExpression: (expression: string) =>
			expression.includes('$execution.id') ? execution : JSON.stringify(stored),
		helpers: { httpRequestWithAuthentication: request },
	};
	made.done = resume(context as unknown as IWebhookFunctions);
	return made;
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

describe('calls of one run at the same time', () => {
	it('are handled one by one, one waits, and all others are answered at once', async () => {
		const { waiting, request } = heldService();
		const calls = Array.from({ length: 4 }, () => call('1', request));
		await settled();
		expect(waiting).toHaveLength(1);
		expect(calls.map(({ status }) => status)).toEqual([undefined, undefined, 200, 200]);
		waiting[0]?.();
		const results = await Promise.all(calls.map(async ({ done }) => await done));
		expect(results.map(({ workflowData }) => workflowData !== undefined)).toEqual([
			true,
			false,
			false,
			false,
		]);
		expect(waiting).toHaveLength(1);
	});

	it('are so, though a thousand other runs are called meanwhile', async () => {
		const { waiting, request } = heldService();
		const first = call('first', request);
		await settled();
		const running = async () => await Promise.resolve(inFull(OFFICIAL_CREATED));
		const others = Array.from({ length: 1001 }, (_, number) => call(`other ${number}`, running));
		const second = call('first', request);
		await settled();
		expect(waiting).toHaveLength(1);
		waiting[0]?.();
		expect((await first.done).workflowData).toBeDefined();
		expect((await second.done).workflowData).toBeUndefined();
		await Promise.all(others.map(async ({ done }) => await done));
		expect(others.every(({ status }) => status === 200)).toBe(true);
	});
});

it('a call for a task without its result is answered, and goes on until the result is there', async () => {
	const data = { task_id: TASK, task_status: 'succeed', task_result: {} };
	const answers = [inFull({ code: 0, message: 'SUCCEED', data }), inFull(OFFICIAL_DONE)];
	let asked = 0;
	let statusAtSecond: number | undefined;
	const made = call('late', async () => {
		asked += 1;
		if (asked === 2) statusAtSecond = made.status;
		return await Promise.resolve(answers[Math.min(asked, 2) - 1] ?? {});
	});
	expect((await made.done).workflowData).toMatchObject([[{ json: { taskId: TASK } }]]);
	expect([asked, statusAtSecond, made.status]).toEqual([2, 503, 503]);
});

it('a call whose secrets cannot be read is refused, and the next one goes on without them', async () => {
	const data = { ...OFFICIAL_DONE.data, task_status_msg: `key ${SECRET}` };
	const request = async () => await Promise.resolve(inFull({ ...OFFICIAL_DONE, data }));
	const refused = call('unread', request, async () => await Promise.reject(new Error('locked')));
	expect(await refused.done).toEqual({ noWebhookResponse: true });
	expect(refused.status).toBe(503);
	const next = call('unread', request);
	const { workflowData } = await next.done;
	expect(next.status).toBe(200);
	expect(workflowData).toMatchObject([[{ json: { taskId: TASK, message: 'key *****' } }]]);
});

describe('one at a time', () => {
	it('runs in order, counts what runs and waits, and goes on after a failure', async () => {
		const queue = limiterOf(1);
		const order: string[] = [];
		const first = queue.run(async () => {
			await settled();
			order.push('first');
			throw new Error('no');
		});
		const second = queue.run(async () => {
			order.push('second');
			return await Promise.resolve(2);
		});
		expect(queue.count).toBe(2);
		await expect(first).rejects.toThrow('no');
		expect(await second).toBe(2);
		expect(order).toEqual(['first', 'second']);
		expect(queue.count).toBe(0);
	});
});
