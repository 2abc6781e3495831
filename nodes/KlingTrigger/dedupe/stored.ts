import { z } from 'zod';

import { isJsonObject } from '../../shared/core/json';

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

/** The keys in what n8n had stored, none where it had stored nothing; or why they cannot be read. */
export function readRecord(record: unknown): Keys | string {
	if (record === undefined) return { tasks: [], messages: [] };
	const { success, data } = Stored.safeParse(record);
	if (success) return data;
	if (!isJsonObject(record) || record.v === VERSION) return 'it is damaged';
	if (record.v === undefined) return 'it has no version';
	return `its version is ${JSON.stringify(record.v)}, not ${VERSION}`;
}
