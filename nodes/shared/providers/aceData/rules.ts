import { refuseParameter as refuse } from '../../core/errors';
import type { RequestView } from '../../core/requests';
import { PROMPT_MAX, isLongerThan } from '../../core/operations/fields';
import { LABELS, QUALITY, lengthOf } from '../../core/words';
import { citingPrompt } from './encode';
import { LABEL } from './decode';

/**
 * What Ace Data Cloud's pages say that it refuses whatever the model is, although Kling itself may take it:
 * <https://platform.acedata.cloud/documents/kling-videos>, and what its SDK checks: <https://github.com/AceDataCloud/SDK>.
 */

function checkImageToVideo({ kind, image, prompt = '', shot_type }: RequestView): void {
	if (kind !== 'image2video') return;
	if (image === undefined) refuse('First Frame', `must be given at ${LABEL}`);
	// Shots of one's own stand in for the prompt.
	if (prompt.trim() === '' && shot_type !== 'customize')
		refuse('Prompt', `must be given at ${LABEL}`);
}

/** What is added to the prompt must not make it too long. */
function checkCitations(request: RequestView): void {
	const { prompt = '' } = request;
	const cited = citingPrompt(request) ?? '';
	if (cited === prompt || !isLongerThan(cited, PROMPT_MAX)) return;
	const room = PROMPT_MAX - (cited.length - prompt.length);
	refuse(
		'Prompt',
		`must have at most ${room} characters at ${LABEL}, not ${lengthOf(prompt)}, or cite <<<image_1>>> itself`,
	);
}

function check4k({ mode, camera_control, image_list, video_list }: RequestView): void {
	if (mode !== '4k') return;
	if (camera_control || image_list?.length || video_list?.length) {
		refuse(
			QUALITY,
			`cannot be ${LABELS.mode['4k']} together with a camera movement or references at ${LABEL}`,
		);
	}
}

/** Throws `invalidInput`, naming the parameter. */
export function checkRules(request: RequestView): void {
	checkImageToVideo(request);
	checkCitations(request);
	check4k(request);
}
