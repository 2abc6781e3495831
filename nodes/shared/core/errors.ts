import { cut } from './cut';

/**
 * What went wrong, seen from the user's side:
 * - `invalidInput`: a parameter is wrong; nothing was sent.
 * - `notOffered`: this service lacks what was asked; nothing was sent.
 * - `unreachable`: no answer from the service.
 * - `refused`: the service answered with an error.
 * - `unreadable`: the service answered with something that is not its own format.
 * - `notFound`: the service does not know the task.
 * - `taskFailed`: the task ended without a result.
 * - `timedOut`: the task is still running and we stopped waiting.
 * - `stopped`: nobody waits any longer: a person stopped the execution, or another item failed it.
 * - `download`: the result exists but could not be fetched.
 */
export type KlingErrorKind =
	| 'invalidInput'
	| 'notOffered'
	| 'unreachable'
	| 'refused'
	| 'unreadable'
	| 'notFound'
	| 'taskFailed'
	| 'timedOut'
	| 'stopped'
	| 'download';

export interface KlingErrorDetails {
	/** What to do about it, one or two sentences. */
	advice?: string;
	/** The service's own code: a number at Kling, a word at Ace Data Cloud and new-api. */
	code?: number | string;
	httpStatus?: number;
	/** The service's own words, untouched. */
	serviceMessage?: string;
	/** What came where words of the service were expected, in our words: "the answer is empty". */
	cameInstead?: string;
	/** What an earlier try of the same create was answered, in brief: see `inBrief`. */
	firstAnswer?: string;
	/** The method and address that were called, where the address may be what is wrong. */
	called?: string;
	/** What the service's support asks for: Kling's `request_id`, Ace Data Cloud's `trace_id`. */
	requestId?: string;
	taskId?: string;
	/** Which of the service's APIs made that task, as in `Task`. */
	api?: string;
	/** What the calls before the create have brought, in words, where they were paid. */
	paid?: readonly string[];
	/** What a call that makes no task was answered, where only what came behind it failed. */
	answered?: AnsweredIds;
	/** Display name of the parameter at fault. */
	parameter?: string;
	/** True where the same call may succeed later without any change. */
	retryable?: boolean;
	/** How long the service asked us to wait (`Retry-After`), in ms. */
	retryAfterMs?: number;
	/**
	 * Only meaningful for a create: false when the service has certainly made nothing (and charged nothing).
	 * Anything else must be treated as "a paid task may exist".
	 */
	maybeCreated?: boolean;
	/** True when a web page came with a status of success: what servers answer for a path that they do not know. */
	webPage?: boolean;
	/** True where the service says that the task succeeded, and its answer holds no result. If not `retryable`, none will come. */
	resultMissing?: boolean;
	/** True when a create was refused because its External Task ID belongs to a task already. */
	duplicate?: boolean;
	/** True for "too fast" and "no free slot" (1302, 1303, `too_many_requests`, a bare 429): not a failure but a queue. */
	busy?: boolean;
}

/** By what the answer of a paid call can be used on. */
export interface AnsweredIds {
	audioUrl?: string;
	audioId?: string;
	sessionId?: string;
	parts?: Array<{ part: string; isContained: boolean; url: string | null }>;
}

/** The one error of the core. Knows nothing of n8n; the node turns it into a NodeApiError or NodeOperationError. */
export class KlingError extends Error {
	constructor(
		readonly kind: KlingErrorKind,
		message: string,
		readonly details: KlingErrorDetails = {},
	) {
		super(message);
		this.name = 'KlingError';
	}

	/** The same error with more details, e.g. the task id that only the caller knows. */
	with(details: KlingErrorDetails): KlingError {
		const given = Object.fromEntries(
			Object.entries(details).filter(([, value]) => value !== undefined),
		);
		return new KlingError(this.kind, this.message, { ...this.details, ...given });
	}
}

/** For how many ms a service does not want to be asked; 0 where it said nothing, or where asking again is of no use. */
export function pauseAskedFor(error: KlingError): number {
	const { retryable, retryAfterMs = 0 } = error.details;
	return retryable ? retryAfterMs : 0;
}

/** Turns whatever was thrown into a KlingError; what is not ours becomes `unreadable` and keeps its message. */
export function toKlingError(thrown: unknown): KlingError {
	if (thrown instanceof KlingError) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	return new KlingError('unreadable', `Unexpected problem: ${cut(message)}`);
}

/** Refuses the value of a parameter: "<display name> <what is wrong, or what is allowed>". Throws `invalidInput`. */
export function refuseParameter(parameter: string, message: string): never {
	throw new KlingError('invalidInput', `${parameter} ${message}`, { parameter });
}
