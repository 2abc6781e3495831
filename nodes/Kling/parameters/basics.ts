import type { INodePropertyOptions } from 'n8n-workflow';

import type { Mode } from '../../shared/core/operations/fields';
import { LABELS, QUALITY } from '../../shared/core/words';
import { field, requiredUnless } from './field';
import type { Field } from './field';
import { choice, number, text } from './types';

/** Parameters that most generating operations show at the top. */

interface PromptSpec {
	placeholder: string;
	description: string;
	required?: boolean;
	rows?: number;
}

/** The Prompt parameter; every operation says for itself what belongs into it. */
export function prompt({ rows = 4, ...spec }: PromptSpec): Field {
	return field('prompt', text({ displayName: 'Prompt', name: 'prompt', rows, ...spec }));
}

/** A Prompt that is needed unless every shot has one of its own. */
export function promptOrShots(spec: Omit<PromptSpec, 'required'>): Field {
	const { properties, read } = prompt(spec);
	const isTold = { '/options.multiShot': ['customize'] };
	return { properties: properties.flatMap((one) => requiredUnless(one, isTold)), read };
}

const SHOWN = {
	displayName: QUALITY,
	// Not "mode": of the options of a parameter with that name n8n makes actions in its node panel.
	name: 'quality',
	default: 'std',
	description: 'Quality of the video. Higher quality costs more and takes longer.',
};
const quality = (value: Mode, description: string) => ({
	name: LABELS.mode[value],
	value,
	description,
});
const QUALITIES = [quality('std', '720p, the cheapest'), quality('pro', '1080p, costs more')];

/** For the operations that know no 4K. Its texts say how the prices compare. */
export const modeWithout4k = field('mode', choice({ ...SHOWN, options: QUALITIES }));

export const mode = field(
	'mode',
	choice({ ...SHOWN, options: [...QUALITIES, quality('4k', 'Only with Kling V3 and V3 Omni')] }),
);

/** The Duration parameter of an operation; the bounds are of the editor, the request schema checks those of the models. */
export function durationOf(spec: {
	description: string;
	min: number;
	max: number;
	precision?: number;
}): Field {
	return field(
		'duration',
		number({
			displayName: 'Duration (Seconds)',
			name: 'duration',
			unit: 'seconds',
			default: 5,
			...spec,
		}),
	);
}

const lengthWith = (models: string) =>
	durationOf({
		min: 3,
		max: 30,
		description: `Length of the video: 5 or 10; anything from 3 to 15 with Kling ${models}, from 3 to 10 with O1, up to 30 with 4.0. The price grows with it.`,
	});

export const duration = lengthWith('V3, V3 Omni and V3 Turbo');

/** For what is made of several references, which fewer models make. */
export const durationOfReferences = lengthWith('V3 Omni');

/** The Aspect Ratio parameter with the shapes that an operation offers, `preset` among them. */
export function aspectRatioOf(options: INodePropertyOptions[], preset = '16:9'): Field {
	return field(
		'aspect_ratio',
		choice({
			displayName: 'Aspect Ratio',
			name: 'aspectRatio',
			default: preset,
			description: 'Shape of the result, width to height',
			options,
		}),
	);
}

const LANDSCAPE = { name: '16:9 (Landscape)', value: '16:9' };
const PORTRAIT = { name: '9:16 (Portrait)', value: '9:16' };
const SQUARE = { name: '1:1 (Square)', value: '1:1' };

/** The shapes of a video. */
export const aspectRatio = aspectRatioOf([LANDSCAPE, PORTRAIT, SQUARE]);

/** With those that few models know. */
export const anyAspectRatio = aspectRatioOf([
	SQUARE,
	LANDSCAPE,
	{ name: '21:9 (Kling 4.0 Only)', value: '21:9' },
	{ name: '3:4 (Kling 4.0 Only)', value: '3:4' },
	{ name: '4:3 (Kling 4.0 Only)', value: '4:3' },
	PORTRAIT,
]);
