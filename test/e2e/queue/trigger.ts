import type { ServiceName } from '../../simulator';
import { readBinary, readExecution } from '../lib';
import {
	expectNoMoreThan,
	orderTasks,
	post,
	publishTriggers,
	untilExecuted,
	withTriggers,
} from '../trigger/workflows';
import { SERVICES } from './runs';
import { type QueueWorld, takenBy, tookCallFor } from './world';

const FOREVER_S = 3600;
const EXECUTED_MS = 60_000;

/** Publishes a trigger for a service and makes a task that calls it. */
async function startTask({ rest, settings, n8n }: QueueWorld, service: ServiceName) {
	const setting = settings.find(({ leadsTo }) => leadsTo === service)!;
	const host = { rest, n8n: { baseUrl: n8n.router.url } };
	// new-api's own ids are not those that the calls name.
	const trigger = { Trigger: { confirm: service !== 'newApi' } };
	const { id: workflowId, urls } = await publishTriggers(host, withTriggers(trigger), setting);
	const [taskId] = await orderTasks(host, setting, Object.values(urls));
	return { service, host, workflowId, taskId: taskId! };
}

export function triggerSuite(world: () => QueueWorld): void {
	describe('a Kling Trigger', () => {
		it('takes the call of every service at the webhook process, and a worker fetches the video', async () => {
			const { simulator, rest, n8n } = world();
			simulator.settings.taskSeconds = FOREVER_S;
			const started = await Promise.all(
				SERVICES.map(async (service) => await startTask(world(), service)),
			);
			n8n.router.targets = [n8n.webhook.baseUrl];
			for (const { taskId } of started) simulator.tasks.finish(taskId);
			await simulator.settled();
			for (const { service, host, workflowId, taskId } of started) {
				const [execution] = await untilExecuted(host, workflowId, 1, EXECUTED_MS);
				const { id, status, outputs } = await readExecution(rest, execution!.id);
				expect(status).toBe('success');
				const [item] = outputs('Trigger')[0] ?? [];
				const told = service === 'newApi' ? simulator.tasks.get(taskId)?.upstreamId : taskId;
				expect(item?.json).toMatchObject({ taskId: told, status: 'succeed' });
				const bytes = await readBinary(rest, item!.binary!.data!);
				expect(bytes.equals(simulator.videoBytes(taskId))).toBe(true);
				expect(tookCallFor(n8n.webhook, id)).toBe(true);
				expect(takenBy(world(), id)).toHaveLength(1);
			}
			expect(simulator.ledger.charges).toHaveLength(SERVICES.length);

			// The same calls once more, now to the other process.
			n8n.router.targets = [n8n.main.baseUrl];
			for (const { url, rawBody, headers, taskStatus } of [...simulator.ledger.callbacks]) {
				if (taskStatus === 'succeed') expect((await post(url, rawBody, headers)).status).toBe(200);
			}
			for (const { host, workflowId } of started) await expectNoMoreThan(host, workflowId, 1);
		});
	});
}
