/** Forged calls by the thousand, from somebody who knows more than the address. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ALL_KINDS } from '../../nodes/shared/core/kinds';
import type { Simulator } from '../simulator';
import { webhookHeaders } from '../simulator/webhookSignature';
import { logged } from './harness';
import { useSimulator } from './support';
import { foreignId, givenAddress, order, post, startTrigger } from './trigger';
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
	async function known(withKind: boolean) {
		const { simulator } = world;
		simulator.settings.taskSeconds = 1_000_000;
		const host = await startTrigger(simulator);
		await order(simulator, host);
		const address = new URL(givenAddress(simulator));
		if (!withKind) address.searchParams.delete('kind');
		const asked = () => simulator.ledger.requests.filter(({ method }) => method === 'GET').length;
		return { host, address: address.toString(), asked };
	}

	it.each([true, false])(
		'cost nothing when they come again within a minute (kind: %s)',
		async (withKind) => {
			const { host, address, asked } = await known(withKind);
			expect((await post(host, address, forged(1))).status).toBe(404);
			const once = asked();
			// Every place is looked at twice, no more.
			expect(once).toBeLessThanOrEqual(2 * ALL_KINDS.length);
			for (let n = 0; n < 20; n += 1)
				expect((await post(host, address, forged(1))).status).toBe(404);
			expect(asked()).toBe(once);

			time.advance(60_000);
			await post(host, address, forged(1));
			expect(asked()).toBe(2 * once);
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
