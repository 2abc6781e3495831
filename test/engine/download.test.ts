/** Fetching the result: retried where it helps, clear where it does not, and never a second charge. */
import type { Fault } from '../simulator';
import { binaryOf, useBinaryMode } from './harness';
import { runKling } from './kling';
import { expectNoKeys, told, useSimulator, words } from './support';

const world = useSimulator();

const PASSING: Array<[string, Fault['action']]> = [
	['an internal error', { kind: 'status', status: 500 }],
	['a busy host', { kind: 'status', status: 503 }],
	['a dropped connection', { kind: 'dropBefore' }],
	['a file that breaks off half-way', { kind: 'cutOff' }],
	['a web page', { kind: 'wrongType' }],
	['nothing', { kind: 'empty' }],
];

const LASTING: Array<[string, Fault['action'], RegExp]> = [
	[
		'a link that is forbidden',
		{ kind: 'status', status: 403 },
		/link.*does not work any more \(HTTP 403\)/,
	],
	[
		'a link that is gone',
		{ kind: 'status', status: 404 },
		/link.*does not work any more \(HTTP 404\)/,
	],
	['an internal error', { kind: 'status', status: 500 }, /could not be downloaded \(HTTP 500\)/],
	['a file that breaks off half-way', { kind: 'cutOff' }, /The download broke off/],
	['a web page', { kind: 'wrongType' }, /leads to "text\/html" instead of a file/],
	['an empty file', { kind: 'empty' }, /The downloaded file is empty/],
	['a dropped connection', { kind: 'dropBefore' }, /host of the result could not be reached/],
];

describe.each(['filesystem', 'default'] as const)('a download into %s storage', (mode) => {
	beforeAll(async () => await useBinaryMode(mode));
	afterAll(async () => await useBinaryMode('filesystem'));

	it.each(PASSING)('survives %s, twice', async (_name, action) => {
		const { simulator } = world;
		simulator.faults.add({ service: 'cdn', times: 2, action });
		const result = await runKling({ simulator });
		expect(result.error).toBeUndefined();
		const expected = simulator.videoBytes(String(result.json[0]?.taskId));
		expect((await result.binary()).equals(expected)).toBe(true);
		expect(binaryOf(result.output[0]).mimeType).toBe('video/mp4');
		expect(simulator.ledger.downloads).toHaveLength(3);
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it.each(LASTING)(
		'that meets %s for ever is an error with the task ID',
		async (_name, action, says) => {
			const { simulator } = world;
			simulator.faults.add({ service: 'cdn', times: null, action });
			const result = await runKling({ simulator });
			const [charge] = simulator.ledger.charges;
			expect(result.status).toBe('error');
			expect(told(result).message).toMatch(says);
			expect(words(result)).toContain('succeeded and was paid for: fetch it again with Task → Get');
			expect(told(result).context).toMatchObject({ taskId: charge?.taskId, errorKind: 'download' });
			expect(words(result)).toContain(`Task ID: ${charge?.taskId}`);
			expect(simulator.ledger.charges).toHaveLength(1);
			expect(simulator.ledger.downloads.length).toBeLessThanOrEqual(3);
		},
	);
});

it('never carries the key to the host of the files', async () => {
	const { simulator } = world;
	const result = await runKling({ simulator });
	expect(simulator.ledger.downloads).toMatchObject([{ method: 'GET', status: 200 }]);
	expectNoKeys(simulator, result);
});

it('fetches every file of several items into its own item', async () => {
	const { simulator } = world;
	const result = await runKling({ simulator, items: [{}, {}, {}] });
	for (const [index, { taskId }] of result.json.entries()) {
		expect((await result.binary(index)).equals(simulator.videoBytes(String(taskId)))).toBe(true);
	}
});

it('names the tasks of the other items when one file is lost', async () => {
	const { simulator } = world;
	simulator.faults.add({
		service: 'cdn',
		after: 1,
		times: null,
		action: { kind: 'status', status: 404 },
	});
	const result = await runKling({ simulator, items: [{}, {}, {}] });
	const [first, second, third] = simulator.ledger.charges;
	expect(told(result).context).toMatchObject({ itemIndex: 1, taskId: second?.taskId });
	expect(words(result)).toContain(`item 0: ${first?.taskId}, item 2: ${third?.taskId}`);
});

describe('a file that is larger than Max File Size', () => {
	const fault = {
		service: 'cdn',
		times: null,
		action: { kind: 'status', status: 200, body: 'x'.repeat(1_000_001) },
	} as const;

	it('is an error with the task, the link and what to do, after one request', async () => {
		const { simulator } = world;
		simulator.faults.add(fault);
		const result = await runKling({ simulator, parameters: { options: { maxFileSize: 1 } } });
		const { message, description } = told(result);
		expect(message).toMatch(/^The result is larger than Max File Size, 1 MB: http\S+$/);
		expect(description).toContain(`Task ID: ${simulator.ledger.charges[0]?.taskId}`);
		expect(description).toContain('Raise Max File Size (MB) and fetch it with Task → Get');
		expect(simulator.ledger.charges).toHaveLength(1);
		expect(simulator.ledger.downloads).toHaveLength(1);
	});

	it.each([[0], [-1], ['2 GB'], [100_001]])(
		'with %j as that size is refused before it is paid for',
		async (maxFileSize) => {
			const { simulator } = world;
			const result = await runKling({ simulator, parameters: { options: { maxFileSize } } });
			expect(words(result)).toContain('Max File Size (MB) must be a number from 1 to 100000, not');
			expect(simulator.ledger.requests).toEqual([]);
		},
	);

	it('with Download Result off, nothing is said of it', async () => {
		const { simulator } = world;
		simulator.faults.add(fault);
		const parameters = { download: false, options: { maxFileSize: 1 } };
		const { json } = await runKling({ simulator, parameters });
		expect(json).toMatchObject([{ status: 'succeed' }]);
		expect(simulator.ledger.downloads).toEqual([]);
	});
});
