/** Video → Apply Effect: which effect, one image or two, what relays take besides, every way to wait, and what comes out. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { binaryItem } from '../harness';
import { model as typed, optionsFor, time } from '../kling';
import { words } from '../support';
import { useSuspension } from '../suspension';
import { finish, order, started, startTrigger } from '../trigger';
import {
	bodyOf,
	effect,
	lastCreate,
	OTHER_PICTURE,
	PICTURE,
	useBench,
	type Refusal,
} from './support';

const bench = useBench({ slots: 20 });
const { host, pass } = useSuspension(bench);

const LIKE_OFFICIAL = ['klingGlobal', 'klingChina', 'relay'] as const;
const HOOK = 'http://127.0.0.1:9/hook';
const lion = (more: INodeParameters = {}): INodeParameters => ({
	effect: effect('pet_lion_pro'),
	image: PICTURE,
	...more,
});
const hug = (more: INodeParameters = {}): INodeParameters => ({
	effect: effect('hug_pro'),
	image: PICTURE,
	secondImage: OTHER_PICTURE,
	...more,
});
const BOTH = { images: [PICTURE, OTHER_PICTURE] };

describe('on the wire', () => {
	it.each(LIKE_OFFICIAL)('everything that %s takes', async (service) => {
		const body = await bench.wire('effects', service, {
			...lion(),
			options: {
				externalTaskId: 'lion-1',
				callbackUrl: HOOK,
				additionalFields: '{"seed": 7}',
			},
		});
		expect(body).toEqual({
			effect_scene: 'pet_lion_pro',
			input: { image: PICTURE },
			external_task_id: 'lion-1',
			callback_url: HOOK,
			seed: 7,
		});
	});

	it.each([
		['hug_pro', 'hug_pro'],
		[' Hug Pro ', 'hug_pro'],
		['HUG-PRO', 'hug_pro'],
		['Hug Pro (hug_pro): two images', 'hug_pro'],
		['={{ "Kiss Pro" }}', 'kiss_pro'],
	])('the effect that is typed as "%s"', async (name, effect_scene) => {
		const body = await bench.wire('effects', 'klingGlobal', hug({ effect: typed(name) }));
		expect(body).toMatchObject({ effect_scene, input: BOTH });
	});

	it('an effect from a table, with an image or two', async () => {
		const items = [
			{ effect: 'Pet Lion Pro', left: PICTURE, right: '' },
			{ effect: 'Hug Pro', left: PICTURE, right: OTHER_PICTURE },
			{ effect: 'magic_world_vlog_9_16', left: PICTURE },
			{ effect: 'Magic World Vlog 9:16', left: PICTURE, right: null },
		];
		await bench.succeed('effects', {
			items,
			parameters: {
				effect: typed('={{ $json.effect }}'),
				image: '={{ $json.left }}',
				secondImageSource: 'text',
				secondImage: '={{ $json.right }}',
			},
		});
		const { charges } = bench.simulator.ledger;
		const sent = charges.map(({ taskId }) => bench.simulator.tasks.get(taskId)?.request);
		expect(sent).toMatchObject([
			{ effect_scene: 'pet_lion_pro', input: { image: PICTURE } },
			{ effect_scene: 'hug_pro', input: BOTH },
			{ effect_scene: 'magic_world_vlog_9_16', input: { image: PICTURE } },
			{ effect_scene: 'magic_world_vlog_9_16', input: { image: PICTURE } },
		]);
		expect(charges.map(({ units }) => units)).toEqual([1, 2, 2, 2]);
	});

	it('an effect that is newer than the list, in the words of the service', async () => {
		const result = await bench.run('effects', {
			parameters: hug({ effect: typed('brand_new'), secondImageSource: 'none' }),
		});
		expect(words(result)).toContain("effect_scene value 'brand_new' is invalid");
		expect(bench.simulator.ledger.charges).toEqual([]);
	});

	it('an effect whose end was announced while it is still listed, with a warning', async () => {
		const parameters = lion({ effect: typed('magic_match_tree'), secondImage: OTHER_PICTURE });
		const onError = 'continueRegularOutput';
		const result = await bench.run('effects', { parameters, onError });
		expect(JSON.stringify(result.json[0]?.error)).toContain('has been discontinued');
		expect(bench.simulator.ledger.requests).toHaveLength(1);
		expect(bodyOf(bench.simulator.ledger.requests[0]?.rawBody ?? '')).toMatchObject({
			effect_scene: 'magic_match_tree',
			input: { image: PICTURE },
		});
		const told = (result.runData.Kling ?? []).flatMap(({ hints = [] }) => hints);
		expect(told.map(({ message }) => message)).toEqual([
			'Kling has announced the end of the effect magic_match_tree for 2026-07-03, but still lists it. It was sent all the same.',
		]);
	});

	it('no second image that was given for another effect and is hidden now', async () => {
		const body = await bench.wire('effects', 'klingGlobal', hug({ effect: effect('pet_dance') }));
		expect(body.input).toEqual({ image: PICTURE });
	});
});

describe('images', () => {
	const [left, right] = [png(400, 400), png(500, 500)];

	async function item(): Promise<INodeExecutionData> {
		const [first, second] = [await binaryItem(left), await binaryItem(right)];
		return {
			json: { text: right.toString('base64') },
			binary: { data: first.binary!.data!, data_1: second.binary!.data! },
		};
	}

	it('of the item: data on the left, data_1 on the right, unless others are named', async () => {
		const body = await bench.wire(
			'effects',
			'klingGlobal',
			{ effect: effect('hug_pro'), imageSource: 'binary', secondImageSource: 'binary' },
			{ items: [await item()] },
		);
		const images = [left, right].map((bytes) => bytes.toString('base64'));
		expect(body.input).toEqual({ images });
	});

	it('as base64', async () => {
		const parameters = lion({ image: '={{ "data:image/png;base64," + $json.text }}' });
		const items = [await item()];
		const body = await bench.wire('effects', 'klingGlobal', parameters, { items });
		expect(body.input).toEqual({ image: right.toString('base64') });
	});
});

describe('refused before anything is sent', () => {
	const small = png(100, 100).toString('base64');
	const CASES: Refusal[] = [
		{
			why: 'no effect',
			parameters: hug({ effect: typed('={{ "" }}') }),
			says: ['Effect must be chosen'],
		},
		{
			why: 'no image',
			parameters: lion({ image: '={{ "" }}' }),
			says: ['Image must not be empty'],
		},
		{
			why: 'one image for two',
			parameters: hug({ secondImageSource: 'none', effect: typed('={{ "Hug Pro" }}') }),
			says: ['Second Image (Right) must be given for hug_pro, which is made of two images'],
		},
		{
			why: 'two images for one',
			parameters: hug({ effect: typed('={{ "pet_lion_pro" }}') }),
			says: ['Second Image (Right) must be None for pet_lion_pro, which is made of one image'],
		},
		{
			why: 'one image for two, at a relay',
			service: 'relay',
			parameters: hug({ secondImageSource: 'none', effect: typed('={{ "hug_pro" }}') }),
			says: ['Second Image (Right) must be given for hug_pro'],
		},
		{
			why: 'a small image',
			parameters: hug({ secondImage: small }),
			says: ['Second Image (Right) must be at least 300 × 300 pixels, but has 100 × 100'],
		},
		{
			why: 'an object as the effect',
			parameters: hug({ effect: typed('={{ {"a": 1} }}') }),
			says: ['Effect must be text, not an object'],
		},
		...['hug', 'Hug', ' hug '].map((name) => ({
			why: `the effect "${name}" that is gone`,
			parameters: hug({ effect: typed(name) }),
			says: [
				'Effect hug was switched off by Kling (global) on 2026-01-30',
				'Choose Hug Pro (hug_pro), which replaces it',
			],
		})),
		{
			why: 'one that is gone, in China',
			service: 'klingChina',
			parameters: lion({ effect: typed('c4d_cartoon'), secondImageSource: 'none' }),
			says: [
				'Effect c4d_cartoon was switched off by Kling (China) on 2025-12-30',
				'Choose another',
			],
		},
		...['relayModel', 'quality', 'duration'].map((name) => ({
			why: `${name} at official Kling`,
			parameters: lion({ options: { [name]: name === 'duration' ? 5 : 'pro' } }),
			says: [
				/Kling \(global\) does not offer (Model \(Relays\)|Quality|Duration) for Video → Apply Effect. Services that do: other relays/,
			],
		})),
		{
			why: 'another length',
			service: 'relay',
			parameters: lion({ options: { duration: 7 } }),
			says: ['Duration must be 5 or 10 seconds, not 7'],
		},
		{
			why: 'a model that has no effects',
			service: 'relay',
			parameters: lion({ options: { relayModel: 'kling-v2-6' } }),
			says: ['Model kling-v2-6 does not offer Video → Apply Effect', 'Models that do: kling-v1-6'],
		},
	];
	it.each(CASES)('$why', async (refusal) => {
		await bench.refused('effects', refusal);
	});
});

describe('a relay that has kept the older form', () => {
	beforeEach(() => {
		bench.simulator.settings.relayOlderEffects = true;
	});

	it('takes a model, a mode and a length, and an effect that is gone at Kling', async () => {
		const options = { relayModel: 'kling-v1-6', quality: 'pro', duration: 10 };
		const parameters = hug({ effect: typed('hug'), secondImageSource: 'text', options });
		const body = await bench.wire('effects', 'relay', parameters);
		expect(body).toMatchObject({
			effect_scene: 'hug',
			input: { ...BOTH, model_name: 'kling-v1-6', mode: 'pro', duration: '10' },
		});
		expect(body).not.toHaveProperty('duration');
		expect(body).not.toHaveProperty('model_name');
	});

	it('takes an effect of one image that only it knows', async () => {
		const result = await bench.succeed('effects', {
			service: 'relay',
			parameters: lion({
				effect: typed('dizzydizzy'),
				secondImageSource: 'none',
				options: { duration: 5 },
			}),
		});
		expect(result.json).toMatchObject([{ duration: 5, quality: null, unitsDeducted: 3.5 }]);
	});

	it('says what it misses', async () => {
		const parameters = lion({ effect: typed('dizzydizzy'), secondImageSource: 'none' });
		const result = await bench.run('effects', { service: 'relay', parameters });
		expect(words(result)).toContain('input.duration is required');
	});
});

const ITEM = {
	kind: 'effects',
	status: 'succeed',
	model: null,
	quality: null,
	prompt: null,
	duration: null,
	unitsDeducted: 2,
	videoUrl: expect.stringContaining('.mp4?') as string,
	videoId: expect.any(String) as string,
};

describe('the result', () => {
	const run = hug({ resource: 'video', operation: 'effects' });
	const bytes = (taskId: unknown) => bench.simulator.videoBytes(String(taskId));

	it('is looked for after a minute', async () => {
		await bench.succeed('effects', { parameters: hug() });
		const { charges, requests } = bench.simulator.ledger;
		const look = requests.find(({ method }) => method === 'GET');
		expect(look!.time - charges[0]!.time).toBe(60_000);
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'comes after being suspended, at %s',
		async (service) => {
			const { simulator } = bench;
			const parameters = { ...run, waitMode: 'suspend' };
			const { first, whenOver } = await host().run(optionsFor({ simulator, service, parameters }));
			bench.owe(1);
			expect(first.status).toBe('waiting');
			await pass(70);
			const result = await whenOver;
			expect(result.json).toMatchObject([ITEM]);
			expect(await result.binary()).toEqual(bytes(result.json[0]?.taskId));
		},
	);

	it.each([undefined, 'effects'])('is fetched later, Made By %s, and listed', async (taskKind) => {
		const made = await bench.succeed('effects', { parameters: hug({ waitMode: 'none' }) });
		expect(made.json).toMatchObject([{ status: 'submitted', videoUrl: null }]);
		time.advance(70_000);
		const taskId = String(made.json[0]?.taskId);
		const got = await bench.succeed('get', {
			parameters: { taskId, ...(taskKind ? { taskKind } : {}) },
		});
		expect(got.json).toMatchObject([ITEM]);
		expect(await got.binary()).toEqual(bytes(taskId));
		const listed = await bench.succeed('getMany', { parameters: { taskKind: taskKind ?? 'all' } });
		expect(listed.json).toMatchObject([{ ...ITEM, taskId }]);
	});

	it('of several items is asked for together', async () => {
		const result = await bench.succeed('effects', { items: [{}, {}, {}], parameters: hug() });
		expect(result.json).toMatchObject([ITEM, ITEM, ITEM]);
		const { requests } = bench.simulator.ledger;
		expect(requests.filter(({ path }) => path === '/tasks').length).toBeGreaterThan(0);
	});

	it.each([true, false])('starts a workflow by Made By (%s)', async (isChosen) => {
		const { simulator } = bench;
		const kinds = isChosen ? ['effects'] : ['text2video'];
		const trigger = await startTrigger(simulator, { parameters: { more: { kinds } } });
		await finish(simulator, trigger, await order(simulator, trigger, { parameters: run }));
		bench.owe(1);
		expect(started(trigger)).toMatchObject(isChosen ? [ITEM] : []);
	});

	it('gets a sound by the ID of its video', async () => {
		const { json } = await bench.succeed('effects', { parameters: hug() });
		const videoId = String(json[0]?.videoId);
		await bench.succeed('video-to-audio', { parameters: { videoId } });
		expect(bodyOf(lastCreate(bench.simulator).rawBody)).toMatchObject({ video_id: videoId });
	});
});
