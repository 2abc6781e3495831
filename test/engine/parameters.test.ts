/** Every parameter of text to video, and what becomes of it on the wire of each dialect. */
import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../simulator';
import { model, runKling } from './kling';
import { creates, SERVICES, sentBody, useSimulator } from './support';

const world = useSimulator();

/** Sends one create with these parameters and returns its body, which the strict simulator has accepted. */
async function wire(
	service: ServiceName,
	parameters: INodeParameters,
): Promise<Record<string, unknown>> {
	const { simulator } = world;
	const result = await runKling({
		simulator,
		service,
		parameters: { waitMode: 'none', ...parameters },
	});
	expect(result.error).toBeUndefined();
	expect(simulator.ledger.charges).toHaveLength(1);
	return sentBody(simulator);
}

const OFFICIAL_LIKE = ['klingGlobal', 'klingChina', 'relay'] as const;

describe('the model', () => {
	it.each(SERVICES)('goes out by name, %s', async (service) => {
		const name = service === 'openaiHk' ? 'kling-v1' : 'kling-v2-6';
		const body = await wire(service, { model: model(name) });
		expect(body[service === 'aceData' ? 'model' : 'model_name']).toBe(name);
	});

	it('may be one that this package has never heard of: the service has the last word', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, parameters: { model: model('kling-v9') } });
		expect(sentBody(simulator).model_name).toBe('kling-v9');
		expect(result.status).toBe('error');
		expect(result.error?.description).toContain("The model 'kling-v9' does not exist");
		expect(simulator.ledger.charges).toEqual([]);
	});

	it('is the default of the service when it is chosen from the list', async () => {
		const fromList = { __rl: true, mode: 'list', value: 'default' } as unknown as INodeParameters;
		expect((await wire('aceData', { model: fromList })).model).toBe('kling-v2-5-turbo');
	});
});

describe('mode, duration and aspect ratio', () => {
	it.each(OFFICIAL_LIKE)('as words, %s', async (service) => {
		const body = await wire(service, {
			model: model('kling-v3'),
			quality: '4k',
			duration: 13,
			aspectRatio: '9:16',
		});
		expect(body).toMatchObject({ mode: '4k', duration: '13', aspect_ratio: '9:16' });
	});

	it.each([
		['openaiHk', 'kling-v1', '10'],
		['newApi', 'kling-v2-6', '10'],
		['aceData', 'kling-v2-6', 10],
	] as const)('with the type of duration that %s wants', async (service, name, duration) => {
		const body = await wire(service, {
			model: model(name),
			quality: 'pro',
			duration: 10,
			aspectRatio: '1:1',
		});
		expect(body).toMatchObject({ mode: 'pro', duration, aspect_ratio: '1:1' });
	});

	it('reads a duration that an expression yields as text', async () => {
		expect((await wire('aceData', { duration: '={{ "10" }}' })).duration).toBe(10);
	});
});

describe('CFG Scale and Negative Prompt', () => {
	it.each(SERVICES)('as number and text, %s', async (service) => {
		const body = await wire(service, { options: { cfgScale: 0.7, negativePrompt: 'blur' } });
		expect(body).toMatchObject({ cfg_scale: 0.7, negative_prompt: 'blur' });
	});

	it('a CFG Scale of 0 is sent', async () => {
		expect((await wire('klingGlobal', { options: { cfgScale: 0 } })).cfg_scale).toBe(0);
	});
});

describe('Camera Movement', () => {
	const simple = { cameraMovement: { movement: { type: 'simple', axis: 'tilt', amount: -4 } } };
	const preset = { cameraMovement: { movement: { type: 'down_back' } } };

	beforeEach(() => {
		world.simulator.settings.discontinuedModels = [];
	});

	it.each([
		['openaiHk', 'kling-v1', -4],
		['relay', 'kling-v1', -4],
		['newApi', 'kling-v1', -4],
		['aceData', 'kling-v1', -0.4],
		['aceData', 'kling-v3', -0.4],
	] as const)('in the range of %s with %s', async (service, name, amount) => {
		const body = await wire(service, { model: model(name), options: simple });
		expect(body.camera_control).toEqual({ type: 'simple', config: { tilt: amount } });
	});

	it.each(['openaiHk', 'relay', 'newApi', 'aceData'] as const)(
		'without config for a ready-made movement, %s',
		async (service) => {
			const body = await wire(service, { model: model('kling-v1'), options: preset });
			expect(body.camera_control).toEqual({ type: 'down_back' });
		},
	);
});

describe('Sound', () => {
	it.each([
		['klingGlobal', 'sound', 'on'],
		['klingChina', 'sound', 'on'],
		['relay', 'sound', 'on'],
		['aceData', 'generate_audio', true],
	] as const)('in the words of %s', async (service, field, value) => {
		const body = await wire(service, {
			model: model('kling-v2-6'),
			quality: 'pro',
			options: { sound: true },
		});
		expect(body[field]).toBe(value);
	});

	it('off is said too', async () => {
		expect((await wire('klingGlobal', { options: { sound: false } })).sound).toBe('off');
	});
});

describe('Multi-Shot', () => {
	const shots = {
		multiShot: 'customize',
		shots: {
			shot: [
				{ prompt: 'A door', duration: 2 },
				{ prompt: 'It opens', duration: 3 },
			],
		},
	};

	it.each([
		[
			'klingGlobal',
			[
				{ index: 1, prompt: 'A door', duration: '2' },
				{ index: 2, prompt: 'It opens', duration: '3' },
			],
		],
		[
			'relay',
			[
				{ index: 1, prompt: 'A door', duration: '2' },
				{ index: 2, prompt: 'It opens', duration: '3' },
			],
		],
		[
			'aceData',
			[
				{ index: 1, prompt: 'A door', duration: 2 },
				{ index: 2, prompt: 'It opens', duration: 3 },
			],
		],
	] as const)('with shots of one’s own, %s', async (service, expected) => {
		const body = await wire(service, { model: model('kling-v3'), prompt: '', options: shots });
		expect(body).toMatchObject({
			multi_shot: true,
			shot_type: 'customize',
			multi_prompt: expected,
		});
		expect(body).not.toHaveProperty('prompt');
	});

	it('cut by the model', async () => {
		const body = await wire('klingGlobal', {
			model: model('kling-v3'),
			options: { multiShot: 'intelligence' },
		});
		expect(body).toMatchObject({ multi_shot: true, shot_type: 'intelligence' });
		expect(body).not.toHaveProperty('multi_prompt');
	});
});

describe('Voice IDs', () => {
	it.each(['829836802793406551, 831457288201461789', ['829836802793406551', '831457288201461789']])(
		'keep every digit: %j',
		async (voiceIds) => {
			const body = await wire('klingGlobal', {
				model: model('kling-v2-6'),
				quality: 'pro',
				prompt: '<<<voice_1>>> greets <<<voice_2>>>',
				options: {
					sound: true,
					voiceIds: Array.isArray(voiceIds) ? `={{ ${JSON.stringify(voiceIds)} }}` : voiceIds,
				},
			});
			expect(body.voice_list).toEqual([
				{ voice_id: '829836802793406551' },
				{ voice_id: '831457288201461789' },
			]);
		},
	);
});

describe('Callback URL, External Task ID and Watermark', () => {
	it.each([
		['klingGlobal', 'callback_url'],
		['relay', 'callback_url'],
		['newApi', 'callback_url'],
		['aceData', 'callback_url'],
		['openaiHk', 'notify_hook'],
	] as const)('%s is called back at %s', async (service, field) => {
		const body = await wire(service, { options: { callbackUrl: 'http://127.0.0.1:9/hook' } });
		expect(body[field]).toBe('http://127.0.0.1:9/hook');
	});

	it.each(OFFICIAL_LIKE)('the others at %s', async (service) => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service,
			parameters: { options: { externalTaskId: 'order-1', watermark: true } },
		});
		expect(sentBody(simulator)).toMatchObject({
			external_task_id: 'order-1',
			watermark_info: { enabled: true },
		});
		expect(result.json).toMatchObject([
			{
				externalTaskId: 'order-1',
				unitsDeducted: expect.any(Number) as number,
				videos: [{ watermarkUrl: expect.stringContaining('watermark') as string }],
			},
		]);
	});
});

describe('Additional Fields (JSON)', () => {
	it('come last, as text, with integers of any size digit by digit', async () => {
		const { simulator } = world;
		await runKling({
			simulator,
			parameters: {
				waitMode: 'none',
				options: {
					additionalFields:
						'{"mode":"pro","seed":829836802793406551,"debt":-9007199254740993,"deep":{"list":[1.5,"9007199254740993"]}}',
				},
			},
		});
		const [create] = creates(simulator);
		expect(create?.rawBody).toContain('"seed":829836802793406551');
		expect(create?.rawBody).toContain('"debt":-9007199254740993');
		expect(create?.rawBody).toContain('"deep":{"list":[1.5,"9007199254740993"]}');
		expect(sentBody(simulator).mode).toBe('pro');
	});

	it.each(SERVICES)('may be an object from an expression, %s', async (service) => {
		const body = await wire(service, {
			options: { additionalFields: '={{ { new_thing: { on: true }, since: new Date(0) } }}' },
		});
		expect(body).toMatchObject({ new_thing: { on: true }, since: '1970-01-01T00:00:00.000Z' });
	});

	it('cannot make Ace Data Cloud block', async () => {
		const body = await wire('aceData', { options: { additionalFields: '{"async":false}' } });
		expect(body.async).toBe(true);
	});
});

it('reads every parameter for each item', async () => {
	const { simulator } = world;
	const items = [
		{ words: 'a', name: 'kling-v2-6', mode: 'std', seconds: 5, scale: 0.1 },
		{ words: 'b', name: 'kling-v3', mode: 'pro', seconds: 7, scale: 0.2 },
	];
	await runKling({
		simulator,
		items,
		parameters: {
			waitMode: 'none',
			prompt: '={{ $json.words }}',
			model: model('={{ $json.name }}'),
			quality: '={{ $json.mode }}',
			duration: '={{ $json.seconds }}',
			options: { cfgScale: '={{ $json.scale }}' },
		},
	});
	expect(creates(simulator).map(({ rawBody }) => JSON.parse(rawBody) as unknown)).toMatchObject(
		items.map(({ words, name, mode, seconds, scale }) => ({
			prompt: words,
			model_name: name,
			mode,
			duration: String(seconds),
			cfg_scale: scale,
		})),
	);
});
