import { z } from 'zod';

import { readStored } from '../../shared/core/storedRecord';
import type { StoredRecord } from '../../shared/core/storedRecord';

/** The member of a trigger's static data that holds the record. */
export const FIELD = 'kling';
const VERSION = 1;

const Stored = z.object({
	v: z.literal(VERSION),
	/** `<task id> <status>`, oldest first. */
	tasks: z.array(z.string()),
	/** Ids of signed messages, oldest first. */
	messages: z.array(z.string()),
});

type Keys = Omit<z.infer<typeof Stored>, 'v'>;

/** What n8n has to store. Holds the very arrays it is given. */
export function toRecord({ tasks, messages }: Keys): z.infer<typeof Stored> {
	return { v: VERSION, tasks, messages };
}

/** The record in what n8n had stored. Never throws. */
export function readRecord(record: unknown): StoredRecord<z.infer<typeof Stored>> {
	return readStored(record, VERSION, Stored);
}
