import { z } from 'zod';

import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import { ALL_KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import type { AceDataOffer } from '../../core/operations/define';
import { offersOf } from '../../core/requests';
import type { Claim, Task, TaskStatus } from '../../core/task';
import { toClaim, toTaskStatus } from '../../core/task';
import { readJson, refusalOf } from '../response';
import type { Complaint } from '../response';
import type { HttpResponse } from '../types';
import { askedIn } from './asked';
import { idText, optionalSeconds, optionalText, optionalTime, optionalUrl } from '../schemas';

export const LABEL = 'Ace Data Cloud';

const complaint = z.object({
	success: z.boolean().optional().catch(undefined),
	error: z
		.union([z.string(), z.object({ code: optionalText, message: optionalText })])
		.optional()
		.catch(undefined),
	code: optionalText,
	detail: optionalText,
	message: optionalText,
	trace_id: optionalText,
});

/** `{success:false,error:{code,message}}`, `error` as bare text, or the older `{code,detail}`. */
export function complaintOf(json: Json): Complaint {
	const found = complaint.catch({}).parse(json);
	const inner = typeof found.error === 'object' ? found.error : undefined;
	return {
		code: inner?.code ?? found.code,
		message:
			inner?.message ??
			(typeof found.error === 'string' ? found.error : undefined) ??
			found.detail ??
			found.message,
		requestId: found.trace_id,
	};
}

/** An answer that is no complaint. Throws `refused`, `notFound` or `unreadable`. */
export function readAnswer(response: HttpResponse): Json {
	const json = readJson(LABEL, response);
	if (response.status < 200 || response.status >= 300) {
		throw refusalOf(LABEL, response, complaintOf(json));
	}
	return json;
}

const result = z.object({
	success: z.boolean().optional().catch(undefined),
	error: complaint.shape.error,
	state: optionalText,
	task_id: optionalText,
	video_id: optionalText,
	video_url: optionalUrl,
	duration: optionalSeconds,
	message: optionalText,
	/** The older form of a complaint. */
	code: optionalText,
	detail: optionalText,
});

const taskRecord = z.object({
	id: idText,
	type: optionalText,
	created_at: optionalTime,
	started_at: optionalTime,
	finished_at: optionalTime,
	request: z
		.object({ action: optionalText, image_list: z.unknown(), video_list: z.unknown() })
		.partial()
		.optional()
		.catch(undefined),
	response: result.nullish().catch(undefined),
});

const OFFERS = offersOf('aceData');

function kindsOf(fits: (offer: AceDataOffer) => boolean): Kind[] {
	return ALL_KINDS.filter((kind) => {
		const offer = OFFERS[kind];
		return offer !== undefined && fits(offer);
	});
}

/** A task is over when it has a verdict; a state word counts only where `success` says nothing. */
function statusOf(record: z.output<typeof taskRecord>): TaskStatus {
	const { response } = record;
	if (!response) {
		return record.started_at === undefined ? 'submitted' : 'processing';
	}
	if (response.success === false || response.error) return 'failed';
	if (response.state && toTaskStatus(response.state) === 'failed') return 'failed';
	if (response.success === true)
		return response.video_url || !response.state ? 'succeed' : toTaskStatus(response.state);
	if (response.state) return toTaskStatus(response.state);
	const complains = response.code !== undefined || response.detail !== undefined;
	return record.finished_at !== undefined && complains ? 'failed' : 'processing';
}

/**
 * What the record itself tells of its kind; all kinds are kept in one place, so who asks may not know. Undefined for what
 * other calls of the service have made, such as lip-sync.
 */
function kindOf(
	{ type, request }: z.output<typeof taskRecord>,
	asked: Kind | undefined,
): Kind | undefined {
	const ofType = typeof type === 'string' ? kindsOf(({ recordType }) => recordType === type) : [];
	if (ofType.length > 0) return ofType[0];
	if (type !== undefined && type !== 'videos') return undefined;
	const ofAction = kindsOf(({ action }) => action !== undefined && action === request?.action);
	// One action may stand for several kinds, of which only what the task was made from tells.
	if (ofAction.length === 1) return ofAction[0];
	const mixed = [request?.image_list, request?.video_list].some(
		(list) => Array.isArray(list) && list.length > 0,
	);
	return mixed && asked === 'text2video' ? 'omni-video' : asked;
}

/** A record of `/kling/tasks` as a Task, or undefined when it is none. */
export function toAceTask(value: Json, asked: Kind | undefined): Task | undefined {
	const parsed = taskRecord.safeParse(value);
	if (!parsed.success) return undefined;
	const record = parsed.data;
	const kind = kindOf(record, asked);
	const { response } = record;
	const status = statusOf(record);
	const error = response?.error;
	const said = typeof error === 'object' ? error.message : error;
	const reasons = [said, response?.message, response?.detail, response?.code];
	return {
		id: record.id,
		kind,
		status,
		message:
			status === 'failed'
				? (reasons.find((reason) => reason !== undefined) ?? 'Ace Data Cloud gave no reason')
				: '',
		results: response?.video_url
			? [
					{
						type: 'video',
						id: response.video_id || undefined,
						url: response.video_url,
						duration: response.duration,
					},
				]
			: [],
		createdAt: record.created_at,
		updatedAt: record.finished_at,
		asked: askedIn(value),
		raw: value,
	};
}

/**
 * The body of a callback as a claim, or undefined when it names no task. It is what `/kling/tasks` tells as `response`, with
 * the task's id in it; posted once, at the end. That a failed task is posted likewise is inferred: the documents show success only.
 */
export function toAceCallback(body: Json): Claim | undefined {
	if (!isJsonObject(body)) return undefined;
	const task = toAceTask({ id: body.task_id ?? null, response: body }, undefined);
	return task && toClaim({ ...task, raw: body }, body.state);
}
