import { z } from 'zod';

import { defineOperation } from './define';
import {
	checkMultiShot,
	choice,
	duration,
	elementList,
	faultIn,
	keepOriginalSound,
	mode,
	modelName,
	picture,
	prompt,
	shots,
	sound,
	videoAspectRatio,
	webAddress,
} from './fields';

const reference = z.object({
	image_url: picture,
	type: choice(['first_frame', 'end_frame']).optional(),
});

const video = z.object({
	video_url: webAddress,
	refer_type: choice(['feature', 'base']),
	keep_original_sound: keepOriginalSound,
});

const MOST_REFERENCES = { alone: 7, withVideo: 4 };

interface References {
	model_name: string;
	image_list?: Array<z.output<typeof reference>>;
	element_list?: unknown[];
	video_list?: Array<z.output<typeof video>>;
	sound?: string;
	mode?: string;
	duration?: number;
}

/** How many references there may be, and which go together. */
function checkReferences(request: References, context: z.RefinementCtx): void {
	const fault = faultIn(context);
	const { image_list: images = [], element_list: elements = [], video_list = [] } = request;
	const [clip] = video_list;
	const has = (type: 'first_frame' | 'end_frame') => images.some((image) => image.type === type);
	const most = clip ? MOST_REFERENCES.withVideo : MOST_REFERENCES.alone;
	if (images.length + elements.length > most) {
		fault(
			'image_list',
			`and Element IDs together may be at most ${most}${clip ? ' when there is a reference video' : ''}`,
		);
	}
	if (has('end_frame') && !has('first_frame')) {
		fault('image_list', 'with a last frame need a first frame too');
	}
	if ((has('first_frame') || has('end_frame')) && clip?.refer_type === 'base') {
		fault('image_list', 'cannot be first or last frame when a video is edited');
	}
	if (has('end_frame') && images.length > 2 && request.model_name === 'kling-video-o1') {
		fault('image_list', 'with a last frame may be at most 2 with kling-video-o1');
	}
	if (has('first_frame') && elements.length > 3) {
		fault('element_list', 'may be at most 3 when there is a first frame');
	}
}

/** What a reference video excludes, and how long O1 is without references. */
function checkReferenceVideo(request: References, context: z.RefinementCtx): void {
	const fault = faultIn(context);
	const { image_list: images = [], element_list: elements = [], video_list = [] } = request;
	const hasVideo = video_list.length > 0;
	if (hasVideo && request.sound === 'on') {
		fault('sound', 'must be off when there is a reference video');
	}
	if (hasVideo && request.mode === '4k') {
		fault('mode', 'cannot be 4k when there is a reference video');
	}
	const bare =
		!hasVideo && elements.length === 0 && images.every(({ type }) => type === 'first_frame');
	const { duration: length = 5 } = request;
	if (bare && request.model_name === 'kling-video-o1' && length !== 5 && length !== 10) {
		fault(
			'duration',
			`must be 5 or 10 s with kling-video-o1 when there are no references, not ${length} s`,
		);
	}
}

/** Official reference: POST /v1/videos/omni-video. */
export const omniVideo = defineOperation({
	kind: 'omni-video',
	path: 'videos/omni-video',
	label: 'Omni Video',
	title: 'Video → Generate From Mixed References',
	result: 'video',
	fields: {
		model_name: modelName,
		prompt,
		...shots,
		image_list: z.array(reference).optional().describe('Images'),
		element_list: elementList(7),
		video_list: z
			.array(video)
			.max(1, { message: 'takes one video' })
			.optional()
			.describe('Reference Video URL'),
		sound,
		mode,
		aspect_ratio: videoAspectRatio,
		duration,
	},
	rules(request, context) {
		checkReferences(request, context);
		checkReferenceVideo(request, context);
		checkMultiShot(request, context);
	},
	offers: {
		legacy: { defaultModel: 'kling-v3-omni' },
		aceData: {
			path: '/kling/videos',
			action: 'text2video',
			lacks: ['element_list', 'watermark_info', 'external_task_id'],
			defaultModel: 'kling-v3-omni',
		},
	},
});
