import type { Fault } from '../../../simulator';
import { type Cell, PROMPTS } from '../cell';
import {
	expectFailed,
	expectFailure,
	expectVideo,
	expectVideos,
	itemsFailed,
	itemsOut,
	taskFor,
	words,
} from '../expect';
import { type Row } from '../rows';
import { TITLES } from '../../world';

const APART = { onError: 'continueErrorOutput' };
const [GOOD, BAD] = PROMPTS as [string, string];

/** The first item is the video, the second left by the error output; both were paid for. */
async function expectSecondFailed(
	cell: Cell,
	execution: Parameters<typeof itemsOut>[0],
	expected: { kind: string; says: RegExp },
	bad = BAD,
): Promise<void> {
	const [good] = itemsOut(execution, [GOOD]);
	await expectVideo(cell, good!, GOOD);
	const [failed] = itemsFailed(execution, [bad]);
	expectFailure(cell, failed, bad, expected);
	expect(cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
	expect(cell.creates()).toHaveLength(PROMPTS.length);
}

const FILES: Array<[string, Fault['action'], RegExp]> = [
	['answered by 403', { kind: 'status', status: 403 }, /link to the result does not work/],
	['answered by 404', { kind: 'status', status: 404 }, /link to the result does not work/],
	['cut off half-way', { kind: 'cutOff' }, /download broke off/],
	['a web page', { kind: 'wrongType' }, /leads to .* instead of a file/],
];

/** Orders a fault at the file of the second item's task, before anybody can ask for it. */
async function spoilSecond(cell: Cell, action: Fault['action'], times: number | null) {
	const [, second] = await cell.tasksMade(PROMPTS.length);
	return cell.fileFault(action, { match: { path: `/results/${second}/` }, times });
}

const files = FILES.map(([how, action, says]): Row => ({
	name: `result file ${how}`,
	async check(cell) {
		const run = await cell.start({ settings: APART });
		await spoilSecond(cell, action, null);
		await expectSecondFailed(cell, await run.over(), { kind: 'download', says });
	},
}));

export const taskRows: Row[] = [
	...files,
	{
		name: 'result file cut off half-way, twice',
		async check(cell) {
			const run = await cell.start();
			const fault = await spoilSecond(cell, { kind: 'cutOff' }, 2);
			await expectVideos(cell, await run.over());
			expect(fault.hits).toBe(2);
		},
	},
	{
		name: 'result file answered by 403: the execution fails and names both tasks',
		modes: ['poll'],
		async check(cell) {
			const run = await cell.start();
			await spoilSecond(cell, { kind: 'status', status: 403 }, null);
			const execution = await run.over();
			expectFailed(execution, /link to the result does not work/);
			for (const prompt of PROMPTS) expect(words(execution)).toContain(taskFor(cell, prompt).id);
		},
	},
	{
		name: 'task failed by moderation, by the error output',
		titles: TITLES,
		async check(cell) {
			const bad = '[fail] A boat';
			const execution = await cell.run({ prompts: [GOOD, bad], settings: APART });
			await expectSecondFailed(
				cell,
				execution,
				{ kind: 'taskFailed', says: /task failed: ./ },
				bad,
			);
		},
	},
	{
		name: 'task failed by moderation: the execution fails and names both tasks',
		modes: ['poll'],
		async check(cell) {
			const prompts = [GOOD, '[fail] A boat'];
			const execution = await cell.run({ prompts });
			expectFailed(execution, /task failed: ./);
			for (const prompt of prompts) expect(words(execution)).toContain(taskFor(cell, prompt).id);
		},
	},
	{
		name: 'task failed by moderation: an item that says so',
		modes: ['suspend'],
		async check(cell) {
			const prompts = [GOOD, '[fail] A boat'];
			const [good, failed] = itemsOut(await cell.run({ prompts }), prompts);
			await expectVideo(cell, good!, GOOD);
			expectFailure(cell, failed, prompts[1]!, { kind: 'taskFailed', says: /task failed: ./ });
			expect(cell.simulator.ledger.charges).toHaveLength(prompts.length);
		},
	},
	{
		name: 'task vanishes',
		titles: TITLES,
		async check(cell) {
			const run = await cell.start({ settings: APART });
			const [, second] = await cell.tasksMade(PROMPTS.length);
			if (cell.mode === 'suspend') await run.reaches('waiting');
			cell.simulator.tasks.vanish(second!);
			const says = /does not know this task/;
			await expectSecondFailed(cell, await run.over(), { kind: 'notFound', says });
		},
	},
	{
		name: 'some items fail before, some at the service, some go well',
		async check(cell) {
			const prompts = [GOOD, '[fail] A boat', '[refuse] A hat', BAD];
			const execution = await cell.run({ prompts, settings: APART });
			const good = itemsOut(execution, [GOOD, BAD]);
			await expectVideo(cell, good[0]!, GOOD);
			await expectVideo(cell, good[1]!, BAD);
			const [failed, refused] = itemsFailed(execution, prompts.slice(1, 3));
			expectFailure(cell, failed, prompts[1]!, { kind: 'taskFailed', says: /task failed/ });
			expect(refused?.json).toMatchObject({ error: { kind: 'refused', taskId: null } });
			expect(cell.simulator.ledger.charges).toHaveLength(3);
		},
	},
];
