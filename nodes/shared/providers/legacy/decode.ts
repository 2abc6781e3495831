import { z } from 'zod';

import { isJsonObject, unfolded } from '../../core/json';
import type { Json, JsonObject } from '../../core/json';
import type { Kind } from '../../core/kinds';
import type { Claim } from '../../core/task';
import { asWord, isFinal, knownStatus } from '../../core/task';
import { reasonIn } from '../reason';
import { resultsIn } from '../results';
import { idText, listOf, optionalText, optionalTime } from '../schemas';

/**
 * Every record that Kling's official API and those who copy it answer with: legacy (`task_id`, `task_status`), new standard
 * (`id`, `status`, `billing`), OpenAI video (`id`, `status`, `seconds`), and the wrappings of relays, which put the record
 * that they were told into `data` of their own, one into another. The outermost layer that tells a thing counts.
 */

const layer = z.object({
	task_status_msg: optionalText,
	external_id: optionalText,
	task_info: z.object({ external_task_id: optionalText }).optional().catch(undefined),
	final_unit_deduction: optionalText,
	billing: listOf(z.object({ charge_type: z.literal('unit'), amount: optionalText })),
	created_at: optionalTime,
	create_time: optionalTime,
	submit_time: optionalTime,
	updated_at: optionalTime,
	update_time: optionalTime,
	finish_time: optionalTime,
	completed_at: optionalTime,
	/** new-api's word for the kind; it finds a task at the path of either kind. */
	action: optionalText,
});

type Layer = z.output<typeof layer>;

const NEW_API_KINDS: Readonly<Record<string, Kind>> = {
	textGenerate: 'text2video',
	generate: 'image2video',
};

function kindOf(action = '', asked: Kind | undefined): Kind | undefined {
	const either = asked === 'text2video' || asked === 'image2video';
	return either && Object.hasOwn(NEW_API_KINDS, action) ? NEW_API_KINDS[action] : asked;
}

/** The units of all packs together, as the service writes them if there is one only. */
function unitsOf({ final_unit_deduction, billing }: Layer): string | undefined {
	const [first, ...more] = billing.flatMap(({ amount }) => amount ?? []);
	if (final_unit_deduction || more.length === 0) return final_unit_deduction || first;
	const sum = [first, ...more].reduce((total, amount) => total + Number(amount), 0);
	return String(Number(sum.toFixed(6)));
}

/** Relays behind relays wrap again; what is nested deeper than this is no relay's doing. */
const MOST_LAYERS = 5;

function isGiven(value: Json | undefined): boolean {
	return value !== undefined && value !== null;
}

/** An answer and what it wraps, outermost first. A list of one is that one. */
function layersOf(answer: Json): JsonObject[] {
	const layers: JsonObject[] = [];
	let value: Json | undefined = answer;
	while (value !== undefined && layers.length < MOST_LAYERS) {
		const inner: Json | undefined = Array.isArray(value) && value.length === 1 ? value[0] : value;
		const record = unfolded(inner ?? null);
		if (!isJsonObject(record)) break;
		layers.push(record);
		value = record.data ?? undefined;
	}
	return layers;
}

function statusIn({ task_status, taskStatus, status, state }: JsonObject): Json | undefined {
	return task_status ?? taskStatus ?? status ?? state;
}

function idIn({ task_id, taskId, id }: JsonObject): string | undefined {
	return [task_id, taskId, id]
		.map((one) => idText.safeParse(one))
		.flatMap(({ data }) => data ?? [])[0];
}

/** Whether the id of a layer can be that of a task only. */
function isOfTask({ task_id, taskId }: JsonObject): boolean {
	return isGiven(task_id ?? taskId);
}

/**
 * The layers from the task's record on, by its id where that is known; undefined where none names a task. The envelope of
 * an event has an id, too.
 */
function recordIn(layers: readonly JsonObject[], asked?: string): JsonObject[] | undefined {
	const [outer, ...inner] = layers;
	if (!outer) return undefined;
	const isRecord = isOfTask(outer) || isGiven(outer.task_status) || isGiven(outer.outputs);
	const places = isRecord ? layers : [...inner, outer];
	const record =
		places.find((place) => idIn(place) !== undefined && isGiven(statusIn(place))) ??
		places.find((place) => isOfTask(place) || (asked !== undefined && idIn(place) === asked));
	return record && layers.slice(layers.indexOf(record));
}

/** The status word that counts: the outermost that we know. What an inner layer without a task calls `status` is its own. */
function wordIn(record: readonly JsonObject[]): Json | undefined {
	const words = record.map((place, depth) =>
		depth === 0 || idIn(place) !== undefined ? statusIn(place) : place.task_status,
	);
	return words.find((word) => knownStatus(word) !== undefined) ?? words.find(isGiven);
}

/** How layers are read: for which kind, what becomes the task's raw answer, and its id where that is known. */
interface Reading {
	kind: Kind | undefined;
	raw: Json;
	id?: string;
}

function readLayers(
	record: readonly JsonObject[],
	{ kind: asked, raw, id: known }: Reading,
): Claim | undefined {
	const [place] = record;
	const id = known ?? (place && idIn(place));
	if (!place || id === undefined) return undefined;
	const parsed = record.map((one) => layer.parse(one));
	const first = <T>(pick: (one: Layer) => T): T | undefined =>
		parsed.map(pick).find((value) => value !== undefined && value !== '');
	const kind = kindOf(
		first((one) => one.action),
		asked,
	);
	const word = wordIn(record);
	const told = knownStatus(word);
	const context = { kind, status: told, isTask: true };
	const own = resultsIn(place, context);
	const results = own.length > 0 ? own : resultsIn(raw, context);
	const status = told ?? (results.length > 0 ? 'succeed' : 'processing');
	const isOdd = status === 'failed' || (told === undefined && status === 'processing');
	return {
		id,
		kind,
		status,
		...asWord(word, status),
		message: (isOdd ? reasonIn(raw) : first((one) => one.task_status_msg)) ?? '',
		externalTaskId: first((one) => one.task_info?.external_task_id || one.external_id),
		results,
		createdAt: first((one) => one.created_at ?? one.create_time ?? one.submit_time),
		updatedAt: first(
			(one) => one.updated_at ?? one.update_time ?? one.finish_time ?? one.completed_at,
		),
		unitsDeducted: first(unitsOf),
		raw,
		...(told === undefined ? { statusUnknown: true } : {}),
	};
}

/** One record, of a list or an answer, as a task; undefined when it names none. `raw` becomes the task's raw answer. */
export function toTask(value: Json, kind: Kind | undefined, raw: Json): Claim | undefined {
	return readLayers(layersOf(value), { kind, raw });
}

/**
 * The body of a callback as a claim, or undefined when it names no task. Kling posts the bare record (of either standard);
 * some relays put it into the envelope of an answer, or into one of an event.
 */
export function toCallbackTask(body: Json): Claim | undefined {
	return readLayers(recordIn(layersOf(body)) ?? [], { kind: undefined, raw: body });
}

/**
 * What an answer to the question for a task says of it; undefined where it says nothing. The answer need not name the task.
 * If it does not, only a result and a word for "not yet" are about the task: a failure may be that of the question.
 */
export function toAskedTask(answer: Json, kind: Kind, id: string): Claim | undefined {
	const layers = layersOf(answer);
	const record = recordIn(layers, id);
	const named = record && readLayers(record, { kind, raw: answer });
	if (named) {
		const isOurs = named.id === id || record.slice(0, 1).some(isOfTask);
		return named.status === 'failed' && !isOurs ? { ...named, statusUnknown: true } : named;
	}
	const places = layers.filter((place) => knownStatus(statusIn(place)) !== undefined);
	const task = readLayers(places.slice(-1), { kind, raw: answer, id });
	return task && (task.results.length > 0 || !isFinal(task)) ? task : undefined;
}
