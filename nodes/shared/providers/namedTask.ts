import { isJsonObject } from '../core/json';
import type { Json, JsonObject } from '../core/json';
import { jsonOrText, plainKey } from './said';
import { idText, LONGEST_ID } from './schemas';

/**
 * Which task an answer to a create names, by a rule instead of a list of shapes:
 *
 * 1. what is called a task's id (`task_id`, `taskId`, …), wherever it stands, or the `id` of a payload that is under way;
 * 2. else the `id` of the payload: of what `data`, `result`, `task` … hold, or of the answer itself;
 * 3. else a payload that is itself an id, as in `{"code":1,"result":"1320098173412546"}`.
 *
 * The documented place (`data`) comes first, then what stands further outside. An id that is too long to be one names a task
 * that nobody can ask for; then nothing else in the answer is taken for its id.
 */

const TASK_ID = 'taskid';
const STATUS = new Set(['status', 'taskstatus']);
const UNDER_WAY = /^(submitted|queued|pending|processing|in_progress|not_start|running|created)$/i;
const PAYLOADS = new Set(['data', 'result', 'results', 'task', 'tasks', 'response', 'output']);
const DEEPEST = 6;

/** An object in an answer. `isPayload`: it is the answer itself, or what the answer wraps. */
interface Part {
	value: JsonObject;
	isPayload: boolean;
}

/** Some write 0, or a word, for "none". */
const NO_ID = /^(0+|null|none|nil|undefined)$/i;

function toId(value: Json | undefined): string | undefined {
	const { data: id } = idText.safeParse(value);
	return id === undefined || /\s/.test(id) || NO_ID.test(id) ? undefined : id;
}

/** Text that stands where a payload is expected, and is no words: it has a digit and is long enough. */
function bareId(value: Json): string | undefined {
	const id = toId(value);
	return id !== undefined && /^(?=.*\d)[\w.:~-]{8,}$/.test(id) ? id : undefined;
}

function childrenOf({ value, isPayload }: Part): Array<{ child: Json; isPayload: boolean }> {
	return Object.entries(value).flatMap(([key, member]) =>
		(Array.isArray(member) ? member : [member]).map((child) => ({
			child,
			isPayload: isPayload && PAYLOADS.has(plainKey(key)),
		})),
	);
}

/** All objects in an answer, from the outside in, the documented payload first. */
function partsOf(json: Json): Part[] {
	// As if it were wrapped once more, so that a list, or an id alone, is a payload, too.
	let level: Part[] = [{ value: { data: json }, isPayload: true }];
	const parts: Part[] = [];
	for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
		parts.push(...level);
		level = level
			.flatMap(childrenOf)
			.flatMap(({ child, isPayload }) =>
				isJsonObject(child) ? [{ value: child, isPayload }] : [],
			);
	}
	const documented = parts.find(({ value }) => isJsonObject(json) && value === json.data);
	return documented ? [documented, ...parts.filter((part) => part !== documented)] : parts;
}

function firstOf<T>(
	list: readonly T[],
	pick: (entry: T) => string | undefined,
): string | undefined {
	for (const entry of list) {
		const id = pick(entry);
		if (id !== undefined) return id;
	}
	return undefined;
}

function idUnder(name: string, { value }: Part): string | undefined {
	return firstOf(Object.entries(value), ([key, member]) =>
		plainKey(key) === name ? toId(member) : undefined,
	);
}

/** The id of a part that is a task by its status, too: what else has an id, such as a request, is not under way. */
function idOfTask(part: Part): string | undefined {
	const hasStatus = Object.entries(part.value).some(
		([key, value]) =>
			STATUS.has(plainKey(key)) && typeof value === 'string' && UNDER_WAY.test(value),
	);
	return idUnder(TASK_ID, part) ?? (part.isPayload && hasStatus ? idUnder('id', part) : undefined);
}

/** What an answer calls the id of a task, and nothing else; undefined where there is none. */
function calledTask(json: Json): string | undefined {
	return firstOf(partsOf(json), (part) => idUnder(TASK_ID, part));
}

function isTooLong(value: Json): boolean {
	return typeof value === 'string' && value.length > LONGEST_ID && !/\s/.test(value);
}

function isTooLongUnder(name: string, { value }: Part): boolean {
	return Object.entries(value).some(([key, member]) => plainKey(key) === name && isTooLong(member));
}

/** What an answer names by the rule above: a task, a task by an id that is too long to be one, or nothing. */
function named(json: Json): { id?: string; isTooLong?: boolean } {
	const parts = partsOf(json);
	if (parts.some((part) => isTooLongUnder(TASK_ID, part))) return { isTooLong: true };
	const certain = firstOf(parts, idOfTask);
	if (certain !== undefined) return { id: certain };
	const payloads = parts.filter(({ isPayload }) => isPayload);
	if (payloads.some((part) => isTooLongUnder('id', part))) return { isTooLong: true };
	const id =
		firstOf(payloads, (part) => idUnder('id', part)) ??
		firstOf(payloads.flatMap(childrenOf), ({ child, isPayload }) =>
			isPayload ? bareId(child) : undefined,
		);
	return { id };
}

/** In what is no JSON, being cut off or in another encoding: the id as a whole, its end included. */
const IN_TEXT = /"task_?id"\s*:\s*(?:"([\w.:~-]+)"|(\d+)\s*[,}])/i;

function idInText(text: string): string | undefined {
	const isPage = text.trimStart().startsWith('<');
	const [, quoted, bare] = (isPage ? undefined : IN_TEXT.exec(text)) ?? [];
	return quoted ?? bare;
}

function read(text: string, pick: (json: Json) => string | undefined): string | undefined {
	const json = jsonOrText(text);
	return json === text ? toId(idInText(text)) : pick(json);
}

/** Whether the text of an answer speaks of a task by an id that is too long to ask for it. Never throws. */
export function hidesTask(text: string): boolean {
	const json = jsonOrText(text);
	return json === text ? isTooLong(idInText(text) ?? '') : named(json).isTooLong === true;
}

/** The task that the text of an answer certainly speaks of, whatever else it says. Never throws. */
export function certainTaskIn(text: string): string | undefined {
	return read(text, calledTask);
}

/** The task that the text of an answer names, if it is an answer of success. Never throws. */
export function namedTaskIn(text: string): string | undefined {
	return read(text, (json) => named(json).id);
}
