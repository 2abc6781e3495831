import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import {
	DUAL_EFFECTS,
	effectEntry,
	effectTitle,
	EFFECTS_AS_OF,
	ONE_IMAGE_EFFECTS,
	retirementOf,
	SINGLE_EFFECTS,
} from '../../shared/core/effects';
import { sortedBy } from '../../shared/core/sort';
import { tell } from '../../shared/n8n/host';
import { folded } from '../../shared/n8n/values';
import { field } from './field';
import { providerOf } from './model';
import { picture } from './picture';
import type { ParameterReader } from './reader';
import { picked } from './types';
import { asText } from './values';

/** Effects: which one, and the images that it is made of. */

const EFFECTS = sortedBy([...DUAL_EFFECTS, ...SINGLE_EFFECTS], effectTitle);

/** A name as it is compared: `hug_pro`, "Hug Pro" and "hug-pro" are one. */
function plain(name: string): string {
	return folded(name)
		.replace(/[^\p{L}\p{N}]+/gu, '_')
		.replace(/^_|_$/g, '');
}

/** The name of an effect as requests have it; one that is not known as it was typed. Throws `invalidInput`. */
function readName(value: unknown): string | undefined {
	const name = asText(value, 'Effect')?.trim();
	if (name === undefined) return undefined;
	const wanted = plain(name);
	if (retirementOf(wanted)) return wanted;
	// An entry of the list as it is shown there, too.
	return EFFECTS.find((effect) => [effect, plain(effectEntry(effect))].includes(wanted)) ?? name;
}

/** Says of one that may be made no more what is known of it; whether it is made, the service knows. */
function warnOfEnd(context: ParameterReader['context'], name: string | undefined): void {
	const { on, stillListed } = retirementOf(name ?? '') ?? {};
	if (!stillListed) return;
	tell(
		context,
		`Kling has announced the end of the effect ${name} for ${on}, but still lists it. It was sent all the same.`,
	);
}

export const effect = field(
	'effect_scene',
	picked(
		{
			displayName: 'Effect',
			name: 'effect',
			required: true,
			description: `What happens in the video. Some effects take two images, which are joined side by side: the list says which. Priced per effect. The list is of ${EFFECTS_AS_OF}; any other effect can be typed.`,
			list: { method: 'searchEffects', placeholder: 'Select an effect…' },
			typed: {
				displayName: 'By Name',
				name: 'name',
				placeholder: 'e.g. hug_pro',
				hint: 'Any effect of your service, also one that is newer than the list',
			},
		},
		(value, { context }) => {
			const name = readName(value);
			warnOfEnd(context, name);
			return name;
		},
	),
);

export const image = field(
	'image',
	picture({
		displayName: 'Image',
		name: 'image',
		description: 'Where the image comes from; for an effect of two images the one on the left',
	}),
);

/** Not shown before an effect is chosen, and for those that are known to take one image. */
export const secondImage = field(
	'second_image',
	picture({
		displayName: 'Second Image (Right)',
		name: 'secondImage',
		description:
			'Where the image on the right comes from. Choose None for an effect that is made of one image.',
		presence: 'unlessNone',
		hide: { effect: ['', ...ONE_IMAGE_EFFECTS] },
		binaryDefault: 'data_1',
	}),
);

/**
 * Fills the list of the Effect parameter. All words that are searched for must stand in an entry: "two dance" finds those of
 * two images with a dance. Empty where the service of the chosen credential has no effects.
 */
export async function searchEffects(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const provider = await providerOf(this);
	if (provider && !provider.offers.effects) return { results: [] };
	const words = folded(filter).split(/\s+/);
	const entries = EFFECTS.map((value) => ({ name: effectEntry(value), value }));
	return {
		results: entries.filter(({ name }) => words.every((word) => folded(name).includes(word))),
	};
}
