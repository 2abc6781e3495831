import type { z } from 'zod';

/** What became of reading a record that an earlier version of this package, or a newer one, may have stored. */
export type StoredRecord<T> =
	| { found: 'nothing' }
	| { found: 'record'; record: T }
	/** `why` completes the sentence "It cannot be read: …". */
	| { found: 'unreadable'; why: string };

/** `{"v": 2, …}` → 2; undefined where there is no number. */
function versionOf(stored: unknown): number | undefined {
	const { v } = (stored ?? {}) as { v?: unknown };
	return typeof v === 'number' ? v : undefined;
}

/**
 * Checks a stored record, which has its version in `v`. The record is handed out as it was stored, not as a copy, so that
 * changes to it are stored, too. Never throws.
 */
export function readStored<T>(
	stored: unknown,
	version: number,
	schema: z.ZodType<T>,
): StoredRecord<T> {
	if (stored === undefined) return { found: 'nothing' };
	const checked = schema.safeParse(stored);
	if (checked.success) return { found: 'record', record: stored as T };
	const written = versionOf(stored);
	if (written !== undefined && written !== version) {
		const why = `it has version ${written}, and this version of the node knows version ${version}`;
		return { found: 'unreadable', why };
	}
	const field = checked.error.issues[0]?.path.join('.');
	return { found: 'unreadable', why: field ? `${field} is not valid` : 'it is no record' };
}
