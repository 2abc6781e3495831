import { deleteOne, getMany, getOne } from '../libraryQueries';
import type { Resource } from '../types';
import { createFromImages, createFromVideo } from './create';

const LIBRARY = { type: 'element', title: 'Element', one: 'an element' } as const;

/** Subjects that stay the same from one result to the next. */
export const element: Resource = {
	name: 'Element',
	description: 'Make, list and delete subjects that stay the same in all results',
	defaultOperation: createFromImages.value,
	operations: {
		[createFromImages.value]: createFromImages,
		[createFromVideo.value]: createFromVideo,
		get: getOne(LIBRARY),
		getMany: getMany(LIBRARY),
		delete: deleteOne(LIBRARY),
	},
};
