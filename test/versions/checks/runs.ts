/** Runs of the Kling node that poll, and that are suspended. */
import { z } from 'zod';
import { Cell, PROMPTS } from '../../e2e/faults/cell';
import {
	expectFailed,
	expectFailure,
	expectHandedOn,
	expectVideo,
	expectVideos,
	itemsFailed,
	itemsOut,
	words,
} from '../../e2e/faults/expect';
import type { Mode } from '../../e2e/faults/workflow';
import { type Account, type Check, TITLE } from '../check';

const BOTH: Account[] = ['official', 'Ace Data Cloud'];
const FIVE = ['one', 'two', '[fail] three', 'four', 'five'];
const THREE = ['one', '[fail] two', 'three'];
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 200 };
const CAUSE = { kind: 'taskFailed', says: /task failed: ./ };

const fails = (prompt: string) => prompt.startsWith('[fail]');

/** A check of one service in one mode, which has an account there for itself. */
function inCell(
	name: string,
	account: Account,
	mode: Mode,
	check: (cell: Cell) => Promise<void>,
): Check {
	return {
		name: `${name} · ${account}`,
		async run({ environments }) {
			const environment = await environments.acquire(TITLE[account]);
			await check(new Cell(environment, mode));
			expect(environment.simulator.ledger.leaks).toEqual([]);
			environments.release(environment);
		},
	};
}

/** One item of some fails, and leaves by the error output with all that is known of it; the others are videos. */
async function expectErrorOutput(cell: Cell, prompts: string[]): Promise<void> {
	const execution = await cell.run({ prompts, settings: { onError: 'continueErrorOutput' } });
	const good = prompts.filter((prompt) => !fails(prompt));
	const items = itemsOut(execution, good);
	expect(items).toHaveLength(good.length);
	for (const [index, prompt] of good.entries()) await expectVideo(cell, items[index]!, prompt);
	const bad = prompts.filter(fails);
	const failed = itemsFailed(execution, bad);
	expect(failed).toHaveLength(bad.length);
	for (const [index, prompt] of bad.entries()) expectFailure(cell, failed[index], prompt, CAUSE);
	expect(cell.simulator.ledger.charges).toHaveLength(prompts.length);
}

const perService = (name: string, mode: Mode, check: (cell: Cell) => Promise<void>): Check[] =>
	BOTH.map((account) => inCell(name, account, mode, check));

export const runChecks: Check[] = [
	...perService('Text to video: polled, downloaded', 'poll', async (cell) => {
		await expectVideos(cell, await cell.run());
	}),
	...perService('Five items, one fails: error output', 'poll', async (cell) => {
		await expectErrorOutput(cell, FIVE);
	}),
	inCell('Five items, one fails: continue', 'official', 'poll', async (cell) => {
		const settings = { onError: 'continueRegularOutput' };
		const items = itemsOut(await cell.run({ prompts: FIVE, settings }), FIVE);
		expect(items).toHaveLength(FIVE.length);
		for (const [index, prompt] of FIVE.entries()) {
			if (fails(prompt)) expectFailure(cell, items[index], prompt, CAUSE);
			else await expectVideo(cell, items[index]!, prompt);
		}
	}),
	inCell('Five items, one fails: stop', 'official', 'poll', async (cell) => {
		const execution = await cell.run({ prompts: FIVE });
		expectFailed(execution, CAUSE.says);
		for (const { id } of cell.simulator.tasks.all()) expect(words(execution)).toContain(id);
	}),
	...perService('Suspended, three items, one fails: error output', 'suspend', async (cell) => {
		await expectErrorOutput(cell, THREE);
	}),
	inCell('Suspended, no callback comes: time-out', 'official', 'suspend', async (cell) => {
		cell.fault({ kind: 'callbackDrop' }, { times: null });
		expectHandedOn(cell, await cell.run({ options: { timeout: 0.1 } }));
	}),
	inCell(
		'Suspended, one refused, then time-out: error output',
		'official',
		'suspend',
		async (cell) => {
			cell.fault({ kind: 'callbackDrop' }, { times: null });
			const prompts = ['one', '[refuse] two'];
			const settings = { onError: 'continueErrorOutput' };
			const execution = await cell.run({ prompts, settings, options: { timeout: 0.1 } });
			expect(itemsOut(execution, prompts.slice(0, 1))[0]?.json).toMatchObject({ timedOut: true });
			expect(itemsFailed(execution, prompts.slice(1))[0]?.json).toMatchObject({
				error: { kind: 'refused', itemIndex: 1 },
			});
		},
	),
	...perService('Retry On Fail after one of five was refused', 'poll', async (cell) => {
		const prompts = ['one', 'two', 'three', 'four', 'five'];
		cell.fault({ kind: 'error', code: 1102 }, { match: cell.createMatch, after: 2 });
		await expectVideos(cell, await cell.run({ prompts, settings: RETRY }), prompts);
		expect(cell.creates()).toHaveLength(prompts.length + 1);
	}),
	inCell('Answer to the create lost', 'official', 'poll', async (cell) => {
		cell.fault({ kind: 'dropAfter' }, { match: cell.createMatch });
		await expectVideos(cell, await cell.run());
		expect(cell.creates()).toHaveLength(PROMPTS.length);
	}),
	...perService('Button Retry after a failed download', 'poll', async (cell) => {
		const run = await cell.start();
		const [first] = await cell.tasksMade(PROMPTS.length);
		cell.fileFault({ kind: 'status', status: 404 }, { match: { path: `/results/${first}/` } });
		const failed = await run.over();
		expectFailed(failed, /link to the result does not work/);
		await expectVideos(cell, await cell.retry(run, failed));
		expect(cell.creates()).toHaveLength(PROMPTS.length);
	}),
	inCell('Stop while polling', 'official', 'poll', async (cell) => {
		cell.simulator.settings.taskSeconds = 600;
		const run = await cell.start();
		const id = await run.reaches('running');
		await cell.tasksMade(PROMPTS.length);
		await cell.host.rest.post(`/executions/${id}/stop`, {}, z.unknown());
		expect((await run.over()).status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 2000));
		const asked = cell.queries().length;
		await new Promise((resolve) => setTimeout(resolve, 3000));
		expect(cell.queries()).toHaveLength(asked);
	}),
];
