/** The newest of what was seen, and no more of it than `capacity`. */
export interface Recent {
	has(entry: string): boolean;
	/** Makes it the newest. */
	add(entry: string): void;
	/** As if it had never been seen. */
	remove(entry: string): void;
	/** Adds, as older than all that is known, what somebody else had written down; anything but texts is ignored. */
	absorb(list: unknown): void;
	/** Oldest first; always the same array, so that whoever stores it later stores what is true then. */
	readonly list: string[];
}

/** A set that forgets the oldest. */
export function recentOf(capacity: number): Recent {
	const list: string[] = [];
	const known = new Set<string>();
	const shorten = () => {
		for (const gone of list.splice(0, Math.max(0, list.length - capacity))) known.delete(gone);
	};
	return {
		list,
		has: (entry) => known.has(entry),
		add(entry) {
			if (known.has(entry)) list.splice(list.indexOf(entry), 1);
			known.add(entry);
			list.push(entry);
			shorten();
		},
		remove(entry) {
			if (known.delete(entry)) list.splice(list.indexOf(entry), 1);
		},
		absorb(others) {
			if (!Array.isArray(others)) return;
			const older = [...new Set(others as unknown[])].filter(
				(entry): entry is string => typeof entry === 'string' && !known.has(entry),
			);
			for (const entry of older) known.add(entry);
			list.unshift(...older);
			shorten();
		},
	};
}
