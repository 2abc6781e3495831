/** Elements and voices: made. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import { words } from '../support';
import { SAMPLE } from './cells/library';
import { elementFrom, keep, picked } from './libraryAccount';
import { bodyOf, CLIP, lastCreate, OTHER_PICTURE, PICTURE, rows, useBench } from './support';

const bench = useBench({ slots: 50 });

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
