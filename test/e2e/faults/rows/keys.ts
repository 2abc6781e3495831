import { RunningClock } from '../../../simulator';
import { PROMPTS } from '../cell';
import { expectFailed, expectVideos } from '../expect';
import { KEY_PAIR, type Row, SERVICES } from '../rows';
import { TITLES } from '../../world';

const MINUTE_MS = 60_000;
/** How long a token may live. */
const TOKEN_S = 1800;

const clockOff = (minutes: number) => () => ({
	clock: new RunningClock({ now: () => Date.now() + minutes * MINUTE_MS }),
});

export const keyRows: Row[] = [
	{
		name: 'token of the create expires in mid-wait',
		titles: [KEY_PAIR],
		simulator: () => ({ clock: new RunningClock() }),
		async check(cell) {
			const { simulator } = cell;
			simulator.settings.taskSeconds = TOKEN_S + 6;
			const run = await cell.start();
			await cell.tasksMade(PROMPTS.length);
			if (cell.mode === 'suspend') await run.reaches('waiting');
			const waited = (simulator.clock.now() - cell.creates()[0]!.time) / 1000;
			// A moment later the first token is too old; one signed now is good for that moment and the rest.
			simulator.clock.advance((TOKEN_S - 1 - waited) * 1000);
			await new Promise((resolve) => setTimeout(resolve, 2000));
			await expectVideos(cell, await run.over());

			const [create] = cell.creates();
			const late = cell.queries().filter(({ time }) => time > create!.time + TOKEN_S * 1000);
			expect(late.length).toBeGreaterThan(0);
			expect(late.every(({ status }) => status === 200)).toBe(true);
			expect(late.map(({ headers }) => headers.authorization)).not.toContain(
				create!.headers.authorization,
			);
		},
	},
	{
		name: 'a token refused for its time once, in mid-wait',
		titles: [KEY_PAIR],
		async check(cell) {
			const fault = cell.fault({ kind: 'error', code: 1004 }, { match: cell.queryMatch });
			await expectVideos(cell, await cell.run());
			expect(fault.hits).toBe(1);
		},
	},
	{
		name: 'clock of the service ten minutes ahead',
		titles: TITLES,
		modes: ['poll'],
		simulator: clockOff(10),
		async check(cell) {
			await expectVideos(cell, await cell.run());
		},
	},
	{
		name: 'clock of the service ten minutes behind',
		titles: SERVICES,
		modes: ['poll'],
		simulator: clockOff(-10),
		async check(cell) {
			await expectVideos(cell, await cell.run());
		},
	},
	{
		name: 'clock of the service ten minutes behind: the clock is named as the cause',
		titles: [KEY_PAIR],
		simulator: clockOff(-10),
		async check(cell) {
			expectFailed(await cell.run(), /token is not valid yet.*clock of the n8n machine/s);
			expect(cell.simulator.ledger.charges).toEqual([]);
		},
	},
];
