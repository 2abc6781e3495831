import type { Clock } from '../shared/core/clock';
import { limiterOf } from '../shared/core/limiter';

/** So many searches in vain may be made at once, and in any case so many requests; a tenth of that more per second. */
const MOST_SEARCHES = 4;
const LEAST_REQUESTS = 40;
const REFILL_SECONDS = 10;
/** So many calls wait for their search, and so long in ms: n8n holds some megabytes for each. */
export const MOST_WAITING = 200;
const LONGEST_WAIT_MS = 30_000;

/**
 * What one trigger may spend on searches for tasks of which nothing is known. A search takes the requests of one in vain; it
 * gets them back where it finds the task, because genuine calls are as many as the account has tasks. Whoever comes when
 * there are not enough waits in line.
 */
export class SearchBudget {
	private readonly most: number;
	private left: number;
	private refilledAt = -Infinity;
	private readonly line = limiterOf(1);
	private wake = (): void => undefined;

	/** `cost`: the requests of one search in vain. */
	constructor(readonly cost: number) {
		this.most = Math.max(LEAST_REQUESTS, MOST_SEARCHES * cost);
		this.left = this.most;
	}

	/** Takes so many requests as soon as they may be spent; false where too many wait, or this one has for too long. */
	async take(requests: number, clock: Clock): Promise<boolean> {
		// One of them is being served.
		if (this.line.count > MOST_WAITING) return false;
		const deadline = clock.now() + LONGEST_WAIT_MS;
		const wanted = Math.min(requests, this.most);
		return await this.line.run(async () => await this.takeBefore(deadline, wanted, clock));
	}

	/**
	 * Gives requests back that were not spent. Takes more where the number is negative, as it is where a service fails that is
	 * asked again and again, but leaves no more debt than is refilled in ten seconds.
	 */
	giveBack(requests: number): void {
		this.left = Math.max(this.left + requests, -this.most);
		this.wake();
	}

	private get perSecond(): number {
		return this.most / REFILL_SECONDS;
	}

	private async takeBefore(deadline: number, wanted: number, clock: Clock): Promise<boolean> {
		while (!this.takeNow(wanted, clock.now())) {
			const left = deadline - clock.now();
			if (left <= 0) return false;
			const enoughIn = ((wanted - this.left) / this.perSecond) * 1000;
			const woken = new AbortController();
			this.wake = () => woken.abort();
			await clock.sleep(Math.min(left, Math.ceil(enoughIn)), woken.signal);
		}
		return true;
	}

	private takeNow(wanted: number, now: number): boolean {
		// The clock may be set back.
		const gained = (Math.max(0, now - this.refilledAt) / 1000) * this.perSecond;
		this.left = Math.min(this.most, this.left + gained);
		this.refilledAt = now;
		if (this.left < wanted) return false;
		this.left -= wanted;
		return true;
	}
}
