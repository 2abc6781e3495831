import type { JsonObject } from '../core/json';
import { isJsonObject } from '../core/json';
import type { LibraryEntry } from '../core/library';
import type { KeptType } from '../core/task';
import { isoTime } from './itemJson';
import { keptFields } from './keptJson';

/** What became of an element or a voice: "deleted", or the status of the task that makes it. */
function statusOf({ kept, task }: LibraryEntry): string {
	if (kept?.deleted) return 'deleted';
	return task?.status ?? 'succeed';
}

/** The item of one element or voice: the same fields whoever tells it, or the service's record without `simplify`. */
export function libraryJson(entry: LibraryEntry, type: KeptType, simplify: boolean): JsonObject {
	const { kept, task, preset } = entry;
	if (!simplify) {
		const raw = task?.raw ?? null;
		return isJsonObject(raw) ? raw : { answer: raw };
	}
	return {
		...keptFields(type, kept),
		isPreset: preset,
		status: statusOf(entry),
		message: task?.message ?? '',
		taskId: task?.id || null,
		externalTaskId: task?.externalTaskId ?? null,
		createdAt: isoTime(task?.createdAt),
	};
}
