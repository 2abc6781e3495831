import { KlingError } from '../shared/core/errors';
import { limiterOf } from '../shared/core/limiter';
import { lruOf } from '../shared/core/lru';
import type { Transport } from '../shared/tasks/http';

/** However many calls come at once, a service answers so many requests at the same time. */
export const MOST_AT_ONCE = 8;
/** So many more may wait for their turn. */
export const MOST_WAITING = 2000;
/** Services and their addresses; credentials that change must not fill n8n's memory. */
const MOST_SERVICES = 100;

const limiterFor = lruOf(MOST_SERVICES, () => limiterOf(MOST_AT_ONCE));

/**
 * `send`, but with no more than 8 requests at once to the service that `serviceKey` names; all others wait in line. What a
 * client sleeps between its requests holds nobody up. Throws what `send` throws, and `unreachable` where 2000 wait already.
 */
export function limitRequests(send: Transport, serviceKey: string): Transport {
	const limiter = limiterFor(serviceKey);
	return async (request, timeoutMs) => {
		if (limiter.count >= MOST_AT_ONCE + MOST_WAITING) {
			throw new KlingError('unreachable', 'Too many calls wait to be confirmed');
		}
		return await limiter.run(async () => await send(request, timeoutMs));
	};
}
