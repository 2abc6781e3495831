import { refuseParameter } from '../../core/errors';
import { fieldName } from '../../core/requests';
import type { JsonBody } from '../../core/json';
import type { BodyFields } from '../../core/operations/define';

/** Additional fields, which a person may have written for either API: what the newer one keeps in a group is put there. */

const OPTIONS = ['callback_url', 'external_task_id', 'watermark_info'] as const;

interface Body {
	[field: string]: JsonBody;
	settings: BodyFields;
	options: BodyFields;
}

function isGroup(value: JsonBody): value is BodyFields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merged(own: BodyFields, given: JsonBody): JsonBody {
	if (given === undefined) return own;
	return isGroup(given) ? { ...own, ...given } : given;
}

/**
 * The body with the additional fields, which count more. A name and an address for calls inside of `options` are refused: we
 * would neither find the task by the one nor add the token to the other. Throws `invalidInput`.
 */
export function withExtra(body: Body, extra: BodyFields = {}): { [key: string]: JsonBody } {
	const { settings, options, ...rest } = extra;
	for (const field of ['callback_url', 'external_task_id'] as const) {
		if (isGroup(options) && options[field] !== undefined) {
			const name = fieldName('text2video', field);
			refuseParameter('Additional Fields (JSON)', `cannot have ${field} in options; use ${name}`);
		}
	}
	const outside = Object.fromEntries(
		OPTIONS.flatMap((field) => (rest[field] === undefined ? [] : [[field, rest[field]]])),
	);
	const others = Object.entries(rest).filter(
		([field]) => !(OPTIONS as readonly string[]).includes(field),
	);
	return {
		...body,
		settings: merged(body.settings, settings),
		options: merged({ ...body.options, ...outside }, options),
		...Object.fromEntries(others),
	};
}
