/** What keeps a paid task from being lost or made twice: memory, creates, lists, slots and time limits. */
import type { IDataObject } from 'n8n-workflow';

import { createClient } from '../../../nodes/shared/tasks/client';
import { withinTime } from '../../../nodes/shared/n8n/timeout';
import { meaningOfStatus } from '../../../nodes/shared/providers/errorCodes';
import { KlingError } from '../../../nodes/shared/core/errors';
import type { HttpRequest, HttpResponse, Provider, Service } from '../../../nodes/shared/providers';
import { aceDataProvider } from '../../../nodes/shared/providers/aceData/aceDataProvider';
import { redact } from '../../../nodes/shared/credential/redact';
import { parseRequest } from '../../../nodes/shared/core/requests';
import { taskMemory } from '../../../nodes/Kling/run/taskStore';
import { busy, MINUTE, play } from './play';
import { ACE_RECORD, OFFICIAL_CREATED } from './samples';
import { answer, provider, runOf } from './support';

const HERE = 'klingGlobal https://api.example.com';
const ELSEWHERE = 'relay https://relay.example.com';

function request(prompt: string) {
	return parseRequest({ kind: 'text2video', model_name: 'kling-v2-6', prompt });
}
const fox = request('a fox');
const owl = request('an owl');

/** A client whose service is played by a function, and the requests it was sent. */
function clientOf(service: Provider, serve: (request: HttpRequest, place: number) => HttpResponse) {
	const sent: HttpRequest[] = [];
	const client = createClient({
		provider: service,
		transport: async (wire) => {
			sent.push(wire);
			return await Promise.resolve(serve(wire, sent.length));
		},
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
	});
	return { client, sent };
}

/** What a create that is answered like this ends with; it must have been sent once. */
async function createdWith(service: Service, body: unknown, status: number): Promise<KlingError> {
	const { client, sent } = clientOf(provider(service), () => answer(body, status));
	const ending: unknown = await client.create(fox).catch((thrown: unknown) => thrown);
	expect(sent).toHaveLength(1);
	if (ending instanceof KlingError) return ending;
	throw new Error('The create did not fail');
}

describe('the memory of one item', () => {
	it('keeps a doubt although another request at the same item went well', () => {
		const memory = taskMemory({}, runOf('tool', HERE));
		memory.doubt(0, fox);
		memory.remember(0, owl, 'task-owl');
		memory.forget(0, owl);
		expect(memory.isDoubtful(0, fox)).toBe(true);
		expect(memory.isDoubtful(0, owl)).toBe(false);
	});

	it('keeps several tasks side by side, and forgets one without the others', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, runOf('tool', HERE));
		memory.remember(0, fox, 'task-fox');
		memory.remember(0, owl, 'task-owl');
		memory.remember(1, fox, 'other-fox');
		expect(memory.recall(0, fox)).toMatchObject({ id: 'task-fox', kind: 'text2video' });
		expect(memory.recall(0, owl)?.id).toBe('task-owl');
		memory.forget(0, fox);
		const stored = JSON.parse(JSON.stringify(context)) as IDataObject;
		const later = taskMemory(stored, runOf('tool', HERE));
		expect(later.recall(0, fox)).toBeUndefined();
		expect(later.recall(0, owl)?.id).toBe('task-owl');
		expect(later.recall(1, fox)?.id).toBe('other-fox');
		expect(later.known()).toEqual(
			expect.arrayContaining([
				{ itemIndex: 0, taskId: 'task-owl' },
				{ itemIndex: 1, taskId: 'other-fox' },
			]),
		);
		expect(later.known()).toHaveLength(2);
	});

	it('recalls nothing at another service or address, and doubts nothing there', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, runOf('0', HERE));
		memory.remember(0, fox, 'task-fox');
		memory.doubt(0, owl);
		const other = taskMemory(context, runOf('0', ELSEWHERE));
		expect(other.recall(0, fox)).toBeUndefined();
		expect(other.isDoubtful(0, owl)).toBe(false);
		other.forget(0, fox);
		other.forget(0, owl);
		expect(memory.recall(0, fox)?.id).toBe('task-fox');
		expect(memory.isDoubtful(0, owl)).toBe(true);
	});
});

describe('a create that is answered', () => {
	it.each([
		[500, { code: 1303, message: 'x', request_id: 'r' }],
		[500, { code: 1302, message: 'x', request_id: 'r' }],
		[500, { code: 1102, message: 'x', request_id: 'r' }],
		[502, { code: 1301, message: 'x', request_id: 'r' }],
		[408, { code: 1303, message: 'x', request_id: 'r' }],
		[408, { message: 'x' }],
		[500, { code: 1004, message: 'x', request_id: 'r' }],
	])('with HTTP %i and %j may have made a task, and does not queue', async (status, body) => {
		for (const service of ['klingGlobal', 'openaiHk', 'relay', 'aceData'] as const) {
			const { details } = await createdWith(service, body, status);
			expect(details.maybeCreated).toBe(true);
			expect(details.busy ?? false).toBe(false);
		}
	});

	it.each([
		[500, 'too_many_requests'],
		[500, 'used_up'],
		[408, 'bad_request'],
	])('with HTTP %i and the word %s may have made a task, too', async (status, code) => {
		const body = { success: false, error: { code, message: 'x' }, trace_id: 't' };
		const { details } = await createdWith('aceData', body, status);
		expect(details).toMatchObject({ code, maybeCreated: true });
		expect(details.busy ?? false).toBe(false);
	});

	it('with HTTP 303, which hides an answer of its own, may have made a task', async () => {
		expect(meaningOfStatus(303).maybeCreated).toBe(true);
		expect((await createdWith('klingGlobal', '', 303)).details.maybeCreated).toBe(true);
		expect((await createdWith('klingGlobal', '', 307)).details.maybeCreated).toBe(false);
	});

	it.each([
		['klingGlobal', { code: 1201, message: 'Parent task not found', request_id: 'r' }, 400],
		['relay', { code: 'task_not_exist', message: 'task not found', data: null }, 400],
		['aceData', { success: false, error: { code: 'bad_request', message: 'task not found' } }, 400],
	] as const)(
		'at %s with words about a task that is not found, is refused',
		async (service, body, status) => {
			const error = await createdWith(service, body, status);
			expect(error.kind).toBe('refused');
			expect(error.message).not.toContain('does not know this task');
			expect(error.details.maybeCreated).toBe(false);
		},
	);

	it.each([
		[
			'klingGlobal',
			{ code: 1, message: 'x', data: { task_id: '814237883686625347' } },
			200,
			'814237883686625347',
		],
		['relay', { code: 9, message: 'x', task_id: 'task_1' }, 200, 'task_1'],
		['relay', { code: 1303, message: 'x', task_id: 'task_1' }, 429, 'task_1'],
	] as const)('at %s with the ID of a task in %j keeps it', async (service, body, status, id) => {
		const { details } = await createdWith(service, body, status);
		expect(details).toMatchObject({ taskId: id, maybeCreated: true });
		expect(details.busy ?? false).toBe(false);
	});

	it('with an ID that JavaScript cannot count to keeps every digit', async () => {
		const text = '{"code":1,"message":"x","data":{"task_id":814237883686625347}}';
		const { details } = await createdWith('klingGlobal', text, 200);
		expect(details.taskId).toBe('814237883686625347');
	});
});

it('a record of Ace Data Cloud that has ended but holds no result yet is still running', () => {
	const { response: _response, ...unanswered } = ACE_RECORD;
	for (const record of [unanswered, { ...unanswered, response: null }]) {
		const task = aceDataProvider().readTask(
			{ id: ACE_RECORD.id, kind: 'text2video' },
			answer(record),
		);
		expect([task.id, task.status]).toEqual([ACE_RECORD.id, 'processing']);
	}
});

describe('a list', () => {
	/** As many records as a page holds, the first page whatever is asked for. */
	function samePage({ query = {} }: HttpRequest): HttpResponse {
		const size = Number(Object.entries(query).find(([name]) => /size/i.test(name))?.[1] ?? 30);
		const records = Array.from({ length: size }, (_, place) => ({
			...OFFICIAL_CREATED.data,
			task_id: `8142378836866${String(place).padStart(5, '0')}`,
		}));
		return answer({ code: 0, message: 'SUCCEED', request_id: 'r', data: records });
	}

	it('ends at a server that gives the same page again and again', async () => {
		const { client, sent } = clientOf(provider('klingGlobal'), (wire, place) => {
			if (place > 20) throw new KlingError('refused', 'There is no end to this');
			return samePage(wire);
		});
		const tasks = await client.list('text2video', 2000);
		expect(sent.length).toBeLessThanOrEqual(5);
		expect(tasks.length).toBeGreaterThan(0);
		expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
	});
});

it('three items without a slot wait for one time-out together, not one each', async () => {
	const create = Array.from({ length: 500 }, () => busy);
	const { results, passed, made } = await play([{ create }, { create }, { create }], {
		timeoutMs: MINUTE,
		stopAtError: false,
	});
	expect(results.map(({ ok }) => ok)).toEqual([false, false, false]);
	expect(made.size).toBe(0);
	expect(passed).toBeGreaterThanOrEqual(MINUTE);
	expect(passed).toBeLessThanOrEqual(1.1 * MINUTE);
});

describe('a text for people', () => {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const token = [
		part({ alg: 'HS256', typ: 'JWT' }),
		part({ iss: 'an-access-key', exp: 1762157958, nbf: 1762156158 }),
		Buffer.from('a signature of thirty-two bytes.').toString('base64url'),
	].join('.');

	it.each([
		`The token ${token} has expired`,
		`{"Authorization":"Bearer ${token}"}`,
		`Bearer ${token}, again ${token}.`,
	])('holds no signed token: %#', (text) => {
		const shown = redact(text, []);
		for (const piece of token.split('.')) expect(shown).not.toContain(piece);
		expect(shown).toContain('*****');
	});

	it('keeps the words around a signed token', () => {
		expect(redact(`The token ${token} has expired`, [])).toBe('The token ***** has expired');
	});

	it('keeps addresses, versions and sentences', () => {
		const text = 'See https://api.example.com/v1/videos.html, v1.2.3. eyJ is how they begin.';
		expect(redact(text, [])).toBe(text);
	});
});

describe('a promise within its time', () => {
	const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
	const tick = async () => await new Promise((resolve) => setImmediate(resolve));

	it('is given up when it never ends', async () => {
		await expect(withinTime(new Promise<never>(() => undefined), 20)).rejects.toMatchObject({
			code: 'ETIMEDOUT',
		});
	});

	it('ends as it would without, and leaves no timer behind', async () => {
		const before = timers();
		expect(await withinTime(Promise.resolve('done'), 60_000)).toBe('done');
		await tick();
		expect(timers()).toBe(before);
		const failure = new Error('its own');
		await expect(withinTime(Promise.reject(failure), 60_000)).rejects.toBe(failure);
		await tick();
		expect(timers()).toBe(before);
	});

	it('does not mind a failure that comes too late', async () => {
		let fail: (reason: Error) => void = () => undefined;
		const late = new Promise<never>((_resolve, reject) => {
			fail = reject;
		});
		await expect(withinTime(late, 5)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
		fail(new Error('late'));
		await tick();
	});
});
