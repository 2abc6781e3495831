/** A service with two APIs: the model picks the one that makes a task, and the task is asked for where it was made. */
import { stringifyJson } from '../../../nodes/shared/core/json';
import { KINDS } from '../../../nodes/shared/core/kinds';
import type { RequestOf } from '../../../nodes/shared/core/requests';
import type { Codec, Provider } from '../../../nodes/shared/providers';
import {
	encodeCreate,
	encodeGet,
	readCreated,
	readTask,
	refsOf,
} from '../../../nodes/shared/providers/codec';
import { createClient } from '../../../nodes/shared/tasks/client';
import { OFFICIAL_CREATED, OFFICIAL_DONE, UNIFIED_DONE } from './samples';
import { answer, provider } from './support';

const legacy = provider('klingGlobal');

/** The legacy API under other paths, for models of the fourth generation. */
const newer = (codec: Codec): Codec => ({
	...codec,
	api: 'newer',
	serves: ({ model_name = '' }) => model_name.startsWith('kling-v4'),
	encodeCreate: (request) => ({ ...codec.encodeCreate(request), path: '/newer' }),
	encodeGet: (id) => ({ method: 'GET', path: `/newer/${id}` }),
});

const both: Provider = {
	...legacy,
	codecs: (kind) => {
		const [usual] = legacy.codecs(kind);
		return [
			{ ...usual, serves: ({ model_name = '' }) => !model_name.startsWith('kling-v4') },
			newer(usual),
		];
	},
};

const request = (model_name: string): RequestOf<'text2video'> => ({
	kind: 'text2video',
	model_name,
	prompt: 'A fox',
});

it.each([
	['kling-v3', '/v1/videos/text2video', 'legacy'],
	['kling-v4-turbo', '/newer', 'newer'],
])('%s is made at %s', (model, path, api) => {
	const created = request(model);
	expect(encodeCreate(both, created).path).toBe(path);
	expect(readCreated(both, created, answer(OFFICIAL_CREATED)).api).toBe(api);
});

it.each([
	[undefined, '/v1/videos/text2video/7', 'legacy'],
	['legacy', '/v1/videos/text2video/7', 'legacy'],
	['newer', '/newer/7', 'newer'],
	['one that is no more', '/v1/videos/text2video/7', 'legacy'],
])('a task made at %s is asked for at %s', (api, path, readAs) => {
	const ref = { id: '7', kind: 'text2video', api } as const;
	expect(encodeGet(both, ref).path).toBe(path);
	expect(readTask(both, ref, answer(OFFICIAL_DONE)).api).toBe(readAs);
});

it('a task of which only the id is known is looked for once per path', () => {
	expect(refsOf(both, ['text2video', 'image2video'])).toEqual([
		{ kind: 'text2video', api: 'legacy' },
		{ kind: 'text2video', api: 'newer' },
		{ kind: 'image2video', api: 'legacy' },
	]);
	expect(refsOf(provider('aceData'), ['text2video', 'motion-control'])).toHaveLength(1);
});

describe('a create at the second API', () => {
	const named = { ...request('kling-v4-turbo'), external_task_id: 'n8n-0-0123456789abcdef' };

	/** A client of both APIs, where the first create gets no answer although its task was made. */
	function clientOfBoth() {
		const sent: string[] = [];
		const client = createClient({
			provider: both,
			transport: async ({ method, path }) => {
				sent.push(`${method} ${path}`);
				if (method === 'POST') throw new Error('cut off');
				if (!path.startsWith('/newer/')) throw new Error(`nothing is at ${path}`);
				const { data } = OFFICIAL_CREATED;
				const task_info = { external_task_id: named.external_task_id };
				return await Promise.resolve(answer({ code: 0, data: { ...data, task_info } }));
			},
			clock: { now: () => 0, sleep: async () => await Promise.resolve() },
		});
		return { client, sent };
	}

	it('is looked for there after an ambiguous answer, and not sent again', async () => {
		const { client, sent } = clientOfBoth();
		const task = await client.create(named);
		expect(task).toMatchObject({ id: OFFICIAL_CREATED.data.task_id, api: 'newer' });
		expect(sent).toEqual(['POST /newer', `GET /newer/${named.external_task_id}`]);
	});
});

it('tasks that are asked for together keep their API', async () => {
	const client = createClient({
		provider: both,
		transport: async () => await Promise.resolve(answer(UNIFIED_DONE)),
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
	});
	const refs = UNIFIED_DONE.data.map(
		({ id }) => ({ id, kind: 'text2video', api: 'newer' }) as const,
	);
	const found = await client.getMany(refs);
	expect(found.get(refs[0]!.id)).toMatchObject({ status: 'succeed', api: 'newer' });
});

it('the fields of a kind lie in the body where its definition says, what every create takes beside them', () => {
	jest.replaceProperty(KINDS.text2video, 'legacyBody', ({ prompt, duration }) => ({
		input: { prompt, duration },
	}));
	const nested = {
		...request('kling-v3'),
		duration: 5,
		external_task_id: 'order-1',
		extra: { a: 1 },
	};
	expect(JSON.parse(stringifyJson(encodeCreate(legacy, nested).body))).toEqual({
		external_task_id: 'order-1',
		input: { prompt: 'A fox', duration: '5' },
		a: 1,
	});
});
