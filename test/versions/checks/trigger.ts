/** The Kling Trigger: once for what is true, never for strangers. */
import type { Environment } from '../../e2e/faults/environment';
import { readBinary, readExecution } from '../../e2e/lib';
import {
	expectNoMoreThan,
	givenUrls,
	orderTasks,
	post,
	publishTriggers,
	succeeded,
	untilExecuted,
	untilTaken,
	withTriggers,
} from '../../e2e/trigger/workflows';
import { type Check, crashCheck, TITLE, type Under } from '../check';

const FOREVER_S = 100_000;
/** After a restart n8n registers its webhooks in its own time. */
const OVER_MS = 60_000;

let orders = 0;

/** A trigger with these settings, and a task that was given its address. */
async function order({ host, environments }: Under, settings: { onError?: string } = {}) {
	const environment = await environments.acquire(TITLE.official);
	environment.simulator.settings.taskSeconds = FOREVER_S;
	orders += 1;
	// Credentials are known by their titles, and this one leads to a simulator of its own.
	const setting = { ...environment.setting, title: `For trigger ${orders}` };
	const plain = withTriggers({ Trigger: {} });
	const nodes = plain.nodes.map((node) => ({ ...node, ...settings }));
	const trigger = await publishTriggers(host, { ...plain, nodes }, setting);
	const [task] = await orderTasks(host, setting, Object.values(trigger.urls));
	const [address] = givenUrls(environment);
	return {
		environment,
		id: trigger.id,
		url: trigger.urls.Trigger!,
		task: task!,
		address: address!,
	};
}

/** Ends the task, and waits for the one execution that this starts. */
async function startOnce(
	{ host }: Under,
	{ environment, id, task }: { environment: Environment; id: string; task: string },
) {
	environment.simulator.tasks.finish(task);
	await environment.simulator.settled();
	const [run] = await untilExecuted(host, id, 1, OVER_MS);
	return await readExecution(host.rest, run!.id);
}

export const triggerChecks: Check[] = [
	{
		name: 'Kling Trigger: starts once, with the file; not for forged, repeated or senseless calls',
		async run(under) {
			const ordered = await order(under);
			const { environment, id, url, task, address } = ordered;
			const { host } = under;
			const execution = await startOnce(under, ordered);
			const [item] = execution.outputs('Trigger')[0] ?? [];
			expect(item!.json).toMatchObject({ taskId: task, status: 'succeed' });
			const bytes = await readBinary(host.rest, item!.binary!.data!);
			expect(bytes.equals(environment.simulator.videoBytes(task))).toBe(true);

			const wrongToken = new URL(address);
			wrongToken.searchParams.set('token', 'x'.repeat(43));
			expect((await post(url, succeeded(task))).status).toBe(401);
			expect((await post(wrongToken.href, succeeded(task))).status).toBe(401);
			expect((await post(address, succeeded('900000000000000001'))).status).toBe(404);
			expect((await post(address, succeeded(task))).status).toBe(200);
			expect((await post(address, '{')).status).toBe(400);
			await expectNoMoreThan(host, id, 1);
		},
	},
	{
		name: 'Kling Trigger: a failed download leaves by the error output',
		async run(under) {
			const ordered = await order(under, { onError: 'continueErrorOutput' });
			const { environment, task } = ordered;
			const fault = { kind: 'status', status: 404 } as const;
			environment.simulator.faults.add({ service: 'cdn', times: null, action: fault });
			const [good, failed] = (await startOnce(under, ordered)).outputs('Trigger');
			expect(good).toEqual([]);
			expect(failed?.map(({ json }) => json)).toMatchObject([
				{ error: { kind: 'download', taskId: task, status: 'succeed' } },
			]);
		},
	},
];

export const triggerCrashChecks = [
	crashCheck({
		name: 'Kling Trigger: a call repeated after kill -9 and restart starts nothing',
		async start(under) {
			const ordered = await order(under);
			await startOnce(under, ordered);
			return ordered;
		},
		async run({ host }, { id, task, url, address }) {
			await untilTaken(url);
			expect((await post(address, succeeded(task))).status).toBe(200);
			await expectNoMoreThan(host, id, 1);
		},
	}),
];
