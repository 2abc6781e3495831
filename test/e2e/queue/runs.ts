import type { ServiceName } from '../../simulator';
import { type Execution, readExecution } from '../lib';
import { startByWebhook, untilStatus } from '../lib/started';
import { exampleForMany } from '../textToVideoExample';
import { expectVideos, itemsOf } from '../videos';
import { publish } from '../world';
import type { QueueWorld } from './world';

const OVER_MS = 100_000;

/** Services with external task ids, with lists of tasks instead, and with neither. */
export const SERVICES = ['klingGlobal', 'aceData', 'openaiHk'] as const;

/** An execution of "text to video", with an item per prompt. */
export interface Run {
	id: string;
	service: ServiceName;
	prompts: string[];
}

/** Starts an execution of the workflow that was made for a service. */
export type Starter = (prompts: string[]) => Promise<Run>;

/** Makes a workflow for a service ready to be started; `more` are parameters of the Kling node. */
export async function starter(
	{ rest, settings }: QueueWorld,
	service: ServiceName,
	more: Record<string, unknown>,
): Promise<Starter> {
	const setting = settings.find(({ leadsTo }) => leadsTo === service)!;
	const workflow = await publish(rest, exampleForMany(more), setting);
	return async (prompts) => {
		const id = await startByWebhook(rest, workflow, { prompts });
		return { id, service, prompts };
	};
}

/** The same for every service. */
export async function starters(
	world: QueueWorld,
	more: Record<string, unknown>,
): Promise<Starter[]> {
	const made: Starter[] = [];
	for (const service of SERVICES) made.push(await starter(world, service, more));
	return made;
}

/** Starts `each` executions of two items for every service. */
export async function startAll(
	world: QueueWorld,
	more: Record<string, unknown>,
	each: number,
): Promise<Run[]> {
	const ready = await starters(world, more);
	const runs: Run[] = [];
	for (let turn = 1; turn <= each; turn += 1) {
		for (const start of ready) runs.push(await start([`A kite, ${turn}`, `A boat, ${turn}`]));
	}
	return runs;
}

/** Waits until n8n shows an execution with this status. */
export async function whenOver(
	{ rest }: QueueWorld,
	{ id }: Run,
	status = 'success',
): Promise<Execution> {
	await untilStatus(rest, id, status, OVER_MS);
	return await readExecution(rest, id);
}

/** Each execution ends well, with the video of each of its prompts. */
export async function expectDone(world: QueueWorld, runs: Run[]): Promise<void> {
	for (const run of runs) {
		const items = itemsOf(await whenOver(world, run));
		await expectVideos(world, items, run.prompts);
	}
}

/** The same, and nothing else was charged for. */
export async function expectAllDone(world: QueueWorld, runs: Run[]): Promise<void> {
	await expectDone(world, runs);
	expectCharges(world, runs);
}

/** As many charges at each service as its executions have items. */
export function expectCharges({ simulator }: QueueWorld, runs: Run[]): void {
	const perService = (services: ServiceName[]) =>
		SERVICES.map((service) => services.filter((name) => name === service).length);
	const charged = simulator.ledger.charges.map(({ service }) => service);
	const ordered = runs.flatMap(({ prompts, service }) => prompts.map(() => service));
	expect(perService(charged)).toEqual(perService(ordered));
}

/** Ends every task at the simulator. */
export function finishTasks({ simulator }: QueueWorld): void {
	for (const { id } of simulator.tasks.all()) simulator.tasks.finish(id);
}
