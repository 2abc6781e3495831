/** Where the editor says which models know something, it says what the table of models says. */
import type { INodeProperties } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Kling/operations';
import { isKind } from '../../nodes/shared/core/kinds';
import type { Kind } from '../../nodes/shared/core/kinds';
import { MODELS } from '../../nodes/shared/core/models';
import type { Limit, Model } from '../../nodes/shared/core/models';
import { isOption, membersOf } from './properties';

type Has = (model: Model, kind: Kind) => Limit | undefined;
const flag = (has: boolean | undefined) => (has ? {} : undefined);

/** By the name of the parameter, or of the parameter and one of its values. */
const KNOWN: Record<string, Has> = {
	cameraMovement: ({ camera }, kind) => camera?.[kind],
	duration: ({ durations }) => flag(durations.some((length) => length % 5 !== 0)),
	elementIds: ({ elements }) => flag(elements),
	imageReference: ({ imageReference }) => flag(imageReference),
	'quality 4k': ({ modes }) => flag(modes.includes('4k')),
	motionBrush: ({ masks }) => masks,
	multiShot: ({ multiShot }) => flag(multiShot),
	sound: ({ sound }) => sound,
	staticMask: ({ masks }) => masks,
};

const NAME = /\b(?:V\d(?:\.\d)?(?: Omni| Turbo| Master)?|O1)\b(?: \(Professional\))?/g;

interface Said {
	place: string;
	kind: Kind;
	name: string;
	text: string;
}

function textsOf(kind: Kind, property: INodeProperties): Said[] {
	const { name, description = '', options = [] } = property;
	const said = (of: string, text = ''): Said => ({ place: `${kind}: ${of}`, kind, name: of, text });
	const values = options.filter(isOption);
	return [
		said(name, description),
		...values.map(({ value, ...option }) => said(`${name} ${String(value)}`, option.description)),
		...(property.type === 'collection' ? membersOf(property) : []).flatMap((member) =>
			textsOf(kind, member),
		),
	];
}

const texts = Object.values(RESOURCES)
	.flatMap(({ operations }) => Object.entries(operations))
	.flatMap(([kind, { properties, options }]) =>
		isKind(kind) ? [...properties, options].flatMap((property) => textsOf(kind, property)) : [],
	)
	.filter(({ name }) => Object.hasOwn(KNOWN, name));

it('all parameters of the list are there', () => {
	expect([...new Set(texts.map(({ name }) => name))].sort()).toEqual(Object.keys(KNOWN).sort());
});

it.each(texts.map((said) => [said.place, said] as const))('%s', (_place, { kind, name, text }) => {
	const has = KNOWN[name]!;
	const models = Object.values(MODELS);
	const nameOf = (model: Model, limit: Limit) =>
		model.name.replace('Kling ', '') +
		(name === 'sound' && limit.modes?.join() === 'pro' ? ' (Professional)' : '');
	const namesWhere = (filter: (model: Model) => boolean, kinds: readonly Kind[]) =>
		models.filter(filter).flatMap((model) => {
			const limit = kinds.map((each) => has(model, each)).find((each) => each !== undefined);
			return limit ? [nameOf(model, limit)] : [];
		});
	const told: readonly string[] = text.match(NAME) ?? [];
	const anywhere = namesWhere(() => true, ['text2video', 'image2video', kind]);
	const here = namesWhere(({ kinds }) => kinds.includes(kind), [kind]);
	expect(here.filter((model) => !told.includes(model))).toEqual([]);
	expect(told.filter((model) => !anywhere.includes(model))).toEqual([]);
});
