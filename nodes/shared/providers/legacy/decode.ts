import { z } from 'zod';

import { isJsonObject } from '../../core/json';
import type { Json, JsonObject } from '../../core/json';
import { KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import type { Claim, ImageResult, Result, Task, VideoResult } from '../../core/task';
import { toClaim, toTaskStatus } from '../../core/task';
import {
	fetchableUrl,
	idText,
	listOf,
	optionalSeconds,
	optionalText,
	optionalTime,
	optionalUrl,
} from '../schemas';

/**
 * Every record shape that Kling's official API and those who copy it answer with:
 * legacy (`task_id`, `task_status`, `task_result`), new standard (`id`, `status`, `outputs`),
 * OpenAI video (`id`, `status`, `metadata.url`) and new-api's wrapping of an upstream record (`data`).
 */

const video = z
	.object({
		id: optionalText,
		url: fetchableUrl,
		watermark_url: optionalUrl,
		duration: optionalSeconds,
	})
	.transform(({ id, url, watermark_url, duration }): VideoResult => ({
		type: 'video',
		id: id || undefined,
		url,
		watermarkUrl: watermark_url,
		duration,
	}));

const image = z.object({
	index: z.number().optional().catch(undefined),
	url: fetchableUrl,
	watermark_url: optionalUrl,
});

/** `position` counts where the service gives no index. */
function toImage(
	{ index, url, watermark_url }: z.output<typeof image>,
	position: number,
): ImageResult {
	return { type: 'image', index: index ?? position, url, watermarkUrl: watermark_url };
}

const images = listOf(image).transform((list): ImageResult[] => list.map(toImage));

const legacyResult = z.object({ videos: listOf(video), images });

const output = z.object({ type: z.string() }).passthrough();

const record = z.object({
	task_id: idText.optional().catch(undefined),
	id: idText.optional().catch(undefined),
	task_status: optionalText,
	status: optionalText,
	task_status_msg: optionalText,
	message: optionalText,
	fail_reason: optionalText,
	external_id: optionalText,
	task_info: z.object({ external_task_id: optionalText }).optional().catch(undefined),
	task_result: legacyResult.optional().catch(undefined),
	outputs: listOf(output).optional().catch(undefined),
	metadata: z.object({ url: optionalUrl }).optional().catch(undefined),
	result_url: optionalUrl,
	url: optionalUrl,
	final_unit_deduction: optionalText,
	billing: listOf(z.object({ charge_type: z.literal('unit'), amount: optionalText })).optional(),
	created_at: optionalTime,
	updated_at: optionalTime,
	create_time: optionalTime,
	update_time: optionalTime,
	submit_time: optionalTime,
	finish_time: optionalTime,
	/** new-api's word for the kind; it finds a task at the path of either kind. */
	action: optionalText,
	data: z.unknown().optional(),
});

type LegacyRecord = z.output<typeof record>;

const NEW_API_KINDS: Readonly<Record<string, Kind>> = {
	textGenerate: 'text2video',
	generate: 'image2video',
};

function kindOf({ action = '' }: LegacyRecord, asked: Kind | undefined): Kind | undefined {
	const either = asked === 'text2video' || asked === 'image2video';
	return either && Object.hasOwn(NEW_API_KINDS, action) ? NEW_API_KINDS[action] : asked;
}

/** Relays behind relays wrap again; what is nested deeper than this is no relay's doing. */
const DEEPEST_WRAPPING = 3;

/**
 * A service's task record as a Task, or undefined when it is no task record (it has no id).
 * `raw` becomes the Task's raw answer.
 */
export function toTask(
	value: Json,
	asked: Kind | undefined,
	raw: Json,
	depth = 0,
): Task | undefined {
	const parsed = record.safeParse(value);
	if (!parsed.success) return undefined;
	const fields = parsed.data;
	const kind = kindOf(fields, asked);
	const id = fields.task_id ?? fields.id;
	if (id === undefined) return undefined;
	const inner = depth < DEEPEST_WRAPPING ? wrappedRecord(fields, depth) : undefined;
	const status = toTaskStatus(fields.task_status ?? fields.status);
	const results = resultsIn(fields, inner);
	const loose = looseUrl(fields, status === 'succeed');
	if (loose && results.length === 0) {
		const image = kind !== undefined && KINDS[kind].result === 'image';
		results.push(image ? { type: 'image', index: 0, url: loose } : { type: 'video', url: loose });
	}
	const externalTaskId =
		fields.task_info?.external_task_id || fields.external_id || inner?.externalTaskId;
	const units = fields.final_unit_deduction ?? fields.billing?.[0]?.amount ?? inner?.unitsDeducted;
	const created = fields.created_at ?? fields.create_time ?? fields.submit_time ?? inner?.createdAt;
	const updated = fields.updated_at ?? fields.update_time ?? fields.finish_time ?? inner?.updatedAt;
	return {
		id,
		kind,
		status,
		message: messageOf(fields, status === 'failed') || inner?.message || '',
		externalTaskId: externalTaskId || undefined,
		results,
		createdAt: created,
		updatedAt: updated,
		unitsDeducted: units || undefined,
		raw,
	};
}

/** Videos, then images, those of a wrapped record behind the record's own. */
function resultsIn(fields: LegacyRecord, inner: Task | undefined): Result[] {
	const own = fields.task_result;
	const results: Result[] = [
		...(own?.videos ?? []),
		...outputsOf(fields, 'video', video),
		...(own?.images ?? []),
		...outputsOf(fields, 'image', image).map(toImage),
		...(inner?.results ?? []),
	];
	return [
		...results.filter(({ type }) => type === 'video'),
		...results.filter(({ type }) => type !== 'video'),
	];
}

/** new-api keeps the upstream answer under `data`, at times in an envelope of its own. */
function wrappedRecord(fields: LegacyRecord, depth: number): Task | undefined {
	if (!isJsonObject(fields.data)) return undefined;
	const upstream: JsonObject = isJsonObject(fields.data.data) ? fields.data.data : fields.data;
	return toTask(upstream, undefined, null, depth + 1);
}

function outputsOf<T extends z.ZodTypeAny>(
	fields: LegacyRecord,
	type: string,
	schema: T,
): Array<z.output<T>> {
	const wanted = (fields.outputs ?? []).filter((entry) => entry.type === type);
	return wanted.flatMap((entry) => {
		const result = schema.safeParse(entry);
		return result.success ? [result.data as z.output<T>] : [];
	});
}

/** Old versions of new-api put the URL of a finished video into `fail_reason`. */
function looseUrl(fields: LegacyRecord, succeeded: boolean): string | undefined {
	const fromReason =
		succeeded && /^https?:\/\//i.test(fields.fail_reason ?? '') ? fields.fail_reason : undefined;
	return (
		fields.result_url ?? fields.metadata?.url ?? (succeeded ? fields.url : undefined) ?? fromReason
	);
}

function messageOf(fields: LegacyRecord, failed: boolean): string {
	if (fields.task_status_msg) return fields.task_status_msg;
	return failed ? fields.fail_reason || fields.message || '' : '';
}

function isGiven(value: Json | undefined): boolean {
	return value !== undefined && value !== null;
}

function statusIn({ task_status, status }: JsonObject): Json | undefined {
	return task_status ?? status;
}

/** The part of a callback's body that is a task record: the body itself, or what an envelope holds. */
function recordIn(body: Json): JsonObject | undefined {
	if (!isJsonObject(body)) return undefined;
	const { task_id, task_status, outputs, data } = body;
	const inner = Array.isArray(data) && data.length === 1 ? data[0] : data;
	// The envelope of an event has an id and at times a status of its own, too.
	const isEnvelope = ![task_id, task_status, outputs].some(isGiven);
	const parts = (isEnvelope ? [inner, body] : [body, inner]).filter(isJsonObject);
	return (
		parts.find((part) => isGiven(part.task_id ?? part.id) && isGiven(statusIn(part))) ??
		parts.find((part) => isGiven(part.task_id))
	);
}

/**
 * The body of a callback as a claim, or undefined when it names no task. Kling posts the bare record (of either standard);
 * some relays put it into the envelope of an answer, or into one of an event.
 */
export function toCallbackTask(body: Json): Claim | undefined {
	const value = recordIn(body);
	const task = value && toTask(value, undefined, body);
	return task && toClaim(task, statusIn(value));
}
