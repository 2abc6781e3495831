/** What leaves for each operation at each service, as the services document it, and what is made of it. */
import { isKind, type Kind } from '../../../../nodes/shared/core/kinds';
import type { ServiceName, Simulator } from '../../../simulator';
import { IMAGE_ROWS } from './images';
import { LIBRARY_ROWS } from './library';
import { PRODUCT_VIDEO_ROWS } from './productVideos';
import { SOUND_ROWS } from './sounds';
import { IMAGES, type Dialect, type Operation } from './types';
import { VIDEO_ROWS } from './videos';

export const OPERATIONS: Operation[] = [
	...VIDEO_ROWS,
	...IMAGE_ROWS,
	...PRODUCT_VIDEO_ROWS,
	...SOUND_ROWS,
	...LIBRARY_ROWS,
];

/** Those whose results are files. */
export const WITH_FILES = OPERATIONS.filter(({ makes }) => makes !== 'an element');

/** What a service speaks as far as one operation goes. */
export function dialectOf(service: ServiceName, { solution }: Operation): Dialect {
	if (service === 'aceData' || service === 'openaiHk') return service;
	return solution !== undefined && !isOfficial(service) ? 'relay' : 'official';
}

export function isOfficial(service: ServiceName): boolean {
	return service === 'klingGlobal' || service === 'klingChina';
}

/** The kind of the tasks that an operation makes at a service. */
export function kindAt(row: Operation, service: ServiceName): Kind {
	return row.madeAs?.[dialectOf(service, row)] ?? kindOf(row);
}

/** The kind that an operation makes where no model makes it elsewhere. */
export function kindOf({ operation, kind }: Operation): Kind {
	const own = kind ?? operation;
	if (!isKind(own)) throw new Error(`${operation} needs a kind`);
	return own;
}

export function pathOf(entry: Operation, service: ServiceName, prefix: string): string {
	if (service === 'aceData') return entry.acePath ?? '/kling/videos';
	if (entry.solution !== undefined && isOfficial(service)) return `/solutions/${entry.solution}`;
	return `${prefix}/v1/${entry.path ?? `videos/${kindAt(entry, service)}`}`;
}

/** The files of an item, by binary field: what the simulator serves for a task of the operation. */
export function filesOf(
	{ makes }: Operation,
	{ videoBytes, imageBytes, audioBytes, subtitleBytes }: Simulator,
	taskId: string,
): Record<string, Buffer> {
	switch (makes) {
		case 'an image':
		case 'two images':
		case 'nine images':
			return Object.fromEntries(
				Array.from({ length: IMAGES[makes] }, (_, index) => [
					index === 0 ? 'data' : `data_${index}`,
					imageBytes(taskId, index),
				]),
			);
		case 'a sound':
		case 'a voice':
			return { data: audioBytes(taskId) };
		case 'an element':
			return {};
		case 'a video and images':
			return {
				data: videoBytes(taskId),
				data_1: imageBytes(taskId, 0),
				data_2: imageBytes(taskId, 1),
				data_3: imageBytes(taskId, 2),
			};
		case 'a video and subtitles':
			return {
				data: videoBytes(taskId),
				data_1: subtitleBytes(taskId, 'srt'),
				data_2: subtitleBytes(taskId, 'ass'),
			};
		case 'a video and its sound':
			return { data: videoBytes(taskId), data_1: audioBytes(taskId) };
		default:
			return { data: videoBytes(taskId) };
	}
}
