import { z } from 'zod';
import { activate, type Execution, readExecution } from '../lib';
import type { Fault } from '../../simulator';
import type { Host, Environment, StoredWorkflow } from './environment';
import type { Mode, Shape } from './workflow';

/** Longer than a create may take, and than a deadline that n8n meets up to a minute late. */
const OVER_MS = 300_000;
/** n8n registers a webhook some time after it has answered that the workflow is active; it is tried every second. */
const MOST_TRIES = 120;
const ACTIVATE_AGAIN = 20;
const OVER = new Set(['success', 'error', 'canceled', 'crashed']);
/** Of suspended executions the tasks end when n8n has stored them, or after all when that takes longer than this. */
const TASK_SECONDS = { poll: 1, suspend: 20 };

/** What the webhook is told about who calls. */
export const BY = 'the test';
export const PROMPTS = ['A red kite', 'A blue boat'];

/** A workflow that was started. */
export interface StartedRun {
	workflowId: string;
	/** Waits until it is running, waiting or whatever is asked for, and tells the id of the execution. */
	reaches(status: string): Promise<string>;
	/** Waits until it is suspended or over. */
	rests(): Promise<void>;
	/** Waits for its end. */
	over(): Promise<Execution>;
}

export type RunOptions = Omit<Shape, 'mode'> & { prompts?: readonly string[] };

/** One row at one service in one mode, with an account and a simulator of its own, so that all of them can run at once. */
export class Cell {
	constructor(
		readonly environment: Environment,
		readonly mode: Mode,
	) {
		this.simulator.settings.taskSeconds = TASK_SECONDS[mode];
	}

	get host() {
		return this.environment.host;
	}

	get simulator() {
		return this.environment.simulator;
	}

	get setting() {
		return this.environment.setting;
	}

	/** Orders a fault at this cell's service. */
	fault(action: Fault['action'], more: Omit<Fault, 'action' | 'service'> = {}) {
		return this.simulator.faults.add({ service: this.setting.leadsTo, action, ...more });
	}

	/** Orders a fault at the host of the files. */
	fileFault(action: Fault['action'], more: Omit<Fault, 'action' | 'service'> = {}) {
		return this.simulator.faults.add({ service: 'cdn', action, ...more });
	}

	/** The requests that make a video from text. */
	get createMatch() {
		const path = this.setting.leadsTo === 'aceData' ? '/kling/videos' : '/v1/videos/text2video';
		return { method: 'POST', path };
	}

	/** The requests that look at tasks. */
	get queryMatch() {
		const atAce = this.setting.leadsTo === 'aceData';
		return atAce ? { method: 'POST', path: '/kling/tasks' } : { method: 'GET' };
	}

	creates() {
		const { method, path } = this.createMatch;
		return this.simulator.ledger.requests.filter(
			(request) => request.method === method && request.path.endsWith(path),
		);
	}

	queries() {
		const made = new Set(this.creates());
		return this.simulator.ledger.requests.filter((request) => !made.has(request));
	}

	/** Waits until that many tasks have been made, and tells their ids in order. */
	async tasksMade(number: number): Promise<string[]> {
		await until(() => this.simulator.ledger.charges.length >= number, `${number} tasks`);
		return this.simulator.ledger.charges.map(({ taskId }) => taskId);
	}

	/** Starts a workflow of that shape by its webhook, with one item per prompt. */
	async start({ prompts = PROMPTS, ...shape }: RunOptions = {}): Promise<StartedRun> {
		const { workflow, before } = await this.environment.workflow({ mode: this.mode, ...shape });
		return this.withEnds(await call(this.host, workflow, bodyFor(prompts), before));
	}

	async run(options: RunOptions = {}): Promise<Execution> {
		return await (await this.start(options)).over();
	}

	/** Runs an execution once more, as the button Retry does, and waits for the end. */
	async retry({ workflowId }: StartedRun, { id }: Execution): Promise<Execution> {
		await this.host.rest.post(`/executions/${id}/retry`, { loadWorkflow: false }, z.unknown());
		return await this.withEnds(newestRun(this.host, workflowId, id)).over();
	}

	/** n8n refuses callbacks until it has stored the execution, so the tasks go on until then, however slow it is. */
	private withEnds(run: StartedRun): StartedRun {
		if (this.mode === 'poll') return run;
		return {
			...run,
			over: async () => {
				await run.rests();
				this.endTasks();
				try {
					return await run.over();
				} catch (error) {
					throw new Error(`${String(error)}; callbacks: ${this.callbacks()}`);
				}
			},
		};
	}

	/** What became of the callbacks, for error messages: nobody goes on when n8n is too slow to take them. */
	private callbacks(): string {
		const { callbacks } = this.simulator.ledger;
		return callbacks
			.map(({ taskStatus, status, error }) => `${taskStatus} ${error ?? status}`)
			.join(', ');
	}

	/** Ends all tasks as they would end later. */
	private endTasks(): void {
		const { tasks } = this.simulator;
		for (const task of tasks.all()) {
			if (['succeed', 'failed'].includes(tasks.status(task))) continue;
			if (task.failure === undefined) tasks.finish(task.id);
			else tasks.fail(task.id, task.failure);
		}
	}
}

/** What workflows start with. */
export function bodyFor(prompts: readonly string[]) {
	return { items: prompts.map((prompt) => ({ prompt })), by: BY };
}

/** Calls the webhook of a workflow. `before` is its last execution until now. */
export async function call(
	host: Host,
	{ id: workflowId, path }: StoredWorkflow,
	body: unknown,
	before?: string,
): Promise<StartedRun> {
	for (let tries = 1; ; tries += 1) {
		const { ok, status } = await host.rest.fetch('POST', `/webhook/${path}`, body);
		if (ok) return newestRun(host, workflowId, before);
		if (status !== 404 || tries > MOST_TRIES) throw new Error(`The webhook answered ${status}`);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		// On a busy machine n8n gives up in the middle of it.
		if (tries % ACTIVATE_AGAIN === 0) await activate(host.rest, workflowId);
	}
}

/** Looks often until it is true; throws after half a minute. */
export async function until(
	isTrue: () => boolean,
	what: string,
	timeoutMs = 30_000,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!isTrue()) {
		if (Date.now() > deadline) throw new Error(`No ${what} after ${timeoutMs / 1000} s`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** The newest execution of a workflow, but for the one of this id. */
export function newestRun(
	{ rest, executions }: Host,
	workflowId: string,
	before?: string,
): StartedRun {
	const is = async (wanted: (status: string) => boolean, what: string) => {
		const fits = ({ id, status }: { id: string; status: string }) =>
			id !== before && wanted(status);
		return await executions.until(workflowId, what, fits, OVER_MS);
	};
	return {
		workflowId,
		reaches: async (status) => (await is((now) => now === status, status)).id,
		rests: async () => {
			await is((now) => now === 'waiting' || OVER.has(now), 'suspended');
		},
		over: async () => await readExecution(rest, (await is((now) => OVER.has(now), 'over')).id),
	};
}
