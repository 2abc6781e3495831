import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { toKlingError } from '../../shared/core/errors';
import type { LibraryEntry, LibraryName } from '../../shared/core/library';
import type { LibraryType } from '../../shared/core/task';
import { toNodeError } from '../../shared/n8n/nodeError';
import { openSession } from '../../shared/n8n/session';
import type { PagePlace } from '../../shared/tasks/library';
import type { Parameter } from './field';
import { asId } from './lists';
import { picked } from './types';

/** Elements and voices, picked from the account's own ones and Kling's presets, or by their ids. */

const WORDS = {
	element: {
		title: 'Element',
		name: 'elementId',
		placeholder: 'e.g. 829836802793406551',
		lists: { all: 'searchElements', own: 'searchOwnElements' },
	},
	voice: {
		title: 'Voice',
		name: 'voiceId',
		placeholder: 'e.g. 829836802793406551',
		lists: { all: 'searchVoices', own: 'searchOwnVoices' },
	},
} as const satisfies Record<LibraryType, object>;

interface PickedSpec {
	description: string;
	required?: boolean;
	/** Where presets are of no use. */
	ownOnly?: boolean;
	/** Of the typed id. */
	hint?: string;
	/** The name of the property, where it is not `elementId` or `voiceId`. */
	name?: string;
}

/** One element or voice: its id as text, undefined where none is given. Throws `invalidInput`. */
export function pickedFrom(
	type: LibraryType,
	{
		ownOnly = false,
		hint = 'As text: as a number it loses its last digits',
		name,
		...shown
	}: PickedSpec,
): Parameter<string | undefined> {
	const { title: displayName, placeholder, lists, name: usual } = WORDS[type];
	return picked(
		{
			displayName,
			name: name ?? usual,
			...shown,
			list: {
				method: ownOnly ? lists.own : lists.all,
				placeholder: `Select ${type === 'element' ? 'an element' : 'a voice'}…`,
			},
			typed: { displayName: 'By ID', name: 'id', placeholder, hint },
		},
		(value) => asId(value, { displayName, name: usual }),
	);
}

/** So many are shown at once; the rest comes as the person scrolls. */
const MANY = 100;
/** So many pages are read for one search; it goes on as the person scrolls. */
const MOST_PAGES = 10;

/** "Mara (own): red coat, short hair" */
function shownAs({ result, preset }: LibraryEntry): INodeListSearchItems[] {
	if (!result || result.deleted) return [];
	const what = result.type === 'element' && result.description ? `: ${result.description}` : '';
	return [
		{ name: `${result.name ?? result.id} (${preset ? 'preset' : 'own'})${what}`, value: result.id },
	];
}

function placeAfter(token: unknown, [first]: readonly LibraryName[]): PagePlace | undefined {
	if (typeof token !== 'string' || token === '') return first && { library: first, page: 1 };
	const [library, page, before] = token.split(' ');
	return { library: library === 'presets' ? 'presets' : 'own', page: Number(page), before };
}

/** The counterpart of `placeAfter`; undefined after the last page. */
function tokenFor(place: PagePlace | undefined): string | undefined {
	if (!place) return undefined;
	const { library, page, before } = place;
	return [library, page, ...(before === undefined ? [] : [before])].join(' ');
}

/**
 * Fills a list from the libraries, page by page until there is enough to show, with the chosen credential. Nothing is asked
 * twice: a person who sees an error can open the list again.
 */
async function search(
	context: ILoadOptionsFunctions,
	wanted: { type: LibraryType; libraries: readonly LibraryName[] },
	{ filter = '', token }: { filter?: string; token?: unknown },
): Promise<INodeListSearchResult> {
	let secrets: readonly string[] = [];
	const words = filter.trim().toLowerCase();
	const results: INodeListSearchItems[] = [];
	let place = placeAfter(token, wanted.libraries);
	try {
		const session = await openSession(context, { repeats: false });
		({ secrets } = session);
		for (let pages = 0; place && results.length < MANY && pages < MOST_PAGES; pages += 1) {
			const { entries, next } = await session.client.library.page(wanted, place);
			const found = entries.flatMap(shownAs);
			results.push(
				...found.filter(({ name, value }) =>
					`${name} ${String(value)}`.toLowerCase().includes(words),
				),
			);
			place = next;
		}
	} catch (thrown) {
		throw toNodeError(context.getNode(), toKlingError(thrown), 0, secrets);
	}
	return { results, paginationToken: tokenFor(place) };
}

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
) => Promise<INodeListSearchResult>;

function searchIn(type: LibraryType, libraries: readonly LibraryName[]): Search {
	return async function (filter, token) {
		return await search(this, { type, libraries }, { filter, token });
	};
}

/** The methods that fill the lists, by their names in the parameters. */
export const librarySearches = {
	searchElements: searchIn('element', ['own', 'presets']),
	searchOwnElements: searchIn('element', ['own']),
	searchVoices: searchIn('voice', ['own', 'presets']),
	searchOwnVoices: searchIn('voice', ['own']),
};
