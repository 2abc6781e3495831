import { field } from './field';
import { readPictureValue } from './picture';
import { anything, jsonList, rows } from './types';

/** What moves, and what does not, in the picture that a video begins with. */

const mask = anything({
	displayName: 'Mask',
	name: 'mask',
	required: true,
	placeholder: 'e.g. https://example.com/mask.png',
	description:
		'Image that marks the area: web address, base64 text, or the name of a binary field; same side ratio as the image',
});

const path = jsonList({
	displayName: 'Path',
	name: 'path',
	default: '[{"x": 100, "y": 100}, {"x": 200, "y": 150}]',
	description: 'From 2 to 77 points in pixels, counted from the lower left corner of the image',
});

const motions = rows(
	{
		displayName: 'Motion Brush',
		name: 'motionBrush',
		typeOptions: { multipleValues: true, maxAllowedFields: 6 },
		placeholder: 'Add Motion',
		description: 'Areas of the image that move along a path, at most 6',
		row: { displayName: 'Motion', name: 'motion' },
		members: [mask, path],
	},
	async (row) => {
		const given = mask.read(row);
		return {
			mask: given === undefined ? '' : await readPictureValue(row, given, 'Motion Brush'),
			trajectories: path.read(row),
		};
	},
);

export const motionBrush = field('dynamic_masks', motions, (given) =>
	given.length > 0 ? given : undefined,
);

const staticMaskText = anything({
	displayName: 'Static Mask',
	name: 'staticMask',
	placeholder: 'e.g. https://example.com/mask.png',
	description:
		'Image that marks what stays still: web address, base64 text, or the name of a binary field; same side ratio as the image',
});

export const staticMask = field('static_mask', {
	properties: staticMaskText.properties,
	read: async (options) => {
		const given = staticMaskText.read(options);
		return given === undefined ? undefined : await readPictureValue(options, given, 'Static Mask');
	},
});
