import type { Clock } from '../shared/core/clock';
import { limiterOf } from '../shared/core/limiter';

/** So many requests may be spent on searches at once, and so many more per second. */
const MOST_REQUESTS = 40;
const REQUESTS_PER_SECOND = 4;
/** So many calls wait for their search, and so long in ms: n8n holds some megabytes for each. */
export const MOST_WAITING = 200;
const LONGEST_WAIT_MS = 30_000;

/**
 * What one trigger may spend on searches for tasks of which nothing is known. A search takes the requests of one in vain; it
 * gets them back where it finds the task, because genuine calls are as many as the account has tasks. Whoever comes when
 * there are not enough waits in line.
 */
export class SearchBudget {
	private left = MOST_REQUESTS;
	private refilledAt = -Infinity;
	private readonly line = limiterOf(1);
	private wake = (): void => undefined;

	/** Takes so many requests as soon as they may be spent; false where too many wait, or this one has for too long. */
	async take(requests: number, clock: Clock): Promise<boolean> {
		// One of them is being served.
		if (this.line.count > MOST_WAITING) return false;
		const deadline = clock.now() + LONGEST_WAIT_MS;
		const wanted = Math.min(requests, MOST_REQUESTS);
		return await this.line.run(async () => await this.takeBefore(deadline, wanted, clock));
	}

	/** Gives requests back that were not spent; takes more where the number is negative. */
	giveBack(requests: number): void {
		this.left += requests;
		this.wake();
	}

	private async takeBefore(deadline: number, wanted: number, clock: Clock): Promise<boolean> {
		while (!this.takeNow(wanted, clock.now())) {
			const left = deadline - clock.now();
			if (left <= 0) return false;
			const enoughIn = ((wanted - this.left) / REQUESTS_PER_SECOND) * 1000;
			const woken = new AbortController();
			this.wake = () => woken.abort();
			await clock.sleep(Math.min(left, Math.ceil(enoughIn)), woken.signal);
		}
		return true;
	}

	private takeNow(wanted: number, now: number): boolean {
		const gained = ((now - this.refilledAt) / 1000) * REQUESTS_PER_SECOND;
		this.left = Math.min(MOST_REQUESTS, this.left + gained);
		this.refilledAt = now;
		if (this.left < wanted) return false;
		this.left -= wanted;
		return true;
	}
}
