import { z } from 'zod';

import { isKind } from '../../shared/core/kinds';
import type { Kind } from '../../shared/core/kinds';
import { ALL_SERVICES, AUTHENTICATIONS } from '../../shared/core/services';
import { readStored } from '../../shared/core/storedRecord';
import type { StoredRecord } from '../../shared/core/storedRecord';

/**
 * What a suspended run needs when it is called back. It lies in the node's context, which n8n stores with the execution.
 * What is read back may be anything, or of another version of this package, so it is checked.
 */

/** The field of the node's context. */
const FIELD = 'klingSuspended';
/** Version 1 did not keep what a task was asked for: its items do not tell it. */
const VERSION = 2;

const asked = z.object({
	model: z.string().optional(),
	quality: z.string().optional(),
	prompt: z.string().optional(),
	duration: z.number().optional(),
});

const output = z.object({
	simplify: z.boolean(),
	binaryField: z.string().optional(),
	/** Absent in runs that were suspended before it could be set: the default holds. A node that does not know it may ignore it. */
	maxFileBytes: z.number().optional(),
});

const item = z.union([
	/** A task to wait for. */
	z.object({
		itemIndex: z.number(),
		id: z.string().min(1),
		api: z.string().optional(),
		kind: z.custom<Kind>((kind) => typeof kind === 'string' && isKind(kind)),
		output,
		/** Kept, because the node's input, which its parameters speak of, is replaced while it is suspended. */
		asked: asked.optional(),
	}),
	/** An item that failed before: what is put out for it. */
	z.object({ itemIndex: z.number(), failed: z.record(z.string(), z.unknown()) }),
]);

/** Holds no secret. Kept, because reading the credential again costs a call more time than all the rest. */
const connection = z.object({
	service: z.enum(ALL_SERVICES),
	baseUrl: z.string().min(1),
	prefix: z.string(),
	authentication: z.enum(AUTHENTICATIONS),
});

const suspendedRun = z.object({
	v: z.union([z.literal(1), z.literal(VERSION)]),
	connection,
	items: z.array(item),
});

/** One item of a suspended run, in the order in which they are put out. */
export type SuspendedItem = z.infer<typeof item>;

/** A suspended run, with its version. */
export type SuspendedRun = z.infer<typeof suspendedRun>;

/** Keeps what a run waits for in the node's context. */
export function saveSuspendedRun(
	context: Record<string, unknown>,
	run: Omit<SuspendedRun, 'v'>,
): void {
	context[FIELD] = { v: VERSION, ...run };
}

/** What a run has kept, from its context as JSON text. Never throws. */
export function readSuspendedRun(contextJson: unknown): StoredRecord<SuspendedRun> {
	let context: unknown;
	try {
		context = JSON.parse(String(contextJson));
	} catch {
		return { found: 'unreadable', why: 'the context of the node is no JSON' };
	}
	const stored = (context as Record<string, unknown> | null)?.[FIELD];
	return readStored(stored, VERSION, suspendedRun);
}
