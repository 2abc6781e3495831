/** Which task an answer to a create names; and whatever it looks like, the task is looked at and nothing is sent twice. */
import fc from 'fast-check';

import { examples } from '../../depth';
import type { Service } from '../../../nodes/shared/providers';
import { certainTaskIn, namedTaskIn } from '../../../nodes/shared/providers/namedTask';
import { create, TASK, theTask } from './creating';
import { answer } from './support';

const named = (body: unknown) =>
	namedTaskIn(typeof body === 'string' ? body : JSON.stringify(body));

describe('the task that an answer names', () => {
	it.each<[string, unknown]>([
		['official', { code: 0, data: { task_id: TASK } }],
		['new-api, QuickRouter', { code: 'SUCCEED', message: 'SUCCEED', data: { task_id: TASK } }],
		['more digits than JavaScript can count to', `{"code":0,"data":{"task_id":${TASK}}}`],
		['Ace Data Cloud', { success: true, task_id: TASK, trace_id: 'trace-1234' }],
		['in another spelling', { code: 200, msg: 'ok', data: { taskId: TASK } }],
		['in a list', { data: [{ task_id: TASK }] }],
		['of a task', { data: { task: { id: TASK } } }],
		['as the data', { code: 'success', data: TASK }],
		['as the result (midjourney-proxy)', { code: 1, description: '提交成功', result: TASK }],
		['in OpenAI’s form', { id: TASK, object: 'video', status: 'queued' }],
		['below another data', { code: 0, data: { code: 0, data: { task_id: TASK } } }],
		['a list alone', [{ id: TASK }]],
		['beside the id of the request', { id: 'req-12345678', result: { task_id: TASK } }],
		['beside a request that went well', { id: 'r-1', status: 'success', result: { taskId: TASK } }],
		['beside the id of an upstream', { data: { task_id: TASK, data: { task_id: 'other' } } }],
		[
			'beside the id that an upstream gave it',
			{ id: TASK, status: 'queued', upstream: { task_id: 'other' } },
		],
		['beside an id that is none', { task_id: '', data: { task_id: 0, id: TASK } }],
		['before the user', { user: { id: 'user-1' }, data: { id: TASK } }],
		['in JSON that is cut off', `{"code":0,"data":{"task_id":"${TASK}","task_sta`],
		['in JSON of a wrong encoding', `{"message":"\\x","task_id": ${TASK}, "a":1}`],
	])('%s', (_what, body) => {
		expect(named(body)).toBe(TASK);
	});

	it.each<[string, unknown]>([
		['nothing', {}],
		['words', { code: 1, data: 'success' }],
		['a sentence', { data: 'task 1234567 was not made' }],
		['a number', { data: 5, result: 0 }],
		['zero', { data: { task_id: '0' }, id: 0 }],
		['the path of a folder', { task_id: '.', data: { task_id: '..' } }],
		['null', { task_id: null, data: null, id: 'null' }],
		['the ids of other things', { request_id: 'r-12345678', trace_id: 't-1', user: { id: 'u' } }],
		['our own name for it', { data: { external_task_id: 'n8n-0-8c0a11f2b3d4e5f6' } }],
		['an id that is cut off', '{"code":0,"data":{"task_id":"8142378836866'],
		['an address', { data: 'https://relay.example.com/tasks/1234' }],
		['a web page', `<html><script>{"task_id":"${TASK}"}</script></html>`],
		['text', 'hello'],
		['nothing at all', ''],
	])('is none in %s', (_what, body) => {
		expect(named(body)).toBeUndefined();
	});

	it('is certain only where it is called so', () => {
		expect(certainTaskIn(JSON.stringify({ error: { taskId: TASK } }))).toBe(TASK);
		expect(certainTaskIn(JSON.stringify({ id: 'request-1234' }))).toBeUndefined();
	});

	it('is searched for in anything', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
				const id = namedTaskIn(text);
				if (id !== undefined) expect(id).toMatch(/^\S+$/);
			}),
		);
	});
});

/** An answer of success that names the task, in a place of the rule, with anything around it. */
const place = fc.oneof(
	fc.constantFrom('task_id', 'taskId', 'TaskID', 'task-id', 'id').map((key) => ({ [key]: TASK })),
	fc.constant(TASK),
);
const wrapper = fc.constantFrom('data', 'result', 'task', 'response', 'output', 'Data');
const code = fc.constantFrom<unknown>(0, 200, 1, 20000, -1, 'success', 'SUCCEED', 'OK', '', null);
const noise = fc.dictionary(
	fc.constantFrom('message', 'msg', 'error', 'request_id', 'success', 'status', 'user', 'x'),
	fc.oneof(
		fc.string(),
		fc.boolean(),
		fc.constant(null),
		fc.constantFrom({ code: '', message: '' }, 'SUCCEED', '余额不足', 'submitted'),
	),
);
const anyAnswer = fc
	.tuple(place, fc.array(wrapper, { maxLength: 3 }), fc.boolean(), code, noise)
	.filter(([inner, path]) => typeof inner !== 'string' || path.length > 0)
	.map(([inner, path, isList, word, around]) => {
		const wrapped = path.reduce<unknown>(
			(value, key, index) => ({ [key]: isList && index === 0 ? [value] : value }),
			inner,
		);
		return { code: word, ...around, ...(wrapped as object) };
	});

it('any answer of success that names a task: it is looked at or taken, never dropped, and never sent twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom<Service>('klingGlobal', 'relay', 'openaiHk'),
			anyAnswer,
			fc.constantFrom(200, 201, 202),
			fc.boolean(),
			async (service, body, status, isKnown) => {
				const { task, error, sent } = await create({
					service,
					posts: [answer(body, status)],
					gets: isKnown ? [theTask()] : [],
					externalId: null,
				});
				expect(task?.id ?? error?.details.taskId).toBe(TASK);
				expect(sent.match(/P/g)).toHaveLength(1);
				if (task) return;
				expect(isKnown).toBe(false);
				expect(sent).toBe('PGGG');
				expect(error?.details.maybeCreated).toBe(true);
			},
		),
		{ numRuns: examples(500) },
	);
});
