import { packOf, unifiedRecord } from '../records';
import { badValue } from '../refusal';
import type { Task } from '../tasks';
import type { JsonValue } from '../types';
import type { Fields } from '../validate/fields';
import type { World } from '../world';

const DEFAULT_PAGE_SIZE = 30;
const LARGEST_PAGE_SIZE = 500;
const LAST_PAGE = 1000;
const MOST_IDS = 20;
const DEFAULT_LIMIT = 100;
const DEFAULT_WINDOW_MS = 30 * 24 * 60 * 60 * 1000;

/** One page of a legacy list, newest first. */
export function pageOf<T>(
	records: readonly T[],
	query: URLSearchParams,
	largest = LARGEST_PAGE_SIZE,
): T[] {
	const page = pageNumber(query, 'pageNum', { fallback: 1, max: LAST_PAGE });
	const size = pageNumber(query, 'pageSize', {
		fallback: DEFAULT_PAGE_SIZE,
		max: largest,
	});
	return [...records].reverse().slice((page - 1) * size, page * size);
}

/** GET /tasks: tasks of any kind by up to 20 ids; unknown ones are simply missing. */
export function queryTasks(tasks: Task[], query: URLSearchParams): Task[] {
	const ids = split(query.get('task_ids'));
	const externalIds = split(query.get('external_task_ids'));
	if (ids.length > 0 === externalIds.length > 0) {
		throw badValue('One of task_ids and external_task_ids is required');
	}
	if (ids.length + externalIds.length > MOST_IDS) {
		throw badValue(`task_ids or external_task_ids cannot exceed ${MOST_IDS} in total`);
	}
	return tasks.filter(
		(task) =>
			ids.includes(task.id) ||
			(task.externalTaskId !== undefined && externalIds.includes(task.externalTaskId)),
	);
}

/** What differs between the lists that go on behind a cursor. */
interface SearchRules {
	record: (task: Task) => Record<string, unknown>;
	/** Unless the request says another one. */
	limit: number;
	/** What can be filtered by. */
	keys: readonly string[];
}

/** POST /tasks, and what is like it: a window of time, filters and a cursor. Newest first. */
export function searchTasks(
	world: World,
	tasks: Task[],
	fields: Fields,
	{
		record: recordOf = (task) => unifiedRecord(world, task),
		limit: usual = DEFAULT_LIMIT,
		keys = ['status', 'product_type'],
	}: Partial<SearchRules> = {},
): Record<string, unknown> {
	const now = world.clock.now();
	const start = time(fields, 'start_time') ?? now - DEFAULT_WINDOW_MS;
	const end = time(fields, 'end_time') ?? now;
	const limit = fields.integer('limit', { min: 1, max: LARGEST_PAGE_SIZE }) ?? usual;
	const offset = Number(fields.text('cursor') ?? '0');
	if (!Number.isInteger(offset)) throw badValue('cursor is invalid');
	const accepts = filters(fields, keys);
	const found = tasks
		.map((task) => ({ task, record: recordOf(task) }))
		.filter(({ task }) => task.createdAt >= start && task.createdAt <= end)
		.filter(({ task, record }) =>
			accepts({ status: String(record.status), product_type: packOf(task) }),
		)
		.reverse();
	const result = found.slice(offset, offset + limit).map(({ record }) => record);
	const next = offset + result.length;
	const hasMore = next < found.length;
	return {
		result,
		count: result.length,
		next_cursor: hasMore ? String(next) : '',
		has_more: hasMore,
	};
}

function filters(
	fields: Fields,
	keys: readonly string[],
): (facts: Record<string, string>) => boolean {
	const wanted = fields.list('filters', { max: 10 }).map((filter) => ({
		key: filter.text('key', { required: true, oneOf: keys }) ?? '',
		values: Array.isArray(filter.body.values) ? filter.body.values.map(String) : [],
	}));
	return (facts) => wanted.every(({ key, values }) => values.includes(facts[key] ?? ''));
}

/** Milliseconds, written as number or as text. */
function time(fields: Fields, field: string): number | undefined {
	const value: JsonValue | undefined = fields.body[field];
	if (value === undefined || value === null) return undefined;
	const number = Number(value);
	if (!Number.isFinite(number)) throw fields.invalid(field, value);
	return number;
}

function pageNumber(
	query: URLSearchParams,
	name: string,
	rules: { fallback: number; max: number },
): number {
	const text = query.get(name);
	if (text === null || text === '') return rules.fallback;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > rules.max) {
		throw badValue(`${name} value '${text}' is invalid: must be between 1 and ${rules.max}`);
	}
	return value;
}

function split(list: string | null): string[] {
	return (list ?? '').split(',').filter((id) => id !== '');
}
