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

/** "Video: Extend; Image": a resource stands for all its operations. */
function inWords(places: ReadonlySet<string>): string {
	return Object.entries(RESOURCES)
		.map(([resource, { name, operations }]) => {
			const shown = Object.entries(operations)
				.filter(([value]) => places.has(`${resource}/${value}`))
				.map(([, operation]) => operation.name);
			if (shown.length === Object.keys(operations).length) return name;
			return shown.length > 0 ? `${name}: ${shown.join(', ')}` : '';
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
