/** Which API the name of a model leads to, what it is called there, and with which keys. */
import { model } from '../kling';
import { KEY_PAIR, words } from '../support';
import { bodyOf, lastCreate, OTHER_PICTURE, PICTURE, rows, useBench } from './support';

const bench = useBench();

describe('refused before anything is sent', () => {
	it.each([
		['kling-v3-turbo', 'kling-v3'],
		['kling-3.0-turbo', 'kling-v3'],
		['kling-2.6', 'kling-v2-6'],
		['kling-4.0', 'kling-v3'],
	])('%s with a pair of keys', async (name, other) => {
		await bench.refused(
			'text2video',
			{
				parameters: { prompt: 'x', model: model(name) },
				says: [
					`Model ${name} needs an API key at Kling (global): its API takes no access key and secret key`,
					`Choose Authentication = API Key in the credential, or a model such as ${other}`,
				],
			},
			{ credential: KEY_PAIR },
		);
	});
});

it('several images by 4.0 with a pair of keys are refused', async () => {
	await bench.refused(
		'multi-image2video',
		{
			parameters: { ...rows(PICTURE, OTHER_PICTURE), prompt: 'x', model: model('kling-4.0') },
			says: ['Model kling-4.0 needs an API key at Kling (global)', 'such as kling-video-o1'],
		},
		{ credential: KEY_PAIR },
	);
});

describe('the legacy API is told its own name of a model', () => {
	it.each([
		['image-generation', 'kling-3.0', 'kling-v3', {}],
		['omni-image', 'kling-3.0-omni', 'kling-v3-omni', {}],
		['image-generation', 'kling-3.0', 'kling-v3', KEY_PAIR],
	] as const)('%s by %s', async (operation, typed, sent, credential) => {
		const parameters = { prompt: 'x', model: model(typed) };
		const body = await bench.wire(operation, 'klingGlobal', parameters, { credential });
		expect(body.model_name).toBe(sent);
	});
});

describe('what the service alone can know', () => {
	it('a model of tomorrow is sent as it is called, and refused without a charge', async () => {
		const result = await bench.run('text2video', {
			parameters: { prompt: 'x', model: model('kling-5.0-ultra'), duration: 60, quality: '4k' },
		});
		expect(result.status).toBe('error');
		expect(result.error?.description).toContain("The model 'kling-5.0-ultra' does not exist");
		const [create, ...more] = bench.simulator.ledger.requests;
		expect(more).toEqual([]);
		expect(create?.path).toBe('/text-to-video/kling-5.0-ultra');
		expect(bodyOf(create?.rawBody ?? '').settings).toEqual({
			multi_shot: false,
			resolution: '4k',
			aspect_ratio: '16:9',
			duration: 60,
		});
	});

	it('a model of tomorrow makes a video of several images where the known ones do', async () => {
		const result = await bench.run('multi-image2video', {
			parameters: { ...rows(PICTURE, OTHER_PICTURE), prompt: 'x', model: model('kling-5.0') },
		});
		expect(words(result)).toContain("The model 'kling-5.0' does not exist");
		expect(bench.simulator.ledger.requests.map(({ path }) => path)).toEqual([
			'/omni-video/kling-5.0',
		]);
	});

	it('a relay is told the name as ever', async () => {
		const result = await bench.run('text2video', {
			service: 'relay',
			parameters: { prompt: 'x', model: model('kling-3.0-turbo') },
		});
		expect(result.status).toBe('error');
		expect(bench.simulator.ledger.requests[0]).toMatchObject({
			path: '/kling/v1/videos/text2video',
			body: { model_name: 'kling-3.0-turbo' },
		});
	});

	it.each([
		['V3', 'kling-v3', 'text2video'],
		['V2.6', 'kling-v2-6', 'text2video'],
	] as const)('%s stays at the legacy API', async (_title, name, operation) => {
		await bench.wire(operation, 'klingGlobal', { prompt: 'x', model: model(name) });
		expect(lastCreate(bench.simulator).path).toBe(`/v1/videos/${operation}`);
	});
});
