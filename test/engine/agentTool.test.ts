/** An agent calls its tool again and again in one execution: each call is a video of its own, and none is paid for twice. */
import { createRunExecutionData } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import type { ServiceName } from '../simulator';
import { runNode } from './harness';
import type { RunResult } from './harness';
import { credentialFor } from './kling';
import { creates, errorOf, MAYBE_PAID, meet, useSimulator } from './support';

const world = useSimulator();

/** One more call of the tool in the same execution, whose memory lives on. */
async function call(
	prompt: string,
	before?: RunResult,
	service: ServiceName = 'klingGlobal',
	parameters: INodeParameters = { resource: 'video', operation: 'text2video', prompt },
) {
	const tool = new Kling();
	tool.description = { ...tool.description, name: 'klingTool' };
	const start = { id: 'Start', name: 'Start', type: 'harness.start', typeVersion: 1 };
	const contextData = before?.runExecutionData.executionData?.contextData ?? {};
	const node = { ...start, position: [0, 0] as [number, number], parameters: {} };
	return await runNode({
		node: tool,
		credentialTypes: [KlingApi],
		credentials: { klingApi: credentialFor(world.simulator, service) },
		parameters,
		executionId: before?.executionId,
		continueFrom: createRunExecutionData({
			startData: {},
			resumeToken: before?.runExecutionData.resumeToken,
			executionData: {
				contextData,
				nodeExecutionStack: [{ node, data: { main: [[{ json: {} }]] }, source: null }],
			},
		}),
	});
}

describe('a tool of an agent', () => {
	it('does not send again what may have been paid for, though another call went well', async () => {
		const { simulator } = world;
		meet(simulator, 'aceData', { kind: 'dropAfter' });
		const unclear = await call('a fox', undefined, 'aceData');
		expect(errorOf(unclear).description).toContain(MAYBE_PAID);
		const well = await call('an owl', unclear, 'aceData');
		expect(well.json).toMatchObject([{ status: 'succeed' }]);
		const again = await call('a fox', well, 'aceData');
		expect(errorOf(again).message).toContain('Not sent again');
		expect(creates(simulator)).toHaveLength(2);
		const elsewhere = await call('a fox', again, 'relay');
		expect(elsewhere.json).toMatchObject([{ status: 'succeed' }]);
		expect(simulator.ledger.charges).toHaveLength(3);
	});

	it('speaks: the answer has no file, is paid once, and a failure is told', async () => {
		const { simulator } = world;
		const speak = async (text: string, before?: RunResult) =>
			await call('', before, 'klingGlobal', { resource: 'audio', operation: 'speech', text });
		const spoken = await speak('Good day to you');
		expect(spoken.json).toMatchObject([{ audioUrl: expect.any(String) as string }]);
		expect(spoken.output[0]?.binary).toBeUndefined();
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'dropAfter' } });
		const unclear = await speak('Good night', spoken);
		expect(errorOf(unclear).description).toContain('may have charged for the speech');
		expect(errorOf(await speak('Good night', unclear)).message).toContain('Not sent again');
		expect(simulator.ledger.charges).toHaveLength(2);
	});

	it('picks up what was unclear, though another call went well in between', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
		simulator.faults.add({ match: { method: 'GET' }, times: 3, action: { kind: 'html' } });
		const unclear = await call('a fox');
		expect(errorOf(unclear).description).toContain(MAYBE_PAID);
		const [fox] = simulator.ledger.charges;
		const well = await call('an owl', unclear);
		const again = await call('a fox', well);
		expect(again.json).toMatchObject([{ status: 'succeed', taskId: fox?.taskId }]);
		expect(simulator.ledger.charges).toHaveLength(2);
	});

	it.each(['klingGlobal', 'relay', 'aceData'] as const)(
		'makes another video when it is asked for the same again, at %s',
		async (service) => {
			const { simulator } = world;
			const results = [await call('a fox', undefined, service)];
			results.push(await call('a fox', results[0], service));
			results.push(await call('a fox', results[1], service));
			const made = simulator.ledger.charges.map(({ taskId }) => taskId);
			expect(results.flatMap(({ json }) => json.map(({ taskId }) => taskId))).toEqual(made);
			expect(new Set(made).size).toBe(3);
		},
	);
});
