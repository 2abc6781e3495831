import type { KlingError } from './errors';

/** An error as a person reads it: what happened in one line, and below it what to do, the service's words and the ids. */
export interface Explanation {
	message: string;
	description: string;
}

/** What the answer consisted of: codes, and what may help to find it again. */
function factsOf({ details }: KlingError): string[] {
	const { code, httpStatus } = details;
	return [
		...(code === undefined || code === '' ? [] : [`code ${code}`]),
		...(httpStatus ? [`HTTP ${httpStatus}`] : []),
	];
}

/** Composes both lines from an error of the core. */
export function toMessage(error: KlingError): Explanation {
	const { advice, serviceMessage, cameInstead, firstAnswer, requestId, taskId, called } =
		error.details;
	const facts = [
		...factsOf(error),
		...(requestId ? [`request ID ${requestId}`] : []),
		...(called ? [`called ${called}`] : []),
	];
	const parts = [
		advice,
		serviceMessage ? `The service says: "${serviceMessage}"` : undefined,
		cameInstead ? `What came: ${cameInstead}` : undefined,
		firstAnswer ? `The first try ended with: ${firstAnswer}` : undefined,
		taskId ? `Task ID: ${taskId}` : undefined,
		facts.length > 0 ? `Details: ${facts.join(', ')}` : undefined,
	].filter((part) => part !== undefined);
	return { message: error.message, description: parts.join('. ') };
}

/** An error in one line, without advice: to be told again together with a later one. */
export function inBrief(error: KlingError): string {
	const { serviceMessage, cameInstead } = error.details;
	const said = serviceMessage ? `"${serviceMessage}"` : cameInstead;
	const facts = factsOf(error);
	return [
		error.message,
		said ? `: ${said}` : '',
		facts.length > 0 ? ` (${facts.join(', ')})` : '',
	].join('');
}
