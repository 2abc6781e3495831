import type { Fault } from '../../../simulator';
import { type Cell, PROMPTS, until } from '../cell';
import { expectHandedOn, expectVideos } from '../expect';
import type { Row } from '../rows';
import { AFTER } from '../workflow';

const SHORT = { timeout: 0.1 };
const ENDED = { taskStatus: 'succeed' };
const MANY = ['one', 'two', 'three', 'four', 'five'];

function callbackUrl(cell: Cell): string {
	const body = cell.creates()[0]?.body as { callback_url?: string; notify_hook?: string };
	return body.callback_url ?? body.notify_hook ?? '';
}

const post = async (url: string, body: unknown) =>
	await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

/** All callbacks go wrong in this way, and the videos come out all the same. */
function survived(name: string, action: Fault['action'], more: Partial<Fault> = {}): Row {
	return {
		name,
		modes: ['suspend'],
		async check(cell) {
			const fault = cell.fault(action, { times: null, ...more });
			const run = await cell.start();
			await run.reaches('waiting');
			const execution = await run.over();
			await expectVideos(cell, execution);
			expect(fault.hits).toBeGreaterThan(0);
			expect(execution.runs.filter(({ node }) => node === AFTER)).toHaveLength(1);
			expect(JSON.stringify(cell.simulator.ledger.downloads)).not.toContain('forged');
		},
	};
}

export const lostCallbackRows: Row[] = [
	{
		name: 'all callbacks lost: handed on at the deadline',
		modes: ['suspend'],
		async check(cell) {
			cell.fault({ kind: 'callbackDrop' }, { times: null });
			expectHandedOn(cell, await cell.run({ options: SHORT }));
			expect(cell.creates()).toHaveLength(PROMPTS.length);
		},
	},
	{
		name: 'last callbacks lost: handed on at the deadline',
		modes: ['suspend'],
		async check(cell) {
			cell.fault({ kind: 'callbackDrop' }, { times: null, match: ENDED });
			expectHandedOn(cell, await cell.run({ options: SHORT }));
		},
	},
	{
		name: 'all callbacks lost, with Execute Once: one item at the deadline',
		modes: ['suspend'],
		async check(cell) {
			cell.fault({ kind: 'callbackDrop' }, { times: null });
			const execution = await cell.run({ options: SHORT, settings: { executeOnce: true } });
			expectHandedOn(cell, execution, PROMPTS.slice(0, 1));
		},
	},
];

export const callbackRows: Row[] = [
	survived(
		'callback of one of two tasks lost',
		{ kind: 'callbackDrop' },
		{ times: 1, match: ENDED },
	),
	survived('callbacks sent six times', { kind: 'callbackDuplicate', copies: 5 }),
	survived('callbacks in the wrong order', { kind: 'callbackReorder' }),
	survived('callbacks two seconds late', { kind: 'callbackDelay', ms: 2000 }),
	survived('a forged callback before every real one', { kind: 'callbackForge' }),
	{
		name: 'callbacks before the response to the create',
		modes: ['suspend'],
		async check(cell) {
			const { createMatch: match } = cell;
			cell.fault({ kind: 'callbackBeforeAnswer' }, { times: null, match });
			await expectVideos(cell, await cell.run());
			const told = cell.simulator.ledger.callbacks.filter(
				({ taskStatus }) => taskStatus === 'succeed',
			);
			expect(told).toHaveLength(PROMPTS.length);
			expect(told.every(({ status }) => status >= 400)).toBe(true);
		},
	},
	{
		name: 'the callback of one of two tasks before the response to its create',
		modes: ['suspend'],
		async check(cell) {
			cell.fault({ kind: 'callbackBeforeAnswer' }, { match: cell.createMatch });
			await expectVideos(cell, await cell.run());
		},
	},
	{
		name: 'final callbacks of five tasks at the same time',
		modes: ['suspend'],
		async check(cell) {
			cell.simulator.settings.taskSeconds = 600;
			const run = await cell.start({ prompts: MANY });
			await run.reaches('waiting');
			for (const { taskId } of cell.simulator.ledger.charges) cell.simulator.tasks.finish(taskId);
			const execution = await run.over();
			await expectVideos(cell, execution, MANY);
			expect(execution.runs.filter(({ node }) => node === AFTER)).toHaveLength(1);
			// Each file was fetched once.
			expect(cell.simulator.ledger.downloads.filter(({ method }) => method === 'GET')).toHaveLength(
				MANY.length,
			);
		},
	},
	{
		name: 'calls by strangers: no token, a wrong one, nonsense',
		modes: ['suspend'],
		async check(cell) {
			cell.simulator.settings.taskSeconds = 600;
			const run = await cell.start();
			await run.reaches('waiting');
			const url = callbackUrl(cell);
			const bare = url.split('?')[0]!;
			expect((await post(bare, { task_status: 'succeed' })).status).toBe(401);
			expect((await post(`${bare}?signature=${'0'.repeat(64)}`, {})).status).toBe(401);
			// Whoever knows the address is still believed nothing.
			const claims: unknown[] = [[], 'x', { task_id: 7 }, { task_status: 'succeed', task_id: 'x' }];
			for (const claim of claims) expect((await post(url, claim)).status).toBe(200);
			await until(() => cell.queries().length > 0, 'queries');
			expect(await run.reaches('waiting')).toBeDefined();
			for (const { taskId } of cell.simulator.ledger.charges) cell.simulator.tasks.finish(taskId);
			await expectVideos(cell, await run.over());
			// What comes after the end is refused.
			expect((await post(url, {})).status).toBeGreaterThanOrEqual(400);
		},
	},
];
