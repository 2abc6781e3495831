import { isJsonObject } from '../../core/json';
import type { Json, JsonObject } from '../../core/json';
import type { BodyFields } from '../../core/operations/define';
import { entriesOf, MADE_AS } from '../../core/library';
import type { LibraryEntry } from '../../core/library';
import type { LibraryType, Task } from '../../core/task';
import { libraryId, toLibraryResult } from '../libraryResult';
import { refusalOf, unreadable } from '../response';
import { fieldsIn } from '../said';
import type { Calls, HttpRequest, HttpResponse, Provider } from '../types';
import { LABEL, complaintOf, readAnswer, toAceTask } from './decode';

/**
 * Elements and voices at Ace Data Cloud: POST /kling/elements and /kling/voices with an `action`. Not published by the service;
 * the requests are those of its own programs, <https://github.com/AceDataCloud/MCPs>, kling/core/asset_types.py. What is
 * answered is documented nowhere, so lists are looked for where its other calls have them. Ids are the service's own.
 */

const LISTS = ['items', 'data', 'list', 'results'];

function ask(type: LibraryType, question: BodyFields): HttpRequest {
	return { method: 'POST', path: `/kling/${type}s`, body: question };
}

/** Throws `refused`, `notFound` or `unreadable`. */
function readObject(response: HttpResponse): JsonObject {
	const json = readAnswer(response);
	if (Array.isArray(json)) return { items: json };
	if (!isJsonObject(json)) throw unreadable(LABEL, response, 'it is not a JSON object');
	if (json.success === false) throw refusalOf(LABEL, response, complaintOf(json));
	return json;
}

/** The list in an answer, wherever it stands; undefined where there is none. */
function listIn(json: Json | undefined, type: LibraryType, depth = 0): Json[] | undefined {
	if (Array.isArray(json)) return json;
	if (!isJsonObject(json) || depth > 2) return undefined;
	for (const name of [`${type}s`, ...LISTS]) {
		const found = listIn(json[name], type, depth + 1);
		if (found) return found;
	}
	return undefined;
}

/** A record that is the element or voice itself, or one of the task that made it. */
function entriesIn(record: Json, type: LibraryType, preset: boolean): LibraryEntry[] {
	const task = toAceTask(record, MADE_AS[type]);
	const made = task && entriesOf(task, type, preset).filter(({ result }) => result);
	if (made && made.length > 0) return made;
	if (!isJsonObject(record)) return [];
	const fields = fieldsIn(record);
	const id = libraryId(type, fields);
	if (id === undefined) return [];
	const result = toLibraryResult(type, id, fields);
	const bare: Task = { id: '', status: 'succeed', message: '', results: [result], raw: record };
	return [{ result, preset: result.preset ?? preset, task: bare }];
}

type PageInput = Calls['libraryPage']['input'];

function readPage(response: HttpResponse, { type, library }: PageInput) {
	const list = listIn(readObject(response), type);
	if (!list) throw unreadable(LABEL, response, `it holds no list of ${type}s`);
	const entries = list.flatMap((record) => entriesIn(record, type, library === 'presets'));
	return { entries, size: list.length };
}

function readEntry(response: HttpResponse, type: LibraryType): LibraryEntry[] {
	const json = readObject(response);
	const inner = [json.data, json[type], listIn(json, type)?.[0]].find(isJsonObject);
	const entries = [inner, json].flatMap((record) => (record ? entriesIn(record, type, false) : []));
	if (entries.length === 0) throw unreadable(LABEL, response, `it tells of no ${type}`);
	return entries.slice(0, 1);
}

export const ACE_LIBRARY_CALLS: Provider['calls'] = {
	libraryPage: {
		encode: ({ type, library, page, pageSize }) =>
			ask(type, {
				action: library === 'presets' ? 'presets' : 'list',
				page_num: page,
				page_size: pageSize,
			}),
		read: readPage,
	},
	libraryEntry: {
		encode: ({ type, id }) => ask(type, { action: 'retrieve', id }),
		read: (response, { type }) => readEntry(response, type),
	},
	libraryDelete: {
		changes: true,
		encode: ({ type, id }) => ask(type, { action: 'delete', id }),
		read: (response) => ({ raw: readObject(response) }),
	},
};

export const ACE_LIBRARY_PAGE_SIZES: Readonly<Record<LibraryType, number>> = {
	element: 500,
	voice: 500,
};
