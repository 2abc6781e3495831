/** What strangers send to a Kling Trigger, and what those send who know its token: nothing starts, and everybody is answered. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

import { useSimulator } from './support';
import { foreignId, givenAddress, order, startTrigger } from './trigger';
import type { TriggerSetting } from './trigger';
import type { WebhookHost } from './webhookHost';

const world = useSimulator();
const DONE = JSON.stringify({
	task_id: foreignId(1),
	task_status: 'succeed',
	task_result: { videos: [{ id: 'v', url: 'http://127.0.0.1:1/evil.mp4' }] },
});

/** A trigger, and its address with the right token. */
async function withToken(setting: TriggerSetting = {}) {
	const { simulator } = world;
	simulator.settings.taskSeconds = 1_000_000;
	const host = await startTrigger(simulator, setting);
	await order(simulator, host, setting);
	const address = givenAddress(simulator);
	simulator.ledger.requests.length = 0;
	return { host, address };
}

function expectNothing(host: WebhookHost): void {
	expect(host.executions).toEqual([]);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(host.staticData).not.toContain('kling');
}

const BODIES: ReadonlyArray<readonly [string, string | Uint8Array<ArrayBuffer>]> = [
	['nothing', ''],
	['a genuine form', DONE],
	['NUL', '\0'],
	['a line end', '\n'],
	['half of it', DONE.slice(0, 40)],
	['no object', '"text"'],
	['a list', '[]'],
	['null', 'null'],
	['no JSON', 'task_id=1&task_status=succeed'],
	['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
	['bytes that are no text', new Uint8Array(Buffer.from('7b2261223a22fffe8022ff7d', 'hex'))],
	['an id that leads elsewhere', '{"task_id":"../../account/costs","task_status":"succeed"}'],
	['an id that is a folder', '{"task_id":"..","task_status":"succeed"}'],
	['an id of two lines', '{"task_id":"1\\nX: y","task_status":"succeed"}'],
	['an id without end', `{"task_id":"${'7'.repeat(900_000)}","task_status":"succeed"}`],
	['an id that is an object', '{"task_id":{"$ne":""},"task_status":"succeed"}'],
	[
		'keys that reach for prototypes',
		'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
	],
	['quotes without end', `"${'\\"'.repeat(499_000)}`],
	['beginnings of tokens', `{"task_id":"${'eyJ'.repeat(300_000)}"}`],
	['a tower of lists', '['.repeat(100_000)],
];

it.each(BODIES)('%s from a stranger is answered 401 and not read', async (_what, body) => {
	const host = await startTrigger(world.simulator);
	for (const query of ['', '?token=x', '?token=', '?token=x&token=y', '?kind=text2video']) {
		const { status } = await fetch(host.url + query, { method: 'POST', body });
		expect([query, status]).toEqual([query, 401]);
	}
	const signed = { 'webhook-signature': 'v1,x', 'webhook-id': '1', 'webhook-timestamp': '1' };
	expect((await fetch(host.url, { method: 'POST', body, headers: signed })).status).toBe(401);
	await host.settled();
	expect(host.bodiesRead).toBe(0);
	expectNothing(host);
	expect(world.simulator.ledger.requests).toEqual([]);
});

it.each(BODIES)('%s with the right token starts nothing', async (what, body) => {
	const { host, address } = await withToken();
	const { status } = await fetch(address, { method: 'POST', body });
	await host.settled();
	const isCall = what === 'a genuine form';
	expect(status).toBe(isCall ? 404 : 400);
	expectNothing(host);
	expect(world.simulator.ledger.requests.length > 0).toBe(isCall);
});

it('a body that unpacks to 100 MB is given up, and asks nobody', async () => {
	const { host, address } = await withToken();
	const body = new Uint8Array(gzipSync(Buffer.alloc(100_000_000, ' ')));
	const headers = { 'content-encoding': 'gzip' };
	expect((await fetch(address, { method: 'POST', body, headers })).status).toBe(413);
	await host.settled();
	expectNothing(host);
	expect(world.simulator.ledger.requests).toEqual([]);
});

/** One connection, on which nothing is sent but this; resolves when the other end has closed it. */
async function talk(url: string, headers: string, body: string): Promise<string> {
	const { hostname, port, pathname, search } = new URL(url);
	const socket = connect(Number(port), hostname);
	socket.setEncoding('utf8');
	let heard = '';
	socket.on('data', (text: string) => (heard += text));
	socket.write(`POST ${pathname}${search} HTTP/1.1\r\nHost: n8n\r\n${headers}\r\n\r\n${body}`);
	return await new Promise((resolve) => {
		socket.once('error', () => undefined);
		socket.once('close', () => resolve(heard));
	});
}

describe.each([
	['without a token', '', 'X: y'],
	['with a wrong token', '?token=x', 'X: y'],
	['with a signature that nobody can check', '', 'webhook-signature: v1,x'],
])('slow bodies %s', (_how, query, header) => {
	it('are refused before they come, all 250, and their connections closed', async () => {
		const host = await startTrigger(world.simulator);
		const headers = `Content-Length: 900000\r\n${header}`;
		const answers = await Promise.all(
			Array.from({ length: 250 }, async () => await talk(host.url + query, headers, '{')),
		);
		expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 401'))).toHaveLength(250);
		expect(host.bodiesRead).toBe(0);
		expectNothing(host);
	});
});

describe('the connection of a call that was refused is closed', () => {
	const chunk = `${(100_000).toString(16)}\r\n${' '.repeat(100_000)}\r\n`;

	it.each([
		['with a wrong token, in the middle of its body', '?token=x', chunk, 401],
		['for its length, which was not told', undefined, chunk.repeat(11), 413],
	] as const)('%s', async (_why, query, body, status) => {
		const { host, address } = await withToken();
		const url = query === undefined ? address : host.url + query;
		const heard = await talk(url, 'Transfer-Encoding: chunked', body);
		expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
		expect(heard.toLowerCase()).toContain('connection: close');
	});

	it('for a body that cannot be unpacked', async () => {
		const { address } = await withToken();
		const headers = 'Content-Encoding: gzip\r\nContent-Length: 900000';
		expect(await talk(address, headers, DONE)).toMatch(/^HTTP\/1.1 400/);
	});
});
