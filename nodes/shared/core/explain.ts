import type { KlingError } from './errors';

/** An error as a person reads it: what happened in one line, and below it what to do, the service's words and the ids. */
export interface Explanation {
	message: string;
	description: string;
}

/** Composes both lines from an error of the core. */
export function toMessage(error: KlingError): Explanation {
	const { advice, serviceMessage, cameInstead, code, httpStatus, requestId, taskId } =
		error.details;
	const facts = [
		code === undefined ? undefined : `code ${code}`,
		httpStatus === undefined || httpStatus === 0 ? undefined : `HTTP ${httpStatus}`,
		requestId ? `request ID ${requestId}` : undefined,
	].filter((fact) => fact !== undefined);
	const parts = [
		advice,
		serviceMessage ? `The service says: "${serviceMessage}"` : undefined,
		cameInstead ? `What came: ${cameInstead}` : undefined,
		taskId ? `Task ID: ${taskId}` : undefined,
		facts.length > 0 ? `Details: ${facts.join(', ')}` : undefined,
	].filter((part) => part !== undefined);
	return { message: error.message, description: parts.join('. ') };
}
