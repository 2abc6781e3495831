import type { IDataObject } from 'n8n-workflow';

import type { KlingError } from '../core/errors';
import { toMessage } from '../core/explain';
import type { Kind } from '../core/kinds';
import { KINDS } from '../core/kinds';
import { redact, redactJson } from '../credential/redact';
import type { Task } from '../core/task';

/** A time in ms as ISO 8601 text; `null` where it is not known. */
export function isoTime(time: number | undefined): string | null {
	return time === undefined ? null : new Date(time).toISOString();
}

/**
 * The simplified output: the same fields whoever served the task, `null` where the service does not tell.
 * Times are ISO 8601, durations seconds.
 */
export function simplifiedJson(task: Task, kind: Kind | undefined): IDataObject {
	const first = task.videos[0];
	const image = kind !== undefined && KINDS[kind].makes === 'image';
	return {
		taskId: task.id,
		externalTaskId: task.externalTaskId ?? null,
		kind: kind ?? null,
		status: task.status,
		message: task.message,
		...(image
			? {
					imageUrl: task.images[0]?.url ?? null,
					images: task.images.map(({ index, url, watermarkUrl }) => ({
						index,
						url,
						watermarkUrl: watermarkUrl ?? null,
					})),
				}
			: {
					videoUrl: first?.url ?? null,
					videoId: first?.id ?? null,
					duration: first?.duration ?? null,
					videos: task.videos.map(({ id, url, duration, watermarkUrl }) => ({
						id: id ?? null,
						url,
						duration: duration ?? null,
						watermarkUrl: watermarkUrl ?? null,
					})),
				}),
		createdAt: isoTime(task.createdAt),
		updatedAt: isoTime(task.updatedAt),
		unitsDeducted: task.unitsDeducted ?? null,
	};
}

/**
 * The service's own answer as an item; text and lists are wrapped, because an item's json is an object. Some services
 * repeat the request, whose callback address holds a secret: that is struck out.
 */
export function rawJson(task: Task, secrets: readonly string[]): IDataObject {
	const raw = redactJson(task.raw, secrets);
	return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : { answer: raw };
}

/**
 * What an item looks like that failed while the workflow goes on: the reason, and everything needed to find the task.
 * n8n takes an item for a failed one, and sends it to the error output, only if it holds nothing beside `error` and `details`.
 */
export function failureJson(
	error: KlingError,
	task: Task | undefined,
	itemIndex: number,
	secrets: readonly string[],
): IDataObject {
	const { message, description } = toMessage(error);
	const { details } = error;
	return {
		error: redact(message, secrets),
		details: {
			description: redact(description, secrets),
			kind: error.kind,
			code: details.code === undefined ? null : redactJson(details.code, secrets),
			httpStatus: details.httpStatus || null,
			retryable: details.retryable ?? false,
			taskId: task?.id ?? details.taskId ?? null,
			status: task?.status ?? (error.kind === 'taskFailed' ? 'failed' : null),
			videoUrl: task?.videos[0]?.url ?? null,
			itemIndex,
		},
	};
}
