/** The Test button of the credential: says what is wrong, costs nothing, gives nothing away. */
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';

import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import type { ServiceName } from '../simulator';
import { inspect, logged, testCredential } from './harness';
import { credentialFor } from './kling';
import { SERVICES, useSimulator, WAYS } from './support';

const world = useSimulator();
const MB = 1024 * 1024;

/** Which field of the credential holds the address of each service. */
function addressField(service: ServiceName): string {
	return service === 'newApi' ? 'relayBaseUrl' : `${service}BaseUrl`;
}

async function press(
	service: ServiceName,
	changes: ICredentialDataDecryptedObject = {},
): Promise<INodeCredentialTestResult> {
	const { simulator } = world;
	const data = credentialFor(simulator, service, changes);
	const result = await testCredential({ credentialType: KlingApi, node: Kling, data });
	for (const secret of [data.apiKey, data.secretKey, data.platformToken]) {
		if (typeof secret !== 'string' || secret === '') continue;
		expect(inspect(result)).not.toContain(secret);
		expect(logged.join('\n')).not.toContain(secret);
	}
	expect(simulator.ledger.charges).toEqual([]);
	return result;
}

describe.each(WAYS)('at $way', ({ service, ...way }) => {
	const changes: ICredentialDataDecryptedObject = 'credential' in way ? { ...way.credential } : {};

	it('accepts a good key with one request', async () => {
		expect(await press(service, changes)).toMatchObject({
			status: 'OK',
			message: expect.stringContaining('accepted the key') as string,
		});
		expect(world.simulator.ledger.requests).toHaveLength(1);
	});

	it('refuses a bad key', async () => {
		const wrong: ICredentialDataDecryptedObject =
			'credential' in way ? { secretKey: 'wrong-secret' } : { apiKey: 'wrong-key' };
		const { status, message } = await press(service, { ...changes, ...wrong });
		expect(status).toBe('Error');
		expect(message).toMatch(/key/);
		expect(message).toMatch(
			/Check the key in the credential, and that Service and Base URL belong/,
		);
	});

	it('refuses a Callback Token that is too short, and sends nothing', async () => {
		const { status, message } = await press(service, { ...changes, callbackToken: 'too-short' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^Callback Token in the credential must have 20 characters or more/);
		expect(message).not.toContain('too-short');
		expect(world.simulator.ledger.requests).toEqual([]);
	});

	it('names a server that cannot be reached', async () => {
		const { status, message } = await press(service, {
			...changes,
			[addressField(service)]: 'http://127.0.0.1:1',
		});
		expect(status).toBe('Error');
		expect(message).toContain('could not be reached at http://127.0.0.1:1');
		expect(message).toContain('nothing listens at that address');
		expect(message).toContain('Check Base URL');
	});

	it('names a host that does not exist', async () => {
		const { message } = await press(service, {
			...changes,
			[addressField(service)]: 'http://nowhere.invalid',
		});
		expect(message).toMatch(/could not be reached.*host name/);
	});
});

describe('the wrong place', () => {
	it.each([
		['klingGlobal', 'klingChina'],
		['klingChina', 'klingGlobal'],
	] as const)('a key of %s at %s', async (own, other) => {
		const { message } = await press(other, { apiKey: world.simulator.services[own].apiKey });
		expect(message).toContain('global and China accounts are separate');
	});

	it.each(SERVICES)('the address of another kind of service, %s', async (service) => {
		const elsewhere = service === 'aceData' ? 'relay' : 'aceData';
		const { status, message } = await press(service, {
			[addressField(service)]: world.simulator.services[elsewhere].baseUrl,
		});
		expect(status).toBe('Error');
		expect(message).toMatch(
			/Check (the key in the credential, and that )?Service(,| and) Base URL/,
		);
	});

	it.each(['relay', 'newApi'] as const)('the wrong path prefix, %s', async (service) => {
		const { status, message } = await press(service, { pathPrefix: '/nowhere' });
		expect(status).toBe('Error');
		expect(message).toContain('Path Prefix');
	});

	it('the prefix typed twice is taken once', async () => {
		const { baseUrl } = world.simulator.services.relay;
		expect(await press('relay', { relayBaseUrl: `${baseUrl}/kling/` })).toMatchObject({
			status: 'OK',
		});
	});
});

describe('at Ace Data Cloud', () => {
	it('one task of the list is asked for, as its documents do', async () => {
		await press('aceData');
		expect(world.simulator.ledger.requests).toMatchObject([
			{ rawBody: '{"action":"retrieve_batch","limit":1,"offset":0}', status: 200 },
		]);
	});

	it.each([
		[400, 'bad_request', 'limit is invalid', 'OK'],
		[404, 'not_found', 'Task not found', 'OK'],
		[400, 'token_mismatched', 'x', 'Error'],
		[400, 'no_token', 'x', 'Error'],
		[400, 'disabled', 'x', 'Error'],
		[400, 'api_not_implemented', 'x', 'Error'],
		[403, 'used_up', 'x', 'Error'],
		[404, 'no_api', 'x', 'Error'],
		[500, 'api_error', 'fetch failed', 'Error'],
	])('%i %s (%s) means %s', async (status, code, message, verdict) => {
		const body = { success: false, error: { code, message }, trace_id: 'x' };
		world.simulator.faults.add({ action: { kind: 'status', status, body } });
		expect(await press('aceData')).toMatchObject({ status: verdict });
	});
});

describe('with a Platform Token', () => {
	const withToken = (changes: ICredentialDataDecryptedObject = {}) => {
		const { baseUrl, platformToken = '' } = world.simulator.services.aceData;
		return { platformToken, platformUrl: baseUrl, ...changes };
	};
	const leaks = () => world.simulator.ledger.leaks;

	it('both are tested, each at its own host', async () => {
		expect(await press('aceData', withToken())).toEqual({
			status: 'OK',
			message:
				'API Key: Ace Data Cloud accepted the key. Platform Token: Ace Data Cloud accepted the Platform Token. Credits left: 1000000',
		});
		const { requests } = world.simulator.ledger;
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /kling/tasks',
			'GET /api/v1/applications/',
		]);
		expect(leaks()).toEqual([]);
	});

	it('it is told which of the two is wrong', async () => {
		const token = await press('aceData', withToken({ platformToken: 'platform-of-nobody' }));
		expect(token.status).toBe('Error');
		expect(token.message).toMatch(
			/^API Key: Ace Data Cloud accepted the key\. Platform Token: Ace Data Cloud did not accept the Platform Token.*Check Platform Token in the credential.*Invalid token/s,
		);
		const key = await press('aceData', withToken({ apiKey: 'key-of-nobody' }));
		expect(key.status).toBe('Error');
		expect(key.message).toMatch(
			/^API Key: .*Check the key in the credential.*Platform Token: Ace Data Cloud accepted the Platform Token/s,
		);
		const both = await press('aceData', withToken({ apiKey: 'a'.repeat(9), platformToken: 'x' }));
		expect(both.message).toContain('API Key: Ace Data Cloud does not know this key');
		expect(both.message).toContain('did not accept the Platform Token');
		expect(leaks()).toEqual([]);
	});

	it('keys that were entered the wrong way round are refused', async () => {
		const { apiKey, platformToken = '' } = world.simulator.services.aceData;
		const { status, message } = await press(
			'aceData',
			withToken({ apiKey: platformToken, platformToken: apiKey }),
		);
		expect(status).toBe('Error');
		expect(message).toContain('another one than the API Key');
	});

	it('an address that is wrong is named', async () => {
		const { message } = await press('aceData', withToken({ platformUrl: 'http://127.0.0.1:1' }));
		expect(message).toContain('could not be reached at http://127.0.0.1:1');
		expect(message).toContain('Check Platform URL in the credential');
	});

	it.each([
		[{ items: [{ remaining_amount: '1.5' }, { remaining_amount: 2 }, {}] }, 'Credits left: 3.5'],
		[{ items: [] }, 'accepted the Platform Token'],
	])('%j: %s', async (body, says) => {
		world.simulator.faults.add({
			match: { path: '/api/v1/applications/' },
			action: { kind: 'garbage', body },
		});
		const { status, message } = await press('aceData', withToken());
		expect([status, message]).toEqual(['OK', expect.stringContaining(says)]);
	});

	it('an answer that is none is told', async () => {
		world.simulator.faults.add({
			match: { path: '/api/v1/applications/' },
			action: { kind: 'garbage', body: { detail: 'hello' } },
		});
		const { status, message } = await press('aceData', withToken());
		expect([status, message]).toEqual([
			'Error',
			expect.stringContaining('no list of applications'),
		]);
	});
});

// new-api #4834, #4641, #5279, PR #5133: what relays answer who are asked for a task that cannot exist.
describe('at a relay that answers the test call with', () => {
	const said = (message: string, code?: string) => ({ error: { message, code } });
	it.each<[status: number, body: unknown, verdict: string, words: string]>([
		[403, said('This token has no access to model  (request id: x)'), 'OK', 'accepted the key'],
		[403, said('该令牌无权访问模型 kling-v2-6'), 'OK', 'accepted the key'],
		[400, said('任务不存在'), 'OK', 'accepted the key'],
		[400, { code: 400, msg: '任务不存在' }, 'OK', 'accepted the key'],
		[400, said('未指定模型名称，模型名称不能为空'), 'OK', 'accepted the key'],
		[500, { code: 'get_task_failed', message: 'record not found' }, 'OK', 'accepted the key'],
		[500, { code: 'get_task_failed', message: 'dial tcp: timeout' }, 'Error', 'HTTP status 500'],
		[401, said('无效的令牌'), 'Error', 'did not accept the key'],
		[401, said('该令牌额度已用尽'), 'Error', 'balance is used up'],
		[403, said('用户已被封禁'), 'Error', '用户已被封禁'],
		[403, '', 'Error', 'A proxy or firewall between n8n and The relay refused the call'],
		[407, '<html>Proxy</html>', 'Error', 'A proxy or firewall between n8n and The relay'],
	])('%i %j: %s', async (status, body, verdict, words) => {
		world.simulator.faults.add({ action: { kind: 'status', status, body } });
		const result = await press('relay');
		expect([result.status, result.message]).toEqual([verdict, expect.stringContaining(words)]);
	});

	it('the page of something else is told the address that was called', async () => {
		const { message } = await press('relay', { pathPrefix: '/nowhere' });
		const { baseUrl } = world.simulator.services.relay;
		expect(message).toContain(`called GET ${baseUrl}/nowhere/v1/videos/text2video/`);
	});
});

describe('an account in trouble', () => {
	it.each([
		[1002, 'Error', 'says that the key is not valid'],
		[1302, 'OK', 'accepted the key'],
	])('told inside the data (%i)', async (code, verdict, words) => {
		const body = { code: 0, message: 'SUCCEED', data: { code, msg: 'x' } };
		world.simulator.faults.add({ action: { kind: 'garbage', body } });
		const { status, message } = await press('klingGlobal');
		expect([status, message]).toEqual([verdict, expect.stringContaining(words)]);
	});

	it.each(['klingGlobal', 'klingChina'] as const)('without balance, %s', async (service) => {
		const word = service === 'klingGlobal' ? 'global' : 'china';
		const { status, message } = await press(service, { apiKey: `sim-${word}-empty-key` });
		expect(status).toBe('Error');
		expect(message).toContain('accepted the key, but every resource pack is used up or expired');
	});

	it('tells what is left of a good one', async () => {
		expect((await press('klingGlobal')).message).toMatch(/Units left: \d+/);
	});
});

describe('a credential that is not complete', () => {
	it.each([
		['klingGlobal', { apiKey: '' }, 'API Key in the credential is empty'],
		[
			'klingGlobal',
			{ authentication: 'accessKey', accessKeyId: '' },
			'Access Key in the credential is empty',
		],
		['relay', { relayBaseUrl: '' }, 'Base URL in the credential is empty'],
		['relay', { relayBaseUrl: 'ftp://x' }, 'must begin with https:// or http://'],
	] as const)('%s: %j', async (service, changes, message) => {
		const result = await press(service, changes);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
		expect(world.simulator.ledger.requests).toEqual([]);
	});
});

describe('a server that is something else', () => {
	let server: Server;
	let address: string;
	let answer: (response: ServerResponse) => void;
	const seen: string[] = [];

	beforeAll(async () => {
		server = createServer((request, response) => {
			seen.push(request.url ?? '');
			answer(response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	beforeEach(() => {
		seen.length = 0;
	});

	it.each(['plain', 'gzip'])('an answer without end is given up at 32 MB (%s)', async (form) => {
		const counted = { sent: 0, closed: 0 };
		answer = (response) => {
			response.once('close', () => (counted.closed += 1));
			const isPacked = form === 'gzip';
			if (isPacked) response.setHeader('content-encoding', 'gzip');
			const body: Writable = isPacked ? createGzip() : response;
			if (body instanceof Transform) body.pipe(response);
			const more = () => {
				while (!response.destroyed && counted.sent < 1000 * MB) {
					counted.sent += MB;
					if (!body.write(Buffer.alloc(MB, 'a'))) return void body.once('drain', more);
				}
			};
			body.write('{"code":0,"x":"');
			more();
		};
		const { status, message } = await press('relay', { relayBaseUrl: address });
		expect(status).toBe('Error');
		expect(message).toContain('The relay gave an answer of more than 32 MB. Check Base URL');
		expect(counted.sent).toBeLessThan(900 * MB);
		await new Promise((closed) => setTimeout(closed, 100));
		expect(counted.closed).toBe(1);
	});

	const ANSWERS: Array<[string, (response: ServerResponse) => void]> = [
		['a web page', (response) => response.end('<!doctype html><title>Welcome</title>')],
		['nothing', (response) => response.end()],
		['text', (response) => response.end('hello')],
		['JSON of its own', (response) => response.end('{"status":"ok"}')],
		['a list', (response) => response.end('[]')],
		['an internal error', (response) => response.writeHead(500).end('oops')],
		['no such page', (response) => response.writeHead(404).end('<html>no</html>')],
		['a dropped connection', (response) => response.destroy()],
	];

	describe.each(SERVICES)('in the place of %s', (service) => {
		it.each(ANSWERS)('and answers with %s', async (_name, reply) => {
			answer = reply;
			const { status, message } = await press(service, { [addressField(service)]: address });
			expect(status).toBe('Error');
			expect(message).not.toMatch(/undefined|TypeError|made and charged|run this again/);
			expect(message.length).toBeGreaterThan(40);
		});

		it('and sends us elsewhere: the key is not carried there', async () => {
			const elsewhere = world.simulator.services[service].baseUrl;
			answer = (response) => response.writeHead(302, { location: `${elsewhere}/stolen` }).end();
			const { status, message } = await press(service, { [addressField(service)]: address });
			expect(status).toBe('Error');
			expect(message).toContain('sent us to another address, which is not followed');
			expect(seen).toHaveLength(1);
			expect(world.simulator.ledger.requests).toEqual([]);
		});
	});
});
