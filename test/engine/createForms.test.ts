/** Creates as relays really answer them, by public bug reports and clients: nothing paid is dropped, and every "no" says why. */
import type { ServiceName } from '../simulator';
import { CREATE_ANSWERS } from '../simulator/services/createAnswers';
import { runKling, slept } from './kling';
import {
	answered,
	creates,
	expectNoKeys,
	expectTheOneTask,
	looks,
	MAYBE_PAID,
	meet,
	told,
	useSimulator,
	words,
} from './support';

const world = useSimulator();
const service: ServiceName = 'relay';

describe('a create that made its task and is answered in another form', () => {
	it.each(CREATE_ANSWERS)('%s: its task comes out, paid for once', async (form) => {
		const { simulator } = world;
		simulator.settings.relayCreateAnswer = form;
		await expectTheOneTask(simulator, await runKling({ simulator, service }));
		expect(creates(simulator)).toHaveLength(1);
	});

	it.each(CREATE_ANSWERS)('%s: the id is told at once where nobody waits', async (form) => {
		const { simulator } = world;
		simulator.settings.relayCreateAnswer = form;
		const parameters = { waitMode: 'none' };
		const { json } = await runKling({ simulator, service, parameters });
		expect(json).toMatchObject([{ taskId: simulator.ledger.charges[0]?.taskId }]);
		expect(creates(simulator)).toHaveLength(1);
	});

	it.each(CREATE_ANSWERS)('%s: is waited for, although nobody can ask at first', async (form) => {
		const { simulator } = world;
		simulator.settings.relayCreateAnswer = form;
		simulator.faults.add({ match: { method: 'GET' }, times: 4, action: { kind: 'dropBefore' } });
		await expectTheOneTask(simulator, await runKling({ simulator, service }));
		expect(creates(simulator)).toHaveLength(1);
	});

	it('names a task that is none: looked for three times, told, and not sent again', async () => {
		const { simulator } = world;
		const body = { code: 500, message: '系统繁忙', data: { taskId: 'task_lost' } };
		meet(simulator, service, answered(200, body), null);
		const run = { simulator, service, retryOnFail: true, maxTries: 3 };
		const result = await runKling(run);
		expect(creates(simulator)).toHaveLength(1);
		expect(told(result).context.taskId).toBe('task_lost');
		expect(words(result)).toContain('does not know this task');
		// What came of the first try is what n8n would no longer show.
		expect(words(result)).toMatch(
			/The first try ended with: The relay reported a failure: "系统繁忙"/,
		);
	});
});

describe('a create that is plainly refused', () => {
	const channel =
		'No available channel for model kling-v2-6 under group default (distributor) (request id: r1)';
	const quota = 'You exceeded your current quota, please check your plan and billing details.';
	it.each<[source: string, status: number, body: unknown, says: RegExp]>([
		[
			'new-api #6915, PR #6310, one-api #2308',
			503,
			{ error: { code: 'model_not_found', message: channel, type: 'new_api_error' } },
			/The relay has no channel for this model.*Choose another model.*No available channel/,
		],
		[
			'OpenAI’s insufficient_quota',
			429,
			{ error: { message: quota, type: 'insufficient_quota', code: 'insufficient_quota' } },
			/balance is used up.*You exceeded your current quota/,
		],
		[
			'Kling’s text with 429',
			429,
			{ code: 429, message: 'Account balance not enough' },
			/balance is used up.*Account balance not enough/,
		],
		['one-api', 401, { error: { message: '该令牌额度已用尽' } }, /balance is used up.*额度已用尽/],
		['HTTP 200', 200, { code: 500, message: '余额不足' }, /balance is used up.*余额不足/],
		[
			'QuickRouter',
			400,
			{ code: 400, msg: '参数错误: duration' },
			/did not accept the request.*参数错误: duration/,
		],
		[
			'FastAPI',
			422,
			{ detail: [{ loc: ['body', 'duration'], msg: 'field required' }] },
			/body\.duration: field required/,
		],
		['GraphQL-like', 400, { errors: [{ message: 'bad duration' }] }, /bad duration/],
	])('%s (HTTP %i): once, at once, and free', async (_source, status, body, says) => {
		const { simulator } = world;
		meet(simulator, service, answered(status, body), null);
		const result = await runKling({ simulator, service });
		expect(words(result)).toMatch(says);
		expect(words(result)).not.toContain(MAYBE_PAID);
		expect(creates(simulator)).toHaveLength(1);
		expect(slept).toEqual([]);
		expect(simulator.ledger.charges).toEqual([]);
		expectNoKeys(simulator, result);
	});
});

describe('an unclear create, with Retry On Fail', () => {
	const run = { retryOnFail: true, maxTries: 3 };
	const api = 'model/mode/duration(kling-v2-6/std/5) is not supported with image_tail';
	it.each<[ServiceName, status: number, body: unknown, says: string]>([
		['aceData', 500, { success: false, error: { code: 'api_error', message: api } }, api],
		['openaiHk', 500, { code: 500, msg: '上游错误' }, '上游错误'],
		['relay', 503, { error: { message: 'upstream is down' } }, 'upstream is down'],
		[
			'relay',
			500,
			{ code: 'get_channel_failed', message: '可用渠道失败（retry）' },
			'no other channel left',
		],
	])('at %s (HTTP %i, %j) tells in the end what was said', async (at, status, body, says) => {
		const { simulator } = world;
		meet(simulator, at, answered(status, body), null);
		const result = await runKling({ simulator, service: at, ...run });
		expect(creates(simulator)).toHaveLength(1);
		expect(told(result).message).toMatch(/^Not sent again/);
		expect(told(result).description).toContain('The first try ended with: ');
		expect(told(result).description).toContain(says);
		expect(told(result).description).toContain(`HTTP ${status}`);
		expectNoKeys(simulator, result);
	});

	it('keeps no secret that the service repeats', async () => {
		const { simulator } = world;
		const { apiKey } = simulator.services.relay;
		meet(simulator, service, answered(500, { message: `Key ${apiKey} failed` }), null);
		const result = await runKling({ simulator, service, ...run });
		expect(words(result)).toContain('Key ***** failed');
		expectNoKeys(simulator, result);
		expect(JSON.stringify(result.runExecutionData)).not.toContain(apiKey);
	});

	it('tells the answer itself where it names no task and says nothing', async () => {
		const { simulator } = world;
		meet(simulator, service, answered(200, { code: 7, ok: 'maybe' }), null);
		const result = await runKling({ simulator, service, ...run });
		expect(words(result)).toContain('{"code":7,"ok":"maybe"}');
		expect(creates(simulator)).toHaveLength(1);
		expect(looks(simulator).length).toBeGreaterThan(0);
	});
});
