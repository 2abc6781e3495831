import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import { legacyPath } from '../../core/kinds';
import { entriesOf, MADE_AS } from '../../core/library';
import type { LibraryEntry } from '../../core/library';
import type { LibraryType, Task } from '../../core/task';
import { refusalOf, unreadable } from '../response';
import { resultsIn } from '../results';
import type { Calls, HttpResponse, LibraryPage, Provider } from '../types';
import { toTask } from './decode';
import { readEnvelope } from './envelope';

/**
 * Official reference: GET and POST /v1/general/… for elements and voices. What stands in a list is a record of the task that
 * made it; presets have records like that without a request. Either of two paths deletes an element:
 * <https://github.com/aself101/kling-api>, CHANGELOG.md.
 */

const PRESETS: Readonly<Record<LibraryType, string>> = {
	element: '/v1/general/advanced-presets-elements',
	voice: '/v1/general/presets-voices',
};

const DELETES: Readonly<Record<LibraryType, string>> = {
	element: '/v1/general/delete-elements',
	voice: '/v1/general/delete-voices',
};

type PageInput = Calls['libraryPage']['input'];

/** What a record tells that names no task: its elements or voices alone. */
function withoutTask(record: Json, type: LibraryType): Task {
	const context = { kind: MADE_AS[type], status: undefined, isTask: false };
	return {
		id: '',
		status: 'succeed',
		message: '',
		results: resultsIn(record, context),
		raw: record,
	};
}

function entriesIn(record: Json, { type, library }: PageInput): LibraryEntry[] {
	const preset = library === 'presets';
	const task = toTask(record, MADE_AS[type], record);
	if (task) return entriesOf(task, type, preset);
	return entriesOf(withoutTask(record, type), type, preset).filter(({ result }) => result);
}

function readPage(label: string, response: HttpResponse, input: PageInput): LibraryPage {
	const { json, data } = readEnvelope(label, response);
	if (isJsonObject(json) && json.data === null) return { entries: [], size: 0 };
	if (Array.isArray(data)) {
		return { entries: data.flatMap((record) => entriesIn(record, input)), size: data.length };
	}
	// Some hand on what the records hold, in one list.
	const entries = entriesOf(withoutTask(data, input.type), input.type).filter(
		({ result }) => result,
	);
	const isEmpty = isJsonObject(data) && Array.isArray(data[`${input.type}s`]);
	if (entries.length === 0 && !isEmpty) {
		throw unreadable(label, response, `it holds no list of ${input.type}s`);
	}
	return { entries, size: entries.length };
}

/** The calls for elements and voices below a prefix. */
export function libraryCalls(label: string, prefix: string): Provider['calls'] {
	return {
		libraryPage: {
			encode: ({ type, library, page, pageSize }) => ({
				method: 'GET',
				path: prefix + (library === 'presets' ? PRESETS[type] : legacyPath(MADE_AS[type])),
				query: { pageNum: page, pageSize },
			}),
			read: (response, input) => readPage(label, response, input),
		},
		libraryDelete: {
			changes: true,
			// The id is text here, though it is a bare number where it is used.
			encode: ({ type, id }) => ({
				method: 'POST',
				path: prefix + DELETES[type],
				body: { [`${type}_id`]: id },
			}),
			read: (response) => {
				const { json, data } = readEnvelope(label, response);
				if (isJsonObject(data) && data.task_status === 'failed') {
					const { task_status_msg: said } = data;
					throw refusalOf(label, response, {
						code: 1201,
						message: typeof said === 'string' ? said : undefined,
					});
				}
				return { raw: isJsonObject(json) ? json : { answer: json } };
			},
		},
	};
}

/** Of elements as of tasks; the endpoints of voices have longer pages. */
export const LIBRARY_PAGE_SIZES: Readonly<Record<LibraryType, number>> = {
	element: 500,
	voice: 1000,
};
