import { z } from 'zod';
import { PROMPTS } from '../cell';
import { expectFailed, expectVideos } from '../expect';
import { BLIND, type Row } from '../rows';

const FIVE = ['one', 'two', 'three', 'four', 'five'];
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 200 };

export const againRows: Row[] = [
	{
		name: 'Retry On Fail after the create of item 3 of 5 was refused',
		async check(cell) {
			cell.fault({ kind: 'error', code: 1102 }, { match: cell.createMatch, after: 2 });
			await expectVideos(cell, await cell.run({ prompts: FIVE, settings: RETRY }), FIVE);
			expect(cell.creates()).toHaveLength(FIVE.length + 1);
		},
	},
	{
		name: 'Retry On Fail after the download of item 3 of 5 failed',
		modes: ['poll'],
		async check(cell) {
			const run = await cell.start({ prompts: FIVE, settings: RETRY });
			const ids = await cell.tasksMade(3);
			cell.fileFault({ kind: 'status', status: 404 }, { match: { path: `/results/${ids[2]}/` } });
			await expectVideos(cell, await run.over(), FIVE);
			expect(cell.creates()).toHaveLength(FIVE.length);
		},
	},
	{
		name: 'Retry On Fail after the create of item 3 of 5 was unclear: not sent again',
		titles: BLIND,
		async check(cell) {
			cell.fault({ kind: 'dropAfter' }, { match: cell.createMatch, after: 2 });
			const execution = await cell.run({ prompts: FIVE, settings: RETRY });
			expectFailed(execution, /Not sent again.*may have been made and charged/s);
			const asked = cell.creates().map(({ body }) => (body as { prompt: string }).prompt);
			expect(new Set(asked).size).toBe(asked.length);
			expect(cell.simulator.ledger.charges.length).toBeLessThanOrEqual(FIVE.length);
		},
	},
	{
		name: 'button Retry after the create of item 3 of 5 was refused',
		async check(cell) {
			cell.fault({ kind: 'error', code: 1102 }, { match: cell.createMatch, after: 2 });
			const run = await cell.start({ prompts: FIVE });
			const failed = await run.over();
			expectFailed(failed, /balance/);
			await expectVideos(cell, await cell.retry(run, failed), FIVE);
		},
	},
	{
		name: 'Stop pressed',
		async check(cell) {
			const { simulator, host } = cell;
			simulator.settings.taskSeconds = 600;
			const prompts = [...PROMPTS, 'never sent'];
			// In suspend mode the execution is suspended when all are submitted, so there all are.
			const sent = cell.mode === 'poll' ? PROMPTS.length : prompts.length;
			const options = cell.mode === 'poll' ? { maxParallel: PROMPTS.length } : {};
			const run = await cell.start({ prompts, options });
			const id = await run.reaches(cell.mode === 'poll' ? 'running' : 'waiting');
			await cell.tasksMade(sent);
			const pressed = Date.now();
			await host.rest.post(`/executions/${id}/stop`, {}, z.unknown());
			expect((await run.over()).status).toBe('canceled');
			expect(Date.now() - pressed).toBeLessThan(20_000);

			for (const { taskId } of simulator.ledger.charges) simulator.tasks.finish(taskId);
			await simulator.settled();
			await new Promise((resolve) => setTimeout(resolve, 2000));
			expect((await run.over()).status).toBe('canceled');
			expect(cell.creates()).toHaveLength(sent);
			expect(simulator.ledger.charges).toHaveLength(sent);
			expect(simulator.ledger.downloads).toEqual([]);
		},
	},
];
