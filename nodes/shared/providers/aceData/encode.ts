import { KlingError } from '../../core/errors';
import type { JsonBody } from '../../core/json';
import type { Kind } from '../../core/kinds';
import { takesMode } from '../../core/models';
import type { RequestView } from '../../core/requests';
import { fieldName } from '../../core/requests/fields';
import type { FieldName } from '../../core/requests/fields';
import { LABEL } from './decode';
import type { Offers } from '../types';

const COMMON = ['model_name', 'prompt', 'mode', 'callback_url', 'extra'] as const;
const CREATIVE = [
	...COMMON,
	'multi_shot',
	'shot_type',
	'multi_prompt',
	'sound',
	'aspect_ratio',
	'duration',
] as const;

/** Camera control is refused for image to video there, and negative prompts for the omni models. */
export const OFFERS = {
	text2video: [...CREATIVE, 'negative_prompt', 'cfg_scale', 'camera_control'],
	image2video: [...CREATIVE, 'negative_prompt', 'cfg_scale', 'image', 'image_tail'],
	'multi-image2video': [...COMMON, 'image_list', 'aspect_ratio', 'duration'],
	'video-extend': [
		'model_name',
		'video_id',
		'prompt',
		'negative_prompt',
		'cfg_scale',
		'callback_url',
		'extra',
	],
	'motion-control': [
		...COMMON,
		'image_url',
		'video_url',
		'keep_original_sound',
		'character_orientation',
		'watermark_info',
	],
	'omni-video': [...CREATIVE, 'image_list', 'video_list'],
} as const satisfies Offers;

/** Ours is the official range [-10, 10]; Ace Data Cloud documents [-1, 1]. */
const CAMERA_SCALE = 10;

/** Models that Ace Data Cloud calls by another name. */
const MODEL_NAMES: Readonly<Record<string, string>> = { 'kling-video-o1': 'kling-o1' };

const ACTIONS: Partial<Record<Kind, string>> = {
	text2video: 'text2video',
	image2video: 'image2video',
	'multi-image2video': 'text2video',
	'omni-video': 'text2video',
	'video-extend': 'extend',
};

function scaled(config: Record<string, number>): Record<string, number> {
	return Object.fromEntries(
		Object.entries(config).map(([axis, amount]) => [axis, amount / CAMERA_SCALE]),
	);
}

/** Images go there as addresses only. Throws `invalidInput`. */
function addressOnly(image: string, kind: Kind, field: FieldName): string {
	if (/^https?:\/\//i.test(image)) return image;
	const parameter = fieldName(kind, field);
	throw new KlingError(
		'invalidInput',
		`${parameter} must be a web address at ${LABEL}, which takes no binary data and no base64`,
		{
			parameter,
			advice: 'Upload the picture somewhere first, or choose a credential for another service',
		},
	);
}

function imageFields({ image, image_tail, image_url }: RequestView, kind: Kind) {
	if (kind === 'motion-control') {
		return image_url === undefined ? {} : { image_url: addressOnly(image_url, kind, 'image_url') };
	}
	return {
		...(image === undefined ? {} : { start_image_url: addressOnly(image, kind, 'image') }),
		...(image_tail === undefined
			? {}
			: { end_image_url: addressOnly(image_tail, kind, 'image_tail') }),
	};
}

function references(list: NonNullable<RequestView['image_list']>, kind: Kind): JsonBody {
	return list.map((entry) =>
		'image' in entry
			? { image_url: addressOnly(entry.image, kind, 'image_list') }
			: { ...entry, image_url: addressOnly(entry.image_url, kind, 'image_list') },
	);
}

/** References that the prompt does not cite are ignored there, so a prompt without any citation gets them all. */
export function citing(prompt: string | undefined, images: number): string | undefined {
	if (prompt === undefined || images === 0 || prompt.includes('<<<image_')) return prompt;
	const citations = Array.from({ length: images }, (_, place) => `<<<image_${place + 1}>>>`);
	return `${prompt} ${citations.join(' ')}`;
}

function modelField(kind: Kind, model: string | undefined) {
	if (model === undefined) return {};
	const name = MODEL_NAMES[model] ?? model;
	return kind === 'motion-control' ? { model_name: name } : { model: name };
}

/** The body of a create, for `/kling/videos` and `/kling/motion`. Throws `invalidInput` for pictures that are no web addresses. */
export function createBody(request: RequestView): { [key: string]: JsonBody } {
	const {
		kind,
		model_name,
		mode,
		prompt,
		sound,
		camera_control,
		multi_prompt,
		image_list,
		extra,
		...rest
	} = request;
	const {
		image: _image,
		image_tail: _tail,
		image_url: _url,
		element_list: _elements,
		...same
	} = rest;
	const cited = kind === 'multi-image2video' ? citing(prompt, image_list?.length ?? 0) : prompt;
	return {
		...(ACTIONS[kind] ? { action: ACTIONS[kind] } : {}),
		...modelField(kind, model_name),
		...(mode && takesMode(model_name) ? { mode } : {}),
		...(cited === undefined ? {} : { prompt: cited }),
		...same,
		...imageFields(request, kind),
		...(image_list ? { image_list: references(image_list, kind) } : {}),
		...(sound ? { generate_audio: sound === 'on' } : {}),
		...(camera_control
			? {
					camera_control: {
						type: camera_control.type,
						...(camera_control.config ? { config: scaled(camera_control.config) } : {}),
					},
				}
			: {}),
		...(multi_prompt
			? { multi_prompt: multi_prompt.map((shot, place) => ({ ...shot, index: place + 1 })) }
			: {}),
		...(extra ?? {}),
		// Without it the POST stays open until the video is done, far beyond any HTTP time-out.
		async: true,
	};
}
