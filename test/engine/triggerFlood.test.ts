/** Forged calls by the thousand, from somebody who knows more than the address. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ServiceName, Simulator } from '../simulator';
import { webhookHeaders } from '../simulator/webhookSignature';
import { logged } from './harness';
import { runKling, slept } from './kling';
import { KEY_PAIR, useSimulator } from './support';
import { foreignId, givenAddress, order, post, startTrigger } from './trigger';
import type { TriggerSetting } from './trigger';
import { time } from './virtualTime';
import type { WebhookHost } from './webhookHost';

const world = useSimulator();
const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const MOST_AT_ONCE = 8;

function forged(n: number) {
	return JSON.stringify({
		task_id: foreignId(n),
		task_status: 'succeed',
		success: true,
	});
}

async function flood(
	host: WebhookHost,
	count: number,
	send: (n: number) => Promise<{ status: number }>,
): Promise<number[]> {
	const statuses: number[] = [];
	for (let start = 0; start < count; start += 100) {
		const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => send(start + n)));
		statuses.push(...answers.map(({ status }) => status));
	}
	await host.settled();
	return statuses;
}

/** Stands before a service and counts how many requests it has to answer at the same time. */
async function countingProxy({ services }: Simulator) {
	const counted = { most: 0, url: '', stop: () => {} };
	let inside = 0;
	const server = createServer((incoming, outgoing) => {
		inside += 1;
		counted.most = Math.max(counted.most, inside);
		outgoing.once('close', () => (inside -= 1));
		const { method, headers, url = '' } = incoming;
		const target = new URL(url, services.aceData.baseUrl);
		const passed = request(target, { method, headers, agent: false }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
			answer.pipe(outgoing);
		});
		// Slow enough for all to come that may.
		setTimeout(() => incoming.pipe(passed), 30);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	counted.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	counted.stop = () => {
		server.closeAllConnections();
		server.close();
	};
	return counted;
}

it('1000 calls with forged signatures start nothing, ask nobody, and are told once', async () => {
	const { simulator } = world;
	const host = await startTrigger(simulator, { credential: { webhookSecret: SECRET } });
	const statuses = await flood(host, 1000, async (n) => {
		const headers = webhookHeaders('whsec_b3RoZXI=', time.now(), forged(n));
		return await post(host, host.url, forged(n), headers);
	});
	expect(statuses).toEqual(statuses.map(() => 401));
	expect(host.executions).toEqual([]);
	expect(host.staticData).not.toContain('kling');
	expect(simulator.ledger.requests).toEqual([]);
	expect(logged.filter((line) => line.startsWith('warn'))).toHaveLength(1);
}, 60_000);

it('200 calls with the right token for foreign tasks start nothing, and ask for a few at a time', async () => {
	const { simulator } = world;
	// The own task shall not end while time passes.
	simulator.settings.taskSeconds = 1_000_000;
	const proxy = await countingProxy(simulator);
	const setting = { service: 'aceData', credential: { aceDataBaseUrl: proxy.url } } as const;
	const host = await startTrigger(simulator, setting);
	await order(simulator, host, setting);
	const address = givenAddress(simulator);
	proxy.most = 0;
	const statuses = await flood(host, 200, async (n) => await post(host, address, forged(n)));
	proxy.stop();
	expect(statuses.filter((status) => status !== 404 && status !== 503)).toEqual([]);
	expect(host.executions).toEqual([]);
	expect(proxy.most).toBe(MOST_AT_ONCE);
}, 60_000);

describe('calls with the right token for tasks that nobody has', () => {
	/** A trigger, and the address that its calls come to, with or without the kind. */
	async function known(withKind: boolean, setting: TriggerSetting = {}) {
		const { simulator } = world;
		simulator.settings.taskSeconds = 1_000_000;
		const host = await startTrigger(simulator, setting);
		await order(simulator, host, setting);
		const address = new URL(givenAddress(simulator));
		simulator.ledger.requests.length = 0;
		if (!withKind) address.searchParams.delete('kind');
		const asked = () => simulator.ledger.requests.length;
		return { host, address: address.toString(), asked };
	}

	// With the kind: its place twice, and then a search. Without: a search, and then where most tasks are.
	it.each([
		['at official Kling', { service: 'klingGlobal' }, true, 1 + 1 + 4],
		['at official Kling', { service: 'klingGlobal' }, false, 4 + 2],
		['with a key pair', { service: 'klingGlobal', credential: KEY_PAIR }, true, 1 + 1 + 18],
		['with a key pair', { service: 'klingGlobal', credential: KEY_PAIR }, false, 18 + 5],
		['at a relay', { service: 'relay' }, true, 1 + 1 + 20],
		['at a relay', { service: 'relay' }, false, 20 + 5],
		['at Ace Data Cloud', { service: 'aceData' }, true, 1 + 1 + 1],
		['at Ace Data Cloud', { service: 'aceData' }, false, 1 + 1],
	] as const)(
		'cost nothing when they come again within a minute, %s (%j, kind: %s)',
		async (_where, setting, withKind, requests) => {
			const { host, address, asked } = await known(withKind, setting);
			expect((await post(host, address, forged(1))).status).toBe(404);
			expect(asked()).toBe(requests);
			for (let n = 0; n < 20; n += 1)
				expect((await post(host, address, forged(1))).status).toBe(404);
			expect(asked()).toBe(requests);

			time.advance(60_000);
			await post(host, address, forged(1));
			expect(asked()).toBe(2 * requests);
		},
	);

	it('are not all searched for, and the log tells it once', async () => {
		const { host, address, asked } = await known(true);
		const before = time.now();
		const statuses = await flood(host, 100, async (n) => await post(host, address, forged(n)));
		const seconds = (time.now() - before) / 1000;
		expect(statuses.filter((status) => status !== 404 && status !== 503)).toEqual([]);
		// Two looks where the address says, and what is left for searches: 40, and 4 more per second.
		expect(asked()).toBeLessThanOrEqual(2 * 100 + 40 + 4 * seconds);
		expect(host.executions).toEqual([]);
	});
});

describe('calls without a kind for tasks of the account', () => {
	/** So many tasks, all of which have ended, and the address for calls of which nobody knows the kind. */
	async function ended(count: number, service: ServiceName, credential = {}) {
		const { simulator } = world;
		simulator.settings.slots = count + 1;
		const { json, error } = await runKling({
			simulator,
			service,
			items: Array.from({ length: count }, () => ({})),
			parameters: {
				operation: 'image2video',
				image: 'https://a.example/fox.jpg',
				waitMode: 'none',
			},
		});
		if (error) throw error;
		time.advance(120_000);
		// The task of the trigger itself goes on.
		simulator.settings.taskSeconds = 1_000_000;
		const host = await startTrigger(simulator, { service, credential });
		await order(simulator, host, { service, credential });
		const address = new URL(givenAddress(simulator));
		address.searchParams.delete('kind');
		simulator.ledger.requests.length = 0;
		const ids = json.map(({ taskId }) => String(taskId));
		return { host, address: address.toString(), ids };
	}

	const done = (task_id: string) => JSON.stringify({ task_id, task_status: 'succeed' });
	const looks = () => world.simulator.ledger.requests.length;

	it.each([
		['at official Kling', 'klingGlobal', {}, 2],
		['with a key pair', 'klingGlobal', KEY_PAIR, 2],
		['at a relay', 'relay', {}, 2],
	] as const)(
		'start the workflow, all of them, %s',
		async (_where, service, credential, requests) => {
			const { host, address, ids } = await ended(60, service, credential);
			const answers = await Promise.all(ids.map((id) => post(host, address, done(id))));
			await host.settled();
			expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
			expect(host.executions).toHaveLength(60);
			expect(looks()).toBeLessThanOrEqual((requests + 1) * 60);
			// And none of it was spent: a search for what nobody knows need not wait.
			slept.length = 0;
			await post(host, address, forged(1));
			expect(slept).toEqual([2000]);
		},
		60_000,
	);

	it('are searched for once: who repeats a call for such a task spends no search', async () => {
		const { simulator } = world;
		const { host, address, ids } = await ended(1, 'klingGlobal');
		const [id = ''] = ids;
		simulator.tasks.setStatusWord(id, 'processing');
		// The task goes on, and every call claims that it has ended: it is asked for twice.
		await post(host, address, done(id));
		const once = looks();
		for (let n = 0; n < 20; n += 1) {
			expect((await post(host, address, done(id))).status).toBe(503);
		}
		expect(looks() - once).toBe(2 * 20);
		expect(host.executions).toEqual([]);
	});

	it('wait behind forged ones, and are served before they have waited for too long', async () => {
		const { host, address, ids } = await ended(5, 'relay');
		// In the worst order all ten searches and the five second looks come one after the other: 10 × 19 + 5 × 5 requests, of
		// which 76 may be spent at once, at 7.6 per second, and 2 s for each second look, which add up in virtual time: 28.3 s.
		const forgeries = Array.from({ length: 5 }, (_, n) => post(host, address, forged(n)));
		const answers = await Promise.all(ids.map((id) => post(host, address, done(id))));
		await Promise.all(forgeries);
		expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
		expect(host.executions).toHaveLength(5);
	});
});
