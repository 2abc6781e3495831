import { z } from 'zod';

import { ALL_KINDS } from '../../shared/core/kinds';
import { SERVICES } from '../../shared/credential/connection';

/**
 * What a suspended run has to know again when it is called back. It lies in the node's context, which n8n stores with the
 * execution; what is read back may be anything, so it is checked.
 */

const FIELD = 'klingParked';

const output = z.object({ simplify: z.boolean(), binaryField: z.string().optional() });

const place = z.union([
	/** A task to wait for. */
	z.object({
		itemIndex: z.number(),
		id: z.string().min(1),
		kind: z.string().refine((kind) => (ALL_KINDS as readonly string[]).includes(kind)),
		output,
	}),
	/** An item that failed before. */
	z.object({ itemIndex: z.number(), failed: z.record(z.string(), z.unknown()) }),
]);

/** Holds no secret; kept, because reading the credential again costs a call more time than all the rest. */
const connection = z.object({
	service: z.enum(SERVICES),
	baseUrl: z.string().url(),
	prefix: z.string(),
	authentication: z.enum(['apiKey', 'accessKey']),
});

const parked = z.object({ connection, places: z.array(place) });

/** One item of a suspended run. */
export type SuspendedItem = z.infer<typeof place>;

/** A suspended run. */
export type SuspendedRun = z.infer<typeof parked>;

/** Keeps what a run waits for in the node's context. */
export function saveSuspendedRun(context: Record<string, unknown>, run: SuspendedRun): void {
	context[FIELD] = run;
}

/** What a run has kept, from its context as JSON text; undefined when it has kept nothing. */
export function readSuspendedRun(text: unknown): SuspendedRun | undefined {
	try {
		return z.object({ [FIELD]: parked }).parse(JSON.parse(String(text)))[FIELD];
	} catch {
		return undefined;
	}
}
