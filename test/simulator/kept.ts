import type { TimerClock } from './clock';
import type { World } from './world';

/** What a call that is answered at once has made, and other calls can use for a while. */
export interface Kept {
	/** Of the call: the id that its answer and the ledger tell. */
	id: string;
	/** Name of the account. */
	account: string;
	/** ms since 1970. */
	madeAt: number;
}

/** A text that was spoken. */
export interface Speech extends Kept {
	/** What other calls know it by. */
	audioId: string;
	seconds: number;
}

/** A face and when it is really seen, in ms of the video. */
export interface Face {
	id: string;
	startMs: number;
	endMs: number;
}

/** The faces that were recognised in a video. */
export interface FaceSession extends Kept {
	faces: Face[];
	/** Length of the video, as ordered or named. */
	seconds: number;
	/** Its real length. */
	videoMs: number;
	/** Of a video that Kling made. */
	videoId?: string;
}

/** Things of one sort, by the id of the call that made them. Whether one is too old is for its user to say. */
export class KeptThings<T extends Kept> {
	private readonly things = new Map<string, T>();

	constructor(private readonly clock: TimerClock) {}

	keep(thing: Omit<T, 'madeAt'>): T {
		const kept = { ...thing, madeAt: this.clock.now() } as T;
		this.things.set(kept.id, kept);
		return kept;
	}

	get(id: string): T | undefined {
		return this.things.get(id);
	}

	/** The first of the account's that matches. */
	find(account: string, matches: (thing: T) => boolean): T | undefined {
		return [...this.things.values()].find((thing) => thing.account === account && matches(thing));
	}

	reset(): void {
		this.things.clear();
	}
}

/** What has this id and files on the CDN: a task, a speech or a session. */
export function makerOf(world: World, id: string): { seconds: number } | undefined {
	return world.tasks.get(id) ?? world.speeches.get(id) ?? world.faceSessions.get(id);
}
