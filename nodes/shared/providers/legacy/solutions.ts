import { refuseParameter } from '../../core/errors';
import type { JsonBody } from '../../core/json';
import { KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import type { BodyFields } from '../../core/operations/define';
import { isLongerThan } from '../../core/operations/fields';
import { refuseValue } from '../../core/quote';
import { fieldName, offersOf } from '../../core/requests';
import type { RequestView } from '../../core/requests';
import { filesIn, isGroup, solutionParts, withExtra } from '../../core/solutions';
import { isWebAddress } from '../../core/webAddress';
import { lengthOf } from '../../core/words';
import { refuseComma } from '../refuseComma';
import { refuseFile } from '../refuseFile';
import { allTasks } from './allTasks';
import { readCreated } from './legacyProvider';
import type { Codec, Provider } from '../types';

/**
 * The Solutions API of official Kling, for API keys only: creates at `/solutions/…`, and one query for all that it makes.
 * <https://klingai.com/document-api/api/ecommerce-replication>. That a second create with the same External Task ID is refused
 * is not documented.
 */

const OFFERS = offersOf('solutions');

/** The kinds that are made there. */
export const SOLUTIONS = Object.keys(OFFERS) as readonly Kind[];

/** In characters. */
const CALLBACK_MAX = 1024;

/** Throws `invalidInput` for base64 where only an address will do. */
function checkFiles(label: string, request: RequestView): void {
	const { kind } = request;
	const other = filesIn(request).find(
		({ file, addressOnly }) => addressOnly && !isWebAddress(file),
	);
	if (other) refuseFile(label, fieldName(kind, other.field), false);
}

/**
 * Additional fields as this API has them: a person may have written those of `options` as the legacy API wants them. A name and
 * an address for calls inside of `options` are refused: we would neither find the task by the one nor add the token to the other.
 * Throws `invalidInput`.
 */
function fieldsHere({ kind, extra = {} }: RequestView, watermarkField: string): BodyFields {
	const {
		callback_url,
		external_task_id,
		watermark_info,
		watermark,
		options = {},
		...rest
	} = extra;
	if (!isGroup(options)) {
		refuseValue('Additional Fields (JSON)', 'must have an object as options', options);
	}
	const mark = watermark_info ?? watermark;
	for (const field of ['callback_url', 'external_task_id'] as const) {
		if (options[field] === undefined) continue;
		const use = fieldName(kind, field);
		refuseParameter('Additional Fields (JSON)', `cannot have ${field} in options; use ${use}`);
	}
	const moved = {
		callback_url,
		external_task_id,
		[watermarkField]: typeof mark === 'boolean' ? { enabled: mark } : mark,
	};
	return { ...rest, options: { ...moved, ...options } };
}

function bodyOf(label: string, request: RequestView, watermarkField: string): JsonBody {
	const { kind, callback_url, external_task_id, watermark_info } = request;
	checkFiles(label, request);
	refuseComma(request, `for ${KINDS[kind].label}`);
	if (isLongerThan(callback_url ?? '', CALLBACK_MAX)) {
		refuseParameter(
			fieldName(kind, 'callback_url'),
			`must have at most ${CALLBACK_MAX} characters for ${KINDS[kind].label}, not ${lengthOf(callback_url ?? '')}`,
		);
	}
	const own = { callback_url, external_task_id, [watermarkField]: watermark_info };
	return withExtra(
		{ ...solutionParts(request), options: own },
		fieldsHere(request, watermarkField),
	);
}

/** The API for one kind; undefined for a kind that is not made there. */
export function solutionCodec(label: string, kind: Kind): Codec | undefined {
	const { [kind]: offer } = OFFERS;
	if (!offer) return undefined;
	const { path, watermarkField = 'watermark' } = offer;
	return {
		...allTasks(label, 'solutions', kind),
		uniqueNames: false,
		serves: () => true,
		encodeCreate: (request) => ({
			method: 'POST',
			path,
			body: bodyOf(label, request, watermarkField),
		}),
		readCreated: (response) => readCreated(label, kind, response),
	};
}

/** All its tasks. */
export function solutionTasks(label: string): Provider['solutions'] {
	return { ...allTasks(label, 'solutions'), kinds: SOLUTIONS };
}
