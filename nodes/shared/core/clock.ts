/** Time as the whole package sees it. Whatever waits takes a clock, so that tests can let half an hour pass at once. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Resolves after `ms`, or at once when the signal fires; never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
