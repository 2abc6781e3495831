/**
 * An execution that is started over: by another worker, which knows its number and token and nothing of what the first one
 * did, or by a person who presses Retry.
 */
import type { ServiceName } from '../simulator';
import { retriable } from './again';
import type { RunResult } from './harness';
import { hooks, runKling, startKling } from './kling';
import type { KlingRun } from './kling';
import { creates, createPath, SERVICES, told, useSimulator, WAYS, words } from './support';

const world = useSimulator();

const EXECUTION = { executionId: '77', resumeToken: 'the-token-of-this-execution' };
const items = [{ words: 'a fox' }, { words: 'an owl' }, { words: 'a cat' }];
const parameters = { prompt: '={{ $json.words }}' };

type Work = Omit<KlingRun, 'simulator'>;

function paid(): string[] {
	return world.simulator.ledger.charges.map(({ taskId }) => taskId);
}

function cameOut({ json }: RunResult): unknown[] {
	return json.map(({ taskId }) => taskId);
}

/** Works until it would sleep for the given time, and is then killed. */
async function workUntilSleep(number: number, work: Work): Promise<void> {
	let count = 0;
	await new Promise<void>((killed) => {
		hooks.onSleep = async () => {
			count += 1;
			if (count < number) return;
			killed();
			await new Promise(() => undefined);
		};
		void startKling({ simulator: world.simulator, ...EXECUTION, ...work });
	});
	hooks.onSleep = undefined;
}

async function workAgain(work: Work): Promise<RunResult> {
	return await runKling({ simulator: world.simulator, ...EXECUTION, ...work });
}

const NAMED = WAYS.filter(({ service }) => service.startsWith('kling') || service === 'relay');

describe.each(NAMED)('a worker that takes over at $way', ({ service, ...way }) => {
	const credential = 'credential' in way ? { ...way.credential } : undefined;
	const work: Work = { service, credential, items, parameters };

	it('waits for the tasks that the first one has paid for', async () => {
		await workUntilSleep(2, work);
		expect(paid()).toHaveLength(3);
		const result = await workAgain(work);
		expect(words(result)).toBe(' | ');
		expect(cameOut(result)).toEqual(paid());
		expect(paid()).toHaveLength(3);
		for (const index of [0, 1, 2]) {
			const id = String(result.json[index]?.taskId);
			expect(await result.binary(index)).toEqual(world.simulator.videoBytes(id));
		}
	});

	it('makes only what the first one had not come to', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			after: 2,
			action: { kind: 'error', code: 1303 },
		});
		await workUntilSleep(1, work);
		expect(paid()).toHaveLength(2);
		const result = await workAgain(work);
		expect(cameOut(result)).toEqual(paid());
		expect(paid()).toHaveLength(3);
	});

	it('finds the task of a create that the first one did not live to hear of', async () => {
		const { simulator } = world;
		const match = { method: 'POST', path: createPath(service) };
		simulator.faults.add({ match, action: { kind: 'dropAfter' } });
		const late = { code: 1201, message: 'Task not found by id/external id: x', request_id: 'r' };
		simulator.faults.add({
			match: { method: 'GET' },
			action: { kind: 'status', status: 400, body: late },
		});
		await workUntilSleep(1, { ...work, items: [{ words: 'a fox' }] });
		expect(paid()).toHaveLength(1);
		const result = await workAgain({ ...work, items: [{ words: 'a fox' }] });
		expect(cameOut(result)).toEqual(paid());
		expect(paid()).toHaveLength(1);
	});

	it('hands out what was finished long ago', async () => {
		const first = await workAgain(work);
		const requestsBefore = world.simulator.ledger.requests.length;
		const again = await workAgain(work);
		expect(again.json).toEqual(first.json);
		expect(paid()).toHaveLength(3);
		// One refused create and one look per task; nobody waits.
		expect(world.simulator.ledger.requests.length - requestsBefore).toBe(6);
	});

	it('finds them too when Retry gives the execution another number', async () => {
		await workUntilSleep(2, work);
		const result = await workAgain({ ...work, executionId: '78' });
		expect(cameOut(result)).toEqual(paid());
		expect(paid()).toHaveLength(3);
	});

	it('pays nothing again on Retry, even if the service would make a second task under the same name', async () => {
		world.simulator.settings.takesExternalIdsAgain = true;
		await workUntilSleep(2, work);
		const result = await workAgain({ ...work, executionId: '78', mode: 'retry' });
		expect(cameOut(result)).toEqual(paid());
		expect(paid()).toHaveLength(3);
	});

	it('makes new tasks in another execution, which has another token', async () => {
		const work1: Work = { service, credential, parameters: { waitMode: 'none' } };
		const runs = [
			await workAgain(work1),
			await workAgain({ ...work1, executionId: '78', resumeToken: 'that of execution 78' }),
			await workAgain({ ...work1, resumeToken: 'of another n8n’s execution 77' }),
			await workAgain({ ...work1, items: [{}, {}] }),
		];
		// The last one finds the first item's task, and makes one for the second.
		expect(runs.flatMap(cameOut)).toEqual([...paid().slice(0, 3), paid()[0], paid()[3]]);
		expect(new Set(paid()).size).toBe(4);
	});
});

it('at new-api, which does not tell whose name it is, the doubt is told and nothing is paid twice', async () => {
	const work: Work = { service: 'newApi' };
	await workUntilSleep(1, work);
	const result = await workAgain(work);
	expect(words(result)).toContain('may have been made and charged');
	expect(words(result)).toContain('already exists');
	expect(paid()).toHaveLength(1);
});

it.each(['aceData', 'openaiHk'] as const)(
	'at %s, which knows no names, a second worker pays again',
	async (service) => {
		await workUntilSleep(1, { service });
		const result = await workAgain({ service });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		// Not wanted, but true: README must not promise more.
		expect(paid()).toHaveLength(2);
	},
);

describe('Retry of a failed execution', () => {
	async function retry(
		failed: RunResult,
		service: ServiceName,
		work: Work = {},
	): Promise<RunResult> {
		const { simulator } = world;
		return await runKling({ simulator, service, ...work, continueFrom: retriable(failed) });
	}

	function loseAnswer(service: ServiceName): void {
		const match = { method: 'POST', path: createPath(service) };
		world.simulator.faults.add({ service, match, action: { kind: 'dropAfter' } });
		const noAnswer = { match: { method: 'GET' }, times: 3, action: { kind: 'html' } } as const;
		world.simulator.faults.add({ service, ...noAnswer });
	}

	it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
		'finds what was unclear, although it has another number, at %s',
		async (service) => {
			loseAnswer(service);
			const failed = await runKling({ simulator: world.simulator, service });
			expect(words(failed)).toContain('may have been made and charged');
			const again = await retry(failed, service);
			expect(again.executionId).not.toBe(failed.executionId);
			expect(cameOut(again)).toEqual(paid());
			expect(paid()).toHaveLength(1);
		},
	);

	it('finds what a worker has paid for that died, although the one after it met a refusal', async () => {
		const { simulator } = world;
		await workUntilSleep(1, { items, parameters });
		expect(paid()).toHaveLength(3);
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'error', code: 1101 } });
		const failed = await workAgain({ items, parameters });
		expect(words(failed)).toContain('in arrears');
		const again = await retry(failed, 'klingGlobal', { parameters });
		expect(cameOut(again)).toEqual(paid());
		expect(paid()).toHaveLength(3);
	});

	it.each(['aceData', 'openaiHk', 'newApi'] as const)(
		'is refused while it is unclear at %s',
		async (service) => {
			loseAnswer(service);
			const failed = await runKling({ simulator: world.simulator, service });
			const again = await retry(failed, service);
			expect(told(again).message).toContain('Not sent again');
			expect(creates(world.simulator)).toHaveLength(1);
			expect(paid()).toHaveLength(1);
		},
	);

	it.each(SERVICES)('picks up the tasks that are known, at %s', async (service) => {
		const { simulator } = world;
		simulator.faults.add({ service: 'cdn', times: 3, action: { kind: 'status', status: 500 } });
		const failed = await runKling({ simulator, service });
		expect(told(failed).context.errorKind).toBe('download');
		const again = await retry(failed, service);
		expect(cameOut(again)).toEqual(paid());
		expect(paid()).toHaveLength(1);
	});
});
