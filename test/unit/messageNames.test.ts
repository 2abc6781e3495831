/** Messages call operations and fields as the panel does, so that a person who reads one finds what it means. */
import { RESOURCES } from '../../nodes/Kling/operations';
import type { GenerationOperation } from '../../nodes/Kling/operations/types';
import { toKlingError } from '../../nodes/shared/core/errors';
import { FEATURES } from '../../nodes/shared/core/features';
import { ALL_KINDS, KINDS } from '../../nodes/shared/core/kinds';
import type { Kind } from '../../nodes/shared/core/kinds';
import { fieldName, fieldsOfferedAnywhere } from '../../nodes/shared/core/requests';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import { checkOffered } from '../../nodes/shared/providers/checkRequest';
import { membersOf } from './properties';

interface Made {
	place: string;
	operation: GenerationOperation;
}

const MADE: Made[] = Object.values(RESOURCES).flatMap(({ name, operations }) =>
	Object.values(operations).flatMap((operation) =>
		operation.type === 'generate' ? [{ place: `${name} → ${operation.name}`, operation }] : [],
	),
);

const makersOf = (kind: Kind) => MADE.filter(({ operation }) => operation.kind === kind);

/** What the panel has of a kind, units and rows aside: "Duration" for "Duration (Seconds)". */
function labelsOf(kind: Kind): string[] {
	return makersOf(kind)
		.flatMap(({ operation: { properties, options } }) => [...properties, ...membersOf(options)])
		.flatMap(({ displayName }) => [displayName, displayName.replace(/ \((Seconds|Pixels)\)$/, '')]);
}

/** "Elements (or Element IDs)" is two labels. */
const labelsIn = (name: string) => /^(.+) \(or (.+)\)$/.exec(name)?.slice(1) ?? [name];

/** What nobody enters: the operation, and the length of a sound that was found out. */
const NOT_ENTERED: readonly string[] = ['reference_type', 'sound_length'];

const FIELDS = ALL_KINDS.flatMap((kind) =>
	fieldsOfferedAnywhere(kind)
		.filter((field) => !NOT_ENTERED.includes(field))
		.map((field) => [kind, field, fieldName(kind, field)] as const),
);

it.each(FIELDS)('%s: %s is called %s, which is a label of its panel', (kind, _field, name) => {
	const labels = labelsOf(kind);
	expect(labelsIn(name).filter((label) => !labels.includes(label))).toEqual([]);
});

it.each([
	['element_list', 'Elements', 'Element IDs'],
	['voice_list', 'Voices', 'Voice IDs'],
])('%s is picked or typed, and its name tells both', (field, picked, typed) => {
	const names = FIELDS.flatMap(([, of, name]) => (of === field ? [name] : []));
	expect([...new Set(names)]).toEqual([`${picked} (or ${typed})`]);
});

it.each(FEATURES.map(({ name }) => name))('%s, a function of models, is a field', (name) => {
	const names = FIELDS.map(([, , field]) => field);
	expect(name.split(' and ').filter((part) => !names.includes(part))).toEqual([]);
});

it.each(ALL_KINDS)('%s has the title by which the panel has it', (kind) => {
	const [, ...others] = makersOf(kind).map(({ operation }) => operation.name);
	const [first] = makersOf(kind);
	expect(KINDS[kind].title).toBe([first?.place, ...others].join(', '));
});

const REFUSED = ALL_PROVIDERS.flatMap((provider) =>
	ALL_KINDS.filter((kind) => !provider.offers[kind]).map(
		(kind) => [provider.label, kind, provider] as const,
	),
);

it.each(REFUSED)('%s says by its title that it does not offer %s', (_label, kind, provider) => {
	let said = '';
	try {
		checkOffered(provider, kind);
	} catch (thrown) {
		said = toKlingError(thrown).message;
	}
	expect(said).toContain(`does not offer ${KINDS[kind].title}. Services that do: `);
});

/** Given with a text only, which is refused first. */
const WITH_TEXT: readonly string[] = ['voice_id', 'voice_language'];

/** What the panel always shows of a kind, and one of its services lacks: it cannot be removed as an option can. */
const LACKING = ALL_KINDS.flatMap((kind) => {
	const always = makersOf(kind).flatMap(({ operation }) => operation.properties);
	const offering = ALL_PROVIDERS.filter(({ offers }) => offers[kind]);
	return fieldsOfferedAnywhere(kind)
		.filter((field) => !WITH_TEXT.includes(field))
		.filter((field) => offering.some(({ offers }) => !offers[kind]?.includes(field)))
		.filter((field) => always.some(({ displayName }) => displayName === fieldName(kind, field)))
		.map((field) => [kind, field, always] as const);
});

it('some services lack what the panel always shows', () => {
	expect(LACKING.map(([kind, field]) => `${kind} ${field}`)).toContain('avatar text');
});

it.each(LACKING)('%s without %s: says what to choose instead', (kind, field, always) => {
	const [, values = '', label] = /^(.+) as (.+)$/.exec(KINDS[kind].instead?.[field] ?? '') ?? [];
	const choice = always.find(({ displayName }) => displayName === label);
	const preset = choice?.default;
	const names = [
		...(choice?.options ?? []).map(({ name }) => name),
		...(typeof preset === 'object' && preset && 'cachedResultName' in preset
			? [preset.cachedResultName]
			: []),
	];
	expect(names).toEqual(expect.arrayContaining(values.split(/, | or /)));
});
