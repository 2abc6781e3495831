import { KlingError, refuseParameter } from '../../core/errors';
import type { JsonBody } from '../../core/json';
import { KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import { isLongerThan } from '../../core/operations/fields';
import { fieldName, offersOf } from '../../core/requests';
import type { RequestView } from '../../core/requests';
import { filesIn, solutionParts, withExtra } from '../../core/solutions';
import { isWebAddress } from '../../core/webAddress';
import { lengthOf } from '../../core/words';
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
	if (!other) return;
	const parameter = fieldName(kind, other.field);
	throw new KlingError(
		'invalidInput',
		`${parameter} must be a web address for ${KINDS[kind].label} at ${label}, which takes no binary data and no base64 there`,
		{ parameter, advice: 'Put the picture where everybody can fetch it, and give its address' },
	);
}

/** Empty objects are left out. */
function orNothing(members: { [key: string]: JsonBody }): JsonBody {
	return Object.values(members).some((value) => value !== undefined) ? members : undefined;
}

function bodyOf(label: string, request: RequestView, watermarkField: string): JsonBody {
	const { callback_url, external_task_id, watermark_info, extra = {} } = request;
	checkFiles(label, request);
	if (isLongerThan(callback_url ?? '', CALLBACK_MAX)) {
		refuseParameter(
			fieldName(request.kind, 'callback_url'),
			`must have at most ${CALLBACK_MAX} characters for ${KINDS[request.kind].label}, not ${lengthOf(callback_url ?? '')}`,
		);
	}
	// Elsewhere both stand at the top, and so they may among the additional fields.
	const { callback_url: address = callback_url, external_task_id: name, ...more } = extra;
	const options = {
		callback_url: address,
		external_task_id: name ?? external_task_id,
		[watermarkField]: watermark_info,
	};
	return withExtra({ ...solutionParts(request), options: orNothing(options) }, more);
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
