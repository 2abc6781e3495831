import { resourcePacks } from './account/resourcePacks';
import { generateImage } from './image/imageGeneration';
import { get } from './task/get';
import { getMany } from './task/getMany';
import type { Resource } from './types';
import { image2video } from './video/image2video';
import { motionControl } from './video/motionControl';
import { multiImage2video } from './video/multiImage2video';
import { omniVideo } from './video/omniVideo';
import { text2video } from './video/text2video';
import { videoExtend } from './video/videoExtend';

/** Every resource and operation of the node. CONTRIBUTING.md tells what a new one needs besides a line here. */
export const RESOURCES: Record<string, Resource> = {
	account: {
		name: 'Account',
		description: 'Look at what was bought',
		defaultOperation: 'resourcePacks',
		operations: { resourcePacks },
	},
	image: {
		name: 'Image',
		description: 'Make pictures',
		defaultOperation: 'image-generation',
		operations: { 'image-generation': generateImage },
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
		defaultOperation: 'text2video',
		operations: {
			'video-extend': videoExtend,
			image2video,
			'omni-video': omniVideo,
			'multi-image2video': multiImage2video,
			text2video,
			'motion-control': motionControl,
		},
	},
};
