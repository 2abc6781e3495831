import { z } from 'zod';

import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import { ALL_KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import type { AceDataOffer } from '../../core/operations/define';
import { offersOf } from '../../core/requests';
import type { Claim, TaskStatus } from '../../core/task';
import { asWord, knownStatus } from '../../core/task';
import { reasonIn } from '../reason';
import { resultsIn } from '../results';
import { isFine, readJson, refusalOf } from '../response';
import type { Complaint } from '../response';
import { wordsIn } from '../said';
import type { HttpResponse } from '../types';
import { idText, optionalText, optionalTime } from '../schemas';
import { askedIn } from './asked';

export const LABEL = 'Ace Data Cloud';

const complaint = z.object({
	error: z.object({ code: optionalText }).optional().catch(undefined),
	code: optionalText,
	trace_id: optionalText,
});

/** `{success:false,error:{code,message}}`, `error` as bare text, or the older `{code,detail}`. */
export function complaintOf(json: Json): Complaint {
	const { error, code, trace_id } = complaint.catch({}).parse(json);
	return { code: error?.code ?? code, message: wordsIn(json), requestId: trace_id };
}

/** An answer that is no complaint. Throws `refused`, `notFound` or `unreadable`. */
export function readAnswer(response: HttpResponse): Json {
	const json = readJson(LABEL, response);
	if (!isFine(response)) throw refusalOf(LABEL, response, complaintOf(json));
	return json;
}

const result = z
	.object({
		success: z.boolean().optional().catch(undefined),
		error: z.unknown(),
		state: optionalText,
		/** The older form of a complaint. */
		code: optionalText,
		detail: optionalText,
	})
	.passthrough();

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

/**
 * A task is over when it has a verdict or a result; a state word counts only where `success` says nothing. Undefined where
 * nothing of that is told.
 */
function statusOf(
	{ started_at, finished_at, response }: z.output<typeof taskRecord>,
	hasResult: boolean,
): TaskStatus | undefined {
	if (!response) return started_at === undefined ? 'submitted' : 'processing';
	const { success, error, state, code, detail } = response;
	const word = knownStatus(state);
	if (success === false || error || word === 'failed') return 'failed';
	if (success === true && (hasResult || !state)) return 'succeed';
	if (word ?? state) return word;
	return finished_at !== undefined && (code ?? detail) !== undefined ? 'failed' : undefined;
}

/**
 * What the record itself tells of its kind; all kinds are kept in one place, so who asks may not know. Undefined for what
 * other calls of the service have made.
 */
function kindOf(
	{ type, request }: z.output<typeof taskRecord>,
	asked: Kind | undefined,
): Kind | undefined {
	const ofType = typeof type === 'string' ? kindsOf(({ recordType }) => recordType === type) : [];
	if (ofType.length > 0) return ofType[0];
	if (type !== undefined && type !== 'videos') {
		// Of a kind whose records have a type of their own, that is what the type says, even in another word than we know.
		return asked && OFFERS[asked]?.recordType !== undefined ? asked : undefined;
	}
	const ofAction = kindsOf(({ action }) => action !== undefined && action === request?.action);
	// One action may stand for several kinds, of which only what the task was made from tells.
	if (ofAction.length === 1) return ofAction[0];
	const mixed = [request?.image_list, request?.video_list].some(
		(list) => Array.isArray(list) && list.length > 0,
	);
	return mixed && asked === 'text2video' ? 'omni-video' : asked;
}

/** A record of `/kling/tasks` as a task, or undefined when it is none. */
export function toAceTask(value: Json, asked: Kind | undefined): Claim | undefined {
	const parsed = taskRecord.safeParse(value);
	if (!parsed.success) return undefined;
	const record = parsed.data;
	const kind = kindOf(record, asked);
	const response = isJsonObject(value) ? (value.response ?? null) : null;
	const state = record.response?.state;
	const results = resultsIn(response, { kind, status: knownStatus(state), isTask: false });
	const told = statusOf(record, results.length > 0);
	const status = told ?? (results.length > 0 ? 'succeed' : 'processing');
	return {
		id: record.id,
		kind,
		status,
		...asWord(state, status),
		message: (status !== 'succeed' ? reasonIn(response) : undefined) ?? '',
		results,
		createdAt: record.created_at,
		updatedAt: record.finished_at,
		asked: askedIn(value),
		raw: value,
		...(told === undefined ? { statusUnknown: true } : {}),
	};
}

/**
 * The body of a callback as a claim, or undefined when it names no task. It is what `/kling/tasks` tells as `response`, with
 * the task's id in it; posted once, at the end. That a failed task is posted likewise is inferred: the documents show success only.
 */
export function toAceCallback(body: Json): Claim | undefined {
	if (!isJsonObject(body)) return undefined;
	const claim = toAceTask({ id: body.task_id ?? null, response: body }, undefined);
	return claim && { ...claim, raw: body };
}
