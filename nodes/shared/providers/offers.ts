import { offeredFields, offersOf } from '../core/requests';
import type { Kind } from '../core/kinds';
import type { Offer, Offers } from '../core/operations/define';
import type { Provider } from './types';

function byKind<T>(
	offers: Partial<Record<Kind, Offer>>,
	value: (offer: Offer, kind: Kind) => T | undefined,
): Partial<Record<Kind, T>> {
	return Object.fromEntries(
		Object.entries(offers).flatMap(([kind, offer]) => {
			const found = value(offer, kind as Kind);
			return found === undefined ? [] : [[kind, found]];
		}),
	);
}

type Elsewhere = NonNullable<Provider['elsewhere'][Kind]>;

function elsewhereOf({ elsewhere }: Offer): Elsewhere | undefined {
	if (!elsewhere) return undefined;
	const { as, models } = elsewhere;
	return { as: as as Kind, makes: (model) => models.includes(model) };
}

/** Whether an operation makes tasks of a kind at a service: those of its own kind, and those that a model makes elsewhere. */
export function makesKind({ elsewhere }: Provider, operation: Kind, kind: Kind): boolean {
	return kind === operation || kind === elsewhere[operation]?.as;
}

/** What a provider says of its operations, derived from their definitions: from what they say of one API of the service, or several. */
export function offersFor(
	...apis: Array<keyof Offers>
): Pick<Provider, 'offers' | 'defaultModels' | 'models' | 'elsewhere' | 'listedModels' | 'most'> {
	const offers = apis.reduce<Partial<Record<Kind, Offer>>>(
		(all, api) => ({ ...all, ...offersOf(api) }),
		{},
	);
	return {
		offers: byKind(offers, (offer, kind) => offeredFields(kind, offer)),
		defaultModels: byKind(offers, ({ defaultModel }) => defaultModel),
		models: byKind(offers, ({ models }) => models),
		elsewhere: byKind(offers, elsewhereOf),
		most: byKind(offers, ({ most }) => most),
		listedModels: byKind(offers, ({ listedModels }) => listedModels),
	};
}
