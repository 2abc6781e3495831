import type { KlingError } from '../core/errors';
import { KINDS } from '../core/kinds';
import type { GenerationRequest } from '../core/requests';
import { busyPause } from './backOff';
import type { CreateOptions } from './createOnce';
import type { KeptCalls } from './payOnce';

/** A request to be submitted. */
export interface Order {
	/** Of its job. */
	readonly index: number;
	readonly request: GenerationRequest;
	readonly initialDelayMs: number;
	readonly create?: CreateOptions;
	/** As in `Job`. */
	readonly kept: KeptCalls;
}

/** Kling counts the slots of each model apart, those for videos apart from those for images. */
function bucketOf({ kind, model_name = '' }: GenerationRequest): string {
	return `${KINDS[kind].group} ${model_name}`;
}

/** "No free slot"; every other "busy" is about the whole account. */
const NO_SLOT = 1303;
const WHOLE_ACCOUNT = '';

/** The order when it is sent again after a try that may have made its task. */
function ambiguous(order: Order): Order {
	return { ...order, create: { ...order.create, earlier: 'ambiguous' } };
}

/** What the service said of one model, or of the whole account, since it last took or refused a request. Times in ms. */
interface BackOff {
	/** When the service first said "busy". */
	since: number;
	pause: number;
	nextTryAt: number;
}

/**
 * The requests that are still to be submitted, in order; while those for one model have to wait, others pass.
 * A request is kept here and nowhere else, so that it is let go (pictures included) as soon as it leaves.
 */
export class SubmitQueue {
	private readonly orders = new Map<number, Order>();
	private readonly backOffs = new Map<string, BackOff>();

	/** `maxWaitMs`: how long all orders of one bucket wait together for a free slot before they are given up. */
	constructor(private readonly maxWaitMs: number) {}

	get isEmpty(): boolean {
		return this.orders.size === 0;
	}

	/** What was not submitted yet. */
	get waiting(): Iterable<Order> {
		return this.orders.values();
	}

	add(order: Order): void {
		this.orders.set(order.index, order);
	}

	/** The first order that may be sent now. */
	next(now: number): Order | undefined {
		for (const order of this.orders.values()) if (this.nextTryAt(order) <= now) return order;
		return undefined;
	}

	/** When the next order may be sent, in ms; undefined when the queue is empty. */
	nextAt(): number | undefined {
		if (this.isEmpty) return undefined;
		return Math.min(...[...this.orders.values()].map((order) => this.nextTryAt(order)));
	}

	/** The order leaves, taken or given up for another reason than "busy": those like it need not wait any longer. */
	remove({ index, request }: Order): void {
		this.orders.delete(index);
		this.backOffs.delete(bucketOf(request));
		this.backOffs.delete(WHOLE_ACCOUNT);
	}

	/**
	 * The service was too busy for the order, which goes on waiting. Returns false when its bucket has waited for `maxWaitMs`:
	 * then it leaves, and each one behind it has a single try left before it leaves, too.
	 */
	backOff(order: Order, { details }: KlingError, now: number): boolean {
		const bucket = details.code === NO_SLOT ? bucketOf(order.request) : WHOLE_ACCOUNT;
		const { since = now, pause: previous } = this.backOffs.get(bucket) ?? {};
		const giveUpAt = since + this.maxWaitMs;
		if (now >= giveUpAt) {
			this.orders.delete(order.index);
			return false;
		}
		const pause = busyPause(previous);
		const nextTryAt = Math.min(now + Math.max(pause, details.retryAfterMs ?? 0), giveUpAt);
		this.backOffs.set(bucket, { since, pause, nextTryAt });
		if (details.maybeCreated !== false) this.orders.set(order.index, ambiguous(order));
		return true;
	}

	private nextTryAt({ request }: Order): number {
		const times = [bucketOf(request), WHOLE_ACCOUNT].map(
			(bucket) => this.backOffs.get(bucket)?.nextTryAt ?? 0,
		);
		return Math.max(...times);
	}
}
