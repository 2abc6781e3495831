/** What goes to Kling's newer API, in which words: mixed references, several images and additional fields. */
import { model } from '../kling';
import { custom, ELEMENT_ID, itSends, prompt, shot, type Sent } from './newStandard';
import {
	bodyOf,
	CLIP,
	firstFrameRow,
	lastCreate,
	lastFrameRow,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
} from './support';

const bench = useBench();

const fromReferences: Sent[] = [
	[
		'references and a video to follow, all cited',
		'omni-video',
		{
			...rows(PICTURE, OTHER_PICTURE),
			videoUrl: CLIP,
			prompt: '<<<image_2>>> and <<<image_1>>> dance as in <<<video_1>>>, mail me@example.com',
			model: model('kling-3.0-omni'),
			duration: 7,
		},
		'/omni-video/kling-3.0-omni',
		{
			contents: [
				prompt('@image_02 and @image_01 dance as in @video_01, mail me@example.com'),
				{ type: 'refer_image', url: PICTURE, id: 'image_01' },
				{ type: 'refer_image', url: OTHER_PICTURE, id: 'image_02' },
				{ type: 'feature_video', url: CLIP, id: 'video_01' },
			],
			settings: { multi_shot: false, resolution: '720p', aspect_ratio: '16:9', duration: 7 },
		},
	],
	[
		'a video to edit, as long as it is, with its sound',
		'omni-video',
		{
			videoUrl: CLIP,
			videoUse: 'base',
			prompt: 'At night',
			model: model('kling-3.0-omni'),
			duration: 7,
			options: { keepOriginalSound: true },
		},
		'/omni-video/kling-3.0-omni',
		{
			contents: [prompt('At night'), { type: 'base_video', url: CLIP, id: 'video_01' }],
			settings: { multi_shot: false, audio: 'original', resolution: '720p' },
		},
	],
	[
		'frames and an element by O1',
		'omni-video',
		{
			...rows(firstFrameRow),
			prompt: '<<<element_1>>> walks in',
			model: model('kling-o1'),
			duration: 10,
			options: { elementIds: ELEMENT_ID },
		},
		'/omni-video/kling-o1',
		{
			contents: [
				prompt('@element_01 walks in'),
				{ type: 'first_frame', url: PICTURE, id: 'image_01' },
				{ type: 'element', element_id: ELEMENT_ID, id: 'element_01' },
			],
			settings: { resolution: '720p', duration: 10 },
		},
	],
	[
		'both frames and shots that cite them',
		'omni-video',
		{
			...rows(firstFrameRow, lastFrameRow),
			model: model('kling-3.0-omni'),
			duration: 4,
			options: custom(shot('From <<<image_1>>>', 1), shot('to <<<image_2>>>', 3)),
		},
		'/omni-video/kling-3.0-omni',
		{
			contents: [
				prompt('shot 1, 1, From @image_01; shot 2, 3, to @image_02;'),
				{ type: 'first_frame', url: PICTURE, id: 'image_01' },
				{ type: 'last_frame', url: OTHER_PICTURE, id: 'image_02' },
			],
			settings: { multi_shot: true, resolution: '720p', duration: 4 },
		},
	],
	[
		'ids that the words of the prompt do not take for theirs',
		'omni-video',
		{
			...rows(PICTURE),
			prompt: '<<<image_1>>> beside @image_01b and @im',
			model: model('kling-4.0'),
			aspectRatio: '4:3',
		},
		'/omni-video/kling-4.0',
		{
			contents: [
				prompt('@aimage_01 beside @image_01b and @im'),
				{ type: 'refer_image', url: PICTURE, id: 'aimage_01' },
			],
			settings: { resolution: '720p', aspect_ratio: '4:3', duration: 5 },
		},
	],
	[
		'a Chinese prompt, whose letters would belong to the id',
		'omni-video',
		{ ...rows(PICTURE), prompt: '让<<<image_1>>>在跑', model: model('kling-3.0-omni') },
		'/omni-video/kling-3.0-omni',
		{
			contents: [prompt('让@image_01 在跑'), { type: 'refer_image', url: PICTURE, id: 'image_01' }],
			settings: { multi_shot: false, resolution: '720p', aspect_ratio: '16:9', duration: 5 },
		},
	],
	[
		'several images by the name of an omni model',
		'multi-image2video',
		{ ...rows(PICTURE, OTHER_PICTURE), prompt: 'They meet', model: model('kling-3.0-omni') },
		'/omni-video/kling-3.0-omni',
		{
			contents: [
				prompt('They meet @image_01 @image_02'),
				{ type: 'refer_image', url: PICTURE, id: 'image_01' },
				{ type: 'refer_image', url: OTHER_PICTURE, id: 'image_02' },
			],
			settings: { multi_shot: false, resolution: '720p', aspect_ratio: '16:9', duration: 5 },
		},
	],
];

describe('the newer API is sent', () => {
	itSends(bench, fromReferences);

	it('additional fields in the groups they belong to, whichever API they were written for', async () => {
		await bench.succeed('text2video', {
			parameters: {
				prompt: 'A fox',
				model: model('kling-v3-turbo'),
				waitMode: 'none',
				options: {
					additionalFields: JSON.stringify({
						settings: { seed: 7 },
						external_task_id: 'mine',
						options: { priority: 1 },
						style: 'film',
					}),
				},
			},
		});
		expect(bodyOf(lastCreate(bench.simulator).rawBody)).toEqual({
			prompt: 'A fox',
			settings: { resolution: '720p', aspect_ratio: '16:9', duration: 5, seed: 7 },
			options: { external_task_id: 'mine', priority: 1 },
			style: 'film',
		});
	});
});
