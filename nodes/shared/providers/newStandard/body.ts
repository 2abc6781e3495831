import { refuseParameter } from '../../core/errors';
import type { Model } from '../../core/models';
import { KINDS } from '../../core/kinds';
import { withExtra } from '../../core/extra';
import { isLongerThan, RESOLUTIONS } from '../../core/operations/fields';
import type { BodyFields } from '../../core/operations/define';
import { fieldName } from '../../core/requests';
import type { RequestView } from '../../core/requests';
import { LABELS, lengthOf } from '../../core/words';
import { idsFor } from './citations';
import type { Cited, Ids, Missing } from './citations';

/**
 * A request as Kling's newer API wants it: `prompt` or `contents`, `settings`, `options`. The model stands in the path. Page by
 * page at <https://kling.ai/document-api>.
 */

/** A request and what is known of its model, of which all that is known may be what the API has at all. */
export interface Making {
	request: RequestView;
	model: Model;
	/** The model, and what else makes the request one of this API. */
	called: string;
	/** False: it cuts a prompt of the form of shots by itself. */
	hasShotSwitch: boolean;
	/** What would make it one of another API that serves the model. */
	advice?: string;
}

const FRAMES = { first_frame: 'first_frame', end_frame: 'last_frame' } as const;
const VIDEOS = { feature: 'feature_video', base: 'base_video' } as const;

function isCustom({ multi_shot, shot_type }: RequestView): boolean {
	return multi_shot === true && shot_type === 'customize';
}

function clipOf({ video_list: [clip] = [] }: RequestView) {
	return clip;
}

/** All words that may cite something. */
function textsOf({ prompt = '', multi_prompt = [] }: RequestView): string[] {
	return [prompt, ...multi_prompt.map((shot) => shot.prompt)];
}

/** The words of the request: its prompt, or its shots in the form of one. Throws `invalidInput`. */
function words({ request, model: { promptMax } }: Making, ids: Ids): string {
	const { kind, prompt = '', multi_prompt = [] } = request;
	if (!isCustom(request)) return ids.cite(prompt, fieldName(kind, 'prompt'));
	const parameter = fieldName(kind, 'multi_prompt');
	const shots = multi_prompt.map(({ prompt: shown, duration }, index) => {
		// A semicolon would end the shot.
		const line = ids.cite(shown, parameter).replaceAll(';', ',').trim();
		return `shot ${index + 1}, ${duration}, ${line};`;
	});
	const all = shots.join(' ');
	if (promptMax !== undefined && isLongerThan(all, promptMax)) {
		const most = `must have at most ${promptMax} characters together`;
		refuseParameter(parameter, `${most}, not ${lengthOf(all)}`);
	}
	return all;
}

/** The pictures and videos, those that prompts cite with their ids. */
function media(request: RequestView, ids: Ids): BodyFields[] {
	const { kind, image, image_tail, image_url, video_url } = request;
	const { middle_frames = [], image_list = [] } = request;
	if (kind === 'motion-control') {
		return [
			{ type: 'image', url: image_url },
			{ type: 'video', url: video_url },
		];
	}
	const listed = image_list.flatMap((entry, index) => {
		if (!('image_url' in entry)) return [];
		const type = entry.type === undefined ? 'refer_image' : FRAMES[entry.type];
		return [{ type, url: entry.image_url, id: ids.of('image', index + 1) }];
	});
	const clip = clipOf(request);
	return [
		...(image === undefined ? [] : [{ type: 'first_frame', url: image }]),
		...middle_frames.map((url) => ({ type: 'middle_frame', url })),
		...(image_tail === undefined ? [] : [{ type: 'last_frame', url: image_tail }]),
		...listed,
		...(clip
			? [{ type: VIDEOS[clip.refer_type], url: clip.video_url, id: ids.of('video', 1) }]
			: []),
	];
}

/** Ids of elements are texts here, so that none loses a digit. */
function named({ element_list = [], voice_list = [] }: RequestView, ids: Ids): BodyFields[] {
	return [
		...element_list.map(({ element_id }, index) => ({
			type: 'element',
			element_id,
			id: ids.of('element', index + 1),
		})),
		...voice_list.map(({ voice_id }, index) => ({
			type: 'voice',
			voice_id,
			id: ids.of('voice', index + 1),
		})),
	];
}

function countsOf(request: RequestView): Partial<Record<Cited, number>> {
	const { image_list = [], element_list = [], voice_list = [] } = request;
	return {
		image: image_list.length,
		video: clipOf(request) ? 1 : 0,
		element: element_list.length,
		voice: voice_list.length,
	};
}

/** Frames have no id here, where the other API passes on whatever the prompt says. */
function missingIn({ request, called, advice }: Making): Missing {
	const { image, image_tail } = request;
	const hasFrames = image !== undefined || image_tail !== undefined;
	return (sort) =>
		sort === 'image' && hasFrames
			? {
					because: `First Frame and Last Frame cannot be cited with ${called}`,
					advice: `Remove the citation${advice === undefined ? '' : `. Or: ${advice}`}`,
				}
			: undefined;
}

function contents(making: Making): BodyFields {
	const { request } = making;
	if (request.kind === 'text2video' && request.voice_list) {
		const { model_name = '' } = request;
		const lack = `do not work with ${KINDS[request.kind].title} and ${model_name}. Use kling-v2-6`;
		refuseParameter(fieldName(request.kind, 'voice_list'), lack);
	}
	const ids = idsFor(countsOf(request), textsOf(request), missingIn(making));
	const text = words(making, ids);
	if (request.kind === 'text2video') return { prompt: text };
	const prompt = text.trim() === '' ? [] : [{ type: 'prompt', text }];
	return { contents: [...prompt, ...media(request, ids), ...named(request, ids)] };
}

/** What becomes of the sound of a given video. Throws `invalidInput`. */
function keptAudio({ request, model, called }: Making, keep: 'yes' | 'no'): string {
	const parameter = fieldName('motion-control', 'keep_original_sound');
	if (model.sound?.always) {
		refuseParameter(parameter, `cannot be chosen with ${called}`);
	}
	if (keep === 'yes' && clipOf(request)?.refer_type === 'feature') {
		const use = LABELS.refer_type.base;
		refuseParameter(
			parameter,
			`works only when the reference video is edited (${use}) with ${called}`,
		);
	}
	return keep === 'yes' ? 'original' : 'off';
}

/** Undefined where the model has no such setting, be it silent or never silent. */
function audio(making: Making): string | undefined {
	const { request, model } = making;
	const { sound, keep_original_sound } = request;
	const keep = clipOf(request)?.keep_original_sound ?? keep_original_sound;
	if (keep !== undefined) return keptAudio(making, keep);
	if (sound === undefined || !model.sound || model.sound.always) return undefined;
	return sound === 'on' ? 'native' : 'off';
}

function settings(making: Making): BodyFields {
	const { request, model, hasShotSwitch } = making;
	const { kind, model_name = '', mode, multi_prompt = [], multi_shot = false, shot_type } = request;
	if (kind === 'motion-control') {
		return {
			character_orientation: request.character_orientation,
			audio: audio(making),
			resolution: mode && RESOLUTIONS[mode],
		};
	}
	if (multi_shot && !hasShotSwitch && shot_type !== 'customize') {
		const { customize, intelligence } = LABELS.shot_type;
		const parameter = fieldName(kind, 'multi_shot');
		refuseParameter(parameter, `must be ${customize} with ${model_name}, not ${intelligence}`);
	}
	const isEdit = clipOf(request)?.refer_type === 'base';
	const told = isCustom(request)
		? multi_prompt.reduce((sum, shot) => sum + shot.duration, 0)
		: undefined;
	return {
		// On unless said.
		multi_shot: model.multiShot && hasShotSwitch ? multi_shot : undefined,
		audio: audio(making),
		resolution: mode && RESOLUTIONS[mode],
		aspect_ratio: request.aspect_ratio,
		// An edited video is as long as it was.
		duration: isEdit ? undefined : (request.duration ?? told),
	};
}

/** The body of a create. Throws `invalidInput` for what cannot be said here. */
export function newStandardBody(making: Making): BodyFields {
	const { callback_url, external_task_id, watermark_info } = making.request;
	const options = { callback_url, external_task_id, watermark_info };
	return withExtra(
		{ ...contents(making), settings: settings(making), options },
		making.request,
		Object.keys(options),
	);
}
