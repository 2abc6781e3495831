/** Models that official Kling runs no more, or is said to run no more: listed nowhere, sent where that is not certain. */
import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../../simulator';
import { model } from '../kling';
import { words } from '../support';
import { finishedVideo, hints, PICTURE, useBench, type OperationName } from './support';

const bench = useBench();

const SAID =
	'was to end at official Kling on 2026-09-15 (https://github.com/Comfy-Org/docs/pull/1326)';
const OF_TODAY = 'Models of today: kling-v3-turbo, kling-v3, kling-v2-6, kling-v2-5-turbo';
const DISCONTINUED = ['kling-v1', 'kling-v1-6'];

const old = (name = 'kling-v1-6'): INodeParameters => ({
	prompt: 'A fox',
	model: model(name),
	waitMode: 'none',
});

describe('a model that may have ended', () => {
	it('is sent, with one warning for all items', async () => {
		const items = [{}, {}, {}];
		const result = await bench.succeed('text2video', { items, parameters: old() });
		expect(result.json).toHaveLength(3);
		expect(hints(result)).toEqual([
			`Model kling-v1-6 ${SAID}. It is sent all the same. ${OF_TODAY}.`,
		]);
	});

	it('is not told of where the item is refused', async () => {
		const result = await bench.run('text2video', {
			onError: 'continueRegularOutput',
			parameters: { ...old(), options: { reuseTask: true } },
		});
		expect(JSON.stringify(result.json)).toContain('needs an External Task ID');
		expect(hints(result)).toEqual([]);
		expect(bench.simulator.ledger.requests).toEqual([]);
	});

	it('is not told of where the task is picked up, and not sent again', async () => {
		bench.simulator.faults.add({
			match: { method: 'GET' },
			action: { kind: 'status', status: 400, body: { code: 1200, message: 'odd' } },
		});
		const parameters = { prompt: 'A fox', model: model('kling-v1-6') };
		const again = { retryOnFail: true, maxTries: 2 };
		const result = await bench.succeed('text2video', { ...again, parameters });
		expect(bench.simulator.ledger.charges).toHaveLength(1);
		expect(hints(result)).toEqual([]);
	});

	it('is told of images apart from videos', async () => {
		const of = async (name: string) =>
			hints(await bench.succeed('image-generation', { parameters: old(name) }));
		expect(await of('kling-v2')).toEqual([
			`Model kling-v2 ${SAID}. It is sent all the same. Models of today: kling-v3, kling-v2-1.`,
		]);
		expect(await of('kling-v2-1')).toEqual([]);
		// No announcement names it.
		expect(await of('kling-v1-5')).toEqual([expect.stringContaining('kling.ai/document-api')]);
	});

	it.each<[ServiceName, string]>([
		['klingGlobal', 'kling-v2-6'],
		['relay', 'kling-v1-6'],
		['aceData', 'kling-v1-6'],
	])('is none at %s with %s', async (service, name) => {
		const result = await bench.succeed('text2video', { service, parameters: old(name) });
		expect(hints(result)).toEqual([]);
	});
});

describe('a refusal', () => {
	const refused = async (
		operation: OperationName,
		service: ServiceName,
		parameters: INodeParameters,
	) => {
		const before = bench.simulator.ledger.charges.length;
		const result = await bench.run(operation, { service, parameters });
		expect(result.status).toBe('error');
		expect(bench.simulator.ledger.charges).toHaveLength(before);
		return words(result);
	};

	it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
		'says since when the model is gone, and what there is, %s',
		async (service) => {
			bench.simulator.settings.discontinuedModels = DISCONTINUED;
			const said = await refused('text2video', service, old());
			expect(said).toContain("The model 'kling-v1-6' has been discontinued");
			expect(said).toContain(`Model kling-v1-6 ${SAID}. Models of today: kling-v3`);
			expect(said).not.toContain('may have been made and charged');
		},
	);

	it('of a model that relays alone may have tells what Kling has said of it', async () => {
		bench.simulator.settings.discontinuedModels = DISCONTINUED;
		const said = await refused('text2video', 'relay', old('kling-v1'));
		expect(said).toContain(
			'Model kling-v1 has been switched off by official Kling in September 2026 or before',
		);
	});

	it('of the try-on of a relay tells that its models may have ended', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'error', code: 1203 },
		});
		const said = await refused('virtual-try-on', 'relay', { person: PICTURE, garment: PICTURE });
		expect(said).toContain(`Model kolors-virtual-try-on-v1 ${SAID}`);
	});

	it('by new-api, which has nobody left for the model, says so, too', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'status', status: 503, body: { code: 'model_not_found', message: 'none' } },
		});
		expect(await refused('text2video', 'newApi', old())).toContain(`Model kling-v1-6 ${SAID}`);
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'of an operation that works with such models only says so, %s',
		async (service) => {
			const { videoId } = await finishedVideo(bench, service);
			bench.simulator.faults.add({
				match: { pathPattern: 'video-extend$' },
				action: { kind: 'error', code: 1203 },
			});
			const said = await refused('video-extend', service, { videoId });
			expect(said).toContain(
				`Video → Extend works with kling-v1-6, kling-v1-5 or kling-v1 only, which ${SAID}. No model of today does this`,
			);
		},
	);

	it.each<[string, INodeParameters, number, string | undefined]>([
		['for other reasons', old(), 1201, 'aspect_ratio is invalid'],
		['of a model of today', old('kling-v2-6'), 1203, undefined],
		['of a model that nobody knows', old('kling-v9'), 1203, undefined],
	])('%s says nothing of that', async (_what, parameters, code, message) => {
		bench.simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'error', code, message },
		});
		expect(await refused('text2video', 'klingGlobal', parameters)).not.toContain('2026-09-15');
	});

	it('of another service says nothing of official Kling', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'status', status: 400, body: { error: { message: 'model retired' } } },
		});
		const parameters = { ...old('kling-v1-6'), image: PICTURE };
		expect(await refused('image2video', 'aceData', parameters)).not.toContain('2026-09-15');
	});
});

it('what has certainly ended is not sent', async () => {
	await bench.refused('text2video', {
		parameters: old('kling-v1'),
		says: [
			'Model kling-v1 has been switched off by Kling (global) in September 2026 or before',
			'Choose another one: kling-v3-turbo, kling-v3, kling-v2-6, kling-v2-5-turbo',
		],
	});
});
