/** The test of a credential: what it says about an address to which the key travels unencrypted. */
import type { CredentialData } from '../../../nodes/shared/credential/fields';
import { probeCredential } from '../../../nodes/shared/credential/probe';

const WARNING = 'so the key travels unencrypted';
const KEY = 'key-of-somebody-0123456789';

async function probe(data: CredentialData, body: object, statusCode = 200) {
	const send = async () => await Promise.resolve({ statusCode, headers: {}, body });
	return await probeCredential({ apiKey: KEY, ...data }, send, 0);
}

const relay = async (relayBaseUrl: string) =>
	await probe({ service: 'relay', relayBaseUrl }, { code: 1201, message: 'Task not found' });
const aceData = async (aceDataBaseUrl: string) =>
	await probe({ service: 'aceData', aceDataBaseUrl }, { items: [] });

describe.each([
	['relay', relay],
	['Ace Data Cloud', aceData],
] as const)('%s', (_name, test) => {
	it.each([
		'http://relay.example.com',
		'HTTP://relay.example.com:3000/kling',
		'http://203.0.113.7:3000',
		'http://[2001:db8::1]',
	])('%s: the key is accepted, with a warning', async (baseUrl) => {
		const { ok, message } = await test(baseUrl);
		expect(ok).toBe(true);
		expect(message).toContain('accepted the key');
		expect(message).toContain(`Base URL is ${new URL(baseUrl).origin}, ${WARNING}`);
		expect(message).not.toContain(KEY);
	});

	it.each([
		'https://relay.example.com',
		'http://localhost:3000',
		'http://127.0.0.1:3000',
		'http://192.168.1.20:3000',
		'http://[::1]:3000',
		'http://one-api:3000',
		'http://relay.lan',
	])('%s: the key is accepted, without one', async (baseUrl) => {
		const { ok, message } = await test(baseUrl);
		expect(ok).toBe(true);
		expect(message).toContain('accepted the key');
		expect(message).not.toContain(WARNING);
	});
});

it('a key that is refused is told of its own fault alone', async () => {
	const data = { service: 'relay', relayBaseUrl: 'http://relay.example.com' };
	const { ok, message } = await probe(data, { error: { message: 'invalid token' } }, 401);
	expect(ok).toBe(false);
	expect(message).not.toContain(WARNING);
});
