import type { Fault } from '../../../simulator';
import { type Cell, PROMPTS } from '../cell';
import { expectFailed, expectHandedOn, expectVideos, taskFor, words } from '../expect';
import { ACE, type Row, SERVICES } from '../rows';
import { TITLES } from '../../world';

const WITH_WORDS = SERVICES.filter((title) => title !== ACE);

/** As long as n8n allows: 6 s. */
const SHORT = { timeout: 0.1 };

const ODD: Array<[string, Fault['action']]> = [
	['502', { kind: 'html' }],
	['a web page', { kind: 'html', status: 200 }],
	['an empty body', { kind: 'empty' }],
	['broken JSON', { kind: 'garbage' }],
	['a dropped connection', { kind: 'dropBefore' }],
];

/** What a task is asked for while it runs; nothing of it may end the wait. */
const oddLooks = ODD.flatMap(([how, action]): Row[] => [
	{
		name: `look answered by ${how}, three times`,
		titles: TITLES,
		modes: ['poll'],
		async check(cell) {
			const fault = cell.fault(action, { match: cell.queryMatch, times: 3 });
			await expectVideos(cell, await cell.run());
			expect(fault.hits).toBe(3);
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		},
	},
	{
		name: `look after a callback answered by ${how}, twice`,
		titles: TITLES,
		modes: ['suspend'],
		async check(cell) {
			const run = await cell.start();
			await run.reaches('waiting');
			const fault = cell.fault(action, { match: cell.queryMatch, times: 2 });
			await expectVideos(cell, await run.over());
			expect(fault.hits).toBe(2);
		},
	},
]);

/** All tasks go on in a way that nobody knows, and have no result. */
async function holdForReview(cell: Cell): Promise<void> {
	for (const id of await cell.tasksMade(PROMPTS.length)) {
		cell.simulator.tasks.setStatusWord(id, 'reviewing');
		cell.simulator.tasks.setResultMissing(id, 'empty');
	}
}

export const longQueryRows: Row[] = [
	{
		name: 'look answered by nothing at all until it times out',
		titles: TITLES,
		async check(cell) {
			const run = await cell.start();
			if (cell.mode === 'suspend') await run.reaches('waiting');
			else await cell.tasksMade(PROMPTS.length);
			const fault = cell.fault({ kind: 'delay', ms: 45_000 }, { match: cell.queryMatch });
			await expectVideos(cell, await run.over());
			expect(fault.hits).toBe(1);
		},
	},
	{
		name: 'looks answered by 502 for ever: handed on at the deadline',
		modes: ['suspend'],
		async check(cell) {
			cell.fault({ kind: 'html' }, { match: cell.queryMatch, times: null });
			expectHandedOn(cell, await cell.run({ options: SHORT }));
		},
	},
	{
		name: 'a status word that nobody knows, for ever: handed on at the deadline',
		titles: WITH_WORDS,
		modes: ['suspend'],
		async check(cell) {
			const run = await cell.start({ options: SHORT });
			await holdForReview(cell);
			expectHandedOn(cell, await run.over());
		},
	},
];

export const queryRows: Row[] = [
	...oddLooks,
	{
		name: 'looks answered by 502 for ever: the time-out tells the task and the trouble',
		modes: ['poll'],
		async check(cell) {
			cell.fault({ kind: 'html' }, { match: cell.queryMatch, times: null });
			const execution = await cell.run({ options: SHORT });
			expectFailed(execution, /still running after 0.1 min.*HTTP status 502/s);
			for (const { taskId } of cell.simulator.ledger.charges) {
				expect(words(execution)).toContain(taskId);
			}
			expect(cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
		},
	},
	{
		name: 'a status word that nobody knows, for a while',
		titles: TITLES,
		async check(cell) {
			const run = await cell.start();
			const ids = await cell.tasksMade(PROMPTS.length);
			for (const id of ids) cell.simulator.tasks.setStatusWord(id, 'reviewing');
			await new Promise((resolve) => setTimeout(resolve, 3000));
			for (const id of ids) cell.simulator.tasks.setStatusWord(id, undefined);
			await expectVideos(cell, await run.over());
		},
	},
	{
		name: 'a status word that nobody knows beside the link to the video: the video counts',
		titles: WITH_WORDS,
		async check(cell) {
			const run = await cell.start();
			for (const id of await cell.tasksMade(PROMPTS.length)) {
				cell.simulator.tasks.setStatusWord(id, 'reviewed');
			}
			await expectVideos(cell, await run.over());
		},
	},
	{
		name: 'a status word that nobody knows beside the verdict: the verdict counts',
		titles: [ACE],
		async check(cell) {
			const run = await cell.start();
			for (const id of await cell.tasksMade(PROMPTS.length)) {
				cell.simulator.tasks.setStatusWord(id, 'reviewed');
			}
			await expectVideos(cell, await run.over());
		},
	},
	{
		name: 'a status word that nobody knows, for ever: the time-out tells the task',
		titles: WITH_WORDS,
		modes: ['poll'],
		async check(cell) {
			const run = await cell.start({ options: SHORT });
			await holdForReview(cell);
			const execution = await run.over();
			expectFailed(execution, /still running after 0.1 min/);
			expect(words(execution)).toContain(taskFor(cell, PROMPTS[0]!).id);
		},
	},
];
