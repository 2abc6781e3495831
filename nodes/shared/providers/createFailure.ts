import { KlingError } from '../core/errors';
import type { Task } from '../core/task';
import { meaningOfCode } from './errorCodes';
import { meaningOfWords } from './errorWords';
import { certainTaskIn, hidesTask, namedTaskIn } from './namedTask';
import { jsonOrText, saidIn, shortened } from './said';
import type { Said } from './said';
import type { HttpResponse } from './types';

/** The service, or a proxy before it, may have worked on a POST that it answers like this, whatever the code in the body says. */
function mayHaveWorked(status: number): boolean {
	return status >= 500 || status === 408 || status === 303;
}

function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}

/** What is no JSON, or JSON of another shape, is told as it came, not as words of the service. */
function isSpoken({ kind, details }: KlingError): boolean {
	return kind !== 'unreadable' && details.cameInstead === undefined;
}

function wordsOf({ details }: KlingError, said: Said): string | undefined {
	return details.serviceMessage || said.words;
}

/**
 * A failure, with the words of the service wherever they stand, and with the meaning that these words have where the code
 * alone says nothing. `atTheDoor`: whatever the status, nobody has worked on it.
 */
function judged(
	label: string,
	error: KlingError,
	response: HttpResponse,
): { failure: KlingError; atTheDoor: boolean } {
	const said = saidIn(response.text);
	const known = meaningOfCode(error.details.code);
	const meaning = known ?? meaningOfWords(said);
	const atTheDoor = meaning?.atTheDoor ?? false;
	const spoken = isSpoken(error) ? error.with({ serviceMessage: wordsOf(error, said) }) : error;
	if (!meaning || known) return { failure: spoken, atTheDoor };
	const { what, advice, retryable, maybeCreated, busy = false } = meaning;
	const details = { ...spoken.details, advice, retryable, maybeCreated, busy };
	return { failure: new KlingError('refused', `${label} ${what}`, details), atTheDoor };
}

/** The failure of an answer to a question, by all that it says. */
export function judgedFailure(
	label: string,
	error: KlingError,
	response: HttpResponse,
): KlingError {
	return judged(label, error, response).failure;
}

/**
 * What a failed answer means when it came to a **create**: a task that is named exists, a server's own failure is ambiguous,
 * and "not found" cannot be about a task, since none was asked for. Where nothing is certain, the answer itself is told.
 */
export function createFailure(
	label: string,
	error: KlingError,
	response: HttpResponse,
): KlingError {
	const about =
		error.kind === 'notFound'
			? new KlingError('refused', `${label} did not accept the request`, {
					...error.details,
					advice: undefined,
				})
			: error;
	const { failure, atTheDoor } = judged(label, about, response);
	const taskId = certainTaskIn(response.text);
	if (taskId !== undefined || hidesTask(response.text)) {
		return failure.with({ taskId, maybeCreated: true, busy: false });
	}
	if (mayHaveWorked(response.status) && !atTheDoor) {
		return failure.with({ maybeCreated: true, busy: false });
	}
	if (!isSuccess(response.status) || failure.details.maybeCreated === false) return failure;
	const isJson = typeof jsonOrText(response.text) !== 'string';
	return failure.with({ cameInstead: isJson ? shortened(response.text) : undefined });
}

/**
 * The task that an answer of success names, although it cannot be read as the service documents it, so that it has to be
 * looked at before it is believed. Undefined where it names none, or holds a code by which nothing was made.
 */
export function namedTask(error: KlingError, response: HttpResponse): Task | undefined {
	const { maybeCreated, duplicate = false } = error.details;
	if (!isSuccess(response.status) || maybeCreated === false || duplicate) return undefined;
	const id = namedTaskIn(response.text);
	if (id === undefined) return undefined;
	return { id, status: 'submitted', message: '', results: [], raw: jsonOrText(response.text) };
}

/** "Not here" – or a relay that does not pass this path on at all, which some say with their start page. */
export function isNotFound({ kind, details }: KlingError): boolean {
	const { httpStatus, webPage = false } = details;
	return kind === 'notFound' || httpStatus === 404 || httpStatus === 405 || webPage;
}
