/** Task → Get without Made By: where a task is looked for, in which order, and what a place that fails means. */
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import type { Kind } from '../../../nodes/shared/core/kinds';
import type { FaultAction, ServiceName } from '../../simulator';
import { model, slept, time } from '../kling';
import { KEY_PAIR, words } from '../support';
import { dialectOf, OPERATIONS } from './cells';
import { finishedVideo, useBench } from './support';

const bench = useBench({ imageSlots: 20 });

const ROWS = Object.fromEntries(OPERATIONS.map((row) => [row.operation, row]));
const UNKNOWN = '814237883686625347';
const NOT_HERE: FaultAction = { kind: 'error', code: 1201, message: 'Task not found by id: x' };

/** The id of a task that was made and not waited for; the ledger begins anew behind it. */
async function make(
	service: ServiceName,
	operation: Kind,
	more: INodeParameters = {},
): Promise<string> {
	const row = ROWS[operation]!;
	const { parameters, at = {}, needsVideo } = row;
	const source = needsVideo ? { videoId: (await finishedVideo(bench, service)).videoId } : {};
	const { json } = await bench.succeed(operation, {
		service,
		parameters: {
			...parameters,
			...at[dialectOf(service, row)],
			...source,
			...more,
			waitMode: 'none',
		},
	});
	slept.length = 0;
	bench.simulator.ledger.requests.length = 0;
	return String(json[0]?.taskId);
}

/** The paths that were asked, without the id. */
function asked(): string[] {
	return bench.simulator.ledger.requests.map(({ path, query }) => {
		const [how] = Object.keys(query);
		const isForAll = path === '/tasks' || path === '/solutions';
		return isForAll ? `${path}?${how}` : path.replace(/\/[^/]+$/, '');
	});
}

/** One place answers so from now on. */
function atPlace(pathPattern: string, action: FaultAction, service?: ServiceName): void {
	bench.simulator.faults.add({ service, match: { pathPattern }, times: null, action });
}

async function find(
	taskId: string,
	service: ServiceName = 'klingGlobal',
	parameters: INodeParameters = {},
	credential?: ICredentialDataDecryptedObject,
) {
	return await bench.run('get', { service, credential, parameters: { taskId, ...parameters } });
}

describe('at official Kling with an API key', () => {
	it.each([
		['image-generation', ['/v1/images/generations']],
		['text-to-audio', ['/v1/audio/text-to-audio']],
		['video-to-audio', ['/v1/audio/video-to-audio']],
		['text2video', ['/v1/videos/text2video']],
		['omni-video', ['/v1/videos/text2video', '/v1/videos/image2video', '/v1/videos/omni-video']],
	] as const)('what a task has made tells where it may be: %s', async (operation, places) => {
		const taskId = await make('klingGlobal', operation);
		time.advance(120_000);
		const { json } = await find(taskId, 'klingGlobal', { download: false });
		expect(json).toMatchObject([{ taskId, kind: operation, status: 'succeed' }]);
		expect(asked()).toEqual(['/tasks?task_ids', ...places]);
	});

	it('tells as much as where Made By is given', async () => {
		const options = { externalTaskId: 'order-7', watermark: true };
		const taskId = await make('klingGlobal', 'image2video', { options });
		time.advance(120_000);
		for (const simplify of [true, false]) {
			const parameters = { download: false, options: { simplify } };
			const known = await find(taskId, 'klingGlobal', { ...parameters, taskKind: 'image2video' });
			const found = await find(taskId, 'klingGlobal', parameters);
			const [told] = known.json;
			// Every answer has a number of its own.
			const own = simplify ? {} : { request_id: expect.any(String) as string };
			expect(found.json).toEqual([{ ...told, ...own }]);
		}
	});

	it('looks among all kinds for a task that still runs, the likeliest first', async () => {
		const taskId = await make('klingGlobal', 'motion-control');
		const { json } = await find(taskId);
		expect(json).toMatchObject([{ taskId, kind: 'motion-control' }]);
		expect(asked()).toEqual([
			'/tasks?task_ids',
			'/v1/videos/text2video',
			'/v1/videos/image2video',
			'/v1/videos/omni-video',
			'/v1/images/generations',
			'/v1/videos/motion-control',
		]);
	});

	it('spends four requests on what nobody knows: it may be either ID, and a solution', async () => {
		const result = await find(UNKNOWN);
		expect(words(result)).toContain('does not know this task');
		expect(result.error?.context).toMatchObject({ errorKind: 'notFound', taskId: UNKNOWN });
		expect(asked()).toEqual([
			'/tasks?task_ids',
			'/tasks?external_task_ids',
			'/solutions?task_ids',
			'/solutions?external_task_ids',
		]);
		expect(slept).toEqual([]);
	});

	it('asks for one’s own ID first where it looks like one', async () => {
		const taskId = await make('klingGlobal', 'image-generation', {
			options: { externalTaskId: 'order 7/b' },
		});
		time.advance(120_000);
		const { json } = await find('order 7/b', 'klingGlobal', { download: false });
		expect(json).toMatchObject([{ taskId, externalTaskId: 'order 7/b' }]);
		expect(asked()).toEqual(['/tasks?external_task_ids', '/v1/images/generations']);
	});

	it('finds one’s own ID that looks like a task’s', async () => {
		const taskId = await make('klingGlobal', 'text2video', {
			options: { externalTaskId: '202611290001' },
		});
		expect((await find('202611290001')).json).toMatchObject([{ taskId }]);
		expect(asked().slice(0, 2)).toEqual(['/tasks?task_ids', '/tasks?external_task_ids']);
	});

	it.each([
		['refuses the key', { kind: 'status', status: 401, body: { code: 1002, message: 'no' } }],
		['is not allowed', { kind: 'status', status: 403, body: { code: 1103, message: 'no' } }],
		['is not passed on', { kind: 'status', status: 404, body: '<html></html>' }],
		['is another page', { kind: 'html', status: 200 }],
		['is not to be read', { kind: 'garbage', body: { ok: true } }],
	] as const)('asks at each place where the call for all %s', async (_what, action) => {
		const taskId = await make('klingGlobal', 'image2video');
		atPlace('^/tasks', action);
		expect((await find(taskId)).json).toMatchObject([{ taskId, kind: 'image2video' }]);
		expect(words(await find(UNKNOWN))).toContain('does not know this task');
		expect(slept).toEqual([]);
	});

	it('gives and awaits a task that no kind of this node knows, without a kind', async () => {
		const taskId = await make('klingGlobal', 'text2video');
		atPlace('^/v1/', NOT_HERE);
		const result = await find(taskId, 'klingGlobal', { waitMode: 'poll' });
		expect(result.json).toMatchObject([{ taskId, kind: null, status: 'succeed' }]);
		expect(await result.binary()).toEqual(bench.simulator.videoBytes(taskId));
		// The place of each kind is asked once; the wait asks where the task was found, and nowhere else.
		const [overview = [], places = []] = [true, false].map((isOverview) =>
			asked().filter((path) => (path === '/tasks?task_ids') === isOverview),
		);
		expect(overview.length).toBeGreaterThan(2);
		expect(places).toHaveLength(new Set(places).size);
		const last = places.at(-1) ?? '';
		expect(asked().lastIndexOf(last)).toBe(places.length);
	});

	it('is told at each place where a task succeeded without a result', async () => {
		const taskId = await make('klingGlobal', 'image2video');
		bench.simulator.tasks.setResultMissing(taskId, 'empty');
		time.advance(120_000);
		const result = await find(taskId);
		expect(words(result)).toContain('its answer holds no link to a result');
		expect(words(result)).toContain('task_result');
	});

	it('is told, and not taken for missing, where no place knows the task without its result', async () => {
		const taskId = await make('klingGlobal', 'image2video');
		bench.simulator.tasks.setResultMissing(taskId, 'empty');
		time.advance(120_000);
		atPlace('^/v1/', NOT_HERE);
		const result = await find(taskId);
		expect(words(result)).toContain('its answer holds no link to a result');
		expect(result.error?.context).toMatchObject({ errorKind: 'unreadable', taskId });
	});

	it('does not say that a task is missing where the call for all is in trouble', async () => {
		atPlace('^/tasks', { kind: 'error', code: 5000 });
		atPlace('^/v1/', NOT_HERE);
		const result = await find(UNKNOWN);
		expect(words(result)).toContain('had an internal error');
		expect(result.error?.context).toMatchObject({ errorKind: 'refused', taskId: UNKNOWN });
	});
});

describe('at each place', () => {
	it('is asked one after the other, the likeliest first, and no further than needed', async () => {
		const taskId = await make('openaiHk', 'image-generation');
		await find(taskId, 'openaiHk');
		expect(bench.simulator.ledger.requests.map(({ path }) => path)).toEqual([
			`/kling/v1/videos/text2video/${taskId}`,
			`/kling/v1/videos/image2video/${taskId}`,
			`/kling/v1/images/generations/${taskId}`,
		]);
	});

	it('is asked with a key pair, which may not ask for all', async () => {
		const taskId = await make('klingGlobal', 'image2video');
		const { json } = await find(taskId, 'klingGlobal', {}, KEY_PAIR);
		expect(json).toMatchObject([{ taskId, kind: 'image2video' }]);
		expect(asked()).toEqual(['/v1/videos/text2video', '/v1/videos/image2video']);
	});

	it('is one request where the id alone finds the task', async () => {
		const taskId = await make('aceData', 'motion-control');
		await find(taskId, 'aceData');
		expect(
			bench.simulator.ledger.requests.map(({ rawBody }) => JSON.parse(rawBody) as unknown),
		).toEqual([{ action: 'retrieve', id: taskId }]);
	});

	it('knows one’s own id too, whatever the kind, at a relay', async () => {
		const options = { externalTaskId: 'order 7/b' };
		const taskId = await make('relay', 'image-generation', { options });
		const { json } = await find('order 7/b', 'relay', { waitMode: 'poll' });
		expect(json).toMatchObject([{ taskId, externalTaskId: 'order 7/b', kind: 'image-generation' }]);
	});

	it('ends at once, and in clear words, when a relay of the new-api kind has no such task', async () => {
		const result = await find('task_unknown', 'newApi');
		expect(words(result)).toContain('does not know this task');
		expect(slept).toEqual([]);
	});
});

describe('a place that fails', () => {
	it.each([
		['its own page for what it lacks', { kind: 'status', status: 404, body: '<html></html>' }],
		['a page of another program', { kind: 'html', status: 404 }],
		['that the method is wrong', { kind: 'status', status: 405, body: '' }],
		['its start page', { kind: 'html', status: 200 }],
		['that it knows no such call', { kind: 'error', code: 1202 }],
		['that the account may not', { kind: 'error', code: 1103 }],
		['the page of a firewall', { kind: 'html', status: 403 }],
		['that the balance is used up', { kind: 'error', code: 1102 }],
	] as const)('does not end the search when it answers %s', async (_what, action) => {
		const taskId = await make('relay', 'image-generation');
		atPlace('text2video|omni-video', action, 'relay');
		const { json } = await find(taskId, 'relay');
		expect(json).toMatchObject([{ taskId, kind: 'image-generation' }]);
		expect(slept).toEqual([]);
	});

	it.each(['klingGlobal', 'relay'] as const)('may be in trouble alone, %s', async (service) => {
		const taskId = await make(service, 'motion-control');
		atPlace('text2video', { kind: 'error', code: 5000 });
		const { json } = await find(taskId, service);
		expect(json).toMatchObject([{ taskId, kind: 'motion-control' }]);
		expect(slept).toEqual([1000, 3000]);
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'is not taken for one without the task, %s',
		async (service) => {
			const taskId = await make(service, 'motion-control');
			atPlace('motion-control', { kind: 'error', code: 5000 });
			const result = await find(taskId, service);
			expect(words(result)).toContain('had an internal error');
			expect(result.error?.context).toMatchObject({ taskId });
		},
	);

	it('is told where no other place has the task: it might be there', async () => {
		atPlace('image2video', { kind: 'error', code: 1103 });
		const result = await find(UNKNOWN, 'relay');
		expect(words(result)).toContain('does not let this account use the model or function');
		expect(result.error?.context).toMatchObject({ errorKind: 'refused', taskId: UNKNOWN });
		expect(asked().length).toBeGreaterThan(5);
	});

	it('ends the search as the second in trouble: the whole service is', async () => {
		atPlace('.', { kind: 'html', status: 502 });
		await find(UNKNOWN, 'relay');
		expect(asked()).toHaveLength(6);
	});

	it.each([
		['a key that is not accepted', { kind: 'error', code: 1002 }, 1],
		['the same with HTTP 200', { kind: 'garbage', body: { code: 1002, message: 'x' } }, 1],
		['an account in trouble', { kind: 'error', code: 1100 }, 1],
		['an address that may not call', { kind: 'error', code: 1304 }, 1],
		['too many requests', { kind: 'error', code: 1302 }, 3],
		['no answer', { kind: 'dropBefore' }, 3],
	] as const)('ends the search where it holds for all: %s', async (_what, action, requests) => {
		for (const [service, credential] of [
			['relay', undefined],
			['klingGlobal', undefined],
			['klingGlobal', KEY_PAIR],
		] as const) {
			bench.simulator.ledger.requests.length = 0;
			bench.simulator.faults.clear();
			atPlace('.', action);
			const result = await find(UNKNOWN, service, {}, credential);
			expect(result.status).toBe('error');
			// What is refused at the newer API may be allowed at the other one.
			const isRefusedTwice = requests === 1 && service === 'klingGlobal' && !credential;
			expect(asked()).toHaveLength(isRefusedTwice ? 2 : requests);
		}
	});
});

it('knows what an omni model has made of several pictures', async () => {
	const taskId = await make('klingGlobal', 'multi-image2video', { model: model('kling-v3-omni') });
	time.advance(120_000);
	const { json } = await find(taskId, 'klingGlobal', { download: false });
	expect(json).toMatchObject([{ taskId, kind: 'omni-video' }]);
});
