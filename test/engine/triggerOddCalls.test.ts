/** Bodies that are too long, broken or hostile, and what must not leave with a genuine one. */
import { gzipSync } from 'node:zlib';

import { useSimulator } from './support';
import {
	foreignId,
	givenAddress,
	order,
	post,
	started,
	startTrigger,
	TAKES_ANY_CALL,
} from './trigger';
import type { WebhookHost } from './webhookHost';

const world = useSimulator();
const ID = foreignId(1);
const DONE = JSON.stringify({ task_id: ID, task_status: 'succeed' });

async function send(host: WebhookHost, body: Buffer, headers: Record<string, string> = {}) {
	const { status } = await fetch(host.url, { method: 'POST', body: new Uint8Array(body), headers });
	await host.settled();
	return status;
}

describe('a body', () => {
	it('of a call without the token is not read', async () => {
		const host = await startTrigger(world.simulator);
		expect((await post(host, host.url, DONE)).status).toBe(401);
		expect(host.bodiesRead).toBe(0);
	});

	it('that says to be too long is not read', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		expect(await send(host, Buffer.alloc(1_000_001, ' '))).toBe(413);
		expect(host.bodiesRead).toBe(0);
		expect(await send(host, Buffer.from(DONE.padEnd(1_000_000)))).toBe(200);
		expect(host.bodiesRead).toBe(1);
	});

	it.each([1_000_001, 17_000_000])('that turns out to have %i bytes is refused', async (length) => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		const zipped = gzipSync(DONE.padEnd(length));
		expect(await send(host, zipped, { 'content-encoding': 'gzip' })).toBe(413);
	});

	it('that is zipped is read', async () => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		expect(await send(host, gzipSync(DONE), { 'content-encoding': 'gzip' })).toBe(200);
		expect(started(host)).toEqual([expect.objectContaining({ taskId: ID })]);
	});

	it.each([
		['no zip', Buffer.from(DONE)],
		['cut off', gzipSync(DONE).subarray(0, 20)],
	])('that cannot be unzipped is not called too long: %s', async (_title, body) => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		expect(await send(host, body, { 'content-encoding': 'gzip' })).toBe(400);
	});

	it.each([
		['lists', '[', ']'],
		['objects', '{"x":', '}'],
	])('with %s nested without end is refused for good', async (_title, open, close) => {
		const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
		for (const levels of [101, 3000, 100_000]) {
			const deep = `${open.repeat(levels)}1${close.repeat(levels)}`;
			const body = DONE.replace('}', `,"x":${deep}}`);
			expect((await post(host, host.url, body)).status).toBe(400);
		}
		expect(host.executions).toEqual([]);
	});
});

it('a reason that repeats the address does not tell the token', async () => {
	const { simulator } = world;
	const host = await startTrigger(simulator, { parameters: { confirm: false } });
	await order(simulator, host);
	const address = givenAddress(simulator);
	const token = new URL(address).searchParams.get('token') ?? '';
	const call = { task_id: ID, task_status: 'failed', task_status_msg: `cannot call ${address}` };
	expect((await post(host, address, call)).status).toBe(200);
	expect(started(host)[0]?.message).toContain('cannot call http');
	expect(token).toHaveLength(43);
	expect(JSON.stringify(host.executions)).not.toContain(token);
});
