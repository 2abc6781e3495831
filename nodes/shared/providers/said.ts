import { isJsonObject, parseJson } from '../core/json';
import type { Json, JsonObject } from '../core/json';

/** What an answer says of a failure, in whichever fields it says it. */
export interface Said {
	/** For people; at most `MAX_QUOTE` characters. */
	words?: string;
	/** For programs: its codes and types, in lower case. */
	codes: string[];
}

const MAX_QUOTE = 300;
const DEEPEST = 4;

/** Where services put words for people, the likeliest first, and what they wrap them in. */
const WORD_KEYS = [
	'message',
	'msg',
	'detail',
	'error',
	'errors',
	'errormessage',
	'errormsg',
	'errmsg',
	'errordescription',
	'description',
	'reason',
	'错误',
	'错误信息',
	'消息',
	'data',
];
const CODE_KEYS = ['code', 'type', 'errorcode', 'errcode'];
const CODE_WRAPPERS = ['error', 'errors', 'detail'];

/** What services put into the place of words where they have nothing to say. */
export const NO_REASON =
	/^(succeed(ed)?|success(ful(ly)?)?|ok|none|null|(task_?)?fail(ed|ure)?|error|.{0,4}成功|失败)?[.!。]?$/i;

/** `errorMessage`, `error_message` and `Error-Message` are one key. */
export function plainKey(key: string): string {
	return key.toLowerCase().replace(/[\s_-]/g, '');
}

/** The members of an object that say something, by their plain keys. */
export type Fields = ReadonlyMap<string, Json>;

export function fieldsIn(object: JsonObject): Fields {
	const told = Object.entries(object).filter(([, value]) => value !== null && value !== '');
	return new Map(told.map(([key, value]) => [plainKey(key), value]));
}

/** The members of an object that have one of these (plain) keys, in the order of the keys. */
function membersOf(object: JsonObject, keys: readonly string[]): Json[] {
	return keys.flatMap((wanted) =>
		Object.entries(object).flatMap(([key, value]) => (plainKey(key) === wanted ? [value] : [])),
	);
}

/** Cuts a text of a service, but through no word. */
export function shortened(text: string, max = MAX_QUOTE): string {
	const trimmed = text.trim();
	if (trimmed.length <= max) return trimmed;
	const cut = trimmed.slice(0, max);
	const whole = cut.replace(/[\w.~+/=-]+$/, '');
	return whole === '' ? cut : `${whole.trimEnd()}…`;
}

/** FastAPI names the field beside the words: `{"loc": ["body", "duration"], "msg": "…"}`. */
function placeIn({ loc }: JsonObject): string {
	return Array.isArray(loc) ? `${loc.map(String).join('.')}: ` : '';
}

/** The words for people in an answer, the outermost first; undefined where there are none. */
export function wordsIn(value: Json, depth = 0): string | undefined {
	if (typeof value === 'string') return NO_REASON.test(value.trim()) ? undefined : value.trim();
	if (depth > DEEPEST) return undefined;
	if (Array.isArray(value)) {
		const all = value.flatMap((entry) => wordsIn(entry, depth + 1) ?? []);
		return all.length > 0 ? all.join('; ') : undefined;
	}
	if (!isJsonObject(value)) return undefined;
	for (const member of membersOf(value, WORD_KEYS)) {
		const words = wordsIn(member, depth + 1);
		if (words !== undefined) return `${placeIn(value)}${words}`;
	}
	return undefined;
}

function codesIn(value: Json, depth = 0): string[] {
	if (depth > DEEPEST) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => codesIn(entry, depth + 1));
	if (!isJsonObject(value)) return [];
	const own = membersOf(value, CODE_KEYS).flatMap((code) =>
		typeof code === 'string' ? [code.toLowerCase()] : [],
	);
	const inner = membersOf(value, CODE_WRAPPERS).flatMap((member) => codesIn(member, depth + 1));
	return [...own, ...inner];
}

/** An answer as JSON, or as its text where it is none. Never throws. */
export function jsonOrText(text: string): Json {
	try {
		return parseJson(text);
	} catch {
		return text;
	}
}

/** What the text of an answer says; of a web page, nothing. Never throws. */
export function saidIn(text: string): Said {
	const body = text.trim();
	if (body.startsWith('<')) return { codes: [] };
	const json = jsonOrText(body);
	const words = wordsIn(json);
	return { words: words === undefined ? undefined : shortened(words), codes: codesIn(json) };
}

/** How services say that they do not know a task, beside Kling's and new-api's codes for it. */
const UNKNOWN_TASK =
	/task[ _]?(not[ _]?(found|exist)|does(n't| not) exist)|^task \S+ not found|任务(id)?(不存在|未找到)|(未找到|找不到)该?任务|\brecord not found/i;

/** Whether a code, or words, say that the service does not know a task. */
export function saysUnknownTask(code: number | string = '', words = ''): boolean {
	return [String(code), words].some((said) => UNKNOWN_TASK.test(said.trim()));
}
