/** Very many calls at once: forged ones cost nothing, and none of the genuine ones is lost. */
import { readFileSync } from 'node:fs';
import type { World } from '../world';
import {
	executionsOf,
	givenUrls,
	official,
	orderTasks,
	pause,
	post,
	publishTriggers,
	seenTasks,
	settingOf,
	succeeded,
	untilExecuted,
	withTriggers,
} from './workflows';

const BURST = 150;
/** A sender that is refused tries again after this, and in all for this long. */
const RETRY = { everyMs: 3000, forMs: 300_000 };
/** What an n8n says that is busy with other calls: it hangs up, or its database is not ready. */
const BUSY = [0, 500, 503];
/** Forged calls; each that n8n asks the service about takes two seconds. */
const AT_ONCE = 20;
const FORGED = 400;
/** Until n8n has loaded what calls need. */
const WARM_UP = 100;
const MOST_GROWTH_MB = 150;

function residentMb({ n8n }: World): number {
	const status = readFileSync(`/proc/${n8n.process.pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Posts that many large forged calls, by turns to each address, and tells with which statuses they were answered. */
async function flood(urls: string[], count: number): Promise<number[]> {
	const statuses = new Set<number>();
	for (let start = 0; start < count; start += AT_ONCE) {
		const answers = await Promise.all(
			Array.from({ length: AT_ONCE }, async (_, n) => {
				const forged = { ...succeeded(`forged-${start + n}`), pad: 'x'.repeat(900_000) };
				return await post(`${urls[n % urls.length]!}?token=guess-${n}`, forged);
			}),
		);
		for (const { status } of answers) statuses.add(status);
	}
	return [...statuses].sort();
}

/** A wrong token; an unknown task; and what is not looked up any more, because so many were unknown. */
async function expectRefused(urls: string[], count: number): Promise<void> {
	for (const status of await flood(urls, count)) expect([401, 404, 503]).toContain(status);
}

/** Makes a task as somebody's own program would. Returns its id. */
async function orderDirectly({ simulator }: World, prompt: string, callback_url: string) {
	const { baseUrl, apiKey } = simulator.services.klingGlobal;
	const response = await fetch(`${baseUrl}/v1/videos/text2video`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({ model_name: 'kling-v2-5-turbo', prompt, callback_url }),
	});
	const { data } = (await response.json()) as { data: { task_id: string } };
	return data.task_id;
}

/** Ends the tasks, and returns the calls that the simulator would have made for that. */
async function lastCallsFor({ simulator }: World, tasks: string[]) {
	await simulator.settled();
	simulator.faults.add({ times: null, action: { kind: 'callbackDrop' } });
	for (const task of tasks) simulator.tasks.finish(task);
	await simulator.settled();
	return simulator.ledger.callbacks.filter(({ taskStatus }) => taskStatus === 'succeed');
}

/** Posts again and again, as a service does, until the call is taken. */
async function postUntilTaken({ url, rawBody }: { url: string; rawBody: string }): Promise<void> {
	const deadline = Date.now() + RETRY.forMs;
	for (;;) {
		const { status } = await post(url, rawBody).catch(() => ({ status: 0 }));
		if (status === 200) return;
		expect(BUSY).toContain(status);
		expect(Date.now()).toBeLessThan(deadline);
		await pause(RETRY.everyMs);
	}
}

export function loadSuite(world: () => World): void {
	it(`${FORGED} forged calls start nothing, and leave nothing in the memory`, async () => {
		const triggers = withTriggers({ Open: { more: { requireToken: false } }, Strict: {} });
		const ace = settingOf(world(), 'Ace Data Cloud');
		const { id, urls } = await publishTriggers(world(), triggers, ace);
		const both = [urls.Open!, urls.Strict!];
		await expectRefused(both, WARM_UP);
		const before = residentMb(world());
		await expectRefused(both, FORGED - WARM_UP);
		expect(residentMb(world()) - before).toBeLessThan(MOST_GROWTH_MB);
		expect((await executionsOf(world(), id)).count).toBe(0);
		expect(world().simulator.ledger.charges).toEqual([]);
	}, 600_000);

	it(`${BURST} genuine calls at once start ${BURST} executions`, async () => {
		Object.assign(world().simulator.settings, { slots: BURST + 5, webhookSecret: undefined });
		const triggers = withTriggers({ Trigger: { download: false } });
		const { id, urls } = await publishTriggers(world(), triggers, official(world()));
		// One by the Kling node, to have the address.
		const tasks = await orderTasks(world(), official(world()), Object.values(urls));
		const [address] = givenUrls(world());
		while (tasks.length < BURST)
			tasks.push(await orderDirectly(world(), `Boat ${tasks.length}`, address!));
		// n8n takes a moment for each; the simulator would not wait so long for the last answers, so we post them.
		const calls = await lastCallsFor(world(), tasks);
		expect(calls).toHaveLength(BURST);
		await Promise.all(calls.map(postUntilTaken));
		const runs = await untilExecuted(world(), id, BURST, 300_000);
		expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['success']));
		const seen = await seenTasks(world(), id);
		expect(new Set(seen)).toEqual(new Set(tasks.map((task) => `${task} succeed`)));
	}, 600_000);
}
