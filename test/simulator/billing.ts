import type { Account } from './accounts';
import { packOf } from './records';
import { badValue, Refusal, wrongType } from './refusal';
import type { Task } from './tasks';
import type { CallName, JsonValue, ServiceName, TaskKind } from './types';
import { isObject, type Fields } from './validate/fields';
import type { World } from './world';

/** POST /account/billing/package and /account/billing/balance: what was deducted, from packs or from money. */

const LARGEST_LIMIT = 500;
const DEFAULT_LIMIT = 100;
/** What a unit costs in dollars. */
const UNIT_PRICES = { video: 0.14, image: 0.0035 } as const;

export type LedgerName = 'package' | 'balance';

/** What was taken for one task or call. */
export interface DeductionEntry {
	time: number;
	service: ServiceName;
	account: string;
	taskId: string;
	kind: TaskKind | CallName;
	ledger: LedgerName;
	/** Units, or dollars. */
	amount: number;
	before: number;
	after: number;
	units: number;
}

const FILTERS: Readonly<Record<LedgerName, readonly string[]>> = {
	package: ['api_key_name', 'product_type', 'package_name', 'package_id'],
	balance: ['api_key_name'],
};

const PRODUCT_TYPES = ['video', 'image', 'try-on'];

interface Question {
	start: number;
	end: number;
	limit: number;
	filters: Array<[key: string, values: string[]]>;
	offset: number;
}

/** What a number of units costs: `pack` says of which kind. */
export function moneyFor(units: number, pack: 'video' | 'image'): number {
	return rounded(units * UNIT_PRICES[pack]);
}

/** Sums of money and units without the dust of binary fractions. */
export function rounded(amount: number): number {
	return Number(amount.toFixed(6));
}

export function packOfTask(task: Task | undefined): 'video' | 'image' {
	return task ? packOf(task) : 'video';
}

export function packName(
	pack: 'video' | 'image',
	{ slots, imageSlots }: World['settings'],
): string {
	return `Trial-${pack}-${pack === 'image' ? imageSlots : slots}Con-1Months`;
}

export function packId(pack: 'video' | 'image', account: string): string {
	return `sim-pack-${pack}-${account}`;
}

/** The name of the only key of an account. */
export function keyName({ name }: Account): string {
	return `key of ${name}`;
}

/** The ledger of a path; undefined for any other path. */
export function ledgerAt(path: string): LedgerName | undefined {
	const name = /^\/account\/billing\/(package|balance)$/.exec(path)?.[1];
	return name as LedgerName | undefined;
}

/** One page of a ledger, newest first. A cursor holds all of the question, so that no other field counts beside it. */
export function billingPage(
	world: World,
	account: Account,
	ledger: LedgerName,
	fields: Fields,
): Record<string, unknown> {
	const question = fields.has('cursor')
		? questionOf(fields.text('cursor') ?? '', account, ledger)
		: readQuestion(fields, ledger);
	const { start, end, limit, filters, offset } = question;
	const found = world.ledger.deductions
		.filter((entry) => entry.account === account.name && entry.ledger === ledger)
		.filter(({ time }) => time >= start && time <= end)
		.map((entry) => recordOf(world, account, entry))
		.filter(({ facts }) => filters.every(([key, values]) => values.includes(facts[key] ?? '')))
		.reverse();
	const detail = found.slice(offset, offset + limit).map(({ record }) => record);
	const next = offset + detail.length;
	const hasMore = next < found.length;
	return {
		result: { detail, count: detail.length },
		next_cursor: hasMore ? cursorOf({ ...question, offset: next }, account, ledger) : '',
		has_more: hasMore,
	};
}

function readQuestion(fields: Fields, ledger: LedgerName): Question {
	const start = milliseconds(fields, 'start_time');
	const end = milliseconds(fields, 'end_time');
	if (end < start) throw badValue('end_time must not be earlier than start_time');
	const limit = fields.integer('limit', { min: 1, max: LARGEST_LIMIT }) ?? DEFAULT_LIMIT;
	const filters = fields
		.list('filters', { max: FILTERS[ledger].length })
		.map((filter): [string, string[]] => readFilter(filter, ledger));
	const keys = filters.map(([key]) => key);
	if (new Set(keys).size < keys.length) throw badValue('filters must not repeat a key');
	if (keys.includes('package_name') && keys.includes('package_id'))
		throw badValue('Only one of package_name and package_id can be given');
	return { start, end, limit, filters, offset: 0 };
}

/** A long: a whole number, and no text. */
function milliseconds(fields: Fields, field: string): number {
	const value: JsonValue | undefined = fields.body[field];
	if (value === undefined || value === null) throw badValue(`${field} is required`);
	if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(field, 'long');
	return value;
}

function readFilter(filter: Fields, ledger: LedgerName): [string, string[]] {
	const key = filter.text('key', { required: true, oneOf: FILTERS[ledger] }) ?? '';
	const { values } = filter.body;
	const name = filter.name('values');
	if (!Array.isArray(values)) throw wrongType(name, 'array');
	if (values.length === 0) throw badValue(`${name} must not be empty`);
	return [
		key,
		values.map((value) => {
			if (typeof value !== 'string') throw wrongType(name, 'string');
			const isKnown = key !== 'product_type' || PRODUCT_TYPES.includes(value);
			if (value === '' || !isKnown) throw badValue(`${name} value '${value}' is invalid`);
			return value;
		}),
	];
}

function cursorOf(question: Question, { name }: Account, ledger: LedgerName): string {
	return Buffer.from(JSON.stringify({ ...question, ledger, account: name })).toString('base64url');
}

function questionOf(cursor: string, { name }: Account, ledger: LedgerName): Question {
	const invalid = () => new Refusal(1201, 'cursor is invalid');
	let held: unknown;
	try {
		held = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
	} catch {
		throw invalid();
	}
	const question = held as Question & { ledger: LedgerName; account: string };
	if (!isObject(held as JsonValue) || question.ledger !== ledger || question.account !== name)
		throw invalid();
	return question;
}

const RESOLUTIONS: Readonly<Record<string, string>> = { std: '720p', pro: '1080p', '4k': '4k' };

/** A record, and the facts that filters ask for. */
function recordOf(
	world: World,
	account: Account,
	entry: DeductionEntry,
): { record: Record<string, unknown>; facts: Record<string, string> } {
	const task = world.tasks.get(entry.taskId);
	const pack = packOfTask(task);
	const { request = {} } = task ?? {};
	const common = {
		task_id: entry.taskId,
		api_key_name: keyName(account),
		product_function: entry.kind,
		model_name: task?.modelName ?? '',
		resolution: RESOLUTIONS[task?.mode ?? ''] ?? '',
		duration: task && task.seconds > 0 ? String(task.seconds) : '',
		refer_video_input: isFilled(request.video_list),
		video_sound: request.sound === 'on' ? 'native' : 'off',
		voice_control: isFilled(request.voice_list),
		deduction_time: String(entry.time),
		deduction_amount: entry.amount,
		list_price: moneyFor(entry.units, pack),
	};
	const facts = {
		api_key_name: keyName(account),
		product_type: pack,
		package_id: packId(pack, account.name),
		package_name: packName(pack, world.settings),
	};
	const { before, after } = entry;
	if (entry.ledger === 'balance') {
		const money = { balance_before_deduction: before, balance_after_deduction: after };
		return { facts, record: { ...common, cash_type: 'recharge', ...money, currency: 'USD' } };
	}
	const units = { unit_before_deduction: before, unit_after_deduction: after };
	const { package_id, product_type } = facts;
	return { facts, record: { ...common, package_id, product_type, ...units } };
}

function isFilled(list: JsonValue | undefined): boolean {
	return Array.isArray(list) && list.length > 0;
}
