/** A made-up service on a made-up clock for the loop that submits and waits. */
import type { KlingClient } from '../../../nodes/shared/tasks/client';
import type { FoundTasks } from '../../../nodes/shared/tasks/getMany';
import { KlingError } from '../../../nodes/shared/core/errors';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Task, TaskStatus } from '../../../nodes/shared/core/task';
import type { Job, WaitOptions } from '../../../nodes/shared/tasks/job';
import { runJobs } from '../../../nodes/shared/tasks/runJobs';
import { provider } from './support';

export const MINUTE = 60_000;

export const options: WaitOptions = {
	until: 'finished',
	maxParallel: 5,
	pollIntervalMs: 10_000,
	timeoutMs: 30 * MINUTE,
	unfinishedIsFine: false,
	stopAtError: true,
};

export const busy = new KlingError('refused', 'busy', {
	retryable: true,
	busy: true,
	maybeCreated: false,
});
/** No free slot for this model; without its code, `busy` is about the whole account. */
export const noSlot = busy.with({ code: 1303 });
export const broken = new KlingError('unreachable', 'broken', { retryable: true });
export const refused = new KlingError('refused', 'refused', { maybeCreated: false });
export const unknown = new KlingError('notFound', 'unknown', {});

/** How one request to make something goes: errors before it is taken, then the errors of the looks, then the end. */
export interface Script {
	create?: KlingError[];
	looks?: KlingError[];
	runsFor?: number;
	end?: TaskStatus;
	/** The task was made and paid for before; it is only waited for. */
	paid?: boolean;
	model?: string;
}

export function task(id: string, status: TaskStatus): Task {
	return { id, kind: 'text2video', status, message: '', videos: [], images: [], raw: null };
}

function jobOf(place: number, { paid = false, model = 'kling-v3' }: Script): Job {
	if (paid) return { ref: { id: `task-${place}`, kind: 'text2video' }, firstLookMs: 0 };
	const request = parseRequest({
		kind: 'text2video',
		model_name: model,
		prompt: String(place),
	});
	return { request, firstLookMs: 30_000 };
}

/** Plays the scripts and keeps count of everything. */
export function play(
	scripts: Script[],
	change: Partial<WaitOptions> = {},
	signal?: AbortSignal,
	onSleep?: (number: number) => void,
) {
	let now = 1_000_000;
	const began = now;
	let underWay = 0;
	const seen = {
		attempts: [] as string[],
		made: new Map<string, { script: Script; at: number; looks: number }>(),
		lookTimes: [] as number[],
		sleeps: [] as number[],
		mostUnderWay: 0,
		mostRunning: 0,
		told: [] as Array<[number, string]>,
	};
	const request = async <T>(work: () => T): Promise<T> => {
		underWay += 1;
		seen.mostUnderWay = Math.max(seen.mostUnderWay, underWay);
		await Promise.resolve();
		underWay -= 1;
		return work();
	};
	const statusOf = (id: string): TaskStatus => {
		const made = seen.made.get(id);
		const over = made !== undefined && now - made.at >= (made.script.runsFor ?? MINUTE);
		return over ? (made.script.end ?? 'succeed') : 'processing';
	};
	const notUsed = () => {
		throw new Error('not used by the loop');
	};
	const client: KlingClient = {
		provider: provider('relay'),
		get: notUsed,
		findById: notUsed,
		list: notUsed,
		packs: notUsed,
		create: async (wish) =>
			await request(() => {
				const place = Number('prompt' in wish ? wish.prompt : '');
				const script = scripts[place] ?? {};
				seen.attempts.push(String(place));
				const fault =
					script.create?.[seen.attempts.filter((other) => other === String(place)).length - 1];
				if (fault) throw fault;
				const id = `task-${place}`;
				seen.made.set(id, { script, at: now, looks: 0 });
				const running = [...seen.made.keys()].filter((other) => statusOf(other) === 'processing');
				seen.mostRunning = Math.max(seen.mostRunning, running.length);
				return task(id, 'submitted');
			}),
		getMany: async (refs) =>
			await request(() => {
				seen.lookTimes.push(now - began);
				const found: FoundTasks = new Map();
				for (const { id } of refs) {
					const made = seen.made.get(id);
					const fault = made?.script.looks?.[made.looks];
					if (made) made.looks += 1;
					found.set(id, fault ?? task(id, statusOf(id)));
				}
				return found;
			}),
	};
	for (const [place, script] of scripts.entries()) {
		if (script.paid) seen.made.set(`task-${place}`, { script, at: now, looks: 0 });
	}
	const clock = {
		now: () => now,
		sleep: async (ms: number) => {
			onSleep?.(seen.sleeps.length + 1);
			seen.sleeps.push(ms);
			now += ms;
			await Promise.resolve();
		},
	};
	const done = runJobs(
		scripts.map((script, place) => jobOf(place, script)),
		{ ...options, ...change },
		{
			client,
			clock,
			signal,
			random: () => 0.5,
			onTask: (index, _state, made) => made && seen.told.push([index, made.id]),
		},
	);
	return done.then((outcomes) => ({ outcomes, ...seen, passed: () => now - began }));
}
