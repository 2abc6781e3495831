import { resourcePacks } from './account/resourcePacks';
import { generateImage } from './image/imageGeneration';
import { get } from './task/get';
import { getMany } from './task/getMany';
import type { GenerationOperation, Operation, Resources } from './types';
import { image2video } from './video/image2video';
import { motionControl } from './video/motionControl';
import { multiImage2video } from './video/multiImage2video';
import { omniVideo } from './video/omniVideo';
import { text2video } from './video/text2video';
import { videoExtend } from './video/videoExtend';

/** Generating operations by their kinds, which the list of models goes by. */
function byKind(...operations: GenerationOperation[]): Record<string, Operation> {
	return Object.fromEntries(operations.map((operation) => [operation.kind, operation]));
}

/** Every resource and operation of the node. CONTRIBUTING.md tells what a new one needs besides a line here. */
export const RESOURCES: Resources = {
	account: {
		name: 'Account',
		description: 'Look at what was bought',
		defaultOperation: 'resourcePacks',
		operations: { resourcePacks },
	},
	image: {
		name: 'Image',
		description: 'Make pictures',
		defaultOperation: generateImage.kind,
		operations: byKind(generateImage),
	},
	task: {
		name: 'Task',
		description: 'Look after what was submitted before',
		defaultOperation: 'get',
		operations: { get, getMany },
	},
	video: {
		name: 'Video',
		description: 'Make videos',
		defaultOperation: text2video.kind,
		operations: byKind(
			image2video,
			motionControl,
			multiImage2video,
			omniVideo,
			text2video,
			videoExtend,
		),
	},
};
