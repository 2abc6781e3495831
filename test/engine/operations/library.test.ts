/** Elements and voices: looked at, listed and deleted. */
import { slept } from '../kling';
import { expectNoKeys, words } from '../support';
import {
	elementFrom,
	keep,
	libraryOf,
	LIKE_OFFICIAL,
	picked,
	PRESET,
	TYPES,
	WITH_LIBRARY,
} from './libraryAccount';
import { PICTURE, useBench } from './support';

const bench = useBench({ slots: 50 });
const { run, sent } = libraryOf(bench);

describe('Get Many', () => {
	it('lists elements, newest first, with ids that are exact', async () => {
		const first = keep(bench.simulator, 'element');
		const second = keep(bench.simulator, 'element', { name: 'Owl', voiceId: PRESET });
		const result = await run('element', 'getMany');
		expect(result.json).toEqual([
			{
				elementId: second.id,
				name: 'Owl',
				description: 'Red coat',
				madeFrom: 'images',
				imageUrl: PICTURE,
				videoUrl: null,
				voiceId: PRESET,
				tags: ['Character'],
				isPreset: false,
				status: 'succeed',
				message: '',
				taskId: second.taskId,
				externalTaskId: null,
				createdAt: expect.any(String) as string,
			},
			expect.objectContaining({ elementId: first.id, name: 'Mara', voiceId: null }) as object,
		]);
		expect(Number.isSafeInteger(Number(first.id))).toBe(false);
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: '/v1/general/advanced-custom-elements',
				query: { pageNum: '1', pageSize: '50' },
			},
		]);
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('lists voices with a sample to listen to', async () => {
		const { id, taskId } = keep(bench.simulator, 'voice');
		const result = await run('voice', 'getMany');
		expect(result.json).toEqual([
			{
				voiceId: id,
				name: 'Mara',
				voiceUrl: expect.stringContaining(`/results/${taskId}/0.mp3?`) as string,
				isPreset: false,
				status: 'succeed',
				message: '',
				taskId,
				externalTaskId: null,
				createdAt: expect.any(String) as string,
			},
		]);
	});

	const PATHS = {
		element: {
			own: '/v1/general/advanced-custom-elements',
			presets: '/v1/general/advanced-presets-elements',
		},
		voice: { own: '/v1/general/custom-voices', presets: '/v1/general/presets-voices' },
	};

	it.each(TYPES.flatMap((type) => LIKE_OFFICIAL.map((service) => ({ type, service }))))(
		'of $type: own ones, then presets, at $service',
		async ({ type, service }) => {
			const { id } = keep(bench.simulator, type, {}, service);
			const prefix = service === 'relay' ? '/kling' : '';
			const result = await run(type, 'getMany', { library: 'all', returnAll: true }, service);
			expect(result.error).toBeUndefined();
			expect(result.json[0]).toMatchObject({ [`${type}Id`]: id, isPreset: false });
			const presets = result.json.slice(1);
			expect(presets.length).toBeGreaterThan(2);
			expect(presets.every(({ isPreset }) => isPreset)).toBe(true);
			expect(presets.map((one) => one[`${type}Id`])).toContain(PRESET);
			const pageSize = type === 'voice' ? '1000' : '500';
			expect(sent()).toEqual(
				(['own', 'presets'] as const).map((library) => ({
					method: 'GET',
					path: prefix + PATHS[type][library],
					query: { pageNum: '1', pageSize },
				})),
			);
			expectNoKeys(bench.simulator, result);
		},
	);

	it.each(TYPES)('of %s at Ace Data Cloud', async (type) => {
		const { id } = keep(bench.simulator, type, {}, 'aceData');
		const result = await run(type, 'getMany', { library: 'all', limit: 3 }, 'aceData');
		expect(result.json).toHaveLength(3);
		expect(result.json[0]).toMatchObject({ [`${type}Id`]: id, isPreset: false, name: 'Mara' });
		expect(result.json[1]).toMatchObject({ isPreset: true });
		const page = { page_num: 1, page_size: 50 };
		expect(sent()).toEqual(
			['list', 'presets'].map((action) => ({
				method: 'POST',
				path: `/kling/${type}s`,
				body: { action, ...page },
			})),
		);
	});

	it.each([
		['voice', 1000, 2001, 3],
		['element', 500, 1001, 3],
	] as const)('of %s goes through pages of %d', async (type, pageSize, count, pages) => {
		const ids = Array.from({ length: count }, () => keep(bench.simulator, type).id);
		const result = await run(type, 'getMany', { returnAll: true });
		expect(result.json.map((one) => one[`${type}Id`])).toEqual(ids.reverse());
		expect(sent().map(({ query }) => query)).toEqual(
			Array.from({ length: pages }, (_, page) => ({
				pageNum: String(page + 1),
				pageSize: String(pageSize),
			})),
		);
	});

	it('leaves out what was deleted, and goes on until there are as many as wanted', async () => {
		const kept = keep(bench.simulator, 'element');
		for (let count = 0; count < 60; count += 1) {
			keep(bench.simulator, 'element', { deleted: true });
		}
		const result = await run('element', 'getMany', { limit: 1 });
		expect(result.json).toMatchObject([{ elementId: kept.id }]);
		expect(sent().map(({ query }) => query)).toEqual([
			{ pageNum: '1', pageSize: '50' },
			{ pageNum: '2', pageSize: '50' },
		]);
	});

	it('leaves out what is still in the making, or has failed', async () => {
		const { simulator } = bench;
		await bench.succeed('createFromImages', {
			parameters: { ...elementFrom(), waitMode: 'none' },
		});
		const failed = await bench.succeed('createFromImages', {
			parameters: { ...elementFrom(), elementName: '[fail]', waitMode: 'none' },
		});
		simulator.tasks.fail(String(failed.json[0]?.taskId));
		const result = await run('element', 'getMany');
		expect(result.error).toBeUndefined();
		expect(result.json).toEqual([]);
	});

	it('puts out the records of the service without Simplify', async () => {
		const { taskId } = keep(bench.simulator, 'voice');
		const result = await run('voice', 'getMany', { options: { simplify: false } });
		expect(result.json).toMatchObject([
			{ task_id: taskId, task_result: { voices: [{ voice_name: 'Mara' }] } },
		]);
	});

	it.each([
		['0', 'Limit must be a whole number from 1 to 500000, not 0'],
		['={{ 1.5 }}', 'Limit must be a whole number from 1 to 500000, not 1.5'],
	])('refuses a limit of %s', async (limit, says) => {
		await bench.refused('getMany', { parameters: { resource: 'voice', limit }, says: [says] });
	});
});

describe('Get', () => {
	it.each(TYPES.flatMap((type) => WITH_LIBRARY.map((service) => ({ type, service }))))(
		'finds a $type by its own id, at $service',
		async ({ type, service }) => {
			const { id } = keep(bench.simulator, type, {}, service);
			const result = await run(type, 'get', { [`${type}Id`]: picked(id) }, service);
			expect(words(result)).toBe(' | ');
			expect(result.json).toMatchObject([
				{ [`${type}Id`]: id, name: 'Mara', isPreset: false, status: 'succeed' },
			]);
		},
	);

	it.each(TYPES)('finds a %s by the id of its task, with one request', async (type) => {
		const { id, taskId } = keep(bench.simulator, type);
		const result = await run(type, 'get', { [`${type}Id`]: picked(taskId, 'id') });
		expect(result.json).toMatchObject([{ [`${type}Id`]: id, taskId }]);
		expect(sent()).toHaveLength(1);
	});

	it('finds one by the External Task ID of its task, and tells that it is not there yet', async () => {
		const options = { externalTaskId: 'mara-1' };
		await bench.succeed('createFromImages', {
			parameters: { ...elementFrom(), options, waitMode: 'none' },
		});
		const result = await run('element', 'get', { elementId: picked('mara-1', 'id') });
		expect(result.json).toMatchObject([
			{ elementId: null, name: null, status: 'submitted', externalTaskId: 'mara-1' },
		]);
	});

	it.each(WITH_LIBRARY)('finds a preset at %s', async (service) => {
		const result = await run('element', 'get', { elementId: picked(PRESET) }, service);
		expect(result.json).toMatchObject([{ elementId: PRESET, name: 'Fox' }]);
	});

	it('tells that an element was deleted', async () => {
		const { id } = keep(bench.simulator, 'element', { deleted: true });
		const result = await run('element', 'get', { elementId: picked(id) });
		expect(result.json).toMatchObject([{ elementId: id, status: 'deleted' }]);
	});

	it.each(WITH_LIBRARY)('says so when %s knows none', async (service) => {
		const id = '814237883686625347';
		const result = await run('voice', 'get', { voiceId: picked(id, 'id') }, service);
		expect(words(result)).toMatch(
			/knows no voice with the ID 814237883686625347 \| Take the voiceId that Create or Get Many has put out, or the taskId of its task/,
		);
	});

	it('takes the id of an incoming element as it is, and refuses one that has lost its digits', async () => {
		const { id } = keep(bench.simulator, 'element');
		const items = [{ elementId: id }];
		const whole = await bench.run('get', {
			items,
			parameters: { resource: 'element', elementId: picked('={{ $json }}', 'id') },
		});
		expect(whole.json).toMatchObject([{ elementId: id }]);
		bench.simulator.ledger.reset();
		await bench.refused('get', {
			parameters: { resource: 'element', elementId: picked('={{ 829836802793406551 }}', 'id') },
			says: ['Element must be given as text: as a number it has lost its last digits'],
		});
	});

	it('wants an id', async () => {
		await bench.refused('get', {
			parameters: { resource: 'voice', voiceId: picked('={{ "" }}', 'id') },
			says: ['Voice must not be empty'],
		});
	});

	it('asks again when the service was busy', async () => {
		const { id } = keep(bench.simulator, 'voice');
		bench.simulator.faults.add({ times: 2, action: { kind: 'error', code: 5001 } });
		const result = await run('voice', 'get', { voiceId: picked(id) });
		expect(result.json).toMatchObject([{ voiceId: id }]);
		expect(slept.length).toBe(2);
	});
});

describe('Delete', () => {
	it.each(TYPES.flatMap((type) => WITH_LIBRARY.map((service) => ({ type, service }))))(
		'deletes a $type once, at $service',
		async ({ type, service }) => {
			const { simulator } = bench;
			const { id, taskId } = keep(simulator, type, {}, service);
			const result = await run(type, 'delete', { [`${type}Id`]: picked(id) }, service);
			expect(result.json).toEqual([{ [`${type}Id`]: id, deleted: true }]);
			expect(simulator.tasks.get(taskId)?.kept?.deleted).toBe(true);
			const prefix = service === 'relay' ? '/kling' : '';
			expect(sent()).toEqual([
				service === 'aceData'
					? { method: 'POST', path: `/kling/${type}s`, body: { action: 'delete', id } }
					: {
							method: 'POST',
							path: `${prefix}/v1/general/delete-${type}s`,
							body: { [`${type}_id`]: id },
						},
			]);

			const again = await run(type, 'delete', { [`${type}Id`]: picked(id) }, service);
			expect(again.error).toBeUndefined();
			expect(again.json).toEqual([{ [`${type}Id`]: id, deleted: true, deletedBefore: true }]);
		},
	);

	it('of several is finished by Retry On Fail, although the first are deleted already', async () => {
		const ids = [0, 1, 2].map(() => keep(bench.simulator, 'element').id);
		bench.simulator.faults.add({
			match: { method: 'POST' },
			after: 1,
			action: { kind: 'error', code: 1302 },
		});
		const result = await bench.run('delete', {
			items: ids.map((id) => ({ id })),
			parameters: { resource: 'element', elementId: picked('={{ $json.id }}', 'id') },
			retryOnFail: true,
			maxTries: 3,
		});
		expect(result.error).toBeUndefined();
		expect(result.json).toEqual([
			{ elementId: ids[0], deleted: true, deletedBefore: true },
			{ elementId: ids[1], deleted: true },
			{ elementId: ids[2], deleted: true },
		]);
	});

	it('of what was deleted before puts out the same without Simplify', async () => {
		const { id } = keep(bench.simulator, 'voice', { deleted: true });
		const options = { simplify: false };
		const result = await run('voice', 'delete', { voiceId: picked(id), options });
		expect(result.json).toEqual([{ voiceId: id, deleted: true, deletedBefore: true }]);
	});

	it('puts out the answer of the service without Simplify, whatever it holds', async () => {
		for (const type of TYPES) {
			const { id } = keep(bench.simulator, type);
			const options = { simplify: false };
			const result = await run(type, 'delete', { [`${type}Id`]: picked(id), options });
			expect(result.json).toMatchObject([{ code: 0, message: 'SUCCEED' }]);
		}
	});

	it.each([
		['a preset', PRESET],
		['what nobody knows', '814237883686625347'],
	])('says of %s what can be deleted', async (_what, id) => {
		const result = await run('element', 'delete', { elementId: picked(id, 'id') });
		expect(words(result)).toContain(
			'Only elements of your own can be deleted, by their elementId: not the presets of Kling, and not by the ID of a task',
		);
		expect(result.status).toBe('error');
	});

	it.each(['dropAfter', 'errorAfter', 'dropBefore', 'html', 'empty'] as const)(
		'is not sent again after an unclear answer: %s',
		async (kind) => {
			const { simulator } = bench;
			const { id } = keep(simulator, 'voice');
			simulator.faults.add({ times: null, action: { kind } });
			const result = await bench.run('delete', {
				parameters: { resource: 'voice', voiceId: picked(id) },
			});
			expect(result.status).toBe('error');
			expect(simulator.ledger.requests).toHaveLength(1);
			expect(words(result)).toContain(
				'The service may have done it although its answer did not arrive. It was not sent again',
			);
		},
	);

	it('of an answer that says the delete has failed', async () => {
		const data = { task_id: '1', task_status: 'failed', task_status_msg: 'in use' };
		bench.simulator.faults.add({
			action: { kind: 'garbage', body: { code: 0, message: 'SUCCEED', data } },
		});
		const { id } = keep(bench.simulator, 'voice');
		const result = await run('voice', 'delete', { voiceId: picked(id) });
		expect(result.status).toBe('error');
		expect(words(result)).toContain('The service says: "in use"');
	});
});

describe('OpenAI-HK', () => {
	it.each(
		TYPES.flatMap((type) =>
			(['get', 'getMany', 'delete'] as const).map((operation) => ({ type, operation })),
		),
	)('has no $type to $operation', async ({ type, operation }) => {
		await bench.refused(operation, {
			service: 'openaiHk',
			parameters: { resource: type, [`${type}Id`]: picked(PRESET) },
			says: [
				'OpenAI-HK does not offer elements and voices',
				'Choose a credential for official Kling, Ace Data Cloud or another relay',
			],
		});
	});
});
