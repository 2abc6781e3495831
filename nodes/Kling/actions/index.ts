import { get } from './task/get';
import type { Resource } from './types';
import { text2video } from './video/text2video';

/** Every resource and operation of the node. A new operation is one file and one line here. */
export const RESOURCES: Record<string, Resource> = {
	task: {
		name: 'Task',
		description: 'Look after what was submitted before',
		defaultOperation: 'get',
		operations: { get },
	},
	video: {
		name: 'Video',
		description: 'Make videos',
		defaultOperation: 'text2video',
		operations: { text2video },
	},
};
