/** Elements and voices: looked at, listed, deleted, and used where they are picked. */
import type { INodeParameters } from 'n8n-workflow';

import { KNOWN_ELEMENT_IDS } from '../../simulator';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { ServiceName, Simulator } from '../../simulator';
import { officialTaskId } from '../../simulator/ids';
import type { Kept, KeptType } from '../../simulator/validate/order';
import { model, slept } from '../kling';
import type { RunResult } from '../harness';
import { expectNoKeys, words } from '../support';
import { SAMPLE } from './cells';
import { bodyOf, CLIP, lastCreate, OTHER_PICTURE, PICTURE, rows, useBench } from './support';

const bench = useBench({ slots: 50 });

const [PRESET = ''] = KNOWN_ELEMENT_IDS;
const LIKE_OFFICIAL = ['klingGlobal', 'klingChina', 'relay'] as const;
const WITH_LIBRARY = [...LIKE_OFFICIAL, 'aceData'] as const;
const TYPES = ['element', 'voice'] as const;

/** A value of a list that is picked from, as the editor stores it. */
const picked = (value: string, mode = 'list'): INodeParameters => ({ __rl: true, mode, value });

const KEPT: Record<KeptType, Kept> = {
	element: {
		type: 'element',
		name: 'Mara',
		description: 'Red coat',
		referenceType: 'image_refer',
		frontalImage: PICTURE,
		referImages: [OTHER_PICTURE],
		tags: ['o_102'],
	},
	voice: { type: 'voice', name: 'Mara', referImages: [], tags: [] },
};

/** What the account of a service has made before, without a charge. */
function keep(
	{ tasks, accounts, clock }: Simulator,
	type: KeptType,
	more: Partial<Kept> = {},
	service: ServiceName = 'klingGlobal',
): { id: string; taskId: string } {
	const [id, taskId] = [officialTaskId(), officialTaskId()];
	const { name: account } = accounts.main(service);
	const kind = type === 'element' ? 'general/advanced-custom-elements' : 'general/custom-voices';
	tasks.create(
		{
			...{ id: taskId, service, account, kind, request: {}, modelName: '', mode: '' },
			...{ seconds: 5, images: 0, units: 0, watermark: false, runMs: 0 },
			kept: { ...KEPT[type], ...more },
		},
		[id],
	);
	clock.now();
	return { id, taskId };
}

const run = async (
	type: KeptType,
	operation: 'get' | 'getMany' | 'delete',
	parameters: INodeParameters = {},
	service: ServiceName = 'klingGlobal',
): Promise<RunResult> =>
	await bench.run(operation, { service, parameters: { resource: type, ...parameters } });

const sent = () =>
	bench.simulator.ledger.requests.map(({ method, path, query, rawBody }) => ({
		method,
		path,
		...(Object.keys(query).length > 0 ? { query } : {}),
		...(rawBody === '' ? {} : { body: JSON.parse(rawBody) as unknown }),
	}));

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

const elementFrom = (): INodeParameters => ({
	elementName: 'Mara',
	elementDescription: 'Red coat, short hair',
	frontImage: PICTURE,
	...rows(OTHER_PICTURE),
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

describe('a create', () => {
	it('sends all that an element may have', async () => {
		const { id } = keep(bench.simulator, 'voice');
		const body = await bench.wire('createFromImages', 'klingGlobal', {
			...elementFrom(),
			...rows(OTHER_PICTURE, PICTURE, OTHER_PICTURE),
			options: {
				tags: ['o_102', 'o_105'],
				elementVoiceId: picked(id),
				externalTaskId: 'mara-1',
				callbackUrl: 'http://127.0.0.1:9/hook',
			},
		});
		expect(body).toEqual({
			element_name: 'Mara',
			element_description: 'Red coat, short hair',
			reference_type: 'image_refer',
			element_image_list: {
				frontal_image: PICTURE,
				refer_images: [OTHER_PICTURE, PICTURE, OTHER_PICTURE].map((image_url) => ({ image_url })),
			},
			element_voice_id: id,
			tag_list: [{ tag_id: 'o_102' }, { tag_id: 'o_105' }],
			external_task_id: 'mara-1',
			callback_url: 'http://127.0.0.1:9/hook',
		});
	});

	it.each([
		['names', 'Character, costume'],
		['a list', '={{ ["o_102", "Costume"] }}'],
	])('takes tags as %s', async (_how, tags) => {
		const body = await bench.wire('createFromVideo', 'klingGlobal', {
			elementName: 'Mara',
			elementDescription: 'x',
			videoUrl: CLIP,
			options: { tags },
		});
		expect(body.tag_list).toEqual([{ tag_id: 'o_102' }, { tag_id: 'o_105' }]);
	});

	it('takes the voice out of a video that speaks, also by the id of its task', async () => {
		const speaking = await bench.succeed('text2video', {
			parameters: {
				prompt: 'She speaks',
				model: model('kling-v2-6'),
				quality: 'pro',
				options: { sound: true },
			},
		});
		const taskId = String(speaking.json[0]?.taskId);
		const videoId = String(speaking.json[0]?.videoId);
		for (const given of [videoId, taskId]) {
			const parameters = { voiceName: 'Mara', sampleSource: 'id', videoId: given };
			const result = await bench.succeed('create', { parameters });
			expect(result.json[0]?.voiceId).toEqual(expect.stringMatching(/^\d{18}$/));
			expect(bodyOf(lastCreate(bench.simulator).rawBody)).toMatchObject({ video_id: videoId });
			const hints = (result.runData.Kling ?? []).flatMap(({ hints: found = [] }) => found);
			expect(hints.map(({ message }) => message)).toEqual(
				given === videoId
					? []
					: [
							`${taskId} is the ID of a task, not of a video. Its video ${videoId} is what the voice was taken from. Use videoId instead of taskId to save the look-up.`,
						],
			);
		}
	});

	it('of a silent video fails in the words of the service', async () => {
		const silent = await bench.succeed('text2video', {
			parameters: { prompt: 'x', model: model('kling-v2-6') },
		});
		const result = await bench.run('create', {
			parameters: {
				voiceName: 'Mara',
				sampleSource: 'id',
				videoId: String(silent.json[0]?.videoId),
			},
		});
		expect(words(result)).toContain('is not supported for custom voices');
	});

	it('leaves the sample of a voice where it is with Download Result off', async () => {
		const result = await bench.succeed('create', {
			parameters: { voiceName: 'Mara', sampleUrl: SAMPLE, download: false },
		});
		expect(result.output[0]?.binary).toBeUndefined();
		expect(bench.simulator.ledger.downloads).toEqual([]);
		expect(result.json[0]?.voiceUrl).toContain('.mp3?');
	});

	it.each([
		'signedUrl',
		'audios',
		'videos',
		'url',
		'audioUrl',
		'audio_url',
		'videoUrl',
		'video_url',
	])('takes the %s of an object as the sample', async (key) => {
		const body = await bench.wire('create', 'klingGlobal', {
			voiceName: 'Mara',
			sampleUrl: `={{ { ${key}: "${SAMPLE}" } }}`,
		});
		expect(body.voice_url).toBe(SAMPLE);
	});

	const long = (length: number) => 'x'.repeat(length);
	it.each<[string, 'create' | 'createFromImages' | 'createFromVideo', INodeParameters, string]>([
		['no name', 'create', { voiceName: ' ', sampleUrl: SAMPLE }, 'Name must not be empty'],
		[
			'a long name',
			'create',
			{ voiceName: long(21), sampleUrl: SAMPLE },
			'Name must have at most 20 characters, not 21',
		],
		[
			'no address',
			'create',
			{ voiceName: 'x', sampleUrl: '={{ "" }}' },
			'Sample URL must not be empty',
		],
		[
			'no video',
			'create',
			{ voiceName: 'x', sampleSource: 'id', videoId: '={{ "" }}' },
			'Video ID must not be empty',
		],
		[
			'what is no address',
			'create',
			{ voiceName: 'x', sampleUrl: 'mara.mp3' },
			'Sample URL must be a web address that begins with https:// or http://',
		],
		[
			'a long name',
			'createFromImages',
			{ ...elementFrom(), elementName: long(21) },
			'Name must have at most 20 characters, not 21',
		],
		[
			'no description',
			'createFromImages',
			{ ...elementFrom(), elementDescription: '={{ "" }}' },
			'Description must not be empty',
		],
		[
			'a long description',
			'createFromVideo',
			{ elementName: 'x', elementDescription: long(101), videoUrl: CLIP },
			'Description must have at most 100 characters, not 101',
		],
		[
			'no other view',
			'createFromImages',
			{ ...elementFrom(), imagesSource: 'list', imageList: '={{ [] }}' },
			'Other Images must be 1 to 3 beside the front image, not 0',
		],
		[
			'too many views',
			'createFromImages',
			{ ...elementFrom(), ...rows(PICTURE, PICTURE, PICTURE, PICTURE) },
			'Other Images must be 1 to 3 beside the front image, not 4',
		],
		[
			'two videos',
			'createFromVideo',
			{ elementName: 'x', elementDescription: 'x', videoUrl: `${CLIP} ${CLIP}` },
			'Video URL takes one address',
		],
		[
			'a tag that does not exist',
			'createFromImages',
			{ ...elementFrom(), options: { tags: ['o_999'] } },
			'Tags must be ',
		],
	])('with %s is refused (%s)', async (_why, operation, parameters, says) => {
		await bench.refused(operation, { parameters, says: [says] });
	});
});

describe('where they are used', () => {
	const v3 = { prompt: '<<<element_1>>> waves', model: model('kling-v3') };
	const citing = (more: INodeParameters) => ({ options: more });
	const rowsOf = (name: 'element' | 'voice', ...ids: string[]): INodeParameters => ({
		[`${name}s`]: { [name]: ids.map((id) => ({ [`${name}Id`]: picked(id) })) },
	});

	it.each([
		['image2video', { ...v3, image: PICTURE }],
		['omni-video', { prompt: '<<<element_1>>> waves' }],
		['motion-control', { image: PICTURE, videoUrl: CLIP, model: model('kling-v3') }],
		['image-generation', v3],
	] as const)('an element of the account is picked in %s', async (operation, parameters) => {
		const { id } = keep(bench.simulator, 'element');
		await bench.succeed(operation, {
			parameters: { ...parameters, ...citing(rowsOf('element', id)), waitMode: 'none' },
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(`"element_list":[{"element_id":${id}}]`);
	});

	it('those that are picked come before those that are typed', async () => {
		const { id } = keep(bench.simulator, 'element');
		await bench.succeed('image2video', {
			parameters: {
				...v3,
				image: PICTURE,
				waitMode: 'none',
				...citing({ elementIds: PRESET, ...rowsOf('element', id) }),
			},
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(
			`"element_list":[{"element_id":${id}},{"element_id":${PRESET}}]`,
		);
	});

	it.each([
		['text2video', {}],
		['image2video', { image: PICTURE }],
	] as const)('a voice of the account is picked in %s', async (operation, parameters) => {
		const { id } = keep(bench.simulator, 'voice');
		await bench.succeed(operation, {
			parameters: {
				...{ prompt: '<<<voice_1>>> speaks', model: model('kling-v2-6'), quality: 'pro' },
				...parameters,
				...citing({ sound: true, voiceIds: 'calm', ...rowsOf('voice', id) }),
				waitMode: 'none',
			},
		});
		expect(bodyOf(lastCreate(bench.simulator).rawBody).voice_list).toEqual([
			{ voice_id: id },
			{ voice_id: 'calm' },
		]);
	});

	describe('at Ace Data Cloud', () => {
		const service = 'aceData';
		const sent = () => bodyOf(lastCreate(bench.simulator).rawBody);

		it.each<['image2video' | 'omni-video', INodeParameters]>([
			['image2video', { image: PICTURE, model: model('kling-v3') }],
			['omni-video', { model: model('kling-v3-omni') }],
		])('elements are picked in %s, their ids being text', async (operation, parameters) => {
			const { id } = keep(bench.simulator, 'element', {}, service);
			await bench.succeed(operation, {
				service,
				parameters: {
					prompt: '<<<element_1>>> waves',
					...parameters,
					...citing({ elementIds: PRESET, ...rowsOf('element', id) }),
					waitMode: 'none',
				},
			});
			expect(sent().element_list).toEqual([{ element_id: id }, { element_id: PRESET }]);
		});

		it('an id may be any text, which the service knows or not', async () => {
			const result = await bench.run('image2video', {
				service,
				parameters: { ...v3, image: PICTURE, ...citing({ elementIds: 'el_7f-2' }) },
			});
			expect(result.status).toBe('error');
			expect(bodyOf(bench.simulator.ledger.requests[0]?.rawBody ?? '').element_list).toEqual([
				{ element_id: 'el_7f-2' },
			]);
		});

		it.each<['text2video' | 'image2video', INodeParameters]>([
			['text2video', {}],
			['image2video', { image: PICTURE }],
		])('a voice that was made there speaks in %s', async (operation, parameters) => {
			const { json } = await bench.succeed('create', {
				service,
				parameters: { voiceName: 'Mara', sampleUrl: SAMPLE },
			});
			const voiceId = String(json[0]?.voiceId);
			await bench.succeed(operation, {
				service,
				parameters: {
					...{ prompt: '<<<voice_1>>> speaks', model: model('kling-v2-6'), quality: 'pro' },
					...parameters,
					...citing({ sound: true, ...rowsOf('voice', voiceId) }),
					waitMode: 'none',
				},
			});
			expect(sent()).toMatchObject({ voice_list: [{ voice_id: voiceId }], generate_audio: true });
		});

		const VOICES = { sound: true, voiceIds: 'calm' };
		it.each<[Kind, INodeParameters, string]>([
			[
				'text2video',
				{ model: model('kling-v3'), ...citing(VOICES) },
				'Voice IDs do not work with kling-v3 at Ace Data Cloud. Models that have it: kling-v2-6',
			],
			[
				'text2video',
				{ model: model('kling-v2-6'), quality: 'std', ...citing({ voiceIds: 'calm' }) },
				'Voice IDs need Quality = Professional with kling-v2-6',
			],
			[
				'text2video',
				{ model: model('kling-v2-6'), quality: 'pro', ...citing({ voiceIds: 'calm' }) },
				'Voice IDs work only when Sound is on',
			],
			[
				'image2video',
				{ image: PICTURE, model: model('kling-v3'), ...citing({ ...VOICES, elementIds: PRESET }) },
				'Element IDs cannot be combined with Voice IDs',
			],
			[
				'image2video',
				{ image: PICTURE, model: model('kling-v2-6'), ...citing({ elementIds: PRESET }) },
				'Element IDs do not work with kling-v2-6',
			],
			[
				'image2video',
				{
					...{ image: PICTURE, model: model('kling-v3'), quality: '4k' },
					...citing({ elementIds: PRESET }),
				},
				'Quality cannot be 4K together with a camera movement or references at Ace Data Cloud',
			],
			[
				'image2video',
				{
					...{ image: PICTURE, model: model('kling-v3') },
					...citing({ elementIds: PRESET, negativePrompt: 'rain' }),
				},
				'Negative Prompt cannot be combined with Element IDs at Ace Data Cloud',
			],
			[
				'image2video',
				{
					...{ image: PICTURE, model: model('kling-v3') },
					...citing({ elementIds: PRESET, cfgScale: 0.5 }),
				},
				'CFG Scale cannot be combined with Element IDs at Ace Data Cloud',
			],
			[
				'omni-video',
				{ model: model('kling-v3-omni'), ...citing({ elementIds: '1,2,3,4' }) },
				'Element IDs must contain at most 3 at Ace Data Cloud, not 4',
			],
			[
				'motion-control',
				{
					image: PICTURE,
					videoUrl: CLIP,
					model: model('kling-v3'),
					...citing({ elementIds: PRESET }),
				},
				'Ace Data Cloud does not offer Element IDs for Motion Control. Services that do: Kling (global)',
			],
		])('%s refuses what the service does not take', async (operation, parameters, says) => {
			const all = { prompt: 'x', ...parameters };
			await bench.refused(operation, { service, parameters: all, says: [says] });
		});
	});

	it('limits count what is picked and what is typed together', async () => {
		const [one = '', two = '', three = '', four = ''] = KNOWN_ELEMENT_IDS;
		await bench.refused('image2video', {
			parameters: {
				...v3,
				image: PICTURE,
				...citing({ elementIds: [three, four].join(','), ...rowsOf('element', one, two) }),
			},
			says: ['Element IDs must be at most 3, not 4'],
		});
	});

	it('a row in which nothing was picked is none', async () => {
		const body = await bench.wire('image2video', 'klingGlobal', {
			...v3,
			image: PICTURE,
			...citing(rowsOf('element', '')),
		});
		expect(body).not.toHaveProperty('element_list');
	});

	it('one that was deleted is refused by the service', async () => {
		const { id } = keep(bench.simulator, 'element', { deleted: true });
		const result = await bench.run('image2video', {
			parameters: { ...v3, image: PICTURE, ...citing(rowsOf('element', id)) },
		});
		expect(words(result)).toContain(`Element already be deleted for id: ${id}`);
	});

	it('one that was made a moment ago goes on by an expression', async () => {
		const made = await bench.succeed('createFromImages', { parameters: elementFrom() });
		const elementId = String(made.json[0]?.elementId);
		await bench.succeed('image2video', {
			items: [{ elementId }],
			parameters: {
				...v3,
				image: PICTURE,
				...citing(rowsOf('element', '={{ $json.elementId }}')),
				waitMode: 'none',
			},
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(`[{"element_id":${elementId}}]`);
	});
});
