import { z } from 'zod';

import { KlingError } from '../core/errors';
import { parseJson } from '../core/json';
import type { HttpResponse } from './types';
import { idText } from './schemas';

const named = z.object({
	task_id: idText.optional().catch(undefined),
	data: z.object({ task_id: idText }).optional().catch(undefined),
});

/** The task that an answer names, whatever else it says; undefined where it names none. */
function taskIdIn(text: string): string | undefined {
	try {
		const { task_id, data } = named.parse(parseJson(text));
		// Some write 0 for "none".
		return [task_id, data?.task_id].find((id) => id !== undefined && !/^0+$/.test(id));
	} catch {
		return undefined;
	}
}

/** The service, or a proxy before it, may have worked on a POST that it answers like this, whatever the code in the body says. */
function mayHaveWorked(status: number): boolean {
	return status >= 500 || status === 408 || status === 303;
}

/**
 * What a failed answer means when it came to a **create**: a task that is named exists, a server's own failure is ambiguous,
 * and "not found" cannot be about a task, since none was asked for.
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
	const taskId = taskIdIn(response.text);
	if (taskId !== undefined) return about.with({ taskId, maybeCreated: true, busy: false });
	return mayHaveWorked(response.status) ? about.with({ maybeCreated: true, busy: false }) : about;
}

/** "Not here" – or a relay that does not pass this path on at all, which some say with their start page. */
export function isNotFound({ kind, details }: KlingError): boolean {
	const { httpStatus, webPage = false } = details;
	return kind === 'notFound' || httpStatus === 404 || httpStatus === 405 || webPage;
}
