/** Must be called once, with what came of a key that is being started. */
export type Settle = (started: boolean) => void;

interface Entry {
	/** `failed` is kept, because n8n may have stored the key while it was being started, and hand it back. */
	state: 'starting' | 'started' | 'failed';
	/** Resolves when the state is no longer `starting`. */
	settled?: Promise<void>;
}

/**
 * The newest keys that were started, at most `capacity`, and all that are being started. A key is known only when its start
 * went well:
 *
 *     call                        state of "7 succeed"   toStore          hasStarted
 *     begin("7 succeed")          starting               ["7 succeed"]    false
 *     settle(true)                started                ["7 succeed"]    true
 *     or settle(false)            failed                 []               false
 *     addStored(["7 succeed"])    failed                 []               false
 */
export class RecentKeys {
	/** Oldest first. */
	private entries = new Map<string, Entry>();
	/** What is started and what is being started, the newest `capacity`. Always the same array, kept up to date. */
	readonly toStore: string[] = [];

	constructor(private readonly capacity: number) {}

	/** Whether some key is being started now. */
	get isStarting(): boolean {
		return [...this.entries.values()].some(({ state }) => state === 'starting');
	}

	hasStarted(key: string): boolean {
		return this.entries.get(key)?.state === 'started';
	}

	/** Resolves when a key that is being started is settled, well or not; undefined where it is not being started. */
	whenSettled(key: string): Promise<void> | undefined {
		return this.entries.get(key)?.settled;
	}

	begin(key: string): Settle {
		let resolve = () => {};
		const settled = new Promise<void>((done) => (resolve = done));
		this.renew(key, { state: 'starting', settled });
		return (started) => {
			this.renew(key, { state: started ? 'started' : 'failed' });
			resolve();
		};
	}

	/** Adds keys that were stored before, as older than all others. Does not change what is known of a key. */
	addStored(keys: readonly string[]): void {
		const older = keys
			.filter((key) => !this.entries.has(key))
			.map((key): [string, Entry] => [key, { state: 'started' }]);
		if (older.length === 0) return;
		this.entries = new Map([...older, ...this.entries]);
		this.update();
	}

	private renew(key: string, entry: Entry): void {
		this.entries.delete(key);
		this.entries.set(key, entry);
		this.update();
	}

	/** Forgets the oldest. What is being started is never forgotten: there are as many as calls that are being answered. */
	private update(): void {
		const keys: Record<Entry['state'], string[]> = { starting: [], started: [], failed: [] };
		for (const [key, { state }] of this.entries) keys[state].push(key);
		for (const known of [keys.started, keys.failed]) {
			for (const oldest of known.slice(0, -this.capacity)) this.entries.delete(oldest);
		}
		const toStore = [...keys.started, ...keys.starting].slice(-this.capacity);
		this.toStore.splice(0, this.toStore.length, ...toStore);
	}
}
