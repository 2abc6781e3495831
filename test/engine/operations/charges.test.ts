/** One charge per item, whatever happens on the way, for every operation that makes something. */
import type { INodeParameters } from 'n8n-workflow';

import { words } from '../support';
import { filesOf, OPERATIONS, WITH_FILES } from './cells';
import type { Operation } from './cells/types';
import { lastCreate, sourceOf, useBench } from './support';

const bench = useBench();

/** Those of a row, with what it goes on with. */
async function parametersOf(row: Operation): Promise<INodeParameters> {
	return { ...row.parameters, ...(await sourceOf(bench, row, 'klingGlobal')) };
}

const NAMED = OPERATIONS.filter(({ nameless }) => !nameless);

describe.each(NAMED)('$operation, which is found by its name', (row) => {
	const { operation } = row;

	it.each(['dropAfter', 'errorAfter'] as const)(
		'is found by the name it was given when the answer is lost (%s)',
		async (kind) => {
			const parameters = await parametersOf(row);
			bench.simulator.faults.add({ match: { method: 'POST' }, times: null, action: { kind } });
			const result = await bench.succeed(operation, { parameters });
			expect(result.json).toMatchObject([
				{ taskId: lastCreate(bench.simulator).taskId, status: 'succeed' },
			]);
		},
	);

	// Of solutions it is not documented that a second one with the same name is refused.
	it(`is ${row.solution === undefined ? '' : 'not '}sent again when the service knows nothing of it`, async () => {
		const parameters = await parametersOf(row);
		const fault = bench.simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'dropBefore' },
		});
		const result = await bench.run(operation, { parameters });
		if (row.solution === undefined) expect(result.json).toMatchObject([{ status: 'succeed' }]);
		else expect(words(result)).toContain('made and charged');
		expect(fault.hits).toBe(1);
	});

	it('is the task of an earlier execution with Reuse Existing Task', async () => {
		const { options, ...rest } = await parametersOf(row);
		const named = { externalTaskId: 'order-7', reuseTask: true };
		const parameters = { ...rest, options: { ...(options as INodeParameters), ...named } };
		const first = await bench.succeed(operation, { parameters });
		const second = await bench.succeed(operation, { parameters });
		expect(second.json).toEqual(first.json);
		// Two items came out, of one task.
		bench.owe(-1);
	});
});

describe.each(OPERATIONS)('$operation', (row) => {
	const { operation } = row;

	it.each(['dropAfter', 'errorAfter'] as const)(
		'is not sent again while nobody knows whether it was made (%s)',
		async (kind) => {
			const { simulator } = bench;
			const parameters = await parametersOf(row);
			const fault = simulator.faults.add({
				match: { method: 'POST' },
				times: null,
				action: { kind },
			});
			simulator.faults.add({ match: { method: 'GET' }, times: null, action: { kind: 'html' } });
			const result = await bench.run(operation, { parameters, retryOnFail: true, maxTries: 3 });
			bench.owe(1);
			expect(result.status).toBe('error');
			expect(words(result)).toContain('made and charged');
			expect(fault.hits).toBe(1);
		},
	);

	it('is sent again when there was no free slot', async () => {
		const parameters = await parametersOf(row);
		const fault = bench.simulator.faults.add({
			match: { method: 'POST' },
			times: 2,
			action: { kind: 'error', code: 1303 },
		});
		const result = await bench.succeed(operation, { parameters });
		expect(result.json).toHaveLength(1);
		expect(fault.hits).toBe(2);
	});
});

/** What has nothing to download has nothing that can fail there. */
describe.each(WITH_FILES)('$operation and its files', (row) => {
	const { operation } = row;

	it('is paid once although looks and downloads fail', async () => {
		const { simulator } = bench;
		const parameters = await parametersOf(row);
		const faults = [
			simulator.faults.add({ match: { method: 'GET' }, times: 2, action: { kind: 'html' } }),
			simulator.faults.add({ service: 'cdn', action: { kind: 'cutOff' } }),
		];
		const result = await bench.succeed(operation, { parameters });
		const taskId = String(result.json[0]?.taskId);
		expect(await result.binary()).toEqual(filesOf(row, simulator, taskId).data);
		expect(faults.map(({ hits }) => hits)).toEqual([2, 1]);
	});

	it('is picked up, not paid again, when the node is tried again after its download failed', async () => {
		const { simulator } = bench;
		const parameters = await parametersOf(row);
		const fault = simulator.faults.add({
			service: 'cdn',
			times: 3,
			action: { kind: 'status', status: 500 },
		});
		const result = await bench.succeed(operation, { parameters, retryOnFail: true, maxTries: 2 });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(fault.hits).toBe(3);
	});
});
