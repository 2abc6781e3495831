import { readBinary, readExecution } from '../lib';
import { orderTasks, publishTriggers, untilExecuted, withTriggers } from '../trigger/workflows';
import { SERVICES } from './runs';
import { type QueueWorld, takenBy } from './world';

const FOREVER_S = 3600;

export function triggerSuite(world: () => QueueWorld): void {
	describe('a Kling Trigger', () => {
		it.each(SERVICES)(
			'takes the call of %s at the main, and a worker fetches the video',
			async (service) => {
				const { simulator, rest, settings, n8n } = world();
				simulator.settings.taskSeconds = FOREVER_S;
				const setting = settings.find(({ leadsTo }) => leadsTo === service)!;
				const host = { rest, n8n: n8n.main };
				const { id, urls } = await publishTriggers(host, withTriggers({ Trigger: {} }), setting);
				const [task] = await orderTasks(host, setting, Object.values(urls));
				simulator.tasks.finish(task!);
				await simulator.settled();
				const [execution] = await untilExecuted(host, id, 1);
				const { status, outputs } = await readExecution(rest, execution!.id);
				expect(status).toBe('success');
				const [item] = outputs('Trigger')[0] ?? [];
				expect(item?.json).toMatchObject({ taskId: task, status: 'succeed' });
				const bytes = await readBinary(rest, item!.binary!.data!);
				expect(bytes.equals(simulator.videoBytes(task!))).toBe(true);
				expect(takenBy(world(), execution!.id)).toHaveLength(1);
			},
		);
	});
}
