import { lruOf } from '../shared/core/lru';

/** A call for a task that the service does not know costs nothing when it comes again within a minute. */
const REMEMBERED_MS = 60_000;
const MOST_UNKNOWN = 1000;
/** So many requests may be spent on searches at once, and so many more per second. */
const MOST_REQUESTS = 40;
const REQUESTS_PER_SECOND = 4;
const MOST_TRIGGERS = 200;

/**
 * What calls for unknown tasks may cost one trigger. Whoever has its address, token included, could otherwise spend all that
 * the account may ask per second, and the polls and creates of others would be refused.
 */
export class UnknownTasks {
	/** Ids and until when they are remembered, oldest first. */
	private readonly ids = new Map<string, number>();
	private requests = MOST_REQUESTS;
	private refilledAt = -Infinity;

	/** Whether the service did not know the task a moment ago. `now` in ms, as below. */
	has(id: string, now: number): boolean {
		return (this.ids.get(id) ?? 0) > now;
	}

	add(id: string, now: number): void {
		this.ids.delete(id);
		this.ids.set(id, now + REMEMBERED_MS);
		for (const oldest of this.ids.keys()) {
			if (this.ids.size <= MOST_UNKNOWN) break;
			this.ids.delete(oldest);
		}
	}

	/** Takes the requests of one search; false where that many may not be sent now. */
	takeSearch(requests: number, now: number): boolean {
		const gained = ((now - this.refilledAt) / 1000) * REQUESTS_PER_SECOND;
		this.requests = Math.min(MOST_REQUESTS, this.requests + gained);
		this.refilledAt = now;
		if (this.requests < requests) return false;
		this.requests -= requests;
		return true;
	}
}

/** The one of a trigger, by its key. */
export const unknownTasksOf = lruOf(MOST_TRIGGERS, () => new UnknownTasks());
