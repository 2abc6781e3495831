import type { IDataObject } from 'n8n-workflow';

import { partsCall } from '../../../shared/core/parts';
import type { RecognizedParts } from '../../../shared/core/parts';
import { parseCall } from '../../../shared/core/requests';
import { isoTime, rawItem, unitsOf } from '../../../shared/n8n/itemJson';
import { usableUntil } from '../../../shared/providers/keptAnswers';
import { picture } from '../../parameters/picture';
import { paidCall } from '../builders';
import { fetchFiles } from '../paidFiles';
import type { Made } from '../paidFiles';
import type { AskedItem } from '../types';

const image = picture({
	displayName: 'Image',
	name: 'image',
	description: 'Where the image comes from',
});

/** A link for each part that Kling looks for, and all parts in a list, also those that the image does not have. */
function simplifiedParts(found: RecognizedParts, { at }: AskedItem<'parts'>): IDataObject {
	const linkTo = (wanted: string) => found.parts.find(({ name }) => name === wanted)?.url ?? null;
	return {
		objectUrl: linkTo('object'),
		headUrl: linkTo('head'),
		faceUrl: linkTo('face'),
		clothUrl: linkTo('cloth'),
		parts: found.parts.map(({ name, isContained, url }) => ({
			part: name,
			isContained,
			url: url ?? null,
		})),
		expiresAt: isoTime(usableUntil('parts', at)),
		unitsDeducted: unitsOf(found),
	};
}

function filesIn({ parts }: RecognizedParts): Made {
	const urls = parts.flatMap(({ url }) => url ?? []);
	return { id: 'part', results: urls.map((url, index) => ({ type: 'image', index, url })) };
}

/** Image → Recognize Parts. */
export const recognizeParts = paidCall('parts', {
	name: 'Recognize Parts',
	description: 'Cut the object, head, face and clothes out of an image',
	action: 'Recognize the parts of an image',
	parameters: [image],
	options: [],
	hasFile: true,
	read: async (item) => parseCall(partsCall, { image: await image.read(item) }),
	async toItem(session, found, asked) {
		const { output } = asked;
		return {
			json: output.simplify ? simplifiedParts(found, asked) : rawItem(found),
			...(await fetchFiles(session, filesIn(found), output)),
		};
	},
});
