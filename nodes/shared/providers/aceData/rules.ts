import { refuseParameter as refuse } from '../../core/errors';
import type { RequestView } from '../../core/requests';
import { LABELS, QUALITY } from '../../core/words';
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
	check4k(request);
}
