import { z } from 'zod';

import {
	PROMPT_MAX,
	MODES,
	VIDEO_ASPECT_RATIOS,
	checkMultiShot,
	choice,
	common,
	elementList,
	modelName,
	picture,
	seconds,
	shots,
	text,
	webAddress,
} from './fields';

const reference = z.object({
	image_url: picture,
	type: choice(['first_frame', 'end_frame']).optional(),
});

const video = z.object({
	video_url: webAddress,
	refer_type: choice(['feature', 'base']),
	keep_original_sound: choice(['yes', 'no']).optional(),
});

const MOST_REFERENCES = { alone: 7, withVideo: 4 };

/** Official reference: POST /v1/videos/omni-video. */
export const omniVideoRequest = z
	.object({
		kind: z.literal('omni-video'),
		...common,
		model_name: modelName,
		prompt: text(PROMPT_MAX).optional(),
		...shots,
		image_list: z.array(reference).optional(),
		element_list: elementList(7).optional(),
		video_list: z.array(video).max(1, { message: 'takes one video' }).optional(),
		sound: choice(['on', 'off']).optional(),
		mode: choice(MODES).optional(),
		aspect_ratio: choice(VIDEO_ASPECT_RATIOS).optional(),
		duration: seconds.optional(),
	})
	.superRefine((request, context) => {
		const fault = (path: string, message: string) => {
			context.addIssue({ code: 'custom', path: [path], message });
		};
		const images = request.image_list ?? [];
		const elements = request.element_list ?? [];
		const [video] = request.video_list ?? [];
		const has = (type: 'first_frame' | 'end_frame') => images.some((image) => image.type === type);
		const most = video ? MOST_REFERENCES.withVideo : MOST_REFERENCES.alone;
		if (images.length + elements.length > most) {
			fault(
				'image_list',
				`and Element IDs together may be at most ${most}${video ? ' when there is a reference video' : ''}`,
			);
		}
		if (has('end_frame') && !has('first_frame')) {
			fault('image_list', 'with a last frame need a first frame too');
		}
		if ((has('first_frame') || has('end_frame')) && video?.refer_type === 'base') {
			fault('image_list', 'cannot be first or last frame when a video is edited');
		}
		if (has('end_frame') && images.length > 2 && request.model_name === 'kling-video-o1') {
			fault('image_list', 'with a last frame may be at most 2 with kling-video-o1');
		}
		if (has('first_frame') && elements.length > 3) {
			fault('element_list', 'may be at most 3 when there is a first frame');
		}
		if (video && request.sound === 'on') {
			fault('sound', 'must be off when there is a reference video');
		}
		if (video && request.mode === '4k') {
			fault('mode', 'cannot be 4k when there is a reference video');
		}
		const bare =
			!video && elements.length === 0 && images.every(({ type }) => type === 'first_frame');
		const { duration = 5 } = request;
		if (bare && request.model_name === 'kling-video-o1' && duration !== 5 && duration !== 10) {
			fault(
				'duration',
				`must be 5 or 10 s with kling-video-o1 when there are no references, not ${duration} s`,
			);
		}
		checkMultiShot(request, context);
	});
