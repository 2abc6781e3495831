import { type StartedRun, Cell, PROMPTS, type RunOptions } from './cell';
import { expectHandedOn, expectTimedOut, expectVideos, itemsOut } from './expect';
import type { Environment, EnvironmentPool } from './environment';
import { charged, SPEAKING } from './rows/chains';
import { APIS, expectOwnVideos, postsTo } from './rows/newerApis';
import { FINDS, OFFICIAL, SERVICES, type Title } from './rows';
import { KLING, type Mode } from './workflow';

/** Nothing ends by itself while n8n is dead. */
const LONG_S = 3600;
/** In minutes. The first is past before n8n is back, the second is not, unless the machine is very busy. */
const DEADLINES = { overdue: 0.1, missed: 2 };
/** Where a task has an External Task ID. */
const NAMED = SERVICES.filter((title) => [...OFFICIAL, ...FINDS].some((named) => named === title));
/** Refuses a name that it has had, but does not tell whose it is. */
const SECRETIVE: Title = 'a new-api relay';
const NAMELESS = SERVICES.filter((title) => !NAMED.includes(title) && title !== SECRETIVE);

/** An execution that waited when n8n died. */
export interface WaitingRun {
	cell: Cell;
	run: StartedRun;
}

/** Starts an execution at a service that does not end its tasks by itself, and waits until both tasks are made. */
export async function startAndWait(
	environment: Environment,
	mode: Mode,
	options: RunOptions = {},
	charges = PROMPTS.length,
): Promise<WaitingRun> {
	const cell = new Cell(environment, mode);
	cell.simulator.settings.taskSeconds = LONG_S;
	const run = await cell.start(options);
	await run.reaches(mode === 'poll' ? 'running' : 'waiting');
	await cell.tasksMade(charges);
	return { cell, run };
}

/** Ends all tasks of a cell. */
export function finishAll({ simulator }: Cell): void {
	for (const { id } of simulator.tasks.all()) simulator.tasks.finish(id);
}

/** Presses Retry on what crashed, when the tasks it left behind are over. */
export async function retryCrashed({ cell, run }: WaitingRun) {
	const crashed = await run.over();
	expect(crashed.status).toBe('crashed');
	expect(cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
	finishAll(cell);
	cell.simulator.settings.taskSeconds = 1;
	return await cell.retry(run, crashed);
}

/**
 * n8n that starts after the deadline wants to go on before it can, fails the execution itself, and keeps of it only what the
 * node has put out. Retry hands that on.
 */
async function expectHandedOnByRetry({ cell, run }: WaitingRun): Promise<void> {
	let execution = await run.over();
	// Not so with an n8n that waits until it can.
	if (execution.status !== 'success') execution = await cell.retry(run, execution);
	const items = execution.outputs(KLING)[0] ?? [];
	expect(items).toHaveLength(PROMPTS.length);
	for (const [index, item] of items.entries()) expectTimedOut(cell, item, PROMPTS[index]!);
}

/** n8n is killed by SIGKILL while executions wait in both ways, and started again. `crash` does that. */
export function crashSuite(
	environments: () => EnvironmentPool,
	crash: (meanwhile: () => Promise<void>) => Promise<void>,
): void {
	describe('n8n killed with -9 and started again', () => {
		const suspended = new Map<Title, WaitingRun>();
		/** Suspended, and called back while nobody listened. */
		const missed = new Map<Title, WaitingRun>();
		const overdue = new Map<Title, WaitingRun>();
		const polling = new Map<Title, WaitingRun>();
		/** Polling for avatars, whose speeches were paid before. */
		let speaking: WaitingRun | undefined;
		/** The deadline of `missed` was past, too, before n8n was back. */
		let isLate = false;
		/** By the newer APIs of official Kling, polling and suspended. */
		const newer = APIS.map((api) => ({ ...api, scene: new Map<Mode, WaitingRun>() }));

		beforeAll(async () => {
			const set = async (
				scene: Map<Title, WaitingRun>,
				title: Title,
				mode: Mode,
				options?: RunOptions,
			) => scene.set(title, await startAndWait(await environments().acquire(title), mode, options));
			const speak = async () => {
				const environment = await environments().acquire(OFFICIAL[0]);
				const calls = 2 * PROMPTS.length;
				speaking = await startAndWait(environment, 'poll', { parameters: SPEAKING }, calls);
			};
			const setNewer = async ({ scene, parameters }: (typeof newer)[number], mode: Mode) =>
				scene.set(
					mode,
					await startAndWait(await environments().acquire(OFFICIAL[0]), mode, { parameters }),
				);
			const begin = Date.now();
			await Promise.all([
				speak(),
				...newer.flatMap((api) => [setNewer(api, 'poll'), setNewer(api, 'suspend')]),
				...SERVICES.flatMap((title) => [
					set(suspended, title, 'suspend'),
					set(missed, title, 'suspend', { options: { timeout: DEADLINES.missed } }),
					set(overdue, title, 'suspend', { options: { timeout: DEADLINES.overdue } }),
					set(polling, title, 'poll'),
				]),
			]);
			await crash(async () => {
				for (const { cell } of [...missed.values(), ...overdue.values()]) {
					finishAll(cell);
					await cell.simulator.settled();
				}
				await new Promise((resolve) => setTimeout(resolve, DEADLINES.overdue * 60_000));
			});
			isLate = Date.now() > begin + DEADLINES.missed * 60_000;
		}, 300_000);

		it.concurrent.each(SERVICES)('suspended at %s: goes on when it is called', async (title) => {
			const { cell, run } = suspended.get(title)!;
			await run.reaches('waiting');
			finishAll(cell);
			await expectVideos(cell, await run.over());
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		});

		it.concurrent.each(SERVICES)(
			'suspended at %s, and called while n8n was dead: handed on at the deadline',
			async (title) => {
				const waiting = missed.get(title)!;
				const { cell, run } = waiting;
				if (isLate) await expectHandedOnByRetry(waiting);
				else expectHandedOn(cell, await run.over());
				expect(cell.creates()).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent.each(SERVICES)(
			'suspended at %s, and the deadline past before n8n was back: handed on, by Retry if need be',
			async (title) => {
				const waiting = overdue.get(title)!;
				await expectHandedOnByRetry(waiting);
				expect(waiting.cell.creates()).toHaveLength(PROMPTS.length);
			},
		);

		// n8n keeps nothing of an execution that it was running but the token that the names of its tasks are made from.
		it.concurrent.each(NAMED)(
			'polling at %s: crashed, and Retry gets the paid tasks',
			async (title) => {
				const waiting = polling.get(title)!;
				await expectVideos(waiting.cell, await retryCrashed(waiting));
				expect(waiting.cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent('polling for avatars: crashed, and Retry pays no speech again', async () => {
			const { cell, run } = speaking!;
			const crashed = await run.over();
			expect(crashed.status).toBe('crashed');
			finishAll(cell);
			const items = itemsOut(await cell.retry(run, crashed));
			expect(items.map(({ json }) => json.status)).toEqual(['succeed', 'succeed']);
			expect(charged(cell)).toEqual([2, 0, 2, 0]);
		});

		it.concurrent.each(newer)(
			'polling at the $what: crashed, and Retry gets the paid tasks',
			async ({ scene, create }) => {
				const waiting = scene.get('poll')!;
				await expectOwnVideos(waiting.cell, await retryCrashed(waiting));
				expect(postsTo(waiting.cell, create)).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent.each(newer)(
			'suspended at the $what: goes on when it is called',
			async ({ scene, create }) => {
				const { cell, run } = scene.get('suspend')!;
				await run.reaches('waiting');
				finishAll(cell);
				await expectOwnVideos(cell, await run.over());
				expect(postsTo(cell, create)).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent(
			`polling at ${SECRETIVE}: crashed, and Retry is refused and says why`,
			async () => {
				const waiting = polling.get(SECRETIVE)!;
				const { status, error } = await retryCrashed(waiting);
				expect(status).toBe('error');
				expect(error?.description).toContain('may have been made and charged');
				expect(waiting.cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent.each(NAMELESS)(
			'polling at %s: crashed, and Retry is a new order',
			async (title) => {
				const waiting = polling.get(title)!;
				const { cell } = waiting;
				const items = itemsOut(await retryCrashed(waiting));
				const ids = cell.simulator.ledger.charges.map(({ taskId }) => taskId);
				expect(ids).toHaveLength(2 * PROMPTS.length);
				expect(items.map(({ json }) => json.taskId)).toEqual(ids.slice(PROMPTS.length));
			},
		);
	});
}
