import type { KlingError } from '../core/errors';
import { KINDS } from '../core/kinds';
import type { GenerationRequest } from '../core/requests';
import { busyPause } from './backOff';

/** Kling counts the slots of each model apart, those for videos apart from those for images. */
function laneOf({ kind, model_name = '' }: GenerationRequest): string {
	return `${KINDS[kind].group} ${model_name}`;
}

/** "No free slot"; all else that asks for patience is about the whole account. */
const NO_SLOT = 1303;
const WHOLE_ACCOUNT = '';

/** What an account, or a model in it, has been told to do. Times in ms. */
interface Lane {
	againAt: number;
	/** Since when nothing got through. */
	since: number;
	pause: number;
}

/** The orders that are still to be sent, in order; those that were told to wait let others pass. */
export interface Queue {
	readonly isEmpty: boolean;
	places(): readonly number[];
	add(place: number, request: GenerationRequest): void;
	/** The first that may be sent now. */
	next(now: number): number | undefined;
	/** When the next one may be sent; undefined when the queue is empty. */
	nextAt(): number | undefined;
	/** It was sent, or given up. */
	remove(place: number): void;
	/** Its like may be sent at once. */
	open(place: number): void;
	/** It has to wait, as the service said. False when it has waited for too long. */
	hold(place: number, error: KlingError, now: number): boolean;
}

/** `patienceMs`: how long all orders for one model wait together before they are given up. */
export function queueOf(patienceMs: number): Queue {
	const orders = new Map<number, string>();
	const lanes = new Map<string, Lane>();
	const againAt = (lane: string): number =>
		Math.max(lanes.get(lane)?.againAt ?? 0, lanes.get(WHOLE_ACCOUNT)?.againAt ?? 0);
	return {
		get isEmpty() {
			return orders.size === 0;
		},
		places: () => [...orders.keys()],
		add(place, request) {
			orders.set(place, laneOf(request));
		},
		next(now) {
			for (const [place, lane] of orders) if (againAt(lane) <= now) return place;
			return undefined;
		},
		nextAt() {
			const times = [...orders.values()].map(againAt);
			return times.length > 0 ? Math.min(...times) : undefined;
		},
		remove(place) {
			orders.delete(place);
		},
		open(place) {
			lanes.delete(orders.get(place) ?? '');
			lanes.delete(WHOLE_ACCOUNT);
		},
		hold(place, { details }, now) {
			const own = orders.get(place) ?? '';
			const lane = details.code === NO_SLOT ? own : WHOLE_ACCOUNT;
			const { since = now, pause } = lanes.get(lane) ?? {};
			const giveUpAt = since + patienceMs;
			if (now >= giveUpAt) return false;
			const next = busyPause(pause);
			const wait = Math.max(next, details.retryAfterMs ?? 0);
			lanes.set(lane, { since, pause: next, againAt: Math.min(now + wait, giveUpAt) });
			return true;
		},
	};
}
