import type { Kind } from './kinds';
import type { Limit, Model } from './models';
import type { RequestView } from './requests';
import { ELEMENTS, VOICES } from './words';

/** A function of the models: whether a request wishes it, and what a model says to it (undefined: it lacks it). */
export interface Feature {
	name: string;
	requested(request: RequestView): boolean;
	limit(model: Model, kind: Kind): Limit | undefined;
	/** Models that have it and are in no list, where those of the lists lack it. */
	unlisted?: readonly string[];
	/** Whether a model of which nothing is known is taken to lack it, as nearly all do. */
	isRare?(kind: Kind): boolean;
}

const V4 = ['kling-4.0'] as const;

const always = (has: boolean | undefined): Limit | undefined => (has ? {} : undefined);

/** A field that all models take but a few. */
function unlessLacking(field: NonNullable<Model['lacks']>[number], name: string): Feature {
	return {
		name,
		requested: (request) => request[field] !== undefined,
		limit: ({ lacks, lacksFor }, kind) => always(!(lacksFor?.[kind] ?? lacks)?.includes(field)),
	};
}

export const FEATURES: readonly Feature[] = [
	{
		name: 'Camera Movement',
		requested: ({ camera_control }) => camera_control !== undefined,
		limit: ({ camera }, kind) => camera?.[kind],
	},
	{ name: 'Sound', requested: ({ sound }) => sound === 'on', limit: ({ sound }) => sound },
	{
		name: VOICES,
		requested: ({ voice_list }) => (voice_list?.length ?? 0) > 0,
		limit: ({ voices }) => voices,
		unlisted: V4,
		isRare: (kind) => kind === 'omni-video',
	},
	{
		name: 'Multi-Shot',
		requested: ({ multi_shot }) => multi_shot === true,
		limit: ({ multiShot }) => always(multiShot),
	},
	{
		name: 'Last Frame',
		requested: ({ image_tail }) => image_tail !== undefined,
		limit: ({ lastFrame }) => lastFrame,
	},
	{
		name: 'Middle Frames',
		requested: ({ middle_frames }) => middle_frames !== undefined,
		limit: ({ middleFrames }) => always(middleFrames),
		unlisted: V4,
		isRare: () => true,
	},
	{
		name: 'Static Mask and Motion Brush',
		requested: ({ static_mask, dynamic_masks }) =>
			static_mask !== undefined || dynamic_masks !== undefined,
		limit: ({ masks }) => masks,
	},
	{
		name: ELEMENTS,
		requested: ({ element_list }) => (element_list?.length ?? 0) > 0,
		limit: ({ elements }) => always(elements),
	},
	{
		name: 'Image Reference',
		requested: ({ image_reference }) => image_reference !== undefined,
		limit: ({ imageReference }) => always(imageReference),
	},
	unlessLacking('negative_prompt', 'Negative Prompt'),
	unlessLacking('cfg_scale', 'CFG Scale'),
	unlessLacking('image_fidelity', 'Image Fidelity'),
];
