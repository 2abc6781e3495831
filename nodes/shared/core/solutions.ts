import type { JsonBody } from './json';
import { KINDS } from './kinds';
import type { BodyFields, Content } from './operations/define';
import { RESOLUTIONS } from './operations/fields';
import type { FieldName, RequestView } from './requests';

/**
 * How Kling's Solutions API lays out what an operation was asked for, and Ace Data Cloud after it: what it is made from in
 * `contents`, one entry each, and how it is made in `settings`. The definition of the kind says which field is which.
 */
export interface SolutionParts {
	contents: JsonBody[];
	settings: BodyFields;
}

function contentsOf({ kind }: RequestView): Array<[FieldName, Content]> {
	return Object.entries(KINDS[kind].contents ?? {}) as Array<[FieldName, Content]>;
}

/** The value of a field, or the members of its list. */
function valuesOf(request: RequestView, field: FieldName): JsonBody[] {
	const value = request[field] as JsonBody;
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value];
}

/** The fields of a checked request in their places. */
export function solutionParts(request: RequestView): SolutionParts {
	const contents = contentsOf(request);
	const placed = contents.map(([field]) => field);
	const settings = (Object.keys(KINDS[request.kind].fields) as FieldName[])
		.filter((field) => request[field] !== undefined && !placed.includes(field))
		.map((field): [string, JsonBody] =>
			field === 'mode'
				? ['resolution', request.mode && RESOLUTIONS[request.mode]]
				: [field, request[field] as JsonBody],
		);
	return {
		contents: contents.flatMap(([field, { type, member }]) =>
			valuesOf(request, field).map((one) =>
				member ? { type, [member]: one } : { type, ...(one as BodyFields) },
			),
		),
		settings: Object.fromEntries(settings),
	};
}

/** What a request holds as a file: its address or base64, the field it is from, and whether only an address will do. */
export function filesIn(
	request: RequestView,
): Array<{ file: string; field: FieldName; addressOnly: boolean }> {
	return contentsOf(request)
		.filter(([, { member }]) => member === 'url')
		.flatMap(([field, { addressOnly = false }]) =>
			valuesOf(request, field).flatMap((file) =>
				typeof file === 'string' ? [{ file, field, addressOnly }] : [],
			),
		);
}
