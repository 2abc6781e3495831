import { z } from 'zod';
import { activate, createWorkflow, newestExecution, type Rest, type Workflow } from '../lib';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { CREDENTIAL_TYPE, type Setting, settingsFor, withUploads } from '../world';
import { Limiter } from './limiter';
import type { ExecutionPoller } from './executionPoller';
import { type Shape, webhookWorkflow } from './workflow';

/** Enough for every row but those about slots. */
const SLOTS = 50;

/** n8n as far as many tests at once need it. */
export interface Host {
	rest: Rest;
	executions: ExecutionPoller;
	/** Hosts outside that n8n wanted to reach. */
	asked: () => readonly string[];
}

const MANUAL = 'n8n-nodes-base.manualTrigger';
/** Many workflows activated at once would keep n8n from all else. */
const publishing = new Limiter(4);
let count = 0;

/** A workflow as n8n has stored it, and the path of its webhook if it has one. */
export interface StoredWorkflow {
	id: string;
	path: string;
}

/**
 * A simulator with a credential that leads to it and workflows that use it. One test after the other may have it, since
 * making workflows and activating them costs n8n more than running them.
 */
export class Environment {
	private credential: Promise<{ id: string; name: string }> | undefined;
	private readonly workflows = new Map<string, Promise<StoredWorkflow>>();

	private constructor(
		readonly host: Host,
		readonly simulator: Simulator,
		readonly setting: Setting,
	) {}

	static async open(
		host: Host,
		title: string,
		options: SimulatorOptions = {},
	): Promise<Environment> {
		const simulator = await startSimulator({ slots: SLOTS, ...options });
		const found = settingsFor(simulator).find((one) => one.title === title);
		if (!found) throw new Error(`There is no setting ${title}`);
		const setting = found.leadsTo === 'aceData' ? withUploads(found, simulator) : found;
		return new Environment(host, simulator, setting);
	}

	/** The credential of this environment, or one that differs in these fields. */
	async saveCredential(more: Record<string, string> = {}): Promise<{ id: string; name: string }> {
		count += 1;
		const name = `${this.setting.title} ${count}`;
		const credential = { name, type: CREDENTIAL_TYPE, data: { ...this.setting.data, ...more } };
		const answer = z.object({ id: z.string() });
		const { id } = await this.host.rest.post('/credentials', credential, answer);
		return { id, name };
	}

	async ownCredential(): Promise<{ id: string; name: string }> {
		this.credential ??= this.saveCredential();
		return await this.credential;
	}

	/** Stores the workflow that `make` gives for the path of a webhook, and makes its triggers work. */
	async save(
		make: (path: string, credential: { id: string; name: string }) => Workflow,
	): Promise<StoredWorkflow> {
		return await publishing.run(async () => await this.saveNow(make));
	}

	private async saveNow(
		make: (path: string, credential: { id: string; name: string }) => Workflow,
	): Promise<StoredWorkflow> {
		const { rest } = this.host;
		count += 1;
		const path = `faults-${count}`;
		const workflow = make(path, await this.ownCredential());
		const { id, versionId } = await createWorkflow(rest, path, workflow);
		if (workflow.nodes.some(({ type }) => type !== MANUAL && /trigger$|webhook$/i.test(type)))
			await activate(rest, id, versionId);
		return { id, path };
	}

	/** An active workflow of this shape, and the execution that it has had last. */
	async workflow(shape: Shape): Promise<{ workflow: StoredWorkflow; before?: string }> {
		const key = JSON.stringify(shape);
		const known = this.workflows.get(key);
		const made = known ?? this.save((path, credential) => webhookWorkflow(path, shape, credential));
		this.workflows.set(key, made);
		const workflow = await made;
		return known
			? { workflow, before: (await newestExecution(this.host.rest, workflow.id))?.id }
			: { workflow };
	}
}

/** Environments that are free again. */
export class EnvironmentPool {
	private readonly free: Environment[] = [];
	private readonly all: Environment[] = [];

	constructor(private readonly host: Host) {}

	/** An environment for that setting. One with options of its own is nobody else's. */
	async acquire(title: string, options?: SimulatorOptions): Promise<Environment> {
		const at = options ? -1 : this.free.findIndex(({ setting }) => setting.title === title);
		const [found] = at < 0 ? [] : this.free.splice(at, 1);
		if (found) {
			found.simulator.reset();
			return found;
		}
		const environment = await Environment.open(this.host, title, options);
		this.all.push(environment);
		return environment;
	}

	/** Not to be called after a failure, when executions may still be under way, nor for one with options of its own. */
	release(environment: Environment): void {
		this.free.push(environment);
	}

	async stop(): Promise<void> {
		await Promise.all(this.all.map(async ({ simulator }) => await simulator.stop()));
	}
}
