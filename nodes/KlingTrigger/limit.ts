import { KlingError } from '../shared/core/errors';
import { limiterOf } from '../shared/core/limiter';
import { clock } from '../shared/n8n/clock';
import { lruOf } from '../shared/core/lru';
import type { Transport } from '../shared/tasks/http';

/** However many calls come at once, a service answers so many requests at the same time. */
export const MOST_AT_ONCE = 8;
/** So many more may wait for their turn. */
export const MOST_WAITING = 2000;
/** Services and their addresses; credentials that change must not fill n8n's memory. */
const MOST_SERVICES = 100;

/** After "too many requests" those that make tasks and wait for them go first. */
const PAUSE_MS = 5000;
const TOO_MANY_REQUESTS = 429;

const gateFor = lruOf(MOST_SERVICES, () => ({
	limiter: limiterOf(MOST_AT_ONCE),
	closedUntil: 0,
}));

/**
 * `send`, but with no more than 8 requests at once to the service that `serviceKey` names; all others wait in line. What a
 * client sleeps between its requests holds nobody up. For 5 s after the service has asked for fewer requests, none is sent.
 * Throws what `send` throws, and `unreachable` where 2000 wait already.
 */
export function limitRequests(send: Transport, serviceKey: string): Transport {
	const gate = gateFor(serviceKey);
	return async (request, timeoutMs) => {
		if (gate.limiter.count >= MOST_AT_ONCE + MOST_WAITING) {
			throw new KlingError('unreachable', 'Too many calls wait to be confirmed');
		}
		return await gate.limiter.run(async () => {
			// Here, so that it holds for those in line, too; an answer to another one may prolong it meanwhile.
			while (gate.closedUntil > clock.now()) await clock.sleep(gate.closedUntil - clock.now());
			const answer = await send(request, timeoutMs);
			if (answer.status === TOO_MANY_REQUESTS) gate.closedUntil = clock.now() + PAUSE_MS;
			return answer;
		});
	};
}

/** How many requests were sent. */
export interface Traffic {
	requests: number;
}

/** `send`, but counted. */
export function counted(send: Transport, traffic: Traffic): Transport {
	return async (request, timeoutMs) => {
		traffic.requests += 1;
		return await send(request, timeoutMs);
	};
}
