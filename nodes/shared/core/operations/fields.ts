import { z } from 'zod';

import { fitsInPath } from '../ids';
import type { JsonBody } from '../json';
import { CAME, either, ELEMENTS, LABELS, LENGTH, lengthOf, QUALITY, VOICES } from '../words';

/**
 * Building blocks of the operations' schemas. The vocabulary is that of Kling's official legacy API
 * (`model_name`, `camera_control`, …); durations are whole seconds as numbers, whatever a service wants on the wire.
 * Limits follow <https://app.klingai.com/global/dev/document-api> where nothing else is said. Messages go on after the
 * panel's name of the field.
 */

export const MODES = ['std', 'pro', '4k'] as const;
/** Of all models but those that tell their own. */
export const USUAL_ASPECT_RATIOS = ['16:9', '9:16', '1:1'] as const;
export const VIDEO_ASPECT_RATIOS = [...USUAL_ASPECT_RATIOS, '21:9', '4:3', '3:4'] as const;
export const CAMERA_TYPES = [
	'simple',
	'down_back',
	'forward_up',
	'left_turn_forward',
	'right_turn_forward',
] as const;
export const CAMERA_AXES = ['horizontal', 'pan', 'roll', 'tilt', 'vertical', 'zoom'] as const;

export type Mode = (typeof MODES)[number];
/** The same in the words of Kling's newer APIs. */
export const RESOLUTIONS = {
	std: '720p',
	pro: '1080p',
	'4k': '4k',
} as const satisfies Record<Mode, string>;
type CameraAxis = (typeof CAMERA_AXES)[number];

/** One of a few words; those that the panel shows by another name are explained. */
export function choice<const T extends readonly [string, ...string[]]>(
	values: T,
	labels: Readonly<Record<string, string>> = {},
) {
	const words = values.map((value) => {
		const label = labels[value];
		return label === undefined || label.toLowerCase() === value ? value : `${value} (${label})`;
	});
	return z.enum(values, { message: `must be ${either(words)}, not ${CAME}` });
}

/** Whether a text has more characters than that; one beyond U+FFFF (an emoji) is one, though JavaScript counts two. */
export function isLongerThan(given: string, maxLength: number): boolean {
	return given.length > maxLength && lengthOf(given) > maxLength;
}

/** Longest prompt and negative prompt, in characters, unless a model tells its own. */
export const PROMPT_MAX = 2500;
/** The longest prompt that any model takes. */
export const PROMPT_MOST = 26_000;

/** Text of limited length. */
export function text(maxLength: number) {
	return z
		.string({ message: `must be text, not ${CAME}` })
		.refine((given) => !isLongerThan(given, maxLength), {
			message: `must have at most ${maxLength} characters, not ${LENGTH}`,
		});
}

/** Text that may not be missing. */
export function neededText(maxLength: number) {
	return text(maxLength)
		.optional()
		.transform((given) => given ?? '')
		.refine((given) => given.trim() !== '', { message: 'must not be empty' });
}

/** One of a few numbers; `unit`: " seconds". */
export function numberAmong(values: readonly number[], unit = '') {
	const message = `must be ${either(values)}${unit}, not ${CAME}`;
	return z.number({ message }).refine((given) => values.includes(given), { message });
}

/** A list of limited length. */
export function listUpTo<Member extends z.ZodTypeAny>(most: number, member: Member) {
	return z.array(member).max(most, { message: `must be at most ${most}, not ${LENGTH}` });
}

/** A number within bounds, both included. */
export function within(min: number, max: number) {
	const message = `must be a number from ${min} to ${max}, not ${CAME}`;
	return z.number({ message }).min(min, { message }).max(max, { message });
}

const WHOLE_SECONDS = `must be a whole number of seconds, not ${CAME}`;

export const seconds = z
	.number({ message: WHOLE_SECONDS })
	.int({ message: WHOLE_SECONDS })
	.positive({ message: WHOLE_SECONDS });

const cameraConfig = z
	.record(z.string(), within(-10, 10))
	.refine(
		(config) => Object.keys(config).every((axis) => CAMERA_AXES.includes(axis as CameraAxis)),
		{
			message: `must have one of the axes ${either(CAMERA_AXES)}`,
		},
	)
	.refine((config) => Object.values(config).filter((value) => value !== 0).length === 1, {
		message: 'needs exactly one axis with an amount other than 0',
	});

export const cameraControl = z
	.object({ type: choice(CAMERA_TYPES, LABELS.camera), config: cameraConfig.optional() })
	.refine(({ type, config }) => (type === 'simple') === (config !== undefined), {
		message: `needs an axis and an amount for ${LABELS.camera.simple}, and none for the other movements`,
	})
	.optional()
	.describe('Camera Movement');

const shot = z.object({
	index: z.number().int(),
	prompt: text(512).refine((given) => given !== '', {
		message: 'must have a prompt for every shot',
	}),
	duration: seconds,
});

const SHOT_COUNT = `must contain 1 to 6 shots, not ${LENGTH}`;

/** Multi-shot and its shots, for the models that know it. */
export const shots = {
	multi_shot: z.boolean().optional().describe('Multi-Shot'),
	shot_type: choice(['customize', 'intelligence'], LABELS.shot_type)
		.optional()
		.describe('Multi-Shot'),
	multi_prompt: z
		.array(shot)
		.min(1, { message: SHOT_COUNT })
		.max(6, { message: SHOT_COUNT })
		.optional()
		.describe('Shots'),
};

const neededId = z.string().min(1, { message: 'must not be empty' });

/** The voices of a request. */
export function voicesUpTo(max: number) {
	return listUpTo(max, z.object({ voice_id: neededId }))
		.optional()
		.describe(VOICES);
}

export const voiceList = voicesUpTo(2);

export const webAddress = z.string({ message: 'must not be empty' }).regex(/^https?:\/\/[^\s]+$/i, {
	message: 'must be a web address that begins with https:// or http://',
});

/** The id of a video that Kling made, not of its task. */
export const videoId = z
	.string({ message: 'must not be empty' })
	.trim()
	.min(1, { message: 'must not be empty' });

/** Ids of elements, kept as text because they exceed 2^53, and are no numbers everywhere. */
export function elementList(max: number) {
	return listUpTo(max, z.object({ element_id: neededId }))
		.optional()
		.describe(ELEMENTS);
}

/** A web address or raw base64; whoever read it from the item has checked which. */
export const picture = z
	.string({ message: 'must not be empty' })
	.min(1, { message: 'must not be empty' });

const model = z
	.string({ message: 'must be chosen' })
	.trim()
	.min(1, { message: 'must not be empty' });

export const modelName = model.describe('Model');
/** Where a service takes none, or knows it by itself. */
export const optionalModelName = model.optional().describe('Model');

export const prompt = text(PROMPT_MAX).optional().describe('Prompt');
/** Where models differ in what they take: which of it is checked with the model. */
export const promptOfModel = text(PROMPT_MOST).optional().describe('Prompt');
export const neededPrompt = neededText(PROMPT_MAX).describe('Prompt');
export const negativePrompt = text(PROMPT_MAX).optional().describe('Negative Prompt');
export const cfgScale = within(0, 1).optional().describe('CFG Scale');
export const sound = choice(['on', 'off']).optional().describe('Sound');
export const mode = choice(MODES, LABELS.mode).optional().describe(QUALITY);
const twoModes = choice(['std', 'pro'], LABELS.mode);
export const modeWithout4k = twoModes.optional().describe(QUALITY);
export const neededModeWithout4k = twoModes.describe(QUALITY);
export const keepOriginalSound = choice(['yes', 'no']).optional().describe('Keep Original Sound');
export const duration = seconds.optional().describe('Duration');
export const videoAspectRatio = choice(USUAL_ASPECT_RATIOS).optional().describe('Aspect Ratio');
/** As `promptOfModel`. */
export const aspectRatioOfModel = choice(VIDEO_ASPECT_RATIOS).optional().describe('Aspect Ratio');

/** Of an External Task ID, in characters: it becomes a part of an address, and is compared with what the service repeats. */
const LONGEST_NAME = 1000;

/** What every create takes. */
export const common = {
	callback_url: webAddress.optional().describe('Callback URL'),
	external_task_id: z
		.string()
		.min(1, { message: 'must not be empty' })
		.max(LONGEST_NAME, { message: `must have at most ${LONGEST_NAME} characters, not ${CAME}` })
		.refine(fitsInPath, { message: `must be a name that can be asked for, not ${CAME}` })
		.optional()
		.describe('External Task ID'),
	watermark_info: z.object({ enabled: z.boolean() }).optional().describe('Watermark'),
	/** Merged last into the body, for fields this package does not know yet. */
	extra: z
		.custom<{ [key: string]: JsonBody } | undefined>()
		.optional()
		.describe('Additional Fields (JSON)'),
};

/** A function that reports a fault of one field: "<display name> <message>". */
export function faultIn(context: z.RefinementCtx): (field: string, message: string) => void {
	return (field, message) => {
		context.addIssue({ code: 'custom', path: [field], message });
	};
}

/** The rule of everything that starts from one video: by its id, or by its address. */
export function checkOneVideo(
	{ video_id, video_url }: { video_id?: string; video_url?: string },
	context: z.RefinementCtx,
): void {
	const fault = faultIn(context);
	if (video_id === undefined && video_url === undefined) {
		fault('video_id', 'or Video URL must be given');
	}
	if (video_id !== undefined && video_url !== undefined) {
		fault('video_url', 'cannot be combined with Video ID');
	}
}

interface MultiShotFields {
	prompt?: string;
	duration?: number;
	multi_shot?: boolean;
	shot_type?: 'customize' | 'intelligence';
	multi_prompt?: Array<{ duration: number }>;
}

/** The rules between prompt, multi-shot and duration; the same wherever multi-shot exists. */
export function checkMultiShot(request: MultiShotFields, context: z.RefinementCtx): void {
	const fault = faultIn(context);
	const custom = request.multi_shot === true && request.shot_type === 'customize';
	if (!custom && !request.prompt?.trim()) fault('prompt', 'must not be empty');
	if (!custom) return;
	if (!request.multi_prompt?.length) {
		fault(
			'multi_prompt',
			`must contain 1 to 6 shots when Multi-Shot is ${LABELS.shot_type.customize}`,
		);
		return;
	}
	const sum = request.multi_prompt.reduce((total, { duration }) => total + duration, 0);
	if (request.duration !== undefined && sum !== request.duration) {
		fault(
			'multi_prompt',
			`last ${sum} s together, but Duration is ${request.duration} s; they must be equal`,
		);
	}
}
