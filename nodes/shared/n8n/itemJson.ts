import type { AnsweredIds, KlingError } from '../core/errors';
import { toMessage } from '../core/explain';
import { isJsonObject } from '../core/json';
import type { Json, JsonObject } from '../core/json';
import type { Kind } from '../core/kinds';
import { resultTypesOf } from '../core/kinds';
import { resultsOf } from '../core/task';
import type { ResultType, SubtitleResult, Task } from '../core/task';
import { redactJson } from '../credential/redact';
import { libraryFields } from './libraryFields';

/** A time in ms as ISO 8601 text; `null` where it is not known. */
export function isoTime(time: number | undefined): string | null {
	return time === undefined ? null : new Date(time).toISOString();
}

/** What was deducted, as a number; `null` where that is not known, or none. */
export function unitsOf({ unitsDeducted }: Pick<Task, 'unitsDeducted'>): number | null {
	const units = Number(unitsDeducted ?? NaN);
	return Number.isFinite(units) ? units : null;
}

/** The fields of each type of result: the first one at the top, all of them in a list where a task can make several. */
const RESULT_FIELDS: Readonly<Record<ResultType, (task: Task) => JsonObject>> = {
	video(task) {
		const videos = resultsOf(task, 'video').map(({ id, url, duration, watermarkUrl }) => ({
			id: id ?? null,
			url,
			duration: duration ?? null,
			watermarkUrl: watermarkUrl ?? null,
		}));
		const { url = null, id = null, duration = null } = videos[0] ?? {};
		return {
			videoUrl: url,
			videoId: id,
			duration: duration ?? task.asked?.duration ?? null,
			videos,
		};
	},
	image(task) {
		const images = resultsOf(task, 'image').map(
			({ index, url, watermarkUrl, role, set, view }) => ({
				index,
				url,
				watermarkUrl: watermarkUrl ?? null,
				...(role === undefined ? {} : { role }),
				...(view === undefined ? {} : { set: set ?? null, view }),
			}),
		);
		return { imageUrl: images[0]?.url ?? null, images };
	},
	audio(task) {
		const audios = resultsOf(task, 'audio').map(({ id, url, wavUrl, duration }) => ({
			id: id ?? null,
			url,
			wavUrl: wavUrl ?? null,
			duration: duration ?? null,
		}));
		const { url = null, wavUrl = null, id = null, duration = null } = audios[0] ?? {};
		return {
			audioUrl: url,
			wavUrl,
			audioId: id,
			duration: duration ?? task.asked?.duration ?? null,
			audios,
		};
	},
	subtitle(task) {
		const urlOf = (wanted: SubtitleResult['format']) =>
			resultsOf(task, 'subtitle').find(({ format }) => format === wanted)?.url ?? null;
		return { srtUrl: urlOf('srt'), assUrl: urlOf('ass') };
	},
	element: (task) => libraryFields('element', resultsOf(task, 'element')[0]),
	voice: (task) => libraryFields('voice', resultsOf(task, 'voice')[0]),
};

/**
 * The types of result that a task's item tells of, the main one first: those of its kind, and what there is besides, since a
 * task may be of another kind than was said. The trigger hears of kinds that nobody here knows.
 */
function typesOf({ results }: Task, kind: Kind | undefined): readonly ResultType[] {
	const usual = kind === undefined ? [] : resultTypesOf(kind);
	const types = new Set([...usual, ...results.map(({ type }) => type)]);
	return types.size > 0 ? [...types] : ['video'];
}

/** The fields of all types; those that two have, such as `duration`, are of the main one. */
function resultFields(task: Task, kind: Kind | undefined): JsonObject {
	const each = typesOf(task, kind).map((type) => RESULT_FIELDS[type](task));
	const { [0]: main = {} } = each;
	return Object.assign({}, ...each, main) as JsonObject;
}

/**
 * The simplified output: the same fields whoever served the task, `null` where the service does not tell.
 * Times are ISO 8601, durations seconds.
 */
function simplifiedJson(task: Task, kind: Kind | undefined): JsonObject {
	const { asked = {} } = task;
	return {
		taskId: task.id,
		externalTaskId: task.externalTaskId ?? null,
		kind: kind ?? null,
		model: asked.model ?? null,
		quality: asked.quality ?? null,
		prompt: asked.prompt ?? null,
		status: task.status,
		message: task.message,
		...resultFields(task, kind),
		createdAt: isoTime(task.createdAt),
		updatedAt: isoTime(task.updatedAt),
		unitsDeducted: unitsOf(task),
	};
}

/** The service's own answer; text and lists are wrapped, because an item's json is an object. */
function rawJson({ raw }: Pick<Task, 'raw'>): JsonObject {
	return isJsonObject(raw) && raw.error === undefined ? raw : { answer: raw };
}

/** The answer of a call that makes no task; what is known of it, where the answer was too long to be kept. */
export function rawItem(answer: { raw?: Json }): JsonObject {
	const { raw, ...known } = answer;
	return raw === undefined ? known : rawJson({ raw });
}

/** How the json of an item is made. */
export interface JsonOptions {
	/** What the task was made as; undefined where nobody knows. */
	kind: Kind | undefined;
	/** Whether to put out the fields that are the same at every service, instead of the service's own answer. */
	simplify: boolean;
}

/** The json of a task's item. */
export function taskJson(task: Task, { kind, simplify }: JsonOptions): JsonObject {
	return simplify ? simplifiedJson(task, kind) : rawJson(task);
}

/** What a task has made, in the fields of items, but for files that came within the answer. */
function linksOf(task: Task): JsonObject {
	const results = task.results.filter(
		(result) => !('url' in result && /^data:/i.test(result.url ?? '')),
	);
	return results.length > 0 ? resultFields({ ...task, results }, task.kind) : {};
}

/**
 * What an item looks like that failed while the workflow goes on: the reason, everything needed to find the task, and what it
 * has made, in the fields of other items, of which some are always there; without secrets. All of it lies under `error`,
 * because only an item with nothing beside that is sent to the error output by every version of n8n.
 */
export function failureJson(
	error: KlingError,
	task: Task | undefined,
	itemIndex: number,
	secrets: readonly string[],
): JsonObject {
	const { message, description } = toMessage(error);
	const { details } = error;
	const { audioUrl, audioId, sessionId, parts }: AnsweredIds = details.answered ?? {};
	const made = task ? linksOf(task) : {};
	const json: JsonObject = {
		error: {
			...made,
			...(parts && { parts }),
			message,
			description,
			kind: error.kind,
			code: details.code ?? null,
			httpStatus: details.httpStatus || null,
			retryable: details.retryable ?? false,
			taskId: task?.id ?? details.taskId ?? null,
			status: task?.status ?? (error.kind === 'taskFailed' ? 'failed' : null),
			videoUrl: made.videoUrl ?? null,
			audioUrl: made.audioUrl ?? audioUrl ?? null,
			audioId: made.audioId ?? audioId ?? null,
			sessionId: sessionId ?? null,
			voiceId: made.voiceId ?? null,
			itemIndex,
		},
	};
	return redactJson(json, secrets);
}
