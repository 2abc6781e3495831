import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { partsCall } from '../../../shared/core/parts';
import type { Part, RecognizedParts } from '../../../shared/core/parts';
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
function simplifiedParts(
	found: RecognizedParts,
	{ at }: AskedItem<'parts'>,
	fieldOf: ReadonlyMap<Part, string>,
): IDataObject {
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
			binaryField: fieldOf.get(part) ?? null,
		})),
		expiresAt: isoTime(usableUntil('parts', at)),
		unitsDeducted: unitsOf(found),
	};
}

/** The parts that the image has. */
function partsIn({ parts }: RecognizedParts) {
	return parts.flatMap((part) => (part.url === undefined ? [] : [{ part, url: part.url }]));
}

function filesIn(found: RecognizedParts): Made {
	const results = partsIn(found).map(({ url }, index) => ({ type: 'image' as const, index, url }));
	return { id: 'part', results };
}

/** The files by their fields, which come in the order of the parts, each with its part in its name. */
function namedAfterParts(found: RecognizedParts, binary: IBinaryKeyData) {
	const parts = partsIn(found).map(({ part }) => part);
	const fields = Object.keys(binary);
	const fieldOf = new Map(
		parts.flatMap((part, index) => fields.slice(index, index + 1).map((field) => [part, field])),
	);
	for (const [part, field] of fieldOf) {
		const { [field]: file } = binary;
		const name = part.name.replace(/[^\w-]+/g, '_');
		if (file) file.fileName = file.fileName?.replace(/^kling-part(-\d+)?/, `kling-part-${name}`);
	}
	return fieldOf;
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
		const fieldOf = namedAfterParts(found, files.binary ?? {});
		return {
			json: output.simplify ? simplifiedParts(found, asked, fieldOf) : rawItem(found),
			...files,
		};
	},
});
