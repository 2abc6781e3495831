/** All members of the collections that the Kling node calls Options, with the words of the editor. */
import type { INodeProperties } from 'n8n-workflow';

import { properties } from '../../nodes/Kling/description';
import { RESOURCES } from '../../nodes/Kling/operations';
import { sortedBy } from '../../nodes/shared/core/sort';
import type { Table } from './markdown';

interface OptionRow {
	name: string;
	description: string;
	/** As "video/text2video". */
	places: Set<string>;
}

/** The places that a property is shown at. */
function placesOf({ displayOptions }: INodeProperties): string[] {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	return resource.flatMap((first) =>
		Object.keys(RESOURCES[String(first)]?.operations ?? {})
			.filter((second) => operation.includes(second))
			.map((second) => `${String(first)}/${second}`),
	);
}

/** Options with the same name and description share a row. */
function optionRows(): OptionRow[] {
	const rows = new Map<string, OptionRow>();
	for (const collection of properties()) {
		if (collection.type !== 'collection' || collection.displayName !== 'Options') continue;
		for (const member of collection.options ?? []) {
			if (!('type' in member)) continue;
			const { displayName: name, description = '' } = member;
			const key = `${name}\n${description}`;
			const row = rows.get(key) ?? { name, description, places: new Set() };
			for (const place of placesOf(collection)) row.places.add(place);
			rows.set(key, row);
		}
	}
	return sortedBy([...rows.values()], ({ name }) => name);
}

/** "Extend, Add Sound" of Video; a resource alone stands for all its operations, or for all but one or two of many. */
function placesIn(name: string, shown: readonly string[], others: readonly string[]): string {
	if (shown.length === 0) return '';
	if (others.length === 0) return name;
	const isMost = others.length < 3 && shown.length > 2 * others.length;
	return isMost ? `${name} (not ${others.join(', ')})` : `${name}: ${shown.join(', ')}`;
}

/** "Video: Extend; Image" */
function inWords(places: ReadonlySet<string>): string {
	return Object.entries(RESOURCES)
		.map(([resource, { name, operations }]) => {
			const isShown = (value: string) => places.has(`${resource}/${value}`);
			const names = (wanted: boolean) =>
				Object.entries(operations)
					.filter(([value]) => isShown(value) === wanted)
					.map(([, operation]) => operation.name);
			return placesIn(name, names(true), names(false));
		})
		.filter((words) => words !== '')
		.join('; ');
}

/** HTML of the editor as Markdown. */
function plain(description: string): string {
	return description.replace(/(&lt;)+\w+(&gt;)+/g, (cited) => {
		const text = cited.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
		return `\`${text}\``;
	});
}

export function optionsTable(): Table {
	return {
		head: ['Option', 'Where', 'What it does'],
		rows: optionRows().map(({ name, description, places }) => [
			name,
			inWords(places),
			plain(description),
		]),
	};
}
