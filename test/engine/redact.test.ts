/** A service that repeats the callback address in a reason: its secret token never comes out with the item. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { callbackTokenOf } from '../../nodes/shared/credential/connection';
import { credentialFor, optionsFor, runKling, time } from './kling';
import { useSimulator } from './support';
import { useSuspension } from './suspension';

const world = useSimulator();
const { host, paid } = useSuspension(world);

const token = () => callbackTokenOf(credentialFor(world.simulator, 'klingGlobal'));
const reason = () => `Cannot call https://n8n.example.com/webhook/x/kling?token=${token()}`;
const STRUCK = 'Cannot call https://n8n.example.com/webhook/x/kling?token=*****';

const answer = (data: IDataObject) => ({
	kind: 'garbage' as const,
	body: { code: 0, message: 'SUCCEED', request_id: 'r', data },
});

async function makeFailed(): Promise<string> {
	const { simulator } = world;
	await runKling({ simulator, parameters: { waitMode: 'none' } });
	const [id = ''] = paid();
	simulator.tasks.fail(id, reason());
	return id;
}

const ofTasks = (operation: string, more: INodeParameters) => ({
	simulator: world.simulator,
	parameters: { resource: 'task', operation, taskKind: 'text2video', prompt: '', ...more },
});

describe('the reason of a failed task', () => {
	it.each([true, false])('that Task → Get returns (Simplify: %s)', async (simplify) => {
		const taskId = await makeFailed();
		const { json } = await runKling(ofTasks('get', { taskId, options: { simplify } }));
		expect(JSON.stringify(json)).toContain(STRUCK);
		expect(JSON.stringify(json)).not.toContain(token());
	});

	it.each([true, false])('that Task → Get Many lists (Simplify: %s)', async (simplify) => {
		await makeFailed();
		const { json } = await runKling(ofTasks('getMany', { options: { simplify } }));
		expect(JSON.stringify(json)).toContain(STRUCK);
		expect(JSON.stringify(json)).not.toContain(token());
	});
});

describe('what a task says that is not over', () => {
	const running = () => ({
		task_id: '1234567890',
		task_status: 'submitted',
		task_status_msg: reason(),
	});

	it("and is not waited for (Don't Wait)", async () => {
		const { simulator } = world;
		simulator.faults.add({ match: { method: 'POST' }, action: answer(running()) });
		const { json } = await runKling({ simulator, parameters: { waitMode: 'none' } });
		expect(json).toMatchObject([{ taskId: '1234567890', message: STRUCK }]);
	});

	it('and times out', async () => {
		const { simulator } = world;
		simulator.faults.add({ times: null, action: answer(running()) });
		const { json } = await runKling({
			simulator,
			parameters: { options: { timeout: 1, onTimeout: 'return' } },
		});
		expect(json).toMatchObject([{ message: STRUCK, timedOut: true }]);
	});

	it('and times out in a suspended execution', async () => {
		const { simulator } = world;
		simulator.faults.add({ match: { method: 'POST' }, action: answer(running()) });
		const run = { simulator, parameters: { waitMode: 'suspend' } };
		const { first } = await host().run(optionsFor(run));
		expect(first.status).toBe('waiting');
		expect(JSON.stringify(first.runData)).not.toContain(token());
		const { json } = await host().timeIsUp(first.executionId);
		expect(json).toMatchObject([{ message: STRUCK, timedOut: true }]);
	});
});

it('what a task says that has succeeded in a suspended execution', async () => {
	const { simulator } = world;
	const run = { simulator, parameters: { waitMode: 'suspend', download: false } };
	const { whenOver } = await host().run(optionsFor(run));
	const [task_id] = paid();
	const videos = [{ id: '1', url: 'https://cdn.example.com/v.mp4', duration: '5' }];
	const done = { task_id, task_status: 'succeed', task_result: { videos } };
	const action = answer({ ...done, task_status_msg: reason() });
	simulator.faults.add({ match: { method: 'GET' }, times: null, action });
	time.advance(70_000);
	await simulator.settled();
	expect((await whenOver).json).toMatchObject([{ taskId: task_id, message: STRUCK }]);
	expect(paid()).toHaveLength(1);
});
