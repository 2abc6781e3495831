import type { ServiceName } from '../../simulator';
import { type Execution, readExecution } from '../lib';
import { startByWebhook, untilStatus } from '../lib/started';
import { exampleForMany } from '../textToVideoExample';
import { expectVideos, itemsOf } from '../videos';
import { publish } from '../world';
import type { QueueWorld } from './world';

const OVER_MS = 100_000;

/** Services with external task ids, with lists of tasks instead, and with neither; relays with them and without. */
export const SERVICES = ['klingGlobal', 'aceData', 'openaiHk', 'relay', 'newApi'] as const;

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

/** Starts an execution of two items for every service. */
export async function startAll(world: QueueWorld, more: Record<string, unknown>): Promise<Run[]> {
	return await Promise.all(
		SERVICES.map(async (service) => {
			const start = await starter(world, service, more);
			return await start(['A kite', 'A boat']);
		}),
	);
}

/** The same, and waits until they are suspended. */
export async function suspendAll(world: QueueWorld, options: object = {}): Promise<Run[]> {
	const runs = await startAll(world, { waitMode: 'suspend', options });
	for (const run of runs) await whenOver(world, run, 'waiting');
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

/** Ends tasks at the simulator, all or those named, and waits until the services have called. */
export async function finishTasks(
	{ simulator }: QueueWorld,
	isMeant: (id: string) => boolean = () => true,
): Promise<void> {
	for (const { id } of simulator.tasks.all()) if (isMeant(id)) simulator.tasks.finish(id);
	await simulator.settled();
}
