/** What is stored of an execution and cannot be read: nothing is paid again, and somebody is told. */
import { deepCopy } from 'n8n-workflow';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';

import { retriable } from './again';
import { callWebhook, logged } from './harness';
import type { RunResult } from './harness';
import { optionsFor, runKling, time } from './kling';
import type { KlingRun } from './kling';
import { told, useSimulator } from './support';
import { useSuspension } from './suspension';

const world = useSimulator();
const { suspend } = useSuspension(world);

type Change = (context: IDataObject) => void;

/** What n8n has stored of an execution, with another context of the node. */
function withContext(stored: IRunExecutionData, change: Change): IRunExecutionData {
	const data = deepCopy(stored);
	const context = data.executionData?.contextData['node:Kling'];
	if (!context) throw new Error('The node has stored nothing');
	change(context);
	return data;
}

const ofNewerVersion =
	(field: string): Change =>
	(context) => {
		const record = context[field] as IDataObject;
		context[field] = { ...record, v: Number(record.v) + 1 };
	};

describe('a record of paid tasks of a newer version', () => {
	/** Runs the node until its download fails, and again with a record that it cannot read. */
	async function retryUnread(onError?: KlingRun['onError']): Promise<RunResult> {
		const { simulator } = world;
		simulator.faults.add({ service: 'cdn', times: null, action: { kind: 'status', status: 500 } });
		const failed = await runKling({ simulator, items: [{}, {}] });
		expect(simulator.ledger.charges).toHaveLength(2);
		simulator.ledger.requests.length = 0;
		const stored = withContext(retriable(failed), ofNewerVersion('kling'));
		// What runs again is the node as it was stored.
		const node = stored.executionData?.nodeExecutionStack[0]?.node;
		Object.assign(node ?? {}, { onError, retryOnFail: true, maxTries: 2 });
		return await runKling({ simulator, continueFrom: stored });
	}

	afterEach(() => {
		expect(world.simulator.ledger.requests).toEqual([]);
		expect(world.simulator.ledger.charges).toHaveLength(2);
	});

	it('ends the node before anything is sent, and says what to do', async () => {
		const result = await retryUnread();
		expect(result.error?.name).toBe('NodeOperationError');
		expect(told(result).message).toBe(
			'The record of the tasks that this execution has paid for cannot be read (it has version 2, and this version of the node knows version 1), so nothing was sent',
		);
		expect(told(result).description).toContain('Task → Get Many');
		expect(told(result).description).toContain('run the workflow anew');
	});

	it('becomes every item where the workflow goes on', async () => {
		const { json } = await retryUnread('continueRegularOutput');
		const message = expect.stringContaining('so nothing was sent') as string;
		expect(json).toMatchObject([
			{ error: { message, kind: 'invalidInput', itemIndex: 0 } },
			{ error: { message, kind: 'invalidInput', itemIndex: 1 } },
		]);
	});
});

describe('a suspended run', () => {
	async function callWith(change: Change) {
		const { simulator } = world;
		const { first } = await suspend();
		expect(first.status).toBe('waiting');
		time.advance(70_000);
		simulator.ledger.requests.length = 0;
		const run = optionsFor({ simulator, executionId: first.executionId });
		return await callWebhook(run, withContext(first.runExecutionData, change), {});
	}

	it('that can be read goes on', async () => {
		const { result } = await callWith(() => undefined);
		expect(result.workflowData).toMatchObject([[{ json: { status: 'succeed' } }]]);
	});

	it.each<[string, Change, string]>([
		['of a newer version', ofNewerVersion('klingSuspended'), 'it has version 3'],
		[
			'of a kind that is not known',
			({ klingSuspended }) => {
				(klingSuspended as { items: IDataObject[] }).items[0]!.kind = 'text2music';
			},
			'items.0',
		],
		['without a record', (context) => delete context.klingSuspended, 'there is no record of it'],
	])('%s is told to the log and to the caller', async (_what, change, why) => {
		const { result, status } = await callWith(change);
		expect(status).toBe(500);
		expect(result).toEqual({ noWebhookResponse: true });
		expect(world.simulator.ledger.requests).toEqual([]);
		const warnings = logged.filter((line) => line.startsWith('warn'));
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toContain(why);
		expect(warnings[0]).toMatch(/Kling was called back for execution \d+/);
		expect(warnings[0]).toContain('Task → Get');
	});
});

it('output settings that cannot be worked out refuse an item before it is paid for', async () => {
	const { simulator } = world;
	const result = await runKling({
		simulator,
		items: [{ field: 'film' }, {}],
		parameters: { options: { binaryField: "={{ $json.field ?? $('Nowhere').first().json.x }}" } },
		onError: 'continueRegularOutput',
	});
	expect(result.json).toMatchObject([
		{ status: 'succeed' },
		{ error: { kind: 'invalidInput', itemIndex: 1, taskId: null } },
	]);
	expect(simulator.ledger.charges).toHaveLength(1);
});
