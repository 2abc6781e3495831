import type { Balance, Deduction, DeductionQuery } from '../core/billing';
import { KlingError, toKlingError } from '../core/errors';
import { callAtOnce } from './calls';
import { LAST_PAGE } from './listPages';
import type { Sender } from './sender';

/** What is left, and what was deducted. Everything throws `KlingError`. */

/** Filters may leave a page without a line; more than so many in a row come from a ledger that never ends. */
const MOST_EMPTY_PAGES = 10;

/** A report that lacks lines without saying so would be worse than none. */
function endless(label: string): KlingError {
	return new KlingError('unreadable', `The billing ledger of ${label} does not end`, {
		advice:
			'Its pages lead back to one another, or are empty: ask for a shorter time, or try again later',
	});
}

/** Deductions in the order of the service, at most `limit`, page by page. Throws where the ledger does not end. */
export async function listDeductions(
	sender: Sender,
	query: DeductionQuery,
	limit: number,
): Promise<Deduction[]> {
	const found: Deduction[] = [];
	const cursors = new Set<string | undefined>();
	let cursor: string | undefined;
	let emptyPages = 0;
	do {
		const isEndless = cursors.has(cursor) || cursors.size >= LAST_PAGE;
		if (isEndless || emptyPages > MOST_EMPTY_PAGES) throw endless(sender.provider.label);
		cursors.add(cursor);
		const page = await callAtOnce(sender, 'deductions', { ...query, limit, cursor });
		for (const deduction of page.deductions) found.push(deduction);
		emptyPages = page.deductions.length > 0 ? 0 : emptyPages + 1;
		cursor = page.next;
	} while (cursor !== undefined && found.length < limit && !sender.isStopped());
	return found.slice(0, limit);
}

const DAY_MS = 24 * 60 * 60_000;
/** How far back money is looked for, if the shorter time shows none. */
const LOOK_BACK_DAYS = [30, 365];

/** The newest of each kind of money. Of two at the same time, the one after which less was left. */
function newestOfEach(deductions: readonly Deduction[]): Deduction[] {
	const newest = new Map<string, Deduction>();
	for (const deduction of deductions) {
		const { cashType, unit, at = 0, after } = deduction;
		if (after === undefined) continue;
		const kind = `${cashType ?? ''} ${unit ?? ''}`;
		const { at: until = -1, after: left = 0 } = newest.get(kind) ?? {};
		if (at > until || (at === until && after < left)) newest.set(kind, deduction);
	}
	return [...newest.values()];
}

/** Money, as far as the ledger tells: what was left after the last deduction. What was paid in since then is not seen. */
async function cashBalances(sender: Sender, now: number): Promise<Balance[]> {
	for (const days of LOOK_BACK_DAYS) {
		const query: DeductionQuery = { ledger: 'cash', start: now - days * DAY_MS, end: now };
		const newest = newestOfEach(await listDeductions(sender, query, Infinity));
		if (newest.length === 0) continue;
		return newest.map(({ cashType: name, unit, after: remaining, at: asOf, raw }) => {
			return { type: 'cash', name, unit, remaining, asOf, raw };
		});
	}
	return [];
}

/**
 * What is left of everything that the service tells about. `missing`: why the ledger did not tell about money, where asking
 * again would not help.
 */
export async function readBalances(
	sender: Sender,
	now: number,
): Promise<{ balances: Balance[]; missing?: KlingError }> {
	const balances = await callAtOnce(sender, 'balance', { now });
	if (!sender.provider.calls.deductions) return { balances };
	try {
		return { balances: [...balances, ...(await cashBalances(sender, now))] };
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.details.retryable && error.kind !== 'unreadable') throw error;
		return { balances, missing: error };
	}
}
