import { z } from 'zod';

import { defineOperation } from './define';
import {
	aspectRatioOfModel,
	checkMultiShot,
	choice,
	duration,
	elementList,
	faultIn,
	keepOriginalSound,
	mode,
	modelName,
	picture,
	promptOfModel,
	shots,
	sound,
	voicesUpTo,
	webAddress,
} from './fields';
import type { LimitFault, ModelFault } from './define';
import { ELEMENTS, LABELS } from '../words';

const reference = z.object({
	image_url: picture,
	type: choice(['first_frame', 'end_frame'], LABELS.reference).optional(),
});

const video = z.object({
	video_url: webAddress,
	refer_type: choice(['feature', 'base'], LABELS.refer_type),
	keep_original_sound: keepOriginalSound,
});

const MOST_REFERENCES = { alone: 7, withVideo: 4 };

interface References {
	image_list?: Array<z.output<typeof reference>>;
	element_list?: unknown[];
	voice_list?: unknown[];
	video_list?: Array<z.output<typeof video>>;
	sound?: string;
	multi_shot?: boolean;
	duration?: number;
}

function framesOf({ image_list: images = [] }: References) {
	const count = (type: 'first_frame' | 'end_frame') =>
		images.filter((image) => image.type === type).length;
	return { first: count('first_frame'), last: count('end_frame') };
}

/** How many references most models take. */
function checkUsualCounts(request: References, { fault, of }: LimitFault): void {
	const { image_list: images = [], element_list: elements = [], video_list = [] } = request;
	const [clip] = video_list;
	const { first, last } = framesOf(request);
	const most = clip ? MOST_REFERENCES.withVideo : MOST_REFERENCES.alone;
	const count = images.length + elements.length - (of.framesApart ? first + last : 0);
	if (count > most) {
		fault(
			'image_list',
			`and ${ELEMENTS} together may be at most ${most}${clip ? ' when there is a reference video' : ''}, not ${count}`,
		);
	}
	if (first > 0 && elements.length > 3) {
		fault('element_list', `may be at most 3 when there is a First Frame, not ${elements.length}`);
	}
}

/** What models tell by themselves, of references and their sound. */
function checkLimits(request: References, refusing: LimitFault): void {
	const { fault, model, of } = refusing;
	const { image_list: images = [], video_list: videos = [], sound: wished } = request;
	if (wished === 'on' && videos.length > 0 && !of.sound?.always) {
		fault('sound', 'must be off when there is a reference video');
	}
	if (!of.references) {
		checkUsualCounts(request, refusing);
		return;
	}
	const { element_list: elements = [], voice_list: voices = [] } = request;
	const { images: most, inAll } = of.references;
	if (images.length > most) {
		fault('image_list', `may be at most ${most} with ${model}, not ${images.length}`);
	}
	const count = images.length + videos.length + elements.length + voices.length;
	if (count > inAll) {
		fault(
			'image_list',
			`and the elements, voices and video beside them may be at most ${inAll} with ${model}, not ${count}`,
		);
	}
}

/** Which references go together. */
function checkFrames(request: References, context: z.RefinementCtx): void {
	const fault = faultIn(context);
	const { first, last } = framesOf(request);
	if (first > 1 || last > 1) {
		fault('image_list', 'may have one First Frame and one Last Frame, not several');
	}
	if (last > 0 && first === 0) fault('image_list', 'with a Last Frame need a First Frame too');
}

/** What a reference video excludes. */
function checkReferenceVideo(request: References, context: z.RefinementCtx): void {
	const fault = faultIn(context);
	const [clip] = request.video_list ?? [];
	if (clip?.refer_type !== 'base') return;
	const { first, last } = framesOf(request);
	if (first + last > 0) {
		fault('image_list', 'cannot be First Frame or Last Frame when a video is edited');
	}
	if (request.multi_shot === true) fault('multi_shot', 'does not work when a video is edited');
}

/** <https://kling.ai/document-api/api/video/o1/video-omni> */
function checkO1(request: References, { fault, model }: ModelFault): void {
	const { image_list: images = [], element_list: elements = [], video_list = [] } = request;
	const { first, last } = framesOf(request);
	if (last > 0 && images.length + elements.length > 2) {
		fault(
			'image_list',
			`with a Last Frame can only be that and a First Frame with ${model}, without ${ELEMENTS}`,
		);
	}
	if (last > 0 && video_list.length > 0) {
		fault('image_list', `cannot have a Last Frame beside a reference video with ${model}`);
	}
	// Elements count as references only where no picture begins the video.
	const bare =
		video_list.length === 0 && images.length === first && (first > 0 || elements.length === 0);
	const { duration: length = 5 } = request;
	if (bare && length !== 5 && length !== 10) {
		fault(
			'duration',
			`must be 5 or 10 s with ${model} when there are no reference images, not ${length} s`,
		);
	}
}

/**
 * Official reference: POST /v1/videos/omni-video. Limits of references:
 * <https://kling.ai/document-api/api/video/3-0-omni/video-omni>; 4K with a reference video since June 2026:
 * <https://kling.ai/document-api/updates/api>.
 */
export const omniVideo = defineOperation({
	kind: 'omni-video',
	path: 'videos/omni-video',
	label: 'Omni Video',
	title: 'Video → Generate From Mixed References',
	result: 'video',
	rank: 3,
	fields: {
		model_name: modelName,
		prompt: promptOfModel,
		...shots,
		image_list: z.array(reference).optional().describe('Images'),
		element_list: elementList(7),
		// Kling's newer API alone knows them: <https://docs.comfy.org>, Kling 4.0.
		voice_list: voicesUpTo(3),
		video_list: z
			.array(video)
			.max(1, { message: 'takes one video' })
			.optional()
			.describe('Reference Video URL'),
		sound,
		mode,
		aspect_ratio: aspectRatioOfModel,
		duration,
	},
	modelRules: { 'kling-video-o1': checkO1 },
	limitRules: checkLimits,
	rules(request, context) {
		checkFrames(request, context);
		checkReferenceVideo(request, context);
		checkMultiShot(request, context);
	},
	offers: {
		legacy: { defaultModel: 'kling-v3-omni' },
		relay: { lacks: ['voice_list'], defaultModel: 'kling-v3-omni' },
		aceData: {
			path: '/kling/videos',
			action: 'text2video',
			lacks: ['voice_list', 'watermark_info', 'external_task_id'],
			most: { element_list: 3 },
			defaultModel: 'kling-v3-omni',
		},
	},
});
