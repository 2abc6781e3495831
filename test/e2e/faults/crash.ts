import { type Begun, Cell, PROMPTS, type RunOptions } from './cell';
import { expectHandedOn, expectTimedOut, expectVideos, itemsOut } from './expect';
import type { Place, Places } from './place';
import { FINDS, OFFICIAL, SERVICES, type Title } from './rows';
import { KLING, type Mode } from './workflow';

/** Nothing ends by itself while n8n is dead. */
const LONG_S = 3600;
/** In minutes. The first is past before n8n is back, the second is not. */
const DEADLINES = { overdue: 0.1, missed: 2 };
/** Where a task has an External Task ID. */
const NAMED = SERVICES.filter((title) => [...OFFICIAL, ...FINDS].some((named) => named === title));
/** Refuses a name that it has had, but does not tell whose it is. */
const SECRETIVE: Title = 'a new-api relay';
const NAMELESS = SERVICES.filter((title) => !NAMED.includes(title) && title !== SECRETIVE);

/** An execution that waited when n8n died. */
interface Standing {
	cell: Cell;
	run: Begun;
}

async function stand(place: Place, mode: Mode, options: RunOptions = {}): Promise<Standing> {
	const cell = new Cell(place, mode);
	cell.simulator.settings.taskSeconds = LONG_S;
	const run = await cell.begin(options);
	await run.reaches(mode === 'poll' ? 'running' : 'waiting');
	await cell.tasksMade(PROMPTS.length);
	return { cell, run };
}

function finishAll({ simulator }: Cell): void {
	for (const { taskId } of simulator.ledger.charges) simulator.tasks.finish(taskId);
}

/** Presses Retry on what crashed, when the tasks it left behind are over. */
async function retryCrashed({ cell, run }: Standing) {
	const crashed = await run.over();
	expect(crashed.status).toBe('crashed');
	expect(cell.creates()).toHaveLength(PROMPTS.length);
	finishAll(cell);
	cell.simulator.settings.taskSeconds = 1;
	return await cell.retry(run, crashed);
}

/**
 * n8n that starts after the deadline wants to go on before it can, fails the execution itself, and keeps of it only what the
 * node has put out. Retry hands that on.
 */
async function expectHandedOnByRetry({ cell, run }: Standing): Promise<void> {
	let execution = await run.over();
	// Not so with an n8n that waits until it can.
	if (execution.status === 'error') execution = await cell.retry(run, execution);
	const items = execution.outputs(KLING)[0] ?? [];
	expect(items).toHaveLength(PROMPTS.length);
	for (const [place, item] of items.entries()) expectTimedOut(cell, item, PROMPTS[place]!);
}

/** n8n is killed by SIGKILL while executions wait in both ways, and started again. `crash` does that. */
export function crashSuite(
	places: () => Places,
	crash: (meanwhile: () => Promise<void>) => Promise<void>,
): void {
	describe('n8n killed with -9 and started again', () => {
		const parked = new Map<Title, Standing>();
		/** Suspended, and called back while nobody listened. */
		const missed = new Map<Title, Standing>();
		const overdue = new Map<Title, Standing>();
		const polling = new Map<Title, Standing>();

		beforeAll(async () => {
			const set = async (
				scene: Map<Title, Standing>,
				title: Title,
				mode: Mode,
				options?: RunOptions,
			) => scene.set(title, await stand(await places().take(title), mode, options));
			await Promise.all(
				SERVICES.flatMap((title) => [
					set(parked, title, 'suspend'),
					set(missed, title, 'suspend', { waitOptions: { timeout: DEADLINES.missed } }),
					set(overdue, title, 'suspend', { waitOptions: { timeout: DEADLINES.overdue } }),
					set(polling, title, 'poll'),
				]),
			);
			await crash(async () => {
				for (const { cell } of [...missed.values(), ...overdue.values()]) {
					finishAll(cell);
					await cell.simulator.settled();
				}
				await new Promise((resolve) => setTimeout(resolve, DEADLINES.overdue * 60_000));
			});
		}, 300_000);

		it.concurrent.each(SERVICES)('parked at %s: goes on when it is called', async (title) => {
			const { cell, run } = parked.get(title)!;
			await run.reaches('waiting');
			finishAll(cell);
			await expectVideos(cell, await run.over());
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		});

		it.concurrent.each(SERVICES)(
			'parked at %s, and called while n8n was dead: handed on at the deadline',
			async (title) => {
				const { cell, run } = missed.get(title)!;
				expectHandedOn(cell, await run.over());
				expect(cell.creates()).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent.each(SERVICES)(
			'parked at %s, and the deadline past before n8n was back: handed on, by Retry if need be',
			async (title) => {
				const standing = overdue.get(title)!;
				await expectHandedOnByRetry(standing);
				expect(standing.cell.creates()).toHaveLength(PROMPTS.length);
			},
		);

		// n8n keeps nothing of an execution that it was running but the token that the names of its tasks are made from.
		it.concurrent.each(NAMED)(
			'polling at %s: crashed, and Retry gets the paid tasks',
			async (title) => {
				const standing = polling.get(title)!;
				await expectVideos(standing.cell, await retryCrashed(standing));
				expect(standing.cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent(
			`polling at ${SECRETIVE}: crashed, and Retry is refused and says why`,
			async () => {
				const standing = polling.get(SECRETIVE)!;
				const { status, error } = await retryCrashed(standing);
				expect(status).toBe('error');
				expect(error?.description).toContain('may have been made and charged');
				expect(standing.cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
			},
		);

		it.concurrent.each(NAMELESS)(
			'polling at %s: crashed, and Retry is a new order',
			async (title) => {
				const standing = polling.get(title)!;
				const { cell } = standing;
				const items = itemsOut(await retryCrashed(standing));
				const ids = cell.simulator.ledger.charges.map(({ taskId }) => taskId);
				expect(ids).toHaveLength(2 * PROMPTS.length);
				expect(items.map(({ json }) => json.taskId)).toEqual(ids.slice(PROMPTS.length));
			},
		);
	});
}
