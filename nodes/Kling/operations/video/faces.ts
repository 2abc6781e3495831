import type { IDataObject } from 'n8n-workflow';

import { faceCall, longestSeen, noFace } from '../../../shared/core/faces';
import type { Face, FaceSession } from '../../../shared/core/faces';
import { parseCall } from '../../../shared/core/requests';
import { isoTime, rawItem, unitsOf } from '../../../shared/n8n/itemJson';
import { usableUntil } from '../../../shared/providers/keptAnswers';
import { sourceVideo } from '../../parameters/sourceVideo';
import { paidCall } from '../builders';
import type { AskedItem } from '../types';

const video = sourceVideo({
	limits: 'MP4 or MOV, at most 100 MB, 720p or 1080p',
	length: '2 to 60 seconds',
	doing: { toDo: 'look for faces in', done: 'was searched for faces' },
});

/** Times in seconds, as everywhere in items. */
function shownFace({ id, imageUrl, start, end }: Face): IDataObject {
	return { faceId: id, start: start / 1000, end: end / 1000, faceImageUrl: imageUrl ?? null };
}

/** The face that is seen longest at the top, all of them in a list. */
function simplifiedFaces(found: FaceSession, longest: Face, { at }: AskedItem): IDataObject {
	const { sessionId, faces } = found;
	return {
		sessionId,
		expiresAt: isoTime(usableUntil('faces', at)),
		...shownFace(longest),
		faces: faces.map(shownFace),
		unitsDeducted: unitsOf(found),
	};
}

/** Video → Find Faces. */
export const findFaces = paidCall('faces', {
	name: 'Find Faces',
	description: 'Find the faces in a video, to choose whose lips move (each call is paid for)',
	action: 'Find the faces in a video',
	parameters: [video],
	options: [],
	hasFile: false,
	read: async (item) => parseCall(faceCall, await video.read(item)),
	async toItem(_session, found, asked) {
		const longest = longestSeen(found.faces);
		if (!longest) throw noFace();
		const { simplify } = asked.output;
		const json = simplify ? simplifiedFaces(found, longest, asked) : rawItem(found);
		return await Promise.resolve({ json });
	},
});
