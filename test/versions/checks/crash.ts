/** n8n is killed by SIGKILL while executions wait, and started again. */
import { PROMPTS } from '../../e2e/faults/cell';
import { finishAll, retryCrashed, startAndWait, type WaitingRun } from '../../e2e/faults/crash';
import { expectVideos } from '../../e2e/faults/expect';
import type { Mode } from '../../e2e/faults/workflow';
import { type Account, crashCheck, TITLE, type Under } from '../check';

const waiting =
	(account: Account, mode: Mode) =>
	async ({ environments }: Under): Promise<WaitingRun> =>
		await startAndWait(await environments.acquire(TITLE[account]), mode);

const suspended = (account: Account) =>
	crashCheck({
		name: `Suspended, kill -9, restart, callback: goes on · ${account}`,
		start: waiting(account, 'suspend'),
		async run(_under, { cell, run }) {
			await run.reaches('waiting');
			finishAll(cell);
			await expectVideos(cell, await run.over());
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		},
	});

export const crashChecks = [
	suspended('official'),
	suspended('Ace Data Cloud'),
	crashCheck({
		name: 'Polling, kill -9, restart, button Retry: paid once · official',
		start: waiting('official', 'poll'),
		async run(_under, started) {
			await expectVideos(started.cell, await retryCrashed(started));
			expect(started.cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
		},
		older: {
			than: '2.14.0',
			note: 'The button Retry makes the videos again and they are paid again: this n8n keeps nothing of an execution that ended with n8n itself by which its tasks could be found. Look for them with Task → Get Many before you press it.',
			async run(_under, started) {
				await retryCrashed(started);
				expect(started.cell.simulator.ledger.charges).toHaveLength(2 * PROMPTS.length);
			},
		},
	}),
];
