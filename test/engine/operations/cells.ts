/** What leaves for each operation at each service, as the services document it. */
import type { INodeParameters } from 'n8n-workflow';

import { isKind, type Kind } from '../../../nodes/shared/core/kinds';
import type { ServiceName, Simulator } from '../../simulator';
import { model } from '../kling';
import {
	CLIP,
	effect,
	OTHER_PICTURE,
	PICTURE,
	rows,
	SOUND,
	VOICE,
	type Body,
	type OperationName,
} from './support';

/** Relays speak as official Kling does, but for what it has moved to its Solutions API. */
export type Dialect = 'official' | 'relay' | 'aceData' | 'openaiHk';

/** How many images there are of each. */
export const IMAGES = { 'an image': 1, 'two images': 2, 'nine images': 9 } as const;

/** One row of the table: an operation, what is entered, and what leaves at each service. */
export interface Operation {
	operation: OperationName;
	/** The kind of its tasks, where that is not what the editor calls the operation. */
	kind?: Kind;
	/** The kind that its tasks are of in a dialect, where it is another. */
	madeAs?: Partial<Record<Dialect, Kind>>;
	parameters: INodeParameters;
	/** Instead of the above, where a dialect lacks something. */
	at?: Partial<Record<Dialect, INodeParameters>>;
	/** By dialect; a dialect without a body does not offer it. */
	bodies: Partial<Record<Dialect, Body>>;
	/** Whether it goes on with a video of Kling, by its id, which only a test run knows. */
	needsVideo?: true;
	/** Whether it goes on with a face that was found in a video before, where faces can be found. */
	needsFace?: true;
	/** Whether its tasks are found by their own ids only at Kling itself. */
	nameless?: true;
	/** What it makes: one video, unless said. */
	makes?:
		| 'a video of untold length'
		| 'a video and images'
		| 'a video and subtitles'
		| 'an image'
		| 'two images'
		| 'nine images'
		| 'a sound'
		| 'a video and its sound'
		| 'an element'
		| 'a voice';
	/** The path at Kling below `/v1/`, where it is not `videos/<kind>`. */
	path?: string;
	/** The path of the Solutions API of official Kling below `/solutions/`, which wants an API key. */
	solution?: string;
	/** Ace Data Cloud has two paths for all. */
	acePath?: string;
	/** new-api knows only the first two kinds. */
	newApi?: boolean;
}

/** Of a voice. */
export const SAMPLE = 'https://pictures.example.com/mara.mp3';

const TRY_ON = [
	{ type: 'product_image', url: OTHER_PICTURE },
	{ type: 'person_image', url: PICTURE },
];

const GOODS = [
	{ type: 'ref_image', url: PICTURE },
	{ type: 'ref_image', url: OTHER_PICTURE },
	{ type: 'goods_title', text: 'Steel mug' },
	{ type: 'goods_description', text: 'Keeps coffee hot' },
];
const SELLER = [
	{ type: 'avatar_id', text: 'avatar_lee_male' },
	{ type: 'speech_script', text: 'It does not leak' },
	{ type: 'ref_image', url: PICTURE },
	{ type: 'goods_title', text: 'Steel mug' },
	{ type: 'goods_selling_point', text: 'Light' },
	{ type: 'goods_selling_point', text: 'Tight' },
];
const SELLER_SETTINGS = { resolution: '1080p', aspect_ratio: '9:16' };

const CLOTHES = [
	{ type: 'source_video', url: CLIP },
	{ type: 'product_image', url: PICTURE },
	{ type: 'product_info', text: 'Linen dress' },
	{ type: 'model_image', url: OTHER_PICTURE },
	{ type: 'voice', voice_id: 'calm_sales_man' },
];
const CLOTHES_SETTINGS = { resolution: '720p', aspect_ratio: '3:4' };

const GOODS_SETTINGS = { resolution: '1080p', aspect_ratio: '9:16', duration: 30 };

export const OPERATIONS: Operation[] = [
	{
		operation: 'text2video',
		parameters: { prompt: 'A fox', quality: 'pro', duration: 10, aspectRatio: '9:16' },
		bodies: {
			official: {
				model_name: 'kling-v2-5-turbo',
				prompt: 'A fox',
				mode: 'pro',
				duration: '10',
				aspect_ratio: '9:16',
			},
			aceData: {
				action: 'text2video',
				model: 'kling-v2-5-turbo',
				prompt: 'A fox',
				mode: 'pro',
				duration: 10,
				aspect_ratio: '9:16',
				async: true,
			},
			openaiHk: {
				model_name: 'kling-v1',
				prompt: 'A fox',
				mode: 'pro',
				duration: '10',
				aspect_ratio: '9:16',
			},
		},
		newApi: true,
	},
	{
		operation: 'image2video',
		parameters: {
			image: PICTURE,
			imageTailSource: 'text',
			imageTail: OTHER_PICTURE,
			prompt: 'It turns',
			quality: 'pro',
		},
		at: {
			aceData: { options: { aspectRatio: '1:1' } },
			openaiHk: { options: { aspectRatio: '1:1' } },
		},
		bodies: {
			official: {
				model_name: 'kling-v2-5-turbo',
				image: PICTURE,
				image_tail: OTHER_PICTURE,
				prompt: 'It turns',
				mode: 'pro',
				duration: '5',
			},
			aceData: {
				action: 'image2video',
				model: 'kling-v2-5-turbo',
				start_image_url: PICTURE,
				end_image_url: OTHER_PICTURE,
				prompt: 'It turns',
				mode: 'pro',
				duration: 5,
				aspect_ratio: '1:1',
				async: true,
			},
			openaiHk: {
				model_name: 'kling-v1-5',
				image: PICTURE,
				image_tail: OTHER_PICTURE,
				prompt: 'It turns',
				mode: 'pro',
				duration: '5',
				aspect_ratio: '1:1',
			},
		},
		newApi: true,
	},
	{
		operation: 'multi-image2video',
		madeAs: { official: 'omni-video' },
		parameters: { ...rows(PICTURE, OTHER_PICTURE), prompt: 'They meet', aspectRatio: '1:1' },
		bodies: {
			official: {
				model_name: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }, { image_url: OTHER_PICTURE }],
				prompt: 'They meet <<<image_1>>> <<<image_2>>>',
				mode: 'std',
				duration: '5',
				aspect_ratio: '1:1',
			},
			aceData: {
				action: 'text2video',
				model: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }, { image_url: OTHER_PICTURE }],
				prompt: 'They meet <<<image_1>>> <<<image_2>>>',
				mode: 'std',
				duration: 5,
				aspect_ratio: '1:1',
				async: true,
			},
		},
	},
	{
		operation: 'omni-video',
		parameters: {
			...rows(PICTURE),
			prompt: '<<<image_1>>> dances as in <<<video_1>>>',
			videoUrl: CLIP,
			duration: 7,
			options: { keepOriginalSound: false },
		},
		bodies: {
			official: {
				model_name: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }],
				video_list: [{ video_url: CLIP, refer_type: 'feature', keep_original_sound: 'no' }],
				prompt: '<<<image_1>>> dances as in <<<video_1>>>',
				mode: 'std',
				duration: '7',
				aspect_ratio: '16:9',
			},
			aceData: {
				action: 'text2video',
				model: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }],
				video_list: [{ video_url: CLIP, refer_type: 'feature', keep_original_sound: 'no' }],
				prompt: '<<<image_1>>> dances as in <<<video_1>>>',
				mode: 'std',
				duration: 7,
				aspect_ratio: '16:9',
				async: true,
			},
		},
	},
	{
		operation: 'video-extend',
		needsVideo: true,
		parameters: { prompt: 'The camera moves back' },
		at: { aceData: { options: { aceModel: 'kling-v1-6' } } },
		bodies: {
			official: { prompt: 'The camera moves back' },
			aceData: {
				action: 'extend',
				model: 'kling-v1-6',
				prompt: 'The camera moves back',
				async: true,
			},
		},
	},
	{
		operation: 'motion-control',
		parameters: {
			image: PICTURE,
			videoUrl: CLIP,
			characterOrientation: 'image',
			prompt: 'On a stage',
		},
		acePath: '/kling/motion',
		bodies: {
			official: {
				model_name: 'kling-v2-6',
				image_url: PICTURE,
				video_url: CLIP,
				character_orientation: 'image',
				prompt: 'On a stage',
				mode: 'std',
			},
			aceData: {
				model_name: 'kling-v2-6',
				image_url: PICTURE,
				video_url: CLIP,
				character_orientation: 'image',
				prompt: 'On a stage',
				mode: 'std',
				async: true,
			},
		},
	},
	{
		operation: 'effects',
		makes: 'a video of untold length',
		parameters: {
			effect: effect('hug_pro'),
			image: PICTURE,
			secondImage: OTHER_PICTURE,
		},
		bodies: {
			official: { effect_scene: 'hug_pro', input: { images: [PICTURE, OTHER_PICTURE] } },
		},
	},
	{
		operation: 'lip-sync',
		needsFace: true,
		nameless: true,
		path: 'videos/advanced-lip-sync',
		acePath: '/kling/lip-sync',
		parameters: { soundSource: 'url', sound: SOUND, options: { insertAt: 1 } },
		at: { aceData: { videoSource: 'url', videoUrl: CLIP, options: {} } },
		bodies: {
			official: {
				face_choose: [
					{
						face_id: '0',
						sound_file: SOUND,
						sound_start_time: 0,
						sound_end_time: 2950,
						sound_insert_time: 1000,
					},
				],
			},
			aceData: {
				mode: 'audio2video',
				video_url: CLIP,
				audio_type: 'file',
				audio_file: SOUND,
				async: true,
			},
		},
	},
	{
		operation: 'avatar',
		path: 'videos/avatar/image2video',
		acePath: '/kling/talking-photo',
		parameters: { image: PICTURE, soundSource: 'url', sound: VOICE, prompt: 'Calm' },
		bodies: {
			official: { image: PICTURE, sound_file: VOICE, prompt: 'Calm', mode: 'std' },
			aceData: {
				image_url: PICTURE,
				audio_url: VOICE,
				prompt: 'Calm',
				model: 'kling-v2-1-master',
				mode: 'std',
				async: true,
			},
		},
	},
	{
		operation: 'image-generation',
		makes: 'two images',
		path: 'images/generations',
		parameters: { prompt: 'A rabbit', n: 2, aspectRatio: '4:3' },
		bodies: {
			official: { model_name: 'kling-v2-1', prompt: 'A rabbit', n: 2, aspect_ratio: '4:3' },
			openaiHk: { prompt: 'A rabbit', n: 2, aspect_ratio: '4:3' },
		},
	},
	{
		operation: 'omni-image',
		makes: 'two images',
		path: 'images/omni-image',
		parameters: {
			...rows(PICTURE),
			prompt: '<<<image_1>>> in summer and in winter',
			model: model('kling-v3-omni'),
			resultType: 'series',
			seriesAmount: '2',
			aspectRatio: 'auto',
		},
		bodies: {
			official: {
				model_name: 'kling-v3-omni',
				image_list: [{ image: PICTURE }],
				prompt: '<<<image_1>>> in summer and in winter',
				result_type: 'series',
				series_amount: 2,
				aspect_ratio: 'auto',
			},
		},
	},
	{
		operation: 'multi-image2image',
		makes: 'two images',
		path: 'images/multi-image2image',
		parameters: {
			...rows(PICTURE, OTHER_PICTURE),
			prompt: 'They meet',
			styleImageSource: 'text',
			styleImage: PICTURE,
			n: 2,
			aspectRatio: '1:1',
		},
		bodies: {
			official: {
				model_name: 'kling-v2-1',
				subject_image_list: [{ subject_image: PICTURE }, { subject_image: OTHER_PICTURE }],
				prompt: 'They meet',
				style_image: PICTURE,
				n: 2,
				aspect_ratio: '1:1',
			},
		},
	},
	{
		operation: 'expand',
		makes: 'two images',
		path: 'images/editing/expand',
		parameters: { image: PICTURE, expandLeft: 0.4, expandRight: 0.4, prompt: 'A beach', n: 2 },
		bodies: {
			official: {
				image: PICTURE,
				up_expansion_ratio: 0,
				down_expansion_ratio: 0,
				left_expansion_ratio: 0.4,
				right_expansion_ratio: 0.4,
				prompt: 'A beach',
				n: 2,
			},
		},
	},
	{
		operation: 'ai-multi-shot',
		nameless: true,
		makes: 'nine images',
		path: 'general/ai-multi-shot',
		parameters: { image: PICTURE },
		bodies: { official: { element_frontal_image: PICTURE } },
	},
	{
		operation: 'virtual-try-on',
		makes: 'an image',
		path: 'images/kolors-virtual-try-on',
		solution: 'virtual_try_on',
		acePath: '/kling/virtual-try-on',
		parameters: { person: PICTURE, garment: OTHER_PICTURE, options: { keepPose: false } },
		at: { relay: { options: {} } },
		bodies: {
			official: { contents: TRY_ON, settings: { keep_pose: false } },
			relay: {
				model_name: 'kolors-virtual-try-on-v1',
				human_image: PICTURE,
				cloth_image: OTHER_PICTURE,
			},
			aceData: { contents: TRY_ON, settings: { keep_pose: false }, async: true },
		},
	},
	{
		operation: 'goods-studio',
		solution: 'e-commerce/goods_studio',
		acePath: '/kling/goods-studio',
		parameters: {
			...rows(PICTURE, OTHER_PICTURE),
			productTitle: 'Steel mug',
			productDescription: 'Keeps coffee hot',
			quality: 'pro',
			aspectRatio: '9:16',
			productDuration: '30',
		},
		bodies: {
			official: { contents: GOODS, settings: GOODS_SETTINGS },
			aceData: { contents: GOODS, settings: GOODS_SETTINGS, async: true },
		},
	},
	{
		operation: 'talking-agent',
		solution: 'talking_agent',
		acePath: '/kling/video-commerce',
		parameters: {
			avatar: { __rl: true, mode: 'list', value: 'avatar_lee_male' },
			script: 'It does not leak',
			content: 'product',
			...rows(PICTURE),
			productTitle: 'Steel mug',
			quality: 'pro',
			options: { sellingPoints: 'Light\nTight' },
		},
		bodies: {
			official: { contents: SELLER, settings: SELLER_SETTINGS },
			aceData: { contents: SELLER, settings: SELLER_SETTINGS, async: true },
		},
	},
	{
		operation: 'clothing-dupe',
		makes: 'a video and images',
		solution: 'e-commerce/clothing_dupe',
		acePath: '/kling/apparel',
		parameters: {
			videoUrl: CLIP,
			...rows(PICTURE),
			productInfo: 'Linen dress',
			modelImagesSource: 'rows',
			modelImages: { image: [{ value: OTHER_PICTURE }] },
			aspectRatio: '3:4',
			options: { clothingVoice: 'calm_sales_man' },
		},
		bodies: {
			official: { contents: CLOTHES, settings: CLOTHES_SETTINGS },
			aceData: { contents: CLOTHES, settings: CLOTHES_SETTINGS, async: true },
		},
	},
	{
		operation: 'drama-subtitle',
		makes: 'a video and subtitles',
		solution: 'drama_subtitle',
		parameters: { videoUrl: CLIP, options: { fontSize: 40 } },
		bodies: {
			official: {
				contents: [{ type: 'source_video', url: CLIP }],
				settings: { target_language: 'en', font_size: 40 },
			},
		},
	},
	{
		operation: 'text-to-audio',
		makes: 'a sound',
		path: 'audio/text-to-audio',
		parameters: { prompt: 'Rain on a tin roof', duration: 5.5 },
		bodies: { official: { prompt: 'Rain on a tin roof', duration: 5.5 } },
	},
	{
		operation: 'video-to-audio',
		needsVideo: true,
		makes: 'a video and its sound',
		path: 'audio/video-to-audio',
		parameters: { soundEffectPrompt: 'Footsteps on gravel', bgmPrompt: 'Calm piano' },
		bodies: {
			official: { sound_effect_prompt: 'Footsteps on gravel', bgm_prompt: 'Calm piano' },
		},
	},
	{
		operation: 'createFromImages',
		kind: 'advanced-custom-elements',
		makes: 'an element',
		path: 'general/advanced-custom-elements',
		parameters: {
			elementName: 'Mara',
			elementDescription: 'Red coat, short hair',
			frontImage: PICTURE,
			...rows(OTHER_PICTURE),
		},
		bodies: {
			official: {
				element_name: 'Mara',
				element_description: 'Red coat, short hair',
				reference_type: 'image_refer',
				element_image_list: {
					frontal_image: PICTURE,
					refer_images: [{ image_url: OTHER_PICTURE }],
				},
			},
		},
	},
	{
		operation: 'createFromVideo',
		kind: 'advanced-custom-elements',
		makes: 'an element',
		path: 'general/advanced-custom-elements',
		parameters: {
			elementName: 'Mara',
			elementDescription: 'Red coat, short hair',
			videoUrl: CLIP,
		},
		bodies: {
			official: {
				element_name: 'Mara',
				element_description: 'Red coat, short hair',
				reference_type: 'video_refer',
				element_video_list: { refer_videos: [{ video_url: CLIP }] },
			},
		},
	},
	{
		operation: 'create',
		kind: 'custom-voices',
		makes: 'a voice',
		path: 'general/custom-voices',
		acePath: '/kling/voices',
		parameters: { voiceName: 'Mara', sampleUrl: SAMPLE },
		bodies: {
			official: { voice_name: 'Mara', voice_url: SAMPLE },
			aceData: { action: 'create', voice_name: 'Mara', voice_url: SAMPLE, async: true },
		},
	},
];

/** What a service speaks as far as one operation goes. */
export function dialectOf(service: ServiceName, { solution }: Operation): Dialect {
	if (service === 'aceData' || service === 'openaiHk') return service;
	return solution !== undefined && !isOfficial(service) ? 'relay' : 'official';
}

export function isOfficial(service: ServiceName): boolean {
	return service === 'klingGlobal' || service === 'klingChina';
}

/** The kind of the tasks that an operation makes at a service. */
export function kindAt(row: Operation, service: ServiceName): Kind {
	return row.madeAs?.[dialectOf(service, row)] ?? kindOf(row);
}

/** The kind that an operation makes where no model makes it elsewhere. */
export function kindOf({ operation, kind }: Operation): Kind {
	const own = kind ?? operation;
	if (!isKind(own)) throw new Error(`${operation} needs a kind`);
	return own;
}

export function pathOf(entry: Operation, service: ServiceName, prefix: string): string {
	if (service === 'aceData') return entry.acePath ?? '/kling/videos';
	if (entry.solution !== undefined && isOfficial(service)) return `/solutions/${entry.solution}`;
	return `${prefix}/v1/${entry.path ?? `videos/${kindAt(entry, service)}`}`;
}

/** The files of an item, by binary field: what the simulator serves for a task of the operation. */
export function filesOf(
	{ makes }: Operation,
	{ videoBytes, imageBytes, audioBytes, subtitleBytes }: Simulator,
	taskId: string,
): Record<string, Buffer> {
	switch (makes) {
		case 'an image':
		case 'two images':
		case 'nine images':
			return Object.fromEntries(
				Array.from({ length: IMAGES[makes] }, (_, index) => [
					index === 0 ? 'data' : `data_${index}`,
					imageBytes(taskId, index),
				]),
			);
		case 'a sound':
		case 'a voice':
			return { data: audioBytes(taskId) };
		case 'an element':
			return {};
		case 'a video and images':
			return {
				data: videoBytes(taskId),
				data_1: imageBytes(taskId, 0),
				data_2: imageBytes(taskId, 1),
				data_3: imageBytes(taskId, 2),
			};
		case 'a video and subtitles':
			return {
				data: videoBytes(taskId),
				data_1: subtitleBytes(taskId, 'srt'),
				data_2: subtitleBytes(taskId, 'ass'),
			};
		case 'a video and its sound':
			return { data: videoBytes(taskId), data_1: audioBytes(taskId) };
		default:
			return { data: videoBytes(taskId) };
	}
}
