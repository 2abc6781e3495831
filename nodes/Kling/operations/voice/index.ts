import { deleteOne, getMany, getOne } from '../libraryQueries';
import type { Resource } from '../types';
import { createVoice } from './create';

const LIBRARY = { type: 'voice', title: 'Voice', one: 'a voice' } as const;

/** Voices that videos speak with. */
export const voice: Resource = {
	name: 'Voice',
	description: 'Make, list and delete voices that videos speak with',
	defaultOperation: createVoice.value,
	operations: {
		[createVoice.value]: createVoice,
		get: getOne(LIBRARY),
		getMany: getMany(LIBRARY),
		delete: deleteOne(LIBRARY),
	},
};
