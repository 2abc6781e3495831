import type { z } from 'zod';

import { refuseParameter } from './errors';
import { ALL_KINDS, KINDS } from './kinds';
import type { Kind } from './kinds';
import type { OperationDefinition } from './operations';
import type { CallDefinition, Offer, Offers } from './operations/define';
import { common } from './operations/fields';
import { quote } from './quote';
import { CAME, LENGTH, lengthOf } from './words';
import type { Asked } from './task';

/** The checked request of one kind. */
export type RequestOf<K extends Kind> = z.output<(typeof KINDS)[K]['schema']>;

/** The canonical description of one generation, checked: what providers encode. Not every kind has a model. */
export type GenerationRequest = { [K in Kind]: RequestOf<K> & { model_name?: string } }[Kind];

/** The fields that requests of some kind have, e.g. `negative_prompt`. */
export type FieldName = Exclude<keyof OperationDefinition['shape'] | ExtraFields, 'kind'>;
type ExtraFields = { [K in Kind]: keyof (typeof KINDS)[K]['shape'] }[Kind];

type ValueOf<F extends string, R = GenerationRequest> = R extends unknown
	? F extends keyof R
		? R[F]
		: never
	: never;

/** A request with the fields of all kinds, those of other kinds being absent: for code that treats kinds alike. */
export type RequestView = { kind: Kind } & { [F in FieldName]?: ValueOf<F> };

/** A request before it was checked: what operations read from the node's parameters. */
export type RequestDraft = { kind: Kind } & Partial<Record<FieldName, unknown>>;

/** All fields that a kind has, what every create takes at the end. */
export function fieldsOf(kind: Kind): FieldName[] {
	return Object.keys({ ...KINDS[kind].fields, ...common }) as FieldName[];
}

/** What an item tells of a request. Small: it outlives the request with its images. */
export function askedOf(request: GenerationRequest): Asked {
	const { model_name: model, mode: quality, prompt, duration }: RequestView = request;
	return { model, quality, prompt, duration };
}

/** The fields of a kind that an offer includes. */
export function offeredFields(kind: Kind, { only, lacks = [] }: Offer): readonly FieldName[] {
	return fieldsOf(kind).filter((field) => (only ? only.includes(field) : !lacks.includes(field)));
}

/** The fields of a kind that one service or another takes. */
export function fieldsOfferedAnywhere(kind: Kind): readonly FieldName[] {
	const { offers }: { offers: Offers } = KINDS[kind];
	const taken = Object.values<Offer>({ ...offers }).flatMap((offer) => offeredFields(kind, offer));
	return fieldsOf(kind).filter((field) => taken.includes(field));
}

/** What a service offers, as the definitions tell it: kind by kind, those it lacks being absent. */
export function offersOf<Name extends keyof Offers>(
	service: Name,
): Partial<Record<Kind, NonNullable<Offers[Name]>>> {
	return Object.fromEntries(
		ALL_KINDS.flatMap((kind) => {
			const offers: Offers = KINDS[kind].offers;
			const offer = offers[service] ?? (service === 'relay' ? offers.legacy : undefined);
			return offer ? [[kind, offer]] : [];
		}),
	);
}

/** The display name of a field in the panel of an operation, e.g. "First Frame" for `image` of image to video. */
export function fieldName(kind: Kind, field: string): string {
	const shape: Partial<Record<string, z.ZodTypeAny>> = KINDS[kind].shape;
	return shape[field]?.description ?? field;
}

/** What a path such as ['multi_prompt', 0, 'prompt'] leads to. */
function valueAt(draft: unknown, path: ReadonlyArray<PropertyKey>): unknown {
	return path.reduce<unknown>(
		(value, key) =>
			typeof value === 'object' && value !== null
				? (value as Record<PropertyKey, unknown>)[key]
				: undefined,
		draft,
	);
}

/** A message of a schema with what came. */
function filledIn(message: string, given: unknown): string {
	const length = typeof given === 'string' ? lengthOf(given) : Array.isArray(given) && given.length;
	return message.replace(CAME, () => quote(given)).replace(LENGTH, () => String(length));
}

/** Checks a value against a schema; `nameOf` gives the display name of a field. Throws `invalidInput` like `parseRequest`. */
function parsed<T>(
	schema: z.ZodType<T, z.ZodTypeDef, unknown>,
	draft: unknown,
	nameOf: (field: string) => string,
): T {
	const result = schema.safeParse(draft);
	if (result.success) return result.data;
	const { path = [], message = 'is not valid' } = result.error.issues[0] ?? {};
	// The first part of the path is the field.
	const parameter = nameOf(String(path[0] ?? ''));
	return refuseParameter(parameter, filledIn(message, valueAt(draft, path)));
}

/**
 * Checks a draft against the limits that hold at every service.
 * Throws `invalidInput` naming the parameter by its display name, what is allowed and what came.
 */
export function parseRequest(draft: RequestDraft): GenerationRequest {
	const { kind } = draft;
	const schema: z.ZodType<GenerationRequest, z.ZodTypeDef, unknown> = KINDS[kind].schema;
	return parsed(schema, draft, (field) => fieldName(kind, field));
}

/** Checks what a call that is answered at once is asked. Throws `invalidInput` like `parseRequest`. */
export function parseCall<F extends z.ZodRawShape>(
	{ fields, schema }: CallDefinition<F>,
	draft: { [field in keyof F]?: unknown },
): z.output<z.ZodObject<F>> {
	return parsed(schema, draft, (field) => fields[field]?.description ?? field);
}
