import { refuseParameter as refuse } from '../../core/errors';
import { MODELS } from '../../core/models';
import type { RequestView } from '../../core/requests';
import { ACE_DATA_OMNI_MODELS } from '../../core/operations/aceDataModels';
import { PROMPT_MAX, isLongerThan } from '../../core/operations/fields';
import { citingPrompt } from './encode';
import { LABEL } from './decode';

/** What Ace Data Cloud's pages say that it refuses, although Kling itself may take it. */

const OMNI_MODELS: readonly string[] = ACE_DATA_OMNI_MODELS;
/** With these an end frame does not limit the duration. */
const LONG_MODELS: readonly string[] = ['kling-v3', 'kling-v3-omni', 'kling-v3-turbo'];

function checkLastFrame({ kind, image, image_tail, duration, model_name = '' }: RequestView): void {
	if (kind !== 'image2video') return;
	if (image === undefined) refuse('First Frame', `must be given at ${LABEL}`);
	if (image_tail !== undefined && duration !== 5 && !LONG_MODELS.includes(model_name)) {
		refuse('Duration', `must be 5 s with a last frame at ${LABEL}, except with kling-v3`);
	}
}

/** What is added to the prompt must not make it too long. */
function checkCitations(request: RequestView): void {
	const { prompt = '' } = request;
	const cited = citingPrompt(request) ?? '';
	if (cited === prompt || !isLongerThan(cited, PROMPT_MAX)) return;
	const room = PROMPT_MAX - (cited.length - prompt.length);
	refuse(
		'Prompt',
		`must have at most ${room} characters at ${LABEL}, or cite <<<image_1>>> itself`,
	);
}

function check4k({ mode, camera_control, image_list, video_list }: RequestView): void {
	if (mode !== '4k') return;
	if (camera_control || image_list?.length || video_list?.length) {
		refuse('Mode', `cannot be 4k together with a camera movement or references at ${LABEL}`);
	}
}

/** Throws `invalidInput`, naming the parameter. */
export function checkRules(request: RequestView): void {
	const { model_name = '', negative_prompt, sound, duration, image_list } = request;
	checkLastFrame(request);
	checkCitations(request);
	check4k(request);
	if (
		image_list?.length &&
		!OMNI_MODELS.includes(model_name) &&
		Object.hasOwn(MODELS, model_name)
	) {
		refuse('Model', `must be ${OMNI_MODELS.join(' or ')} for several images at ${LABEL}`);
	}
	if (negative_prompt !== undefined && OMNI_MODELS.includes(model_name)) {
		refuse('Negative Prompt', `does not work with ${model_name} at ${LABEL}`);
	}
	if (model_name !== 'kling-video-o1') return;
	if (sound === 'on') refuse('Sound', `does not work with ${model_name} at ${LABEL}`);
	if (duration !== undefined && duration !== 5) {
		refuse('Duration', `must be 5 s with ${model_name} at ${LABEL}`);
	}
}
