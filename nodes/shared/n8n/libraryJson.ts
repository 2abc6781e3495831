import type { JsonObject } from '../core/json';
import { isJsonObject } from '../core/json';
import type { LibraryEntry } from '../core/library';
import type { LibraryType } from '../core/task';
import { isoTime } from './itemJson';
import { libraryFields } from './libraryFields';

/** What became of an element or a voice: "deleted", or the status of the task that makes it. */
function statusOf({ result, task }: LibraryEntry): string {
	if (result?.deleted) return 'deleted';
	return task?.status ?? 'succeed';
}

/** The item of one element or voice: the same fields whoever tells it, or the service's record without `simplify`. */
export function libraryJson(entry: LibraryEntry, type: LibraryType, simplify: boolean): JsonObject {
	const { result, task, preset } = entry;
	if (!simplify) {
		const raw = task?.raw ?? null;
		return isJsonObject(raw) ? raw : { answer: raw };
	}
	return {
		...libraryFields(type, result),
		isPreset: preset,
		status: statusOf(entry),
		message: task?.message ?? '',
		taskId: task?.id || null,
		externalTaskId: task?.externalTaskId ?? null,
		createdAt: isoTime(task?.createdAt),
	};
}
