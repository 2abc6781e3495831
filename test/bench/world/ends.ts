type End = () => unknown;

/** What to end or to remove, the last one first; given once to everything that starts something. */
export class Ends {
	private readonly ends: End[] = [];

	/** @returns ends just this, now */
	add(end: End): () => Promise<void> {
		this.ends.push(end);
		return async () => {
			const index = this.ends.indexOf(end);
			if (index < 0) return;
			this.ends.splice(index, 1);
			await end();
		};
	}

	async all(): Promise<void> {
		for (let end = this.ends.pop(); end; end = this.ends.pop()) await end();
	}
}
