/** The binary fields that are read unless others are named: two pictures of one operation are never the same file by default. */
import { RESOURCES } from '../../nodes/Kling/operations';

const OPERATIONS = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.entries(operations).map(([value, { properties }]) => ({
		title: `${resource}/${value}`,
		defaults: properties
			.filter(
				({ typeOptions, hint }) => typeOptions?.binaryDataProperty && /image/.test(hint ?? ''),
			)
			.map(({ default: field }) => field),
	})),
);

describe('the binary fields of pictures', () => {
	it('are several in the operations that take several pictures', () => {
		const several = OPERATIONS.filter(({ defaults }) => defaults.length > 1);
		expect(several.map(({ title }) => title).sort()).toEqual([
			'element/createFromImages',
			'image/multi-image2image',
			'image/virtual-try-on',
			'video/clothing-dupe',
			'video/effects',
			'video/image2video',
			'video/talking-agent',
		]);
	});

	it.each(OPERATIONS.filter(({ defaults }) => defaults.length > 0))(
		'are those of an item with several files in $title',
		({ defaults }) => {
			const counted = ['data', 'data_1', 'data_2'].slice(0, defaults.length);
			expect(defaults).toEqual(counted);
		},
	);
});
