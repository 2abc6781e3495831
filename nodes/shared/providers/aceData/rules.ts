import { refuseParameter as refuse } from '../../core/errors';
import type { RequestView } from '../../core/requests';
import { ELEMENTS, LABELS, QUALITY } from '../../core/words';
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

function check4k(request: RequestView): void {
	const { mode, camera_control, image_list, video_list, element_list } = request;
	if (mode !== '4k') return;
	if (camera_control || image_list?.length || video_list?.length || element_list?.length) {
		refuse(
			QUALITY,
			`cannot be ${LABELS.mode['4k']} together with a camera movement or references at ${LABEL}`,
		);
	}
}

/** Elements count as references, beside which neither has a meaning there. */
function checkGuidance({ element_list, negative_prompt, cfg_scale }: RequestView): void {
	if (!element_list?.length) return;
	const what = `cannot be combined with ${ELEMENTS} at ${LABEL}`;
	if (negative_prompt !== undefined) refuse('Negative Prompt', what);
	if (cfg_scale !== undefined) refuse('CFG Scale', what);
}

/** Throws `invalidInput`, naming the parameter. */
export function checkRules(request: RequestView): void {
	checkImageToVideo(request);
	check4k(request);
	checkGuidance(request);
}
