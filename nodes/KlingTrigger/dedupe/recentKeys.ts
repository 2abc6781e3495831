/** Tells how it went with something that is being handled: it is known only when it has gone well. */
export type Settle = (wentWell: boolean) => void;

/** The newest of what was seen, and no more of it than `capacity`. */
export interface Recent {
	has(entry: string): boolean;
	/** What is known and what is being handled, oldest first: always the same array, kept up to date. */
	readonly list: readonly string[];
	/** Resolves when an entry that is being handled is settled, well or not; undefined where nothing is. */
	underway(entry: string): Promise<void> | undefined;
	/** Lets an entry be underway until it is settled. There are as many of these as calls that are being answered. */
	begin(entry: string): Settle;
	/** Adds, as older than all that is known, what somebody else had written down; anything but texts is ignored. */
	absorb(list: unknown): void;
}

/** A set that forgets the oldest. */
export function recentOf(capacity: number): Recent {
	/** In order, oldest first. */
	const known = new Set<string>();
	/** Somebody may have written them down before they failed. */
	const failed = new Set<string>();
	const pending = new Map<string, Promise<void>>();
	const list: string[] = [];
	const update = () => {
		const all = new Set([...known, ...pending.keys()]);
		list.splice(0, list.length, ...[...all].slice(-capacity));
	};
	const shorten = (entries: Set<string>) => {
		for (const oldest of entries) {
			if (entries.size <= capacity) break;
			entries.delete(oldest);
		}
	};
	const renew = (entries: Set<string>, entry: string) => {
		entries.delete(entry);
		entries.add(entry);
		shorten(entries);
	};
	const add = (entry: string) => {
		failed.delete(entry);
		renew(known, entry);
	};
	return {
		list,
		has: (entry) => known.has(entry),
		underway: (entry) => pending.get(entry),
		begin(entry) {
			let resolve = () => {};
			pending.set(entry, new Promise((settled) => (resolve = settled)));
			update();
			return (wentWell) => {
				if (wentWell) {
					add(entry);
				} else {
					known.delete(entry);
					renew(failed, entry);
				}
				pending.delete(entry);
				update();
				resolve();
			};
		},
		absorb(others) {
			if (!Array.isArray(others)) return;
			const older = (others as unknown[]).filter(
				(entry): entry is string =>
					typeof entry === 'string' &&
					!known.has(entry) &&
					!pending.has(entry) &&
					!failed.has(entry),
			);
			const all = [...older, ...known];
			known.clear();
			for (const entry of all) known.add(entry);
			shorten(known);
			update();
		},
	};
}
