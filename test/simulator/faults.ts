import type { ListenerName, ServiceName } from './types';

/** What goes wrong. All of it can be sent to the control server as JSON. */
export type FaultAction =
	/** Answered so, without doing the work. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Kling's code in the shape of the service asked, without doing the work. */
	| { kind: 'error'; code: number; message?: string; retryAfterSeconds?: number }
	/** Connection closed without doing the work. */
	| { kind: 'dropBefore' }
	/** Work done, connection closed instead of an answer. */
	| { kind: 'dropAfter' }
	/** Work done, then Kling's code (default 5000) is answered. */
	| { kind: 'errorAfter'; code?: number; message?: string }
	/** Real milliseconds; then the work is done and answered as ever. */
	| { kind: 'delay'; ms: number }
	/** Real milliseconds between the work and its answer. */
	| { kind: 'delayAfter'; ms: number }
	| { kind: 'html'; status?: number }
	| { kind: 'empty'; status?: number }
	/** 200 with a body no client expects; default: text that is no JSON. */
	| { kind: 'garbage'; body?: unknown }
	/** Result files: half of the bytes, then the connection ends. */
	| { kind: 'cutOff' }
	/** Result files: an HTML page with status 200. */
	| { kind: 'wrongType' }
	| { kind: 'callbackDrop' }
	/** Sent `copies` times more. */
	| { kind: 'callbackDuplicate'; copies: number }
	/** All callbacks of the task wait for its end and go out last first. */
	| { kind: 'callbackReorder' }
	/** Beside the real one, one that claims the task has succeeded with foreign results. */
	| { kind: 'callbackForge' }
	/** Real milliseconds. */
	| { kind: 'callbackDelay'; ms: number }
	/** On a create: the task ends at once and its callbacks are out before the answer is. */
	| { kind: 'callbackBeforeAnswer' };

export interface FaultMatch {
	method?: string;
	/** A string matches as part of the path. */
	path?: string | RegExp;
	/** Source of a regular expression, for JSON. */
	pathPattern?: string;
	/** Callbacks only: the task status they tell. */
	taskStatus?: string;
}

export interface Fault {
	/** Default: every service. The CDN is only meant when it is named or the action is its own. */
	service?: ServiceName | 'cdn';
	match?: FaultMatch;
	/** How often it happens; default once. Use null or Infinity for ever. */
	times?: number | null;
	/** How many matching requests go well before. */
	after?: number;
	action: FaultAction;
}

export interface FaultHandle {
	/** How often it has happened. */
	readonly hits: number;
	remove(): void;
}

/** What a fault is looked up for. */
export interface FaultOccasion {
	channel: 'api' | 'cdn' | 'callback';
	service: ListenerName;
	method: string;
	path: string;
	taskStatus?: string;
}

interface ArmedFault {
	fault: Fault;
	seen: number;
	hits: number;
}

/** The faults on order; the first that matches and is not used up is the one that happens. */
export class Faults {
	private armed: ArmedFault[] = [];

	add(fault: Fault): FaultHandle {
		const armed: ArmedFault = { fault, seen: 0, hits: 0 };
		this.armed.push(armed);
		return {
			get hits() {
				return armed.hits;
			},
			remove: () => {
				this.armed = this.armed.filter((other) => other !== armed);
			},
		};
	}

	clear(): void {
		this.armed = [];
	}

	/** What is on order, with counts. */
	list(): Array<Fault & { hits: number }> {
		return this.armed.map(({ fault, hits }) => ({ ...fault, hits }));
	}

	/** The action to take now, counted as taken; undefined when all goes well. */
	take(occasion: FaultOccasion): FaultAction | undefined {
		for (const armed of this.armed) {
			if (!matches(armed.fault, occasion)) continue;
			armed.seen += 1;
			if (armed.seen <= (armed.fault.after ?? 0)) continue;
			const times = armed.fault.times === undefined ? 1 : (armed.fault.times ?? Infinity);
			if (armed.hits >= times) continue;
			armed.hits += 1;
			return armed.fault.action;
		}
		return undefined;
	}
}

function channelOf(fault: Fault): FaultOccasion['channel'] {
	const { kind } = fault.action;
	if (kind.startsWith('callback') && kind !== 'callbackBeforeAnswer') return 'callback';
	if (fault.service === 'cdn' || kind === 'cutOff' || kind === 'wrongType') return 'cdn';
	return 'api';
}

function matches(fault: Fault, occasion: FaultOccasion): boolean {
	if (channelOf(fault) !== occasion.channel) return false;
	if (fault.service && fault.service !== occasion.service) return false;
	const { method, path, pathPattern, taskStatus } = fault.match ?? {};
	if (method && method.toUpperCase() !== occasion.method) return false;
	if (typeof path === 'string' && !occasion.path.includes(path)) return false;
	if (path instanceof RegExp && !path.test(occasion.path)) return false;
	if (pathPattern && !new RegExp(pathPattern).test(occasion.path)) return false;
	return !taskStatus || taskStatus === occasion.taskStatus;
}
