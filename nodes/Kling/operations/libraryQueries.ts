import { refuseParameter } from '../../shared/core/errors';
import type { LibraryName } from '../../shared/core/library';
import type { LibraryType } from '../../shared/core/task';
import { libraryJson } from '../../shared/n8n/libraryJson';
import { readSimplify } from '../../shared/n8n/outputParameters';
import { pickedFrom } from '../parameters/library';
import { limit, readCount, returnAll } from '../parameters/many';
import type { ItemReader } from '../parameters/reader';
import { choice } from '../parameters/types';
import { query } from './builders';
import type { QueryOperation } from './types';

/** Get, Get Many and Delete: the same for elements and for voices. */

interface Library {
	type: LibraryType;
	/** "Element". */
	title: string;
	/** "an element". */
	one: string;
}

function needed(id: string | undefined, { title }: Library): string {
	return id ?? refuseParameter(title, 'must not be empty');
}

export function getOne(library: Library): QueryOperation {
	const { type, one } = library;
	const chosen = pickedFrom(type, {
		required: true,
		description: `What to look at: ${one} of your own, or of the presets of Kling. The ID of the task that made it is taken, too.`,
	});
	return query({
		name: 'Get',
		description: `Look at ${one}: what it is, and whether it is still there`,
		action: `Get ${one}`,
		offeredBy: ({ calls }) => calls.libraryPage !== undefined,
		parameters: [chosen],
		async run(item) {
			const entry = await item.client.library.find(type, needed(chosen.read(item), library));
			const json = libraryJson(entry, type, readSimplify(item.context, item.itemIndex));
			return [{ json, pairedItem: { item: item.itemIndex } }];
		},
	});
}

const LIBRARIES: Readonly<Record<string, readonly LibraryName[]>> = {
	all: ['own', 'presets'],
	own: ['own'],
	presets: ['presets'],
};

export function getMany({ type }: Library): QueryOperation {
	const many = `${type}s`;
	const which = choice({
		displayName: 'Which',
		name: 'library',
		default: 'own',
		description: `Whose ${many} to list`,
		options: [
			{ name: 'All', value: 'all', description: 'Your own ones, then the presets' },
			{ name: 'Own', value: 'own', description: 'Those that this account has made' },
			{ name: 'Presets', value: 'presets', description: 'Those that Kling offers to everybody' },
		],
	});
	return query({
		name: 'Get Many',
		description: `List ${many}: your own, the presets of Kling, or both`,
		action: `Get many ${many}`,
		offeredBy: ({ calls }) => calls.libraryPage !== undefined,
		parameters: [which, returnAll, limit],
		async run(item) {
			const libraries = LIBRARIES[which.read(item) ?? ''] ?? ['own'];
			const entries = await item.client.library.list({ type, libraries }, readCount(item));
			const simplify = readSimplify(item.context, item.itemIndex);
			return entries.map((entry) => ({
				json: libraryJson(entry, type, simplify),
				pairedItem: { item: item.itemIndex },
			}));
		},
	});
}

export function deleteOne(library: Library): QueryOperation {
	const { type, one } = library;
	const chosen = pickedFrom(type, {
		required: true,
		ownOnly: true,
		description: 'What to delete, for good. The presets of Kling cannot be deleted.',
	});
	const run = async (item: ItemReader) => {
		const id = needed(chosen.read(item), library);
		const deletion = await item.client.library.delete(type, id);
		const isSimple = readSimplify(item.context, item.itemIndex);
		const done = { [`${type}Id`]: id, deleted: true };
		const pairedItem = { item: item.itemIndex };
		if (deletion === 'before') return [{ json: { ...done, deletedBefore: true }, pairedItem }];
		return [{ json: isSimple ? done : deletion.raw, pairedItem }];
	};
	return query({
		name: 'Delete',
		description: `Delete ${one} of your own, for good`,
		action: `Delete ${one}`,
		offeredBy: ({ calls }) => calls.libraryDelete !== undefined,
		parameters: [chosen],
		run,
	});
}
