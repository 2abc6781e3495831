/** A made-up service on a made-up clock for the loop that submits and waits. */
import { KlingError } from '../../../nodes/shared/core/errors';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { GenerationRequest } from '../../../nodes/shared/core/requests';
import type { Task, TaskRef, TaskStatus } from '../../../nodes/shared/core/task';
import type { KlingClient } from '../../../nodes/shared/tasks/client';
import type { FoundTasks } from '../../../nodes/shared/tasks/getMany';
import type { Job, WaitOptions } from '../../../nodes/shared/tasks/job';
import { runJobs } from '../../../nodes/shared/tasks/runJobs';
import type { KeptCalls } from '../../../nodes/shared/tasks/payOnce';
import type { SubmitState } from '../../../nodes/shared/tasks/runJobs';
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

/** How one job goes: errors before its create is taken, then the errors of the checks, then the end. */
export interface Script {
	create?: KlingError[];
	checks?: KlingError[];
	runsFor?: number;
	end?: TaskStatus;
	model?: string;
	/** How the task is when the create is answered. */
	madeAs?: TaskStatus;
	/** The create finds a task of another execution instead of making one. */
	reused?: boolean;
	/** The task was made and paid for before, by this execution or another; it is only waited for. */
	paid?: boolean | 'by another execution';
}

export function task(id: string, status: TaskStatus): Task {
	return { id, kind: 'text2video', status, message: '', results: [], raw: null };
}

/** For requests that need nothing paid before their create. */
export const nothingKept: KeptCalls = () => {
	throw new Error('No call was to be paid');
};

function jobOf(index: number, { paid = false, model = 'kling-v3' }: Script): Job {
	const initialDelayMs = paid ? 0 : 30_000;
	const ref = { id: `task-${index}`, kind: 'text2video' } as const;
	if (paid) return { ref, initialDelayMs, ownedByOtherExecution: paid === 'by another execution' };
	const request = parseRequest({ kind: 'text2video', model_name: model, prompt: String(index) });
	return { request, initialDelayMs, kept: nothingKept };
}

interface Made {
	script: Script;
	at: number;
	checks: number;
}

/** Plays the scripts and keeps count of everything. */
class FakeService {
	now = 1_000_000;
	/** The jobs whose creates were tried, in order. */
	readonly attempts: string[] = [];
	readonly made = new Map<string, Made>();
	readonly checkTimes: number[] = [];
	mostUnderWay = 0;
	mostRunning = 0;
	private readonly began = this.now;
	private underWay = 0;

	constructor(private readonly scripts: Script[]) {
		for (const [index, script] of scripts.entries()) {
			if (script.paid) this.made.set(`task-${index}`, { script, at: this.now, checks: 0 });
		}
	}

	passed(): number {
		return this.now - this.began;
	}

	client(): KlingClient {
		const notUsed = () => {
			throw new Error('not used by the loop');
		};
		return {
			provider: provider('relay'),
			get: notUsed,
			findById: notUsed,
			list: notUsed,
			call: notUsed,
			billing: { balances: notUsed, deductions: notUsed },
			library: { page: notUsed, list: notUsed, find: notUsed, delete: notUsed },
			create: async (request, { prepare } = {}) => {
				await prepare?.();
				return await this.request(() => this.create(request));
			},
			getMany: async (refs) => await this.request(() => this.getMany(refs)),
		};
	}

	private async request<T>(work: () => T): Promise<T> {
		this.underWay += 1;
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
		await Promise.resolve();
		this.underWay -= 1;
		return work();
	}

	private statusOf(id: string): TaskStatus {
		const made = this.made.get(id);
		const isOver = made !== undefined && this.now - made.at >= (made.script.runsFor ?? MINUTE);
		return isOver ? (made.script.end ?? 'succeed') : 'processing';
	}

	private create(request: GenerationRequest): Task {
		const name = 'prompt' in request ? String(request.prompt) : '';
		const script = this.scripts[Number(name)] ?? {};
		this.attempts.push(name);
		const fault = script.create?.[this.attempts.filter((other) => other === name).length - 1];
		if (fault) throw fault;
		const id = `task-${name}`;
		this.made.set(id, { script, at: this.now, checks: 0 });
		const running = [...this.made.keys()].filter((one) => this.statusOf(one) === 'processing');
		this.mostRunning = Math.max(this.mostRunning, running.length);
		return { ...task(id, script.madeAs ?? 'submitted'), reused: script.reused };
	}

	private getMany(refs: readonly TaskRef[]): FoundTasks {
		this.checkTimes.push(this.passed());
		const found: FoundTasks = new Map();
		for (const { id } of refs) {
			const made = this.made.get(id);
			const fault = made?.script.checks?.[made.checks];
			if (made) made.checks += 1;
			found.set(id, fault ?? task(id, this.statusOf(id)));
		}
		return found;
	}
}

/** Lets the loop run the scripts. `onSleep` is called before every sleep, with its number from 1. */
export async function play(
	scripts: Script[],
	change: Partial<WaitOptions> = {},
	signal?: AbortSignal,
	onSleep?: (number: number) => void,
) {
	const service = new FakeService(scripts);
	const sleeps: number[] = [];
	/** What the loop reported: which job got to which state, with which task. */
	const events: Array<[number, SubmitState, string?]> = [];
	const clock = {
		now: () => service.now,
		sleep: async (ms: number) => {
			onSleep?.(sleeps.length + 1);
			sleeps.push(ms);
			service.now += ms;
			await Promise.resolve();
		},
	};
	const results = await runJobs(
		scripts.map((script, index) => jobOf(index, script)),
		{ ...options, ...change },
		{
			client: service.client(),
			clock,
			signal,
			random: () => 0.5,
			onTask: (index, state, made) => events.push(made ? [index, state, made.id] : [index, state]),
		},
	);
	const { attempts, made, checkTimes, mostUnderWay, mostRunning } = service;
	return {
		results,
		events,
		/** The ids of the tasks that were reported as made, in order. */
		reported: events.flatMap(([, state, id]) => (state === 'made' && id ? [id] : [])),
		sleeps,
		attempts,
		made,
		checkTimes,
		mostUnderWay,
		mostRunning,
		passed: service.passed(),
	};
}
