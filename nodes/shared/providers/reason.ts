import { cut } from '../core/cut';
import { isJsonObject, unfolded } from '../core/json';
import type { Json } from '../core/json';
import { NO_REASON } from './said';

/** What may hold the words of whoever knows best: the service behind the one that answers, or an error of its own. */
const INSIDE = ['data', 'response', 'task_result', 'result', 'output', 'error', 'errors', 'detail'];

/** The keys of a reason, the surest first. */
const REASONS = [
	'task_status_msg',
	'fail_reason',
	'failReason',
	'fail_msg',
	'failMsg',
	'error_message',
	'error_msg',
	'message',
	'msg',
	'detail',
	'reason',
	'error',
];

/** What is nested deeper than this is nobody's doing. */
const DEEPEST = 8;

function find(json: Json | undefined, names: readonly string[], depth = 0): string | undefined {
	const value = unfolded(json ?? null);
	if (depth > DEEPEST) return undefined;
	if (typeof value === 'string') return NO_REASON.test(value.trim()) ? undefined : value.trim();
	if (typeof value !== 'object' || value === null) return undefined;
	const inside = Array.isArray(value) ? value : INSIDE.map((key) => value[key]).filter(holdsMore);
	const own = isJsonObject(value) ? names.map((name) => value[name]) : [];
	for (const part of [...inside, ...own]) {
		const reason = find(part, names, depth + 1);
		if (reason !== undefined) return reason;
	}
	return undefined;
}

function holdsMore(value: Json | undefined): boolean {
	return typeof value === 'object' && value !== null;
}

/**
 * Why something failed, in the words of the service, wherever they stand in its answer: the innermost first, and a word of
 * code where there is nothing better; cut where it is long. Undefined where it gives no reason. Never throws.
 */
export function reasonIn(answer: Json): string | undefined {
	const reason = find(answer, REASONS) ?? find(answer, ['code']);
	return reason === undefined ? undefined : cut(reason);
}
