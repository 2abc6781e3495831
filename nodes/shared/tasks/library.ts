import { KlingError, toKlingError } from '../core/errors';
import { fitsInPath } from '../core/ids';
import { entriesOf, MADE_AS } from '../core/library';
import type { LibraryEntry, LibraryName } from '../core/library';
import type { LibraryType } from '../core/task';
import { callOf } from '../providers/calls';
import { isNotFound } from '../providers/createFailure';
import type { Deleted, LibraryPage } from '../providers';
import { callAtOnce } from './calls';
import { getIfKnown } from './find';
import { LAST_PAGE } from './listPages';
import type { Sender } from './sender';

/** Elements and voices: listing them, finding one, deleting one. Everything throws `KlingError`. */

/** Shorter pages would be many where most of what they hold was deleted. */
const SHORTEST_PAGE = 50;

/** Where to look, and for what. */
export interface Wanted {
	type: LibraryType;
	libraries: readonly LibraryName[];
}

/** Where in the libraries a page lies. */
export interface PagePlace {
	library: LibraryName;
	page: number;
	/** The first ID of the page before, by which a service that does not page is known. */
	before?: string;
}

/** A page with the place of the next one; undefined after the last. */
export interface ReadPage {
	entries: LibraryEntry[];
	next?: PagePlace;
}

/** The first page of the library after this one; undefined after the last. */
function firstPageAfter({ libraries }: Wanted, library: LibraryName): PagePlace | undefined {
	const following = libraries[libraries.indexOf(library) + 1];
	return following && { library: following, page: 1 };
}

/** By its own ID, or that of the task that makes it. */
function idOf({ result, task }: LibraryEntry): string {
	return result?.id ?? task?.id ?? '';
}

/**
 * One page of the libraries; those that follow lie behind its end. `pageSize`: the longest that the service has, or fewer. A
 * page that begins as the one before comes from a service that does not page: it is empty and the last.
 */
export async function libraryPage(
	sender: Sender,
	wanted: Wanted,
	{ library, page, before }: PagePlace,
	pageSize = Infinity,
): Promise<ReadPage> {
	const { type } = wanted;
	const { libraryPageSizes } = sender.provider;
	const size = Math.min(pageSize, libraryPageSizes?.[type] ?? pageSize);
	const input = { type, library, page, pageSize: size };
	const read: LibraryPage = await callAtOnce(sender, 'libraryPage', input);
	const { entries } = read;
	const first = entries[0] && idOf(entries[0]);
	if (before && first === before) {
		return { entries: [], next: firstPageAfter(wanted, library) };
	}
	const isLast = read.size < size || page >= LAST_PAGE;
	const next = isLast
		? firstPageAfter(wanted, library)
		: { library, page: page + 1, before: first };
	return { entries, next };
}

/** All entries, page by page, each once. */
async function* entriesIn(
	sender: Sender,
	wanted: Wanted,
	pageSize?: number,
): AsyncGenerator<LibraryEntry> {
	const [first] = wanted.libraries;
	let place: PagePlace | undefined = first && { library: first, page: 1 };
	const seen = new Set<string>();
	while (place && !sender.isStopped()) {
		const { entries, next } = await libraryPage(sender, wanted, place, pageSize);
		for (const entry of entries) {
			const id = idOf(entry);
			if (seen.has(id)) continue;
			seen.add(id);
			yield entry;
		}
		place = next;
	}
}

/** At most `limit` that are there, newest first: neither in the making nor deleted. */
export async function listLibrary(
	sender: Sender,
	wanted: Wanted,
	limit: number,
): Promise<LibraryEntry[]> {
	const found: LibraryEntry[] = [];
	for await (const entry of entriesIn(sender, wanted, Math.max(limit, SHORTEST_PAGE))) {
		if (!entry.result || entry.result.deleted) continue;
		found.push(entry);
		if (found.length >= limit) break;
	}
	return found;
}

/** By its own id where the service can be asked so, or by that of its task. */
async function askedFor(sender: Sender, type: LibraryType, id: string): Promise<LibraryEntry[]> {
	const { calls, offers } = sender.provider;
	if (calls.libraryEntry) {
		try {
			return await callAtOnce(sender, 'libraryEntry', { type, id });
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!isNotFound(error)) throw error;
		}
	}
	const kind = MADE_AS[type];
	const task = offers[kind] && (await getIfKnown(sender, { id, kind }));
	return task ? entriesOf(task, type) : [];
}

/**
 * The element or voice with an id, or made by the task with that id; among the account's own ones, then among the presets.
 * Throws `notFound` where there is none, and `notOffered` where the service has none at all.
 */
export async function findInLibrary(
	sender: Sender,
	type: LibraryType,
	id: string,
): Promise<LibraryEntry> {
	const { provider } = sender;
	callOf(provider, 'libraryPage');
	const [asked] = fitsInPath(id) ? await askedFor(sender, type, id) : [];
	if (asked) return asked;
	for await (const entry of entriesIn(sender, { type, libraries: ['own', 'presets'] })) {
		const { result, task } = entry;
		if ([result?.id, task?.id, task?.externalTaskId].includes(id)) return entry;
	}
	throw new KlingError('notFound', `${provider.label} knows no ${type} with the ID ${id}`, {
		advice: `Take the ${type}Id that Create or Get Many has put out, or the taskId of its task, and check that Service and key are those it was made with`,
	});
}

const DELETED_BEFORE = /already (be |been )?deleted/i;

/** What a failed delete means: of one that cannot be deleted, it says so. */
function deleteFailure(
	label: string,
	type: LibraryType,
	id: string,
	error: KlingError,
): KlingError {
	const { details } = error;
	const isUnknown = isNotFound(error);
	if (details.maybeCreated !== false || (!isUnknown && details.code !== 1201)) return error;
	const message = isUnknown ? `${label} knows no ${type} with the ID ${id}` : error.message;
	const advice = `Only ${type}s of your own can be deleted, by their ${type}Id: not the presets of Kling, and not by the ID of a task`;
	return new KlingError(error.kind, message, { ...details, advice });
}

/**
 * Deletes an element or a voice of the account. Sent once: after an unclear answer nobody knows whether it was done. One that
 * was deleted before is as good as deleted: Retry On Fail begins with the first item again. A preset is an error that says so.
 */
export async function deleteFromLibrary(
	sender: Sender,
	type: LibraryType,
	id: string,
): Promise<Deleted | 'before'> {
	try {
		return await callAtOnce(sender, 'libraryDelete', { type, id });
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (DELETED_BEFORE.test(error.details.serviceMessage ?? '')) return 'before';
		throw deleteFailure(sender.provider.label, type, id, error);
	}
}
