import { refuseParameter } from './errors';
import type { JsonBody } from './json';
import type { BodyFields } from './operations/define';
import { refuseValue } from './quote';
import { fieldName } from './requests';
import type { RequestView } from './requests';

/** Additional fields in the bodies that keep what they hold in groups. */

interface Body {
	[field: string]: JsonBody;
	settings: BodyFields;
	options?: BodyFields;
}

/** Whether a member of a body has members of its own. */
function isGroup(value: JsonBody): value is BodyFields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A group with what was added to it, of which the last counts; undefined where nothing is in it. */
function joined(added: JsonBody, ...before: Array<BodyFields | undefined>): JsonBody {
	if (added !== undefined && !isGroup(added)) return added;
	const set = [...before, added].flatMap((group = {}) =>
		Object.entries(group).filter(([, value]) => value !== undefined),
	);
	return set.length > 0 ? Object.fromEntries(set) : undefined;
}

/**
 * A body with the additional fields of its request, which count more; what is added to a group stands beside what is in it.
 * `inOptions`: the fields that `options` holds; a person may have written them beside it, as the legacy API wants them. A name
 * and an address for calls inside of `options` are refused: we would neither find the task by the one nor add the token to the
 * other. Throws `invalidInput`.
 */
export function withExtra(
	body: Body,
	{ kind, extra = {} }: RequestView,
	inOptions: readonly string[] = [],
): BodyFields {
	const { settings, options, ...rest } = extra;
	const isOption = ([field]: [string, JsonBody]) => inOptions.includes(field);
	if (inOptions.length > 0 && options !== undefined && !isGroup(options)) {
		refuseValue('Additional Fields (JSON)', 'must have an object as options', options);
	}
	for (const field of ['callback_url', 'external_task_id'] as const) {
		if (inOptions.includes(field) && isGroup(options) && options[field] !== undefined) {
			const use = fieldName(kind, field);
			refuseParameter('Additional Fields (JSON)', `cannot have ${field} in options; use ${use}`);
		}
	}
	const given = Object.entries(rest);
	const moved = Object.fromEntries(given.filter(isOption));
	return {
		...body,
		...Object.fromEntries(given.filter((one) => !isOption(one))),
		settings: joined(settings, body.settings),
		options: joined(options, body.options, moved),
	};
}
