import type { Fault } from '../../../simulator';
import { type Cell, PROMPTS } from '../cell';
import { expectFailed, expectVideos, words } from '../expect';
import { BLIND, FINDS, OFFICIAL, type Row } from '../rows';

const MAY_BE_PAID = /may have been made and charged/;

/** Nothing was made of what the service refused, and every item becomes a video all the same. */
function busy(code: number): Row {
	return {
		name: `create answered ${code}, three times`,
		async check(cell) {
			const match = cell.createMatch;
			const faults = [
				cell.fault({ kind: 'error', code }, { match, times: 2 }),
				cell.fault({ kind: 'error', code }, { match, after: 1 }),
			];
			await expectVideos(cell, await cell.run());
			expect(faults.map(({ hits }) => hits)).toEqual([2, 1]);
			expect(cell.creates()).toHaveLength(PROMPTS.length + 3);
		},
	};
}

const BEFORE: Array<[string, Fault['action']]> = [
	['500', { kind: 'status', status: 500, body: { code: 5000, message: 'oops' } }],
	['a proxy’s 502', { kind: 'html' }],
	['a dropped connection', { kind: 'dropBefore' }],
];

const AFTER: Array<[string, Fault['action']]> = [
	['500', { kind: 'errorAfter' }],
	['a dropped connection', { kind: 'dropAfter' }],
];

/** Nobody can say whether a task was made, so the person is told, and nothing is sent again. */
async function expectUnclear(cell: Cell, charges: number): Promise<void> {
	const execution = await cell.run({ settings: { onError: 'continueRegularOutput' } });
	const [first, second] = execution.outputs('Kling')[0] ?? [];
	expect(JSON.stringify(first?.json)).toMatch(MAY_BE_PAID);
	expect(second?.json).toMatchObject({ status: 'succeed' });
	expect(cell.creates()).toHaveLength(PROMPTS.length);
	expect(cell.simulator.ledger.charges).toHaveLength(charges);
}

function rowsBefore([how, action]: (typeof BEFORE)[number]): Row[] {
	return [
		{
			name: `create answered by ${how} before the task was made: sent again`,
			titles: OFFICIAL,
			async check(cell) {
				cell.fault(action, { match: cell.createMatch });
				await expectVideos(cell, await cell.run());
				expect(cell.creates()).toHaveLength(PROMPTS.length + 1);
			},
		},
		{
			name: `create answered by ${how} before the task was made: told, not sent again`,
			titles: [...FINDS, ...BLIND],
			async check(cell) {
				cell.fault(action, { match: cell.createMatch });
				await expectUnclear(cell, PROMPTS.length - 1);
			},
		},
	];
}

function rowsAfter([how, action]: (typeof AFTER)[number]): Row[] {
	return [
		{
			name: `create answered by ${how} after the task was made: found`,
			titles: [...OFFICIAL, ...FINDS],
			async check(cell) {
				cell.fault(action, { match: cell.createMatch });
				await expectVideos(cell, await cell.run());
				expect(cell.creates()).toHaveLength(PROMPTS.length);
			},
		},
		{
			name: `create answered by ${how} after the task was made: told, not sent again`,
			titles: BLIND,
			async check(cell) {
				cell.fault(action, { match: cell.createMatch });
				await expectUnclear(cell, PROMPTS.length);
			},
		},
	];
}

/** Longer than the node waits for the answer to a create, which is two minutes. */
const TOO_LATE_MS = 150_000;

export const slowCreateRows: Row[] = [
	{
		name: 'create answered by nothing until it times out: found',
		titles: [OFFICIAL[0], ...FINDS],
		modes: ['poll'],
		async check(cell) {
			cell.fault({ kind: 'delayAfter', ms: TOO_LATE_MS }, { match: cell.createMatch });
			await expectVideos(cell, await cell.run());
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		},
	},
	{
		name: 'create answered by nothing until it times out: told, not sent again',
		titles: BLIND,
		modes: ['poll'],
		async check(cell) {
			cell.fault({ kind: 'delayAfter', ms: TOO_LATE_MS }, { match: cell.createMatch });
			await expectUnclear(cell, PROMPTS.length);
		},
	},
];

export const createRows: Row[] = [
	busy(1302),
	busy(1303),
	...BEFORE.flatMap(rowsBefore),
	...AFTER.flatMap(rowsAfter),
	{
		name: 'create unclear: the execution fails in clear words and names the other paid task',
		titles: BLIND,
		async check(cell) {
			cell.fault({ kind: 'dropAfter' }, { match: cell.createMatch, after: 1 });
			const execution = await cell.run();
			expectFailed(execution, MAY_BE_PAID);
			const [paid] = cell.simulator.ledger.charges;
			expect(words(execution)).toContain(`item 0: ${paid?.taskId}`);
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		},
	},
	{
		name: 'create refused for good: fails at once, nothing is charged',
		async check(cell) {
			cell.fault({ kind: 'error', code: 1102 }, { match: cell.createMatch, times: null });
			expectFailed(await cell.run(), /balance/);
			expect(cell.creates()).toHaveLength(1);
			expect(cell.simulator.ledger.charges).toEqual([]);
		},
	},
];
