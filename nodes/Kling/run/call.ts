import type { INodeExecutionData } from 'n8n-workflow';

import { toKlingError } from '../../shared/core/errors';
import type { KlingError } from '../../shared/core/errors';
import { limiterOf } from '../../shared/core/limiter';
import { continuesOnFail } from '../../shared/n8n/agentTool';
import { clock } from '../../shared/n8n/clock';
import { failureItem } from '../../shared/n8n/items';
import { readOutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';
import type { Calls, PaidCall } from '../../shared/providers';
import { callOf } from '../../shared/providers/calls';
import { answeredIds, tellPaid } from '../../shared/providers/keptAnswers';
import { busyPause } from '../../shared/tasks/backOff';
import { afterPaying, othersPaid } from '../../shared/tasks/createErrors';
import { abandoned } from '../../shared/tasks/jobResult';
import { keptAnswer, payOnce } from '../../shared/tasks/payOnce';
import type { Answered, KeptCalls } from '../../shared/tasks/payOnce';
import type { AskedItem, CallOperation } from '../operations/types';
import { itemReader } from '../parameters/reader';
import { toRefusal } from './readItems';
import { nodeError, paidOf, refuseAll, saidBy } from './results';
import { openTaskStore } from './taskStore';
import type { TaskKey, TaskStore } from './taskStore';

/** The slots of a trial pack. */
const MOST_AT_ONCE = 5;
/** How long an item waits for a service that is too busy to take it. */
const BUSY_FOR_MS = 10 * 60_000;

/** An item that is paid for, as it is known to the end. */
type AcceptedItem = Omit<AskedItem, 'at'> & { key: TaskKey };

/** What one item asks for, read and checked. The input may hold a large picture, so nothing keeps it when it was answered. */
interface Asked<N extends PaidCall> {
	item: AcceptedItem;
	input: Calls[N]['input'];
}

/** What came of one item. */
type Outcome<N extends PaidCall> = { itemIndex: number } & (
	({ ok: true; item: AcceptedItem } & Answered<N>) | { ok: false; error: KlingError }
);

async function readOne<N extends PaidCall>(
	session: Session,
	operation: CallOperation<N>,
	store: TaskStore,
	itemIndex: number,
): Promise<Asked<N>> {
	const { call, read, repeat } = operation;
	callOf(session.provider, call);
	const input = await read(itemReader(session, itemIndex));
	const output = readOutputSettings(session.context, itemIndex);
	const repeated = repeat?.(input) ?? {};
	const key = store.keyOf(itemIndex, { call, ...input });
	return { item: { itemIndex, repeated, output, key }, input };
}

/** What all items of a run are paid with. */
interface PayContext<N extends PaidCall> {
	session: Session;
	call: N;
	store: TaskStore;
	/** Fires once nothing more is to be sent: at Stop, and at a failure that ends the node. */
	over: AbortSignal;
}

/** An item that is not sent any more, with what was paid for it in an earlier try. */
function abandonedItem<N extends PaidCall>(
	{ session, call }: PayContext<N>,
	kept: KeptCalls,
	input: Calls[N]['input'],
): KlingError {
	const { error } = abandoned(session.signal?.aborted === true, undefined);
	const answer = keptAnswer(kept, call, input);
	return answer === undefined ? error : afterPaying(error, [tellPaid(call, answer)]);
}

/** The answer to one item, which waits as long as the service has certainly done nothing for being too busy. */
async function payFor<N extends PaidCall>(
	context: PayContext<N>,
	{ input, item: { key } }: Asked<N>,
): Promise<Answered<N>> {
	const { session, call, store, over } = context;
	const kept = store.calls(key, saidBy(session));
	const giveUpAt = clock.now() + BUSY_FOR_MS;
	for (let pause = busyPause(undefined); !over.aborted; pause = busyPause(pause)) {
		try {
			return await payOnce(session.client, clock, kept, call, input);
		} catch (thrown) {
			const error = toKlingError(thrown);
			const { busy, retryAfterMs = 0 } = error.details;
			const left = giveUpAt - clock.now();
			if (!busy || left <= 0) throw error;
			await clock.sleep(Math.min(Math.max(pause, retryAfterMs), left), over);
		}
	}
	throw abandonedItem(context, kept, input);
}

/**
 * Pays for all items, some at once, and empties their list. After the first failure, or Stop, nothing more is sent where nobody
 * wants the rest.
 */
async function payForAll<N extends PaidCall>(
	session: Session,
	call: N,
	store: TaskStore,
	items: Array<Asked<N>>,
): Promise<Array<Outcome<N>>> {
	const limiter = limiterOf(MOST_AT_ONCE);
	const stopAtError = !continuesOnFail(session.context);
	const failed = new AbortController();
	const over = AbortSignal.any([failed.signal, ...(session.signal ? [session.signal] : [])]);
	const context = { session, call, store, over };
	const payOne = async (asked: Asked<N>): Promise<Outcome<N>> => {
		const { item } = asked;
		const { itemIndex } = item;
		try {
			return { itemIndex, ok: true, item, ...(await payFor(context, asked)) };
		} catch (thrown) {
			if (stopAtError) failed.abort();
			return { itemIndex, ok: false, error: toKlingError(thrown) };
		}
	};
	// Takes its item when its turn comes: the stack of an error keeps what its functions were made with.
	const payNext = async () => {
		const asked = items.shift();
		return asked ? [await payOne(asked)] : [];
	};
	const turns = Array.from({ length: items.length }, async () => await limiter.run(payNext));
	return (await Promise.all(turns)).flat();
}

/** Ends the node at the failure that caused the others to be abandoned; tells what other items have paid. */
function failOnFirst<N extends PaidCall>(
	session: Session,
	call: N,
	outcomes: ReadonlyArray<Outcome<N>>,
): void {
	const failures = outcomes.filter((outcome) => !outcome.ok);
	const cause = failures.find(({ error }) => error.kind !== 'stopped') ?? failures[0];
	if (!cause) return;
	throw nodeError(session, amongOthers(call, cause.error, cause, outcomes), cause.itemIndex);
}

/** The error of one item, which ends the node, with what the others have paid. */
function amongOthers<N extends PaidCall>(
	call: N,
	error: KlingError,
	cause: Outcome<N>,
	outcomes: ReadonlyArray<Outcome<N>>,
): KlingError {
	const others = outcomes.filter((outcome) => outcome !== cause);
	const paid = others.flatMap((outcome) => paidBy(call, outcome));
	return othersPaid(error, paid);
}

function paidBy<N extends PaidCall>(call: N, outcome: Outcome<N>): string[] {
	if (!outcome.ok) return paidOf(outcome);
	return [`${tellPaid(call, outcome.answer)} of item ${outcome.itemIndex}`];
}

/** One item per outcome, in order. `failures` counts those that are errors. */
async function deliver<N extends PaidCall>(
	session: Session,
	{ call, toItem }: CallOperation<N>,
	outcomes: ReadonlyArray<Outcome<N>>,
): Promise<{ items: INodeExecutionData[]; failures: number }> {
	const items: INodeExecutionData[] = [];
	let failures = 0;
	const fail = (error: KlingError, itemIndex: number) => {
		failures += 1;
		items.push(failureItem(session, error, undefined, itemIndex));
	};
	for (const outcome of outcomes) {
		const { itemIndex } = outcome;
		if (!outcome.ok) {
			fail(outcome.error, itemIndex);
			continue;
		}
		const { item: asked, at, answer } = outcome;
		try {
			const item = await toItem(session, answer, { ...asked, at });
			items.push({ ...item, pairedItem: { item: itemIndex } });
		} catch (thrown) {
			const failed = toKlingError(thrown).with({ answered: answeredIds(call, answer) });
			const error = afterPaying(failed, [tellPaid(call, answer)]);
			if (!continuesOnFail(session.context)) {
				throw nodeError(session, amongOthers(call, error, outcome, outcomes), itemIndex);
			}
			fail(error, itemIndex);
		}
	}
	return { items, failures };
}

/** Reads and checks all items. Throws what ends the node, at the first that is refused where it may not go on. */
async function readAll<N extends PaidCall>(
	session: Session,
	operation: CallOperation<N>,
	store: TaskStore,
): Promise<{ accepted: Array<Asked<N>>; refused: Array<Outcome<N>> }> {
	const stopAtError = !continuesOnFail(session.context);
	const accepted: Array<Asked<N>> = [];
	const refused: Array<Outcome<N>> = [];
	for (const itemIndex of session.context.getInputData().keys()) {
		try {
			accepted.push(await readOne(session, operation, store, itemIndex));
		} catch (thrown) {
			const error = toRefusal(thrown);
			if (stopAtError) throw nodeError(session, error, itemIndex);
			refused.push({ itemIndex, ok: false, error });
		}
	}
	return { accepted, refused };
}

async function runItems<N extends PaidCall>(
	session: Session,
	operation: CallOperation<N>,
	store: TaskStore,
): Promise<INodeExecutionData[]> {
	const { call } = operation;
	const { accepted, refused } = await readAll(session, operation, store);
	const keys = accepted.map(({ item: { key } }) => key);
	const paid = await payForAll(session, call, store, accepted);
	if (!continuesOnFail(session.context)) failOnFirst(session, call, paid);
	const outcomes = [...paid, ...refused].sort((one, other) => one.itemIndex - other.itemIndex);
	const { items, failures } = await deliver(session, operation, outcomes);
	if (failures === 0) for (const key of keys) store.handedOut(key);
	return items;
}

/**
 * Makes one call that costs money per item, a few at once, and delivers one item each, in order. All items are checked before
 * the first is sent; what was answered is kept until all have come out, so that nothing is paid twice when n8n runs the node
 * again.
 */
export async function callAll<N extends PaidCall>(
	session: Session,
	operation: CallOperation<N>,
): Promise<INodeExecutionData[]> {
	let store: TaskStore;
	try {
		store = openTaskStore(session);
	} catch (thrown) {
		return refuseAll(session, toKlingError(thrown));
	}
	return await runItems(session, operation, store);
}
