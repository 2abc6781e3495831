/** The examples of the package that work together by the trigger. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	activate,
	readWorkflow,
	ROOT,
	runByWebhook,
	saveWorkflow,
	webhookPath,
	withParameters,
	withWebhook,
} from '../lib';
import { NODE_TYPE, type World } from '../world';
import { executionsOf, official, publishTriggers, untilExecuted, wired } from './workflows';

/** @param folder in which n8n may write files */
export function examplesSuite(world: () => World, folder: string): void {
	it('the two examples: one submits without waiting, the other stores the videos', async () => {
		const { simulator, rest } = world();
		const example = (file: string) => readWorkflow(join(ROOT, 'examples', file));
		const target = join(folder, 'videos');
		mkdirSync(target);
		const text = JSON.stringify(example('store-finished-videos.json'));
		expect(text).toContain('/home/node/.n8n-files');
		const storing = JSON.parse(text.replace('/home/node/.n8n-files', target)) as ReturnType<
			typeof example
		>;
		const { id, urls } = await publishTriggers(world(), storing, official(world()));

		const submitting = withParameters(example('submit-without-waiting.json'), NODE_TYPE, {
			options: { callbackUrl: urls['Kling Trigger'] },
		});
		const ready = withWebhook(await wired(rest, submitting, official(world())), 'e2e-submitting');
		await saveWorkflow(rest, 'e2e-submitting', ready);
		await activate(rest, 'e2e-submitting');
		const workflow = { id: 'e2e-submitting', path: webhookPath(ready) };
		const submitted = await runByWebhook(rest, workflow, {}, 60_000);
		expect(submitted.status).toBe('success');
		const tasks = (submitted.outputs('Kling')[0] ?? []).map(({ json }) => String(json.taskId));
		expect(tasks).toHaveLength(3);
		expect((await executionsOf(world(), id)).count).toBe(0);

		for (const task of tasks) simulator.tasks.finish(task);
		const runs = await untilExecuted(world(), id, tasks.length);
		expect(runs.map(({ status }) => status)).toEqual(tasks.map(() => 'success'));
		expect(readdirSync(target).sort()).toEqual(tasks.map((task) => `kling-${task}.mp4`).sort());
		for (const task of tasks) {
			const stored = readFileSync(join(target, `kling-${task}.mp4`));
			expect(stored.equals(simulator.videoBytes(task))).toBe(true);
		}
		expect(simulator.ledger.charges).toHaveLength(3);
	});
}
