import type { LibraryType } from '../../shared/core/task';
import type { Field } from './field';
import { pickedFrom } from './library';
import type { ParameterReader } from './reader';
import { idList, rows } from './types';

/** The elements and voices that a request uses: those that are picked, one to a row, before those that are given by their ids. */

interface CitedSpec {
	/** "Elements", of the rows. */
	displayName: string;
	/** Of a row, and of what is picked in it. */
	row: { displayName: string; name: string; description: string };
	/** Of the rows, and of the text of ids. */
	descriptions: { rows: string; ids: string };
	most?: number;
}

function cited(
	type: LibraryType,
	field: 'element_list' | 'voice_list',
	{ displayName, row, descriptions, most }: CitedSpec,
): Field {
	const one = pickedFrom(type, { description: row.description, required: true });
	const picked = rows(
		{
			displayName,
			name: `${type}s`,
			typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: most },
			placeholder: `Add ${row.displayName}`,
			description: descriptions.rows,
			row,
			members: [one],
		},
		(reader: ParameterReader) => one.read(reader),
	);
	const typed = idList({
		displayName: `${row.displayName} IDs`,
		name: `${type}Ids`,
		placeholder: 'e.g. 829836802793406551',
		description: descriptions.ids,
	});
	return {
		properties: [...picked.properties, ...typed.properties],
		read: async (options) => {
			const given = [...(await picked.read(options)), ...(typed.read(options) ?? [])];
			const list = given.flatMap((id) => (id === undefined ? [] : [{ [`${type}_id`]: id }]));
			return { [field]: list.length > 0 ? list : undefined };
		},
	};
}

const AS_TEXT = 'Give them as text: as numbers they lose their last digits.';

/** The elements of a request; `limits` says how many there may be, and when, where an operation has a limit of its own. */
export function elements(limits?: { ids: string; most: number }): Field {
	return cited('element', 'element_list', {
		displayName: 'Elements',
		row: {
			displayName: 'Element',
			name: 'element',
			description: 'One of your own elements, or of the presets of Kling',
		},
		descriptions: {
			rows: 'Subjects that stay the same from one result to the next, in the order in which the prompt counts them. Element → Create From Images and Create From Video make them.',
			ids:
				limits?.ids ??
				`IDs of elements, separated by commas; they come after those of Elements. ${AS_TEXT}`,
		},
		most: limits?.most,
	});
}

/** The voices of a request; `most`: so many; `when`: what has to be, behind a semicolon. */
export function voices(most = 2, when = '; Sound must be on'): Field {
	const cite = `Cite them in the prompt as &lt;&lt;&lt;voice_1&gt;&gt;&gt; and &lt;&lt;&lt;voice_2&gt;&gt;&gt;${when}.`;
	return cited('voice', 'voice_list', {
		displayName: 'Voices',
		row: {
			displayName: 'Voice',
			name: 'voice',
			description: 'One of your own voices, or of the presets of Kling',
		},
		descriptions: {
			rows: `Up to ${most} voices. ${cite} Voice → Create makes them.`,
			ids: `Up to ${most} voice IDs, separated by commas; they come after those of Voices. ${cite}`,
		},
		most,
	});
}
