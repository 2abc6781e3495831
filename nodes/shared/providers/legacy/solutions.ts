import { refuseParameter } from '../../core/errors';
import type { JsonBody } from '../../core/json';
import { KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import { withExtra } from '../../core/extra';
import { isLongerThan } from '../../core/operations/fields';
import { fieldName, offersOf } from '../../core/requests';
import type { RequestView } from '../../core/requests';
import { filesIn, solutionParts } from '../../core/solutions';
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

/** The request, its watermark among the additional fields as this API has it, whichever was meant. */
function withWatermark(request: RequestView, watermarkField: string): RequestView {
	const { watermark_info, watermark, ...rest } = request.extra ?? {};
	const mark = watermark_info ?? watermark;
	const here = typeof mark === 'boolean' ? { enabled: mark } : mark;
	return { ...request, extra: { ...rest, [watermarkField]: here } };
}

function bodyOf(label: string, request: RequestView, watermarkField: string): JsonBody {
	const { kind, callback_url, external_task_id, watermark_info } = request;
	checkFiles(label, request);
	refuseComma(request, `for ${KINDS[kind].title}`);
	if (isLongerThan(callback_url ?? '', CALLBACK_MAX)) {
		refuseParameter(
			fieldName(kind, 'callback_url'),
			`must have at most ${CALLBACK_MAX} characters for ${KINDS[kind].title}, not ${lengthOf(callback_url ?? '')}`,
		);
	}
	const own = { callback_url, external_task_id, [watermarkField]: watermark_info };
	return withExtra(
		{ ...solutionParts(request), options: own },
		withWatermark(request, watermarkField),
		Object.keys(own),
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
