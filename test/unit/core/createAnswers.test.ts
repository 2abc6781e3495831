/** A create that is answered, but not with a task: whether one may have been made, and what is known of it. */
import { createClient } from '../../../nodes/shared/tasks/client';
import { KlingError } from '../../../nodes/shared/core/errors';
import { toMessage } from '../../../nodes/shared/core/explain';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Service } from '../../../nodes/shared/providers';
import { answer, provider } from './support';

const fox = parseRequest({ kind: 'text2video', model_name: 'kling-v2-6', prompt: 'a fox' });

const creates = ['/v1/videos/text2video', '/kling/v1/videos/text2video', '/kling/videos'];
const unknownTask = answer({ code: 1201, message: 'Task not found by id/external id: x' }, 400);

/** What the create throws that gets this answer. It is sent once; no task that it names is known. */
async function refusedCreate(service: Service, body: unknown, status = 200): Promise<KlingError> {
	let sent = 0;
	const client = createClient({
		provider: provider(service),
		transport: async ({ path }) => {
			if (!creates.includes(path)) return await Promise.resolve(unknownTask);
			sent += 1;
			return await Promise.resolve(answer(body, status));
		},
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
	});
	const thrown: unknown = await client.create(fox).catch((error: unknown) => error);
	expect(sent).toBe(1);
	if (thrown instanceof KlingError) return thrown;
	throw new Error('The create did not fail');
}

/** The task may exist, so the create must not be queued and sent again. */
function expectMaybeCreated({ details }: KlingError): void {
	expect(details.maybeCreated).toBe(true);
	expect(details.busy ?? false).toBe(false);
}

describe('a server’s own failure', () => {
	const kling = (code: number) => ({ code, message: 'x', request_id: 'r' });
	it.each([
		[500, kling(1303)],
		[500, kling(1302)],
		[500, kling(1102)],
		[500, kling(1004)],
		[502, kling(1301)],
		[408, kling(1303)],
		[408, { message: 'x' }],
		[500, { success: false, error: { code: 'too_many_requests', message: 'x' } }],
		[500, { success: false, error: { code: 'used_up', message: 'x' } }],
		[408, { success: false, error: { code: 'bad_request', message: 'x' } }],
	])('(HTTP %i, %j) may have made a task, and does not queue', async (status, body) => {
		for (const service of ['klingGlobal', 'openaiHk', 'relay', 'aceData'] as const)
			expectMaybeCreated(await refusedCreate(service, body, status));
	});

	it('may stand behind HTTP 303, which hides an answer of its own', async () => {
		expect((await refusedCreate('klingGlobal', '', 303)).details.maybeCreated).toBe(true);
		expect((await refusedCreate('klingGlobal', '', 307)).details.maybeCreated).toBe(false);
	});
});

describe('a refused create', () => {
	it.each([
		['klingGlobal', { code: 1201, message: 'Parent task not found', request_id: 'r' }, 400],
		['relay', { code: 'task_not_exist', message: 'task not found', data: null }, 400],
		['aceData', { success: false, error: { code: 'bad_request', message: 'task not found' } }, 400],
		['klingGlobal', { code: 1203, message: 'The model was not found' }, 404],
	] as const)('at %s with %j is not taken for an unknown task', async (service, body, status) => {
		const error = await refusedCreate(service, body, status);
		expect(error.kind).toBe('refused');
		expect(error.message).not.toContain('does not know this task');
		expect(error.details.maybeCreated).toBe(false);
	});

	const digits = '814237883686625347';
	it.each([
		['klingGlobal', { code: 1, message: 'x', data: { task_id: digits } }, 200, digits],
		// More digits than JavaScript can count to.
		['klingGlobal', `{"code":1,"message":"x","data":{"task_id":${digits}}}`, 200, digits],
		['relay', { code: 9, message: 'x', task_id: 'task_1' }, 200, 'task_1'],
		['relay', { code: 1303, message: 'x', task_id: 'task_1' }, 429, 'task_1'],
		['relay', { code: 9, message: 'x', data: { taskId: 'task_1' } }, 200, 'task_1'],
	] as const)('at %s keeps the ID of the task in %j', async (service, body, status, taskId) => {
		const error = await refusedCreate(service, body, status);
		expect(error.details.taskId).toBe(taskId);
		expectMaybeCreated(error);
	});
});

/** What a person reads: both lines. */
function read(error: KlingError): string {
	const { message, description } = toMessage(error);
	return `${message} | ${description}`;
}

describe('what says plainly "no"', () => {
	const noChannel = 'No available channel for model kling-v2-6 under group default (distributor)';
	const quota = 'You exceeded your current quota, please check your plan and billing details.';
	const BALANCE = /^The relay says that the balance is used up/;
	const CHANNEL = /^The relay has no channel for this model/;
	it.each<[source: string, status: number, body: unknown, says: RegExp]>([
		['new-api #6915', 503, { error: { code: 'model_not_found', message: noChannel } }, CHANNEL],
		['one-api', 503, { error: { message: `当前分组 default 下对于模型 x 无可用渠道` } }, CHANNEL],
		[
			'new-api',
			503,
			{ error: { message: '分组 x 下模型 y 的可用渠道不存在（distributor）', code: '' } },
			CHANNEL,
		],
		[
			'OpenAI',
			429,
			{ error: { message: quota, type: 'insufficient_quota', code: 'insufficient_quota' } },
			BALANCE,
		],
		['OpenAI, in its type alone', 429, { error: { type: 'insufficient_quota' } }, BALANCE],
		['Kling in words', 429, { code: 429, message: 'Account balance not enough' }, BALANCE],
		['as text', 429, 'Account balance not enough', BALANCE],
		['new-api', 401, { error: { message: '该令牌额度已用尽' } }, BALANCE],
		['in HTTP 200', 200, { code: 500, message: '余额不足' }, BALANCE],
		['in HTTP 200, under another word', 200, { success: false, msg: '余额不足' }, BALANCE],
		['HTTP itself', 402, '', BALANCE],
		[
			'new-api #4834',
			403,
			{ error: { message: 'This token has no access to model kling-v3' } },
			/does not let this account use the model/,
		],
	])(
		'%s (HTTP %i, %j): nothing was made, and nobody waits',
		async (_source, status, body, says) => {
			const error = await refusedCreate('relay', body, status);
			expect(error.details).toMatchObject({ maybeCreated: false });
			expect(error.details.busy ?? false).toBe(false);
			expect(read(error)).toMatch(says);
			expect(read(error)).not.toContain('may have been made');
		},
	);

	it.each([
		[429, { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } }],
		[429, { message: '当前分组上游负载已饱和，请稍后再试' }],
		[429, 'Too Many Requests'],
	])('is not meant by HTTP %i, %j: that is a queue', async (status, body) => {
		const { details } = await refusedCreate('relay', body, status);
		expect(details).toMatchObject({ busy: true, maybeCreated: false });
	});

	it('is not doubted for a type that comes with anything', async () => {
		const body = { error: { message: 'bad prompt', type: 'api_error', code: 'invalid_prompt' } };
		const error = await refusedCreate('relay', body, 400);
		expect(error.details.maybeCreated).toBe(false);
		expect(error.message).toBe('The relay did not accept the request');
	});

	// new-api tells this instead of what its first channel said, which may have made the task.
	it.each([
		[500, { code: 'get_channel_failed', message: '获取分组 x 下模型 y 的可用渠道失败（retry）' }],
		[503, { error: { message: 'No available channel for model y under group x (retry)' } }],
		[500, { code: 500, message: 'Account balance not enough' }],
		[503, { code: 503, message: 'Service Unavailable' }],
	])('is no proof in HTTP %i, %j', async (status, body) => {
		expectMaybeCreated(await refusedCreate('relay', body, status));
	});
});

describe('the words of the service', () => {
	const at = { loc: ['body', 'duration'], msg: 'field required', type: 'missing' };
	it.each([
		[400, { code: 400, msg: '参数错误: duration' }, '参数错误: duration'],
		[401, { detail: 'Invalid API key' }, 'Invalid API key'],
		[422, { detail: [at] }, 'body.duration: field required'],
		[400, { errors: [{ message: 'duration is wrong' }] }, 'duration is wrong'],
		[400, { error: 'duration is wrong' }, 'duration is wrong'],
		[400, { error: { message: 'duration is wrong' } }, 'duration is wrong'],
		[400, { error: { error: { message: 'inner' } } }, 'inner'],
		[400, { code: 4, description: '任务提交失败' }, '任务提交失败'],
		[400, { 错误: '参数无效' }, '参数无效'],
		[400, { errorMessage: 'x', error_code: 'y' }, 'x'],
		[400, { message: '', data: { message: 'inside' } }, 'inside'],
		[500, { success: false, msg: 'oops' }, 'oops'],
	])('are told wherever they stand (HTTP %i, %j)', async (status, body, words) => {
		for (const service of ['relay', 'aceData'] as const) {
			const error = await refusedCreate(service, body, status);
			expect(error.details.serviceMessage).toBe(words);
		}
	});

	it.each([
		{ code: 200, msg: 'ok', data: { status: 'queued' } },
		{ code: 9, message: 'what now' },
		{ code: 0, message: 'SUCCEED', data: { task_id: '0' } },
	])('and else the answer, which names no task: %j', async (body) => {
		const error = await refusedCreate('relay', body);
		expectMaybeCreated(error);
		expect(read(error)).toContain(`What came: ${JSON.stringify(body)}`);
	});

	it('are cut through no word, since half a secret would not be struck out', async () => {
		const msg = `${'word '.repeat(58)}secret-key-of-some-length`;
		const { details } = await refusedCreate('relay', { code: 400, msg }, 400);
		expect(details.serviceMessage).not.toContain('secret');
		expect(details.serviceMessage).toMatch(/ word…$/);
	});
});

describe('a task whose ID is too long to ask for it', () => {
	const id = 'x'.repeat(201);
	it.each([
		['klingGlobal', { code: 0, data: { task_id: id, task_status: 'submitted' } }, 200],
		// The answer's own id is that of the request.
		['relay', { id: 'request-1', task_id: id, status: 'submitted' }, 200],
		['relay', { code: 0, data: { id: 'request-1', status: 'queued' }, task_id: id }, 200],
		['relay', { id: 'request-1', data: { id, status: 'submitted' } }, 200],
		['relay', { code: 1102, message: 'x', data: { task_id: id } }, 200],
		['klingGlobal', { code: 1201, message: 'x', data: { task_id: id } }, 400],
		['relay', { code: 1303, message: 'x', task_id: id }, 429],
		['relay', `{"code":1,"data":{"task_id":"${id}","task_st`, 400],
		['aceData', { success: true, task_id: id }, 200],
		['aceData', { success: false, task_id: id, error: { code: 'used_up', message: 'x' } }, 403],
	] as const)('at %s may have been made: %j, HTTP %i', async (service, body, status) => {
		const error = await refusedCreate(service, body, status);
		expectMaybeCreated(error);
		expect(error.details.taskId).toBeUndefined();
		expect(toMessage(error).description).toContain('may have been made and charged');
	});

	it('is told as the reason', async () => {
		const error = await refusedCreate('relay', { code: 0, data: { task_id: id } });
		expect(error.message).toContain('the ID of its task has more than 200 characters');
	});

	it('is not what a refusal calls an ID in words', async () => {
		const words = 'this ID does not exist '.repeat(10);
		const error = await refusedCreate('relay', { code: 1201, message: 'x', task_id: words }, 400);
		expect(error.details.maybeCreated).toBe(false);
	});
});
