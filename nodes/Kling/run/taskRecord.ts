import { createHash } from 'crypto';
import { z } from 'zod';

import { readStored } from '../../shared/core/storedRecord';
import type { StoredRecord } from '../../shared/core/storedRecord';

/**
 * What this package keeps of paid tasks in the node's context, which n8n stores with the execution as JSON:
 *
 *     {"v": 1, "origin": "8c0a…", "firstRun": 0, "tasks": {
 *       "f00d…": {"state": "made", "item": 0, "run": 0, "attempt": 0, "id": "814237883686625347", "execution": "7"},
 *       "beef…": {"state": "sent", "item": 1, "run": 0, "attempt": 0, "said": "The relay had …"}},
 *      "answers": {"cafe…": {"state": "answered", "item": 2, "run": 0, "request": "beef…", "at": 1790000000000, "answer": {…}}}}
 *
 * What may be absent, and may be ignored by a node that does not know it, needs no new version.
 */

const VERSION = 1;

const common = {
	item: z.number(),
	/** Which pass of a loop, counted from `firstRun`. */
	run: z.number(),
	/** How many tasks were made for this request before and are done with; each has used up an External Task ID. */
	attempt: z.number(),
};

/** What the first create was answered, in brief, where that was not clear; without secrets. */
const said = z.string().optional();

const storedTask = z.discriminatedUnion('state', [
	/**
	 * A create is under way, or ended without a clear answer: a paid task may exist, and its id is not known. `account`: whose
	 * key it was sent with, as a fingerprint.
	 */
	z.object({ ...common, said, state: z.literal('sent'), account: z.string().optional() }),
	/** `api`: which API of the service made it. `execution`: the number of the one that ordered the task, to which its callbacks go; absent where a create found it. */
	z.object({
		...common,
		said,
		state: z.literal('made'),
		id: z.string().min(1),
		api: z.string().optional(),
		execution: z.string().optional(),
	}),
	/** Handed out, or failed for good: only `attempt` counts. */
	z.object({ ...common, state: z.literal('done') }),
]);

const ofCall = {
	item: z.number(),
	run: z.number(),
	/** The fingerprint of the request that it was last needed for. */
	request: z.string(),
};

/** What came of a call that costs money and makes no task. */
const storedAnswer = z.discriminatedUnion('state', [
	/** Under way, or ended without a clear answer: it may have been paid. */
	z.object({ ...ofCall, said, state: z.literal('sent') }),
	/** `at`: when it came, in ms. `answer`: see keptAnswers.ts. */
	z.object({
		...ofCall,
		state: z.literal('answered'),
		at: z.number(),
		answer: z.unknown(),
	}),
]);

const taskRecord = z.object({
	v: z.literal(VERSION),
	/** What External Task IDs are made from. Kept, because an n8n that draws a new token for a Retry must not rename tasks. */
	origin: z.string(),
	/** n8n's number of the run that began this record. */
	firstRun: z.number(),
	/** By the fingerprint of what was asked for. */
	tasks: z.record(z.string(), storedTask),
	/**
	 * By the fingerprint of the call alone, so that a change of anything else leaves it in place. Absent where none was made; a node that does not know
	 * it has no operation that needs it.
	 */
	answers: z.record(z.string(), storedAnswer).optional(),
});

export type StoredTask = z.infer<typeof storedTask>;
export type StoredAnswer = z.infer<typeof storedAnswer>;
export type TaskRecord = z.infer<typeof taskRecord>;

/** A record without tasks. */
export function newTaskRecord(origin: string, firstRun: number): TaskRecord {
	return { v: VERSION, origin, firstRun, tasks: {} };
}

/** Checks what was stored; never throws. */
export function readTaskRecord(stored: unknown): StoredRecord<TaskRecord> {
	return readStored(stored, VERSION, taskRecord);
}

/** 16 hexadecimal digits that differ as soon as a part does. `['ab', 'c']` and `['a', 'bc']` differ, too. */
export function fingerprint(parts: readonly string[]): string {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(`${part.length}:${part}`);
	return hash.digest('hex').slice(0, 16);
}
