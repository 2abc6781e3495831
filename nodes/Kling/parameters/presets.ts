import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { AVATARS, CLOTHING_VOICES, SELLER_VOICES } from '../../shared/core/sellers';
import type { Preset } from '../../shared/core/sellers';
import { sortedBy } from '../../shared/core/sort';
import { folded } from '../../shared/n8n/values';
import type { Parameter } from './field';
import { picked } from './types';
import { asText } from './values';

/** Ready-made sellers and voices of product videos, picked from lists that this node knows, or typed. */

const LISTS = {
	searchAvatars: AVATARS,
	searchSellerVoices: SELLER_VOICES,
	searchClothingVoices: CLOTHING_VOICES,
} as const satisfies Record<string, readonly Preset[]>;

type ListName = keyof typeof LISTS;
type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

function searchIn(presets: readonly Preset[]): Search {
	const entries = sortedBy(
		presets.map(({ id, name }) => ({ name, value: id })),
		({ name }) => name,
	);
	return async (filter = '') => {
		const wanted = folded(filter);
		const results = entries.filter((entry) =>
			[entry.name, entry.value].some((text) => folded(text).includes(wanted)),
		);
		return await Promise.resolve({ results });
	};
}

/** What fills the lists, by the names that the parameters have for it. */
export const presetSearches = Object.fromEntries(
	Object.entries(LISTS).map(([name, presets]) => [name, searchIn(presets)]),
) as Record<ListName, Search>;

interface PresetSpec extends Pick<INodeProperties, 'required' | 'displayOptions'> {
	displayName: string;
	name: string;
	description: string;
	list: ListName;
	/** "a voice" */
	what: string;
}

/** One of a list by its id or its name, or any other id; undefined where it is blank. Throws `invalidInput`. */
export function preset({ list, what, ...shown }: PresetSpec): Parameter<string | undefined> {
	const presets = LISTS[list];
	return picked(
		{
			...shown,
			list: { method: list, placeholder: `Select ${what}…` },
			typed: {
				displayName: 'By ID',
				name: 'id',
				placeholder: `e.g. ${presets[0]?.id ?? ''}`,
				hint: 'Any other of Kling, also one that is newer than this node',
			},
		},
		(value) => {
			const given = asText(value, shown.displayName)?.trim();
			if (given === undefined) return undefined;
			const wanted = folded(given);
			const known = presets.find(({ id, name }) => [id, name].map(folded).includes(wanted));
			return known?.id ?? given;
		},
	);
}
