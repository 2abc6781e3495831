/** Something that is being handled: it is known only when it has gone well. */
export interface Underway {
	/** What is known, and this: oldest first. Whoever asks is about to store it, so from then on others may count on it. */
	list(): string[];
	/** Not well: as if it had never been seen. */
	settle(wentWell: boolean): void;
}

/** The newest of what was seen, and no more of it than `capacity`. */
export interface Recent {
	has(entry: string): boolean;
	/** Resolves when an entry that is being handled is settled, well or not; undefined where nothing is. */
	underway(entry: string): Promise<void> | undefined;
	/** Lets an entry be underway until it is settled. There are as many of these as calls that are being answered. */
	begin(entry: string): Underway;
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
		has: (entry) => known.has(entry),
		underway: (entry) => pending.get(entry),
		begin(entry) {
			let resolve = () => {};
			pending.set(entry, new Promise((settled) => (resolve = settled)));
			return {
				list() {
					add(entry);
					return [...known];
				},
				settle(wentWell) {
					if (wentWell) {
						add(entry);
					} else {
						known.delete(entry);
						renew(failed, entry);
					}
					pending.delete(entry);
					resolve();
				},
			};
		},
		absorb(others) {
			if (!Array.isArray(others)) return;
			const older = (others as unknown[]).filter(
				(entry): entry is string =>
					typeof entry === 'string' && !known.has(entry) && !failed.has(entry),
			);
			const all = [...older, ...known];
			known.clear();
			for (const entry of all) known.add(entry);
			shorten(known);
		},
	};
}
