/** Messages speak the panel's words: its names of fields and of values. */
import type { INodeProperties } from 'n8n-workflow';

import { properties } from '../../../nodes/Kling/description';
import { either, LABELS } from '../../../nodes/shared/core/words';
import { isOption, membersOf } from '../properties';

it('a choice is told as people do', () => {
	expect([either([]), either(['a']), either(['a', 'b']), either([1, 2, 3])]).toEqual([
		'',
		'a',
		'a or b',
		'1, 2 or 3',
	]);
});

/** A property, and all those in its collections. */
function within(property: INodeProperties): INodeProperties[] {
	return [property, ...membersOf(property).flatMap(within)];
}

describe('the names of values', () => {
	const shownInPanel = new Map<string, Set<string>>();
	for (const { options = [] } of properties().flatMap(within)) {
		for (const { name, value } of options.filter(isOption)) {
			const known = shownInPanel.get(String(value)) ?? new Set();
			shownInPanel.set(String(value), known.add(name));
		}
	}

	it.each(Object.values(LABELS).flatMap((labels) => Object.entries(labels)))(
		'%s is %s in the panel, too',
		(value, label) => {
			expect([...(shownInPanel.get(value) ?? [])]).toContain(label);
		},
	);
});
