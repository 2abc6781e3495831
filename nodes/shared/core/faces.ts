import type { z } from 'zod';

import { KlingError } from './errors';
import type { Json } from './json';
import { defineCall } from './operations/define';
import { checkOneVideo, videoId, webAddress } from './operations/fields';

/**
 * The faces in a video, found before lips are made to move. Official reference: POST /v1/videos/identify-face. The answer
 * is a session of the service, in which the faces have their ids.
 */

/** How long a session can be used, in ms. */
export const SESSION_MS = 24 * 60 * 60_000;

/** Where faces are looked for. */
export const faceCall = defineCall(
	{
		video_id: videoId.optional().describe('Video ID'),
		video_url: webAddress.optional().describe('Video URL'),
	},
	checkOneVideo,
);

export type FaceRequest = z.output<typeof faceCall.schema>;

/** A face, and when it is seen. A person who is away for more than a second has another one afterwards. */
export interface Face {
	id: string;
	/** A picture of it. */
	imageUrl?: string;
	/** Milliseconds from the beginning of the video; the end may lie some ms behind that of the video. */
	start: number;
	end: number;
}

/** What was found in a video. */
export interface FaceSession {
	sessionId: string;
	faces: Face[];
	/** What it cost in the service's units, as the service writes it. */
	unitsDeducted?: string;
	/** The service's answer, untouched; absent where it is too long to be kept. */
	raw?: Json;
}

/** A search that has found nothing: it was paid for, and would find nothing again. */
export function noFace(): KlingError {
	return new KlingError('taskFailed', 'No face was found in the video', {
		advice: 'Take a video in which a face is clearly seen from the front, for at least 2 seconds',
	});
}

/** The face that is seen longest; of several, the first. */
export function longestSeen(faces: readonly Face[]): Face | undefined {
	return faces.reduce<Face | undefined>(
		(longest, face) =>
			longest && longest.end - longest.start >= face.end - face.start ? longest : face,
		undefined,
	);
}
