/** What calls start, and what they are answered, at one service. */
import { z } from 'zod';
import { activate, loadWorkflow, readBinary, readExecution } from '../lib';
import type { World } from '../world';
import {
	executionsOf,
	expectNoMoreThan,
	givenUrls,
	official,
	orderTasks,
	pause,
	post,
	postTooMuch,
	publishTriggers,
	SECRET,
	succeeded,
	untilExecuted,
	untilTaken,
	withTriggers,
} from './workflows';

const ALL_EVENTS = ['submitted', 'processing', 'succeed', 'failed'];

export function callsSuite(world: () => World): void {
	it('downloads within the execution, and answers before', async () => {
		const { simulator, rest } = world();
		const { id, urls } = await publishTriggers(
			world(),
			withTriggers({ Trigger: {} }),
			official(world()),
		);
		const [task] = await orderTasks(world(), official(world()), Object.values(urls));
		simulator.faults.add({ service: 'cdn', action: { kind: 'delay', ms: 3000 } });
		simulator.tasks.finish(task!);
		const before = Date.now();
		await simulator.settled();
		expect(Date.now() - before).toBeLessThan(2500);
		expect(simulator.ledger.callbacks.at(-1)?.status).toBe(200);
		const [run] = await untilExecuted(world(), id, 1);
		const [item] = (await readExecution(rest, run!.id)).outputs('Trigger')[0] ?? [];
		const bytes = await readBinary(rest, item!.binary!.data!);
		expect(bytes.equals(simulator.videoBytes(task!))).toBe(true);
		expect(item!.binary!.data!.fileName).toBe(`kling-${task!}.mp4`);
	});

	it('repeats and disorder start nothing more', async () => {
		const { simulator } = world();
		const { id, urls } = await publishTriggers(
			world(),
			withTriggers({ Trigger: { download: false, events: ALL_EVENTS } }),
			official(world()),
		);
		simulator.faults.add({ action: { kind: 'callbackReorder' } });
		const [task] = await orderTasks(world(), official(world()), Object.values(urls));
		simulator.tasks.finish(task!);
		await simulator.settled();
		const [address] = givenUrls(world());
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await post(address!, succeeded(task!))),
		);
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		expect(simulator.ledger.callbacks.length).toBeGreaterThan(1);
		await untilExecuted(world(), id, 1);
		await expectNoMoreThan(world(), id, 1);
	});

	it('answers in words, without a stack trace', async () => {
		const { id, urls } = await publishTriggers(
			world(),
			withTriggers({ Trigger: { more: { requireToken: false } } }),
			official(world()),
		);
		const url = urls.Trigger!;
		const long = JSON.stringify({ task_id: 'x', pad: 'x'.repeat(1_000_001) });
		const answers = [
			[await post(url, { hello: 'world' }), 400],
			[await post(url, '', { 'content-type': 'text/plain' }), 400],
			[await postTooMuch(url, long), 413],
			[await post(url, '{'), 400],
			// More than n8n reads.
			[await postTooMuch(url, 'x'.repeat(17_000_000)), 413],
		] as const;
		for (const [{ status, text }, wanted] of answers) {
			expect(status).toBe(wanted);
			expect(text).toContain('"message"');
			expect(text).not.toMatch(/\s+at .+:\d+:\d+/);
			expect(text).not.toContain('node_modules');
		}
		expect((await executionsOf(world(), id)).count).toBe(0);
	});

	it('paths of two workflows never collide, and an unpublished one takes no calls', async () => {
		const { simulator, rest } = world();
		const same = withTriggers({ Trigger: { download: false } });
		const other = withTriggers({ Trigger: { download: false } });
		const one = await publishTriggers(world(), same, official(world()));
		const two = await publishTriggers(world(), other, official(world()));
		expect(one.urls.Trigger).not.toBe(two.urls.Trigger);
		const tasks = await orderTasks(world(), official(world()), [
			one.urls.Trigger!,
			two.urls.Trigger!,
		]);
		await rest.post(`/workflows/${one.id}/deactivate`, {}, z.unknown());
		const deadline = Date.now() + 20_000;
		while ((await post(one.urls.Trigger!, {})).status !== 404) {
			if (Date.now() > deadline) throw new Error('It still takes calls');
			await pause(200);
		}
		for (const task of tasks) simulator.tasks.finish(task);
		await simulator.settled();
		await untilExecuted(world(), two.id, 1);
		expect((await executionsOf(world(), one.id)).count).toBe(0);

		// Published again, it takes them at the same address.
		await activate(rest, one.id);
		await untilTaken(one.urls.Trigger!);
		const [address] = givenUrls(world());
		expect((await post(address!, succeeded(tasks[0]!))).status).toBe(200);
		await untilExecuted(world(), one.id, 1);
	});

	it('a test event comes from the console though nobody listens to "submitted"', async () => {
		const { simulator, rest } = world();
		simulator.settings.webhookSecret = SECRET;
		const own = official(world());
		const withSecret = { ...own, data: { ...own.data, webhookSecret: SECRET } };
		const workflow = withTriggers({ Trigger: {} });
		const { id, urls } = await publishTriggers(world(), workflow, withSecret);
		const testUrl = urls.Trigger!.replace('/webhook/', '/webhook-test/');
		expect(await simulator.testCallback(testUrl)).toBe(404);
		const waiting = await rest.post(
			`/workflows/${id}/run`,
			{ triggerToStartFrom: { name: 'Trigger' }, workflowData: await loadWorkflow(rest, id) },
			z.object({ waitingForWebhook: z.boolean() }),
		);
		expect(waiting.waitingForWebhook).toBe(true);
		expect(await simulator.testCallback(testUrl)).toBe(200);
		const [run] = await untilExecuted(world(), id, 1);
		const [item] = (await readExecution(rest, run!.id)).outputs('Trigger')[0] ?? [];
		expect(item!.json).toMatchObject({
			status: 'submitted',
			externalTaskId: expect.stringMatching(/^test-/) as string,
		});
		// The same at the production address starts nothing.
		expect(await simulator.testCallback(urls.Trigger!)).toBe(200);
		await expectNoMoreThan(world(), id, 1);
	});
}
