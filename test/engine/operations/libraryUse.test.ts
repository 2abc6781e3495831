/** Elements and voices: used where they are picked. */
import type { INodeParameters } from 'n8n-workflow';

import { KNOWN_ELEMENT_IDS } from '../../simulator';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { model } from '../kling';
import { words } from '../support';
import { SAMPLE } from './cells/library';
import { keep, picked, PRESET, elementFrom } from './libraryAccount';
import { bodyOf, CLIP, lastCreate, PICTURE, useBench } from './support';

const bench = useBench({ slots: 50 });

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
				'Voices (or Voice IDs) do not work with kling-v3 at Ace Data Cloud. Models that have it: kling-v2-6',
			],
			[
				'text2video',
				{ model: model('kling-v2-6'), quality: 'std', ...citing({ voiceIds: 'calm' }) },
				'Voices (or Voice IDs) need Quality = Professional with kling-v2-6',
			],
			[
				'text2video',
				{ model: model('kling-v2-6'), quality: 'pro', ...citing({ voiceIds: 'calm' }) },
				'Voices (or Voice IDs) work only when Sound is on',
			],
			[
				'image2video',
				{ image: PICTURE, model: model('kling-v3'), ...citing({ ...VOICES, elementIds: PRESET }) },
				'Elements (or Element IDs) cannot be combined with Voices (or Voice IDs)',
			],
			[
				'image2video',
				{ image: PICTURE, model: model('kling-v2-6'), ...citing({ elementIds: PRESET }) },
				'Elements (or Element IDs) do not work with kling-v2-6',
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
				'Negative Prompt cannot be combined with Elements (or Element IDs) at Ace Data Cloud',
			],
			[
				'image2video',
				{
					...{ image: PICTURE, model: model('kling-v3') },
					...citing({ elementIds: PRESET, cfgScale: 0.5 }),
				},
				'CFG Scale cannot be combined with Elements (or Element IDs) at Ace Data Cloud',
			],
			[
				'omni-video',
				{ model: model('kling-v3-omni'), ...citing({ elementIds: '1,2,3,4' }) },
				'Elements (or Element IDs) must contain at most 3 at Ace Data Cloud, not 4',
			],
			[
				'motion-control',
				{
					image: PICTURE,
					videoUrl: CLIP,
					model: model('kling-v3'),
					...citing({ elementIds: PRESET }),
				},
				'Ace Data Cloud does not offer Elements (or Element IDs) for Video → Transfer Motion. Services that do: Kling (global)',
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
			says: ['Elements (or Element IDs) must be at most 3, not 4'],
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
