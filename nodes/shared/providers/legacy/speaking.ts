import { faceCall } from '../../core/faces';
import { KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import { checkCut, LIP_SYNC_BOUNDS, withFace } from '../../core/lipSyncCut';
import { refuseParameter } from '../../core/errors';
import { ONLY_IN_TWO_CALLS } from '../../core/operations/lipSync';
import { isLongerThan } from '../../core/operations/fields';
import { parseCall } from '../../core/requests';
import type { GenerationRequest, RequestOf, RequestView } from '../../core/requests';
import { checkShortText, checkSoundLength, checkSpeechLength } from '../../core/sound';
import type { SoundBounds } from '../../core/sound';
import { speechCall } from '../../core/speech';
import { isWebAddress } from '../../core/webAddress';
import { lengthOf } from '../../core/words';
import type { Codec, HttpRequest, Step } from '../types';

/** The kinds that need somebody to speak: what is paid before their create, and the APIs of lip sync. */

const AVATAR_BOUNDS = { min: 2, max: 300 };
/** Of the call that does all at once, in characters. */
const TEXT_MAX = 120;

type Speaking = RequestOf<'lip-sync'> | RequestOf<'avatar'>;

/** The speech of a text; afterwards it is as if its id had been given. */
function speechStep(request: Speaking, bounds: SoundBounds): Step | undefined {
	const { text, voice_id, voice_language, voice_speed, ...rest } = request;
	if (text === undefined) return undefined;
	const { label } = KINDS[request.kind];
	checkShortText(text, bounds, label);
	return {
		call: 'speech',
		input: parseCall(speechCall, { text, voice_id, voice_language, voice_speed }),
		complete({ audioId, url, duration }) {
			checkSpeechLength(duration, bounds, label);
			const sound = audioId === undefined ? { sound_file: url } : { audio_id: audioId };
			return { ...rest, ...sound, sound_length: duration };
		},
	};
}

/** The faces in the video, of which the one that is seen longest speaks. */
function facesStep(request: RequestOf<'lip-sync'>): Step | undefined {
	const { video_id, video_url, ...rest } = request;
	if (rest.session_id !== undefined) return undefined;
	return {
		call: 'faces',
		input: parseCall(faceCall, { video_id, video_url }),
		complete: (found) => withFace(rest, found),
	};
}

function lipSyncStep(request: RequestOf<'lip-sync'>): Step | undefined {
	checkCut(request);
	return speechStep(request, LIP_SYNC_BOUNDS) ?? facesStep(request);
}

function avatarStep(request: RequestOf<'avatar'>): Step | undefined {
	checkSoundLength(request, AVATAR_BOUNDS, 'Avatar');
	return speechStep(request, AVATAR_BOUNDS);
}

function nextStep(request: GenerationRequest): Step | undefined {
	if (request.kind === 'lip-sync') return lipSyncStep(request);
	return request.kind === 'avatar' ? avatarStep(request) : undefined;
}

/** Lip sync in two calls. Its query knows the ids of tasks only; the one for all tasks, of API keys, knows names, too. */
function twoCalls(base: Codec): Codec {
	return { ...base, api: 'advanced-lip-sync', findsByName: false, nextStep };
}

/** The body of lip sync in one call. */
function oneCallBody(request: RequestView): NonNullable<HttpRequest['body']> {
	const { video_id, video_url, sound_file, text, voice_id, voice_language, voice_speed } = request;
	const { callback_url, external_task_id, watermark_info, extra } = request;
	const spoken = { mode: 'text2video', text, voice_id, voice_language, voice_speed };
	const sounding = isWebAddress(sound_file ?? '')
		? { mode: 'audio2video', audio_type: 'url', audio_url: sound_file }
		: { mode: 'audio2video', audio_type: 'file', audio_file: sound_file };
	return {
		external_task_id,
		watermark_info,
		input: { video_id, video_url, ...(text === undefined ? sounding : spoken) },
		callback_url,
		...extra,
	};
}

/** Lip sync in one call, as relays have copied it: it takes short texts and videos, and the service chooses the face. */
function oneCall(base: Codec, prefix: string): Codec {
	const path = `${prefix}/v1/videos/lip-sync`;
	return {
		...base,
		api: 'lip-sync',
		serves: (request) => ONLY_IN_TWO_CALLS.every((field) => request[field] === undefined),
		encodeCreate(request) {
			const { text = '' }: RequestView = request;
			if (isLongerThan(text, TEXT_MAX)) {
				refuseParameter(
					'Text',
					`must have at most ${TEXT_MAX} characters for Lip Sync at relays, not ${lengthOf(text)}`,
				);
			}
			return { method: 'POST', path, body: oneCallBody(request) };
		},
		encodeGet: (id) => ({ method: 'GET', path: `${path}/${encodeURIComponent(id)}` }),
	};
}

/** The APIs of a kind, of which `base` is the usual one; `hasOneCall`: where lip sync can be had in one call. */
export function codecsOf(
	kind: Kind,
	base: Codec,
	{ prefix, hasOneCall }: { prefix: string; hasOneCall: boolean },
): readonly [Codec, ...Codec[]] {
	if (kind === 'avatar') return [{ ...base, nextStep }];
	if (kind !== 'lip-sync') return [base];
	return hasOneCall ? [oneCall(base, prefix), twoCalls(base)] : [twoCalls(base)];
}
