/** A relay that tells of tasks in forms of its own: what it made is delivered, and why it failed is told, in each of them. */
import type { IDataObject } from 'n8n-workflow';

import { RELAY_FORMS } from '../simulator';
import { optionsFor, runKling, slept } from './kling';
import { answered, told, useSimulator, words } from './support';
import { useSuspension } from './suspension';
import { endedTask, finish, order, post, started, startTrigger, TAKES_ANY_CALL } from './trigger';

const world = useSimulator();
const { host, paid } = useSuspension(world);
const service = 'relay';
const LOOK = { method: 'GET', path: /text2video\/./ };

/** Milliseconds that a run has waited. */
const waited = () => slept.reduce((sum, ms) => sum + ms, 0);

describe.each(RELAY_FORMS)('in the form "%s"', (relayForm) => {
	beforeEach(() => {
		world.simulator.settings.relayForm = relayForm;
	});

	it('a video is delivered with its file, under the id that it was made with', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, service });
		expect(words(result)).toBe(' | ');
		const taskId = simulator.ledger.charges[0]?.taskId ?? '';
		expect(simulator.ledger.charges).toHaveLength(1);
		expect(result.json).toMatchObject([{ taskId, status: 'succeed', message: '' }]);
		expect(String(result.json[0]?.videoUrl)).toMatch(new RegExp(`/results/${taskId}/0.mp4\\?`));
		expect(String(result.json[0]?.videoUrl)).not.toMatch(/cover|mark/);
		expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
	});

	it('pictures, too', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service,
			parameters: { resource: 'image', operation: 'image-generation' },
		});
		expect(words(result)).toBe(' | ');
		const { taskId = '' } = simulator.ledger.charges[0] ?? {};
		expect(result.json).toMatchObject([{ taskId, images: [{ index: 0 }] }]);
		expect(await result.binary()).toEqual(simulator.imageBytes(taskId));
	});

	it('sounds, too', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service,
			parameters: { resource: 'audio', operation: 'text-to-audio' },
		});
		expect(words(result)).toBe(' | ');
		const { taskId = '' } = simulator.ledger.charges[0] ?? {};
		expect(result.json).toMatchObject([{ taskId, audios: [{}] }]);
		expect(String(result.json[0]?.audioUrl)).toMatch(new RegExp(`/results/${taskId}/0.mp3\\?`));
		expect(await result.binary()).toEqual(simulator.audioBytes(taskId));
	});

	it('several items come out in order', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, items: [{}, {}, {}] });
		expect(result.json.map(({ taskId }) => taskId)).toEqual(
			simulator.ledger.charges.map(({ taskId }) => taskId),
		);
	});

	it('a failure gives its reason', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, parameters: { prompt: 'x [fail]' } });
		expect(told(result).message).toBe('The task failed: Failure to pass the risk control system');
		expect(told(result).context.taskId).toBe(simulator.ledger.charges[0]?.taskId);
		expect(words(result)).not.toContain('Other items');
	});

	it('Task → Get finds it', async () => {
		const { simulator } = world;
		await runKling({ simulator, service, parameters: { waitMode: 'none' } });
		const { taskId = '' } = simulator.ledger.charges[0] ?? {};
		const parameters = { resource: 'task', operation: 'get', taskId, waitMode: 'poll' };
		const result = await runKling({ simulator, service, parameters });
		expect(result.json).toMatchObject([{ taskId, status: 'succeed' }]);
		expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
	});

	it('a suspended execution goes on with it', async () => {
		const { simulator } = world;
		const parameters = { waitMode: 'suspend' };
		const { whenOver } = await host().run(optionsFor({ simulator, service, parameters }));
		simulator.clock.advance(70_000);
		await simulator.settled();
		const { json } = await whenOver;
		expect(json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
		expect(String(json[0]?.videoUrl)).toContain(paid()[0]);
	});

	it('a call to the trigger is confirmed', async () => {
		const { simulator } = world;
		const trigger = await startTrigger(simulator, { service });
		const id = await order(simulator, trigger, { service });
		await finish(simulator, trigger, id);
		// Under another id, nobody knows the task that a call speaks of.
		const ids = relayForm === 'otherId' ? [] : [id];
		expect(started(trigger).map(({ taskId, status }) => [taskId, status])).toEqual(
			ids.map((taskId) => [taskId, 'succeed']),
		);
	});
});

describe('what a relay says for ever', () => {
	const record = (more: object) =>
		answered(200, { code: 0, data: { task_id: '860000000000000777', ...more } });
	const always = (action: ReturnType<typeof answered>) =>
		world.simulator.faults.add({ match: LOOK, times: null, action });

	it.each(['canceled', 'cancelled', 'expired', 'timeout', 'rejected', 'aborted', '失败', '已取消'])(
		'%s ends the wait, with the words of the service',
		async (task_status) => {
			const { simulator } = world;
			always(record({ task_status, task_status_msg: 'the words of the service' }));
			const result = await runKling({ simulator, service });
			expect(told(result).message).toContain('the words of the service');
			expect(told(result).context).toMatchObject({
				taskId: simulator.ledger.charges[0]?.taskId,
				errorKind: 'taskFailed',
			});
			expect(waited()).toBeLessThan(60_000);
		},
	);

	it('a word that nobody knows is shown when time runs out, and what stands beside it', async () => {
		const { simulator } = world;
		always(record({ task_status: 'REVIEWING', msg: 'waits for a person' }));
		const result = await runKling({ simulator, service });
		const taskId = simulator.ledger.charges[0]?.taskId;
		expect(words(result)).toContain('still running after 30 min (status: REVIEWING)');
		expect(words(result)).toContain('The service says: "waits for a person"');
		expect(words(result)).toContain(`Task ID: ${taskId}`);
		expect(words(result)).not.toContain('Other items');
	});

	it('that it does not know the task ends the wait with its words', async () => {
		const { simulator } = world;
		always(answered(200, { code: 404, message: '任务不存在' }));
		const result = await runKling({ simulator, service });
		expect(words(result)).toContain('does not know this task');
		expect(words(result)).toContain('The service says: "任务不存在"');
		expect(told(result).context.taskId).toBe(simulator.ledger.charges[0]?.taskId);
	});

	it('that it does not know the task yet does no harm', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: LOOK,
			times: 2,
			action: answered(200, { code: 404, message: '任务不存在' }),
		});
		const result = await runKling({ simulator, service });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
	});

	it('an error is told when time runs out', async () => {
		const { simulator } = world;
		always(answered(200, { code: 77, msg: 'the queue is being repaired' }));
		const result = await runKling({ simulator, service });
		expect(words(result)).toContain('still running after 30 min');
		expect(words(result)).toContain('The service says: "the queue is being repaired"');
	});

	it('new-api: SUCCESS without any link is given up with what came', async () => {
		const { simulator } = world;
		const body = { fail_reason: '', progress: '100%', status: 'SUCCESS', task_id: 'task_x1' };
		always(answered(200, body));
		const result = await runKling({ simulator, service });
		expect(words(result)).toContain('says that the task succeeded, but its answer holds no link');
		expect(words(result)).toContain('look for the result in the console of the service');
		expect(words(result)).toContain(`What came: ${JSON.stringify(body)}`);
		expect(waited()).toBeLessThan(4 * 60_000);
	});
});

describe('a call to the trigger', () => {
	const believing = { parameters: { confirm: false } };

	it('that says "canceled" is a failure', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const trigger = await startTrigger(simulator, believing);
		const body = { task_id: id, task_status: 'canceled', error: { message: 'by its owner' } };
		await post(trigger, trigger.url + search, body);
		expect(started(trigger)).toMatchObject([
			{ taskId: id, status: 'failed', message: 'by its owner' },
		]);
	});

	it.each([true, false])(
		'with a link and a word that nobody knows is a success (confirm: %s)',
		async (confirm) => {
			const { simulator } = world;
			const { id, search } = await endedTask(simulator);
			const trigger = await startTrigger(simulator, { parameters: { confirm } });
			const before = simulator.ledger.requests.length;
			const url = 'https://cdn.example.com/v.mp4';
			await post(trigger, trigger.url + search, {
				task_id: id,
				status: 'finished',
				video_url: url,
			});
			const [item] = started(trigger) as [IDataObject];
			expect(item).toMatchObject({ taskId: id, status: 'succeed' });
			// What the service says counts, where it is asked.
			expect(item.videoUrl === url).toBe(!confirm);
			expect(simulator.ledger.requests.length > before).toBe(confirm);
		},
	);

	it('of a kind that the node does not make puts out its pictures', async () => {
		const { simulator } = world;
		const trigger = await startTrigger(simulator, TAKES_ANY_CALL);
		const series_images = [{ index: 0, url: 'https://cdn.example.com/1.png', watermark_url: '' }];
		const task_result = { result_type: 'series', images: [], series_images };
		await post(trigger, trigger.url, { task_id: '7', task_status: 'succeed', task_result });
		expect(started(trigger)).toMatchObject([
			{ taskId: '7', images: [{ index: 0, url: 'https://cdn.example.com/1.png' }] },
		]);
	});

	it('with a link, of a task that the service says is running, starts nothing', async () => {
		const { simulator } = world;
		const trigger = await startTrigger(simulator);
		const id = await order(simulator, trigger);
		const { searchParams } = new URL(
			String((simulator.ledger.requests.at(-1)?.body as IDataObject).callback_url),
		);
		const address = `${trigger.url}?${searchParams.toString()}`;
		const url = 'https://cdn.example.com/v.mp4';
		const { status } = await post(trigger, address, { task_id: id, status: 'odd', video_url: url });
		expect([status, trigger.executions]).toEqual([200, []]);
	});
});
