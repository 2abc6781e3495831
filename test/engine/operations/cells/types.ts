/** What a row of the table says. */
import type { INodeParameters } from 'n8n-workflow';

import type { Kind } from '../../../../nodes/shared/core/kinds';
import type { Body, OperationName } from '../support';

/** Relays speak as official Kling does, but for what it has moved to its Solutions API. */
export type Dialect = 'official' | 'relay' | 'aceData' | 'openaiHk';

/** How many images there are of each. */
export const IMAGES = { 'an image': 1, 'two images': 2, 'nine images': 9 } as const;

/** One row of the table: an operation, what is entered, and what leaves at each service. */
export interface Operation {
	operation: OperationName;
	/** The kind of its tasks, where that is not what the editor calls the operation. */
	kind?: Kind;
	/** The kind that its tasks are of in a dialect, where it is another. */
	madeAs?: Partial<Record<Dialect, Kind>>;
	parameters: INodeParameters;
	/** Instead of the above, where a dialect lacks something. */
	at?: Partial<Record<Dialect, INodeParameters>>;
	/** By dialect; a dialect without a body does not offer it. */
	bodies: Partial<Record<Dialect, Body>>;
	/** Whether it goes on with a video of Kling, by its id, which only a test run knows. */
	needsVideo?: true;
	/** Whether it goes on with a face that was found in a video before, where faces can be found. */
	needsFace?: true;
	/** Whether its tasks are found by their own ids only at Kling itself. */
	nameless?: true;
	/** What it makes: one video, unless said. */
	makes?:
		| 'a video of untold length'
		| 'a video and images'
		| 'a video and subtitles'
		| 'an image'
		| 'two images'
		| 'nine images'
		| 'a sound'
		| 'a video and its sound'
		| 'an element'
		| 'a voice';
	/** The path at Kling below `/v1/`, where it is not `videos/<kind>`. */
	path?: string;
	/** The path of the Solutions API of official Kling below `/solutions/`, which wants an API key. */
	solution?: string;
	/** Ace Data Cloud has two paths for all. */
	acePath?: string;
	/** new-api knows only the first two kinds. */
	newApi?: boolean;
}
