import type { TimerClock } from './clock';
import type { World } from './world';

/** What a call that is answered at once has made, and other calls can use for a while. */
export interface Answered {
	/** Of the call: the id that its answer and the ledger tell. */
	id: string;
	/** Name of the account. */
	account: string;
	/** ms since 1970. */
	madeAt: number;
}

/** A text that was spoken. */
export interface Speech extends Answered {
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
export interface FaceSession extends Answered {
	faces: Face[];
	/** Length of the video, as ordered or named. */
	seconds: number;
	/** Its real length. */
	videoMs: number;
	/** Of a video that Kling made. */
	videoId?: string;
}

/** What the calls of one path have made. Whether something is too old is for its user to say. */
export class AnsweredCalls<T extends Answered> {
	private readonly made = new Map<string, T>();

	constructor(private readonly clock: TimerClock) {}

	add(call: Omit<T, 'madeAt'>): T {
		const made = { ...call, madeAt: this.clock.now() } as T;
		this.made.set(made.id, made);
		return made;
	}

	get(id: string): T | undefined {
		return this.made.get(id);
	}

	/** The first of the account's that matches. */
	find(account: string, matches: (made: T) => boolean): T | undefined {
		return [...this.made.values()].find((made) => made.account === account && matches(made));
	}

	reset(): void {
		this.made.clear();
	}
}

/** What has this id and files on the CDN: a task, a speech, a session or a recognition. */
export function makerOf(world: World, id: string): { seconds: number } | undefined {
	return (
		world.tasks.get(id) ??
		world.speeches.get(id) ??
		world.faceSessions.get(id) ??
		(world.recognitions.get(id) && { seconds: 0 })
	);
}
