/** What came of a call decides whether it counts: n8n may fail to store the execution, slowly, with others meanwhile. */
import { request } from 'node:http';

import { logged } from './harness';
import { useSimulator } from './support';
import {
	foreignId as id,
	latch,
	post,
	started,
	startTrigger,
	storedKeys,
	TAKES_ANY_CALL,
} from './trigger';
import type { WebhookHost } from './webhookHost';

const world = useSimulator();
const done = (n: number, task_status = 'succeed') => ({ task_id: id(n), task_status });

/** Lets n8n fail to store the task `n`, when the test says so. `reached` resolves when it is about to. */
function failAt(host: WebhookHost, n: number) {
	const reached = latch();
	const over = latch();
	host.storing = async (workflowData) => {
		if (!workflowData.includes(id(n))) return;
		reached.open();
		await over.opened;
		throw new Error('The database is not ready');
	};
	return {
		reached: reached.opened,
		fail() {
			over.open();
			host.storing = undefined;
		},
	};
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Posts without waiting for what else is being handled. */
async function send(host: WebhookHost, body: object): Promise<number> {
	const { status } = await fetch(host.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return status;
}

describe('what n8n failed to store', () => {
	it('may come again, though another call was stored meanwhile', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		const storing = failAt(host, 1);
		const failing = send(host, done(1));
		await storing.reached;
		expect(await send(host, done(2))).toBe(200);
		// What is being stored is written down with the rest, and taken back when it fails.
		expect(storedKeys(host).tasks).toHaveLength(2);
		storing.fail();
		expect(await failing).toBe(500);
		expect((await post(host, host.url, done(1))).status).toBe(200);
		expect(started(host).map(({ taskId }) => taskId)).toEqual([id(2), id(1)]);
	});

	it('may come again, though n8n had looked at what to store before it failed', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		const storing = failAt(host, 1);
		host.reading = true;
		const failing = send(host, done(1));
		await storing.reached;
		expect(await send(host, done(2))).toBe(200);
		storing.fail();
		expect(await failing).toBe(500);
		expect((await post(host, host.url, done(1))).status).toBe(200);
		expect(started(host).map(({ taskId }) => taskId)).toEqual([id(2), id(1)]);
		expect(storedKeys(host).tasks).toEqual([2, 1].map((n) => `${id(n)} succeed`));
	});

	it.each(['succeed', 'processing'])(
		'is not told as received to a repeat that came meanwhile (%s)',
		async (status) => {
			const host = await startTrigger(world.simulator, {
				parameters: { ...TAKES_ANY_CALL.parameters, events: ['processing', 'succeed'] },
			});
			const storing = failAt(host, 1);
			const failing = send(host, done(1));
			await storing.reached;
			const repeat = send(host, done(1, status));
			await pause(50);
			storing.fail();
			expect(await failing).toBe(500);
			expect(await repeat).toBe(200);
			await host.settled();
			expect(started(host)).toEqual([expect.objectContaining({ taskId: id(1), status })]);
		},
	);

	it('may come again, though its sender had hung up', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		const storing = failAt(host, 1);
		const failing = request(host.url, { method: 'POST' });
		const hungUp = new Promise((resolve) => failing.once('error', resolve));
		failing.end(JSON.stringify(done(1)));
		await storing.reached;
		failing.destroy();
		await hungUp;
		await pause(50);
		storing.fail();
		await host.settled();
		expect(host.answers.map(({ status }) => status)).toEqual([500]);
		expect((await post(host, host.url, done(1))).status).toBe(200);
		expect(started(host)).toHaveLength(1);
	});

	it('starts once when twenty equal calls waited for it', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		const storing = failAt(host, 1);
		const failing = send(host, done(1));
		await storing.reached;
		const repeats = Array.from({ length: 20 }, () => send(host, done(1)));
		await pause(100);
		storing.fail();
		expect(await failing).toBe(500);
		const statuses = await Promise.all(repeats);
		await host.settled();
		expect(started(host)).toHaveLength(1);
		// Nobody waits twice: who would have to is asked to call again.
		expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
		expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
		expect((await post(host, host.url, done(1))).status).toBe(200);
		expect(started(host)).toHaveLength(1);
	});
});

it('a repeat is answered when the first call has started the workflow, and starts nothing', async () => {
	const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
	const reached = latch();
	const over = latch();
	host.storing = async () => {
		reached.open();
		await over.opened;
	};
	const first = send(host, done(1));
	await reached.opened;
	let answered = false;
	const repeat = send(host, done(1)).finally(() => (answered = true));
	await pause(100);
	expect(answered).toBe(false);
	over.open();
	expect(await Promise.all([first, repeat])).toEqual([200, 200]);
	await host.settled();
	expect(started(host)).toHaveLength(1);
});

it('calls that n8n stores at the same time are all in what it has stored', async () => {
	const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
	const all = Array.from({ length: 20 }, (_, n) => n);
	let waiting = 0;
	const everybody = latch();
	host.saving = async () => {
		waiting += 1;
		if (waiting === all.length) everybody.open();
		await everybody.opened;
	};
	await Promise.all(all.map((n) => send(host, done(n))));
	await host.settled();
	expect(storedKeys(host).tasks.sort()).toEqual(all.map((n) => `${id(n)} succeed`));
});

describe('two triggers in one workflow', () => {
	const stored = () => ({ staticData: '{}' });
	const two = async (place: { workflowId: string; stored: { staticData: string } }) =>
		await Promise.all(
			['One', 'Two'].map((nodeName) =>
				startTrigger(world.simulator, {
					...TAKES_ANY_CALL,
					place: { ...place, nodeName, nodeId: nodeName },
				}),
			),
		);

	it('remember each for itself, though n8n stores what one of them had overwritten', async () => {
		const [one, other] = await two({ workflowId: 'with-two', stored: stored() });
		if (!one || !other) throw new Error('unreachable');
		let waiting = 0;
		const both = latch();
		for (const host of [one, other]) {
			host.saving = async () => {
				waiting += 1;
				if (waiting === 2) both.open();
				await both.opened;
			};
		}
		await Promise.all([send(one, done(1)), send(other, done(1))]);
		await Promise.all([one.settled(), other.settled()]);
		// Each call was given what was stored before either: the last one wins.
		expect(Object.keys(JSON.parse(one.staticData) as object)).toHaveLength(1);

		for (const host of [one, other]) {
			host.saving = undefined;
			await post(host, host.url, done(1));
			expect(started(host)).toHaveLength(1);
		}
		for (const host of [one, other]) await post(host, host.url, done(2));
		const kling = { v: 1, tasks: [1, 2].map((n) => `${id(n)} succeed`), messages: [] };
		expect(JSON.parse(one.staticData)).toEqual({ 'node:One': { kling }, 'node:Two': { kling } });
	});
});

describe('what n8n has stored of earlier calls', () => {
	const storedAs = (kling: unknown) => JSON.stringify({ 'node:Kling Trigger': { kling } });
	const warnings = () => logged.filter((line) => line.startsWith('warn'));

	it('is known after a restart, of tasks and of signed messages', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		host.staticData = storedAs({ v: 1, tasks: [`${id(1)} succeed`], messages: ['msg-1'] });
		await post(host, host.url, done(1));
		await post(host, host.url, done(2));
		expect(started(host).map(({ taskId }) => taskId)).toEqual([id(2)]);
		expect(storedKeys(host)).toEqual({
			v: 1,
			tasks: [1, 2].map((n) => `${id(n)} succeed`),
			messages: ['msg-1'],
		});
		expect(warnings()).toEqual([]);
	});

	it.each([
		[{ v: 2, seen: [] }, 'it has version 2'],
		[{ v: 1, tasks: 'all' }, 'tasks is not valid'],
	])('but cannot be read is begun anew, with one warning: %j', async (kling, reason) => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		host.staticData = storedAs(kling);
		// The first call fails and leaves what was stored as it is.
		host.storing = () => {
			throw new Error('The database is not ready');
		};
		await post(host, host.url, done(1));
		host.storing = undefined;
		for (const n of [1, 2, 1]) expect((await post(host, host.url, done(n))).status).toBe(200);
		expect(started(host).map(({ taskId }) => taskId)).toEqual([id(1), id(2)]);
		expect(storedKeys(host)).toMatchObject({ v: 1, tasks: [1, 2].map((n) => `${id(n)} succeed`) });
		expect(warnings()).toEqual([expect.stringContaining(reason)]);
		expect(warnings()[0]).toContain('Kling Trigger cannot read its list of earlier calls');
	});
});
