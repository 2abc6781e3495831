import type { IDataObject } from 'n8n-workflow';

import { partsCall } from '../../../shared/core/parts';
import type { Part, RecognizedParts } from '../../../shared/core/parts';
import { parseCall } from '../../../shared/core/requests';
import { resultFile, USUAL_TYPES } from '../../../shared/n8n/files';
import type { ResultFile } from '../../../shared/n8n/files';
import { isoTime, rawItem, unitsOf } from '../../../shared/n8n/itemJson';
import { binaryFieldAt } from '../../../shared/n8n/items';
import { usableUntil } from '../../../shared/providers/keptAnswers';
import { picture } from '../../parameters/picture';
import { paidCall } from '../builders';
import { fetchFiles } from '../paidFiles';
import type { AskedItem } from '../types';

const image = picture({
	displayName: 'Image',
	name: 'image',
	description: 'Where the image comes from',
});

/** The parts that the image has, in the order of their files. */
function partsIn({ parts }: RecognizedParts) {
	return parts.flatMap((part) => (part.url === undefined ? [] : [{ part, url: part.url }]));
}

/** A link for each part that Kling looks for, and all parts in a list, also those that the image does not have. */
function simplifiedParts(
	found: RecognizedParts,
	{ at, output: { binaryField } }: AskedItem,
): IDataObject {
	const present = partsIn(found).map(({ part }) => part);
	const fieldOf = (part: Part) =>
		binaryField !== undefined && present.includes(part)
			? binaryFieldAt(present.indexOf(part), binaryField)
			: null;
	const linkTo = (wanted: string) => found.parts.find(({ name }) => name === wanted)?.url ?? null;
	return {
		objectUrl: linkTo('object'),
		headUrl: linkTo('head'),
		faceUrl: linkTo('face'),
		clothUrl: linkTo('cloth'),
		parts: found.parts.map((part) => ({
			part: part.name,
			isContained: part.isContained,
			url: part.url ?? null,
			binaryField: fieldOf(part),
		})),
		expiresAt: isoTime(usableUntil('parts', at)),
		unitsDeducted: unitsOf(found),
	};
}

/** A file for each part that the image has, with the part in its name. */
function filesIn(found: RecognizedParts): ResultFile[] {
	return partsIn(found).map(({ part, url }) =>
		resultFile(`part-${part.name}`, url, USUAL_TYPES.image),
	);
}

/** Image → Recognize Parts. */
export const recognizeParts = paidCall('parts', {
	name: 'Recognize Parts',
	description: 'Cut the object, head, face and clothes out of an image (each call is paid for)',
	action: 'Recognize the parts of an image',
	parameters: [image],
	options: [],
	hasFile: true,
	read: async (item) => parseCall(partsCall, { image: await image.read(item) }),
	async toItem(session, found, asked) {
		const { output } = asked;
		const files = await fetchFiles(session, filesIn(found), output);
		return { json: output.simplify ? simplifiedParts(found, asked) : rawItem(found), ...files };
	},
});
