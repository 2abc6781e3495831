import type { JsonBody } from '../../core/json';
import { citingImages } from '../../core/citations';
import type { Kind } from '../../core/kinds';
import { takesMode } from '../../core/models';
import { tableName } from '../../core/modelService';
import { NEWER_ALIASES } from '../../core/newerNames';
import { ACE_DATA_NAMES } from '../../core/operations/aceDataModels';
import type { AceDataOffer } from '../../core/operations/define';
import { fieldName } from '../../core/requests';
import type { FieldName, RequestView } from '../../core/requests';
import { isWebAddress } from '../../core/webAddress';
import { refuseFile } from '../refuseFile';
import { LABEL } from './decode';

/** Ours is the official range [-10, 10]; Ace Data Cloud documents [-1, 1]. */
const CAMERA_SCALE = 10;

/** What Ace Data Cloud calls a model. */
function modelName(name: string): string {
	const known = tableName({ modelAliases: NEWER_ALIASES }, name);
	return ACE_DATA_NAMES[known] ?? known;
}

function scaled(config: Record<string, number>): Record<string, number> {
	return Object.fromEntries(
		Object.entries(config).map(([axis, amount]) => [axis, amount / CAMERA_SCALE]),
	);
}

/** Files go there as addresses only; with a token for uploads they are addresses by now. Throws `invalidInput`. */
export function addressOnly(file: string, kind: Kind, field: FieldName): string {
	return isWebAddress(file) ? file : refuseFile(LABEL, fieldName(kind, field), true);
}

/** Where the single images of a request go. */
const IMAGE_FIELDS = {
	image: 'start_image_url',
	image_tail: 'end_image_url',
	image_url: 'image_url',
} as const satisfies Partial<Record<FieldName, string>>;

function imageFields(request: RequestView): Record<string, string> {
	const fields = Object.entries(IMAGE_FIELDS) as Array<[keyof typeof IMAGE_FIELDS, string]>;
	return Object.fromEntries(
		fields.flatMap(([field, name]) => {
			const image = request[field];
			return image === undefined ? [] : [[name, addressOnly(image, request.kind, field)]];
		}),
	);
}

function references(list: NonNullable<RequestView['image_list']>, kind: Kind): JsonBody {
	return list.map((entry) =>
		'image' in entry
			? { image_url: addressOnly(entry.image, kind, 'image_list') }
			: { ...entry, image_url: addressOnly(entry.image_url, kind, 'image_list') },
	);
}

/** The images that a prompt has to cite: subjects, which have no role of their own as frames and references have. */
function subjectsOf({ image_list = [] }: RequestView): number {
	return image_list.filter((entry) => 'image' in entry).length;
}

/** The prompt as it goes out: subjects that it does not cite are ignored there. */
function citingPrompt(request: RequestView): string | undefined {
	const { prompt } = request;
	return prompt === undefined ? undefined : citingImages(prompt, subjectsOf(request));
}

/** The sound of who speaks: lip sync takes it as base64, too, and says which; a talking photo takes an address only. */
function soundFields({ kind, sound_file, text }: RequestView): Record<string, JsonBody> {
	if (kind === 'lip-sync' && text !== undefined) return { mode: 'text2video' };
	if (sound_file === undefined) return {};
	if (kind !== 'lip-sync') return { audio_url: addressOnly(sound_file, kind, 'sound_file') };
	const sound = isWebAddress(sound_file)
		? { audio_type: 'url', audio_url: sound_file }
		: { audio_type: 'file', audio_file: sound_file };
	return { mode: 'audio2video', ...sound };
}

/** The body of a create, by the path and the words of its offer. Throws `invalidInput` for images that are no web addresses. */
export function createBody(
	request: RequestView,
	{ action, modelField = 'model' }: AceDataOffer,
): { [key: string]: JsonBody } {
	const {
		kind,
		model_name,
		mode,
		prompt: _prompt,
		sound,
		camera_control,
		multi_prompt,
		image_list,
		image: _image,
		image_tail: _tail,
		image_url: _url,
		sound_file: _sound,
		sound_length: _length,
		extra,
		...same
	} = request;
	return {
		action,
		[modelField]: model_name && modelName(model_name),
		mode: takesMode(model_name) ? mode : undefined,
		prompt: citingPrompt(request),
		...same,
		...imageFields(request),
		...soundFields(request),
		image_list: image_list && references(image_list, kind),
		generate_audio: sound && sound === 'on',
		camera_control: camera_control && {
			type: camera_control.type,
			config: camera_control.config && scaled(camera_control.config),
		},
		multi_prompt: multi_prompt?.map((shot, index) => ({ ...shot, index: index + 1 })),
		...extra,
		// Without it the POST stays open until the video is done, far beyond any HTTP time-out.
		async: true,
	};
}
