/** Confirm With API: a service may be behind its own calls, and many calls may come at once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { logged } from './harness';
import { hooks, slept } from './kling';
import { useSimulator } from './support';
import {
	endedTask,
	finish,
	foreignId,
	givenAddress,
	order,
	post,
	started,
	startTrigger,
} from './trigger';

const world = useSimulator();
const FOREIGN_ID = foreignId(1);
const NOT_FOUND = 'Task not found by id/external id: x';

function done(task_id: string, url = 'https://evil.example.com/v.mp4') {
	return { task_id, task_status: 'succeed', task_result: { videos: [{ id: 'forged', url }] } };
}

describe('a service that is behind its own call', () => {
	const parameters = { events: ['processing', 'succeed'] };

	it('is asked again about a task that begins', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters });
		const id = await order(simulator, host);
		await simulator.settled();
		await host.settled();
		hooks.onSleep = () => simulator.tasks.setStatusWord(id, 'processing');
		const call = { task_id: id, task_status: 'processing' };
		expect((await post(host, givenAddress(simulator), call)).status).toBe(200);
		expect(slept).toEqual([2000]);
		expect(started(host)).toEqual([expect.objectContaining({ status: 'processing' })]);
	});

	it('makes us ask for another call where it stays behind', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters });
		const id = await order(simulator, host);
		simulator.tasks.setStatusWord(id, 'submitted');
		const call = { task_id: id, task_status: 'processing' };
		expect((await post(host, givenAddress(simulator), call)).status).toBe(503);
		expect(host.executions).toEqual([]);
		expect(logged.join('\n')).toContain(id);
	});

	it.each([
		['with the kind in the address', 1],
		['without', 2],
	])('is asked again for a task that it does not know yet, %s', async (title, places) => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const host = await startTrigger(simulator);
		const query = new URLSearchParams(search);
		if (title === 'without') query.delete('kind');
		simulator.faults.add({
			match: { method: 'GET' },
			times: places,
			action: { kind: 'error', code: 1201, message: NOT_FOUND },
		});
		const { status } = await post(host, `${host.url}?${query.toString()}`, done(id));
		expect(status).toBe(200);
		expect(slept).toEqual([2000]);
		expect(started(host)).toEqual([expect.objectContaining({ taskId: id, status: 'succeed' })]);
	});
});

describe('a relay without lip sync in one call', () => {
	/** Lip sync in two calls, since the other one takes no volume. The address of its calls names the kind, and not the API. */
	const lipSync = {
		service: 'relay',
		parameters: {
			operation: 'lip-sync',
			videoSource: 'url',
			videoUrl: 'https://files.test/clip-10s.mp4',
			text: 'Good day to you, and welcome to the shop',
		},
	} as const;

	it.each([
		['its own page', { kind: 'status', status: 404, body: '<html></html>' }],
		['its start page', { kind: 'html', status: 200 }],
		['that the method is wrong', { kind: 'status', status: 405, body: '' }],
		['that it knows no such task', { kind: 'error', code: 1201, message: NOT_FOUND }],
	] as const)('is asked at the other place where it answers %s', async (_what, action) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { service: 'relay' });
		const id = await order(simulator, host, lipSync, { soundVolume: 2 });
		simulator.faults.add({
			match: { method: 'GET', pathPattern: '/videos/lip-sync/' },
			times: null,
			action,
		});
		await finish(simulator, host, id);
		expect(host.answers.map(({ status }) => status)).not.toContain(503);
		expect(started(host)).toEqual([
			expect.objectContaining({ taskId: id, kind: 'lip-sync', status: 'succeed' }),
		]);
		expect(slept).toEqual([]);
	});

	it('is searched where the place that the address names answers a page', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const host = await startTrigger(simulator);
		const query = new URLSearchParams(search);
		query.set('kind', 'lip-sync');
		simulator.faults.add({
			match: { method: 'GET', pathPattern: 'lip-sync' },
			times: null,
			action: { kind: 'status', status: 404, body: '<html></html>' },
		});
		const { status } = await post(host, `${host.url}?${query.toString()}`, done(id));
		expect(status).toBe(200);
		expect(started(host)).toEqual([expect.objectContaining({ taskId: id, status: 'succeed' })]);
	});
});

describe('many calls at once', () => {
	const MANY = 40;

	/** Lets everybody sleep until `MANY` do so at the same time; resolves to false where that does not happen. */
	function sleepTogether(): Promise<boolean> {
		let sleeping = 0;
		let wake = (_together: boolean) => {};
		const all = new Promise<boolean>((resolve) => (wake = resolve));
		hooks.onSleep = async () => {
			sleeping += 1;
			if (sleeping === MANY) wake(true);
			setTimeout(() => wake(false), 8000).unref();
			await all;
		};
		return all;
	}

	it('do not wait for those that look twice', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		await order(simulator, host);
		const address = givenAddress(simulator);
		const together = sleepTogether();
		const answers = await Promise.all(
			Array.from({ length: MANY }, (_, n) => post(host, address, done(`${FOREIGN_ID}${n}`))),
		);
		expect(answers.filter(({ status }) => status !== 404 && status !== 503)).toEqual([]);
		expect(await together).toBe(true);
		// Behind that, some wait in line for their search.
		expect(slept.slice(0, MANY)).toEqual(answers.map(() => 2000));
	});

	it('do not wait for those that were asked to pause', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const hosts = await Promise.all(Array.from({ length: MANY }, () => startTrigger(simulator)));
		simulator.faults.add({
			match: { method: 'GET' },
			times: MANY,
			// Not 429, at which those in line hold their turns.
			action: { kind: 'status', status: 503, headers: { 'retry-after': '45' } },
		});
		const together = sleepTogether();
		const answers = await Promise.all(hosts.map((host) => post(host, host.url + search, done(id))));
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		expect(await together).toBe(true);
		expect(slept).toEqual(answers.map(() => 45_000));
	});
});

describe('a test event', () => {
	const mode = 'manual' as const;

	it('is rejected when it claims results that the service has not made', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { mode });
		for (const claim of [
			done(FOREIGN_ID),
			{ ...done(FOREIGN_ID), task_status: 'processing' },
			{ task_id: FOREIGN_ID, task_status: 'failed', task_status_msg: 'Go to evil.example.com' },
		]) {
			expect((await post(host, host.url, claim)).status).toBe(404);
		}
		expect(host.executions).toEqual([]);
	});

	it('makes n8n fetch nothing that the service has not made', async () => {
		const { simulator } = world;
		let hits = 0;
		const server = createServer((_request, response) => {
			hits += 1;
			response.writeHead(200, { 'content-type': 'video/mp4' }).end('x');
		});
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const { port } = server.address() as AddressInfo;
		const host = await startTrigger(simulator, { mode, parameters: { download: true } });
		await post(host, host.url, done(FOREIGN_ID, `http://127.0.0.1:${port}/latest/meta-data`));
		server.close();
		expect(hits).toBe(0);
	});

	it('of the console is not waited for', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { mode });
		expect(await simulator.testCallback(host.url)).toBe(200);
		expect(slept).toEqual([]);
	});

	it('of a task of ours is shown as the service tells it', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const host = await startTrigger(simulator, { mode });
		expect((await post(host, host.url + search, done(id))).status).toBe(200);
		expect(started(host)).toEqual([expect.objectContaining({ taskId: id, status: 'succeed' })]);
		expect(JSON.stringify(started(host))).not.toContain('evil');
		await finish(simulator, host, id);
	});
});
