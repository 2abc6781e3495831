import {
	authorizationAt,
	authorizationFor,
	callbackTokenOf,
	checkHost,
	readConnection,
	secretsOf,
	webhookSecretOf,
} from '../../../nodes/shared/credential/connection';
import type { CredentialData } from '../../../nodes/shared/credential/fields';
import { parseRequest } from '../../../nodes/shared/core/requests';
import { providerFor } from '../../../nodes/shared/providers';
import type { Service } from '../../../nodes/shared/providers';
import { encodeCreate } from '../../../nodes/shared/providers/codec';
import { ALL_SERVICES, SERVICES } from '../../../nodes/shared/core/services';
import { errorOf } from './support';

/** As short as allowed, with every kind of character. */
const OWN_TOKEN = 'my-own_token.of~20aB';

describe('the base URL', () => {
	it.each(ALL_SERVICES.filter((service) => service !== 'relay'))(
		'of %s is filled in',
		(service) => {
			const { field, preset } = SERVICES[service].baseUrl;
			expect(readConnection({ service }).baseUrl).toBe(preset);
			expect(readConnection({ service, [field]: '  ' }).baseUrl).toBe(preset);
			expect(preset).toMatch(/^https:\/\/[^/]+$/);
		},
	);

	it.each([
		['https://relay.example.com', 'https://relay.example.com'],
		['https://relay.example.com/', 'https://relay.example.com'],
		['  https://relay.example.com/api//  ', 'https://relay.example.com/api'],
		['HTTP://Relay.Example.com:8080/x/', 'http://relay.example.com:8080/x'],
	])('%j is tidied to %s', (relayBaseUrl, baseUrl) => {
		expect(readConnection({ service: 'relay', relayBaseUrl }).baseUrl).toBe(baseUrl);
	});

	it.each([
		['', 'is empty: enter the address of the relay'],
		['relay.example.com', 'is not a web address'],
		['ftp://relay.example.com', 'must begin with https:// or http://'],
		['javascript:alert(1)', 'must begin with https:// or http://'],
		['https://me:pass@relay.example.com', 'must be a plain address'],
		['https://relay.example.com?key=1', 'must be a plain address'],
		['https://relay.example.com#x', 'must be a plain address'],
	])('%j is refused', (relayBaseUrl, why) => {
		const error = errorOf(() => readConnection({ service: 'relay', relayBaseUrl }));
		expect(error.kind).toBe('invalidInput');
		expect(error.message).toContain(`Base URL in the credential ${why}`);
		expect(error.details.advice).toBe('Open the credential and correct it');
	});
});

/** Where the create of a text to video goes with this credential. */
function createAddress(data: CredentialData): string {
	const connection = readConnection(data);
	const request = parseRequest({ kind: 'text2video', prompt: 'x', model_name: 'kling-v2-6' });
	return `${connection.baseUrl}${encodeCreate(providerFor(connection), request).path}`;
}

// From yunwu clients, ArcReel and other people's settings: what stands behind the host is put right where it is certain.
describe('an address that was copied together with more than it needs', () => {
	const relay = 'https://relay.example.com';
	const right = `${relay}/kling/v1/videos/text2video`;
	it.each([
		[`${relay}/v1`, '/kling'],
		[`${relay}/v1/`, '/kling'],
		[`${relay}/kling/v1`, '/kling'],
		[`${relay}/kling/v1`, ''],
		[`${relay}/v1/kling`, '/kling'],
		[`${relay}/kling/v1/videos/text2video`, '/kling'],
		[`${relay}/kling/v1/videos/image2video/8142378836`, ''],
		[`${relay}/kling/v1/images/generations`, '/kling'],
		[` ${relay}/kling/ \n`, ' /kling '],
		[`${relay}\u200b`, '/kling\u200b'],
		[relay, '/kling/v1'],
		[relay, 'kling/v1/'],
		[relay, '/kling/v1/videos/text2video'],
		[relay, `${relay}/kling`],
		[relay, `${relay}/kling/v1`],
		[relay, 'relay.example.com/kling'],
		[`${relay}/kling`, `${relay}/kling`],
	])('%j with the prefix %j', (relayBaseUrl, pathPrefix) => {
		expect(createAddress({ service: 'relay', relayBaseUrl, pathPrefix })).toBe(right);
	});

	it.each([
		[`${relay}/other/v1/videos/text2video`, `${relay}/other/v1/videos/text2video`],
		[`${relay}/v1/videos/text2video`, `${relay}/v1/videos/text2video`],
		[`${relay}/api`, `${relay}/api/kling/v1/videos/text2video`],
	])('%s counts as it is, whatever was left in the prefix', (relayBaseUrl, address) => {
		expect(createAddress({ service: 'relay', relayBaseUrl, pathPrefix: '/kling' })).toBe(address);
	});

	it.each<[Service, string, string]>([
		['klingGlobal', 'https://api-singapore.klingai.com/v1', '/v1/videos/text2video'],
		['klingChina', 'https://api-beijing.klingai.com/v1/videos/text2video', '/v1/videos/text2video'],
		['klingChina', 'https://api-beijing.klingai.com/account/costs', '/v1/videos/text2video'],
		['aceData', 'https://api.acedata.cloud/kling', '/kling/videos'],
		['aceData', 'https://api.acedata.cloud/kling/videos', '/kling/videos'],
		['aceData', 'https://api.acedata.cloud/kling/tasks/', '/kling/videos'],
		['openaiHk', 'https://api.openai-hk.com/kling', '/kling/v1/videos/text2video'],
		['openaiHk', 'https://api.openai-hk.com/kling/v1', '/kling/v1/videos/text2video'],
		['openaiHk', 'https://api.openai-hk.com/v1/kling', '/kling/v1/videos/text2video'],
		['openaiHk', 'https://api.openai-hk.com/v1', '/kling/v1/videos/text2video'],
	])('at %s: %s', (service, address, path) => {
		const { field, preset } = SERVICES[service].baseUrl;
		expect(createAddress({ service, [field]: address })).toBe(`${preset}${path}`);
	});

	it.each(['https://other.example.com/kling', 'http://relay.example.com/kling'])(
		'is refused as a prefix where it is of another host: %s',
		(pathPrefix) => {
			const data = { service: 'relay', relayBaseUrl: relay, pathPrefix };
			expect(errorOf(() => readConnection(data)).message).toBe(
				`Path Prefix in the credential must be a path such as /kling, not an address: "${pathPrefix}"`,
			);
		},
	);

	it.each(['relay.example.com', 'api-singapore.klingai.com/v1'])(
		'without its beginning is told how to begin: %s',
		(relayBaseUrl) => {
			const { message } = errorOf(() => readConnection({ service: 'relay', relayBaseUrl }));
			expect(message).toContain(`"${relayBaseUrl}". Begin it with https://`);
		},
	);
});

describe('the path prefix', () => {
	const relayBaseUrl = 'https://relay.example.com';

	it.each([
		['/kling', '/kling'],
		['kling', '/kling'],
		['/kling/', '/kling'],
		['//a/b//', '/a/b'],
		['', ''],
		['/', ''],
	])('%j is tidied to %j', (pathPrefix, prefix) => {
		expect(readConnection({ service: 'relay', relayBaseUrl, pathPrefix }).prefix).toBe(prefix);
	});

	it.each([
		'?x=',
		'/kling?x=',
		'#',
		'/kling#',
		'/..',
		'a/../b',
		'.',
		'/kling\\..',
		'\\@evil.example.com',
		'/a b',
		'/kling\r\nX: y',
	])('%j is refused: it would lead to another path', (pathPrefix) => {
		expect(
			errorOf(() => readConnection({ service: 'relay', relayBaseUrl, pathPrefix })).message,
		).toBe('Path Prefix in the credential must be a plain path such as /kling');
	});

	it.each([
		'@evil.example.com',
		':8080',
		'//evil.example.com',
		'/kling%2f..',
		'/可灵',
		'/v1.5/kling',
	])('%j stays at the host', (pathPrefix) => {
		const address = createAddress({ service: 'relay', relayBaseUrl, pathPrefix });
		const { origin, pathname } = new URL(address);
		expect(origin).toBe(relayBaseUrl);
		expect(pathname).toMatch(/.\/v1\/videos\/text2video$/);
	});

	it('is not put twice where the address holds it already', () => {
		const twice = { service: 'relay', relayBaseUrl: `${relayBaseUrl}/kling`, pathPrefix: '/kling' };
		expect(readConnection(twice).prefix).toBe('');
	});

	it.each([
		['http://kling', '/kling', '/kling'],
		['http://kling:3000', 'kling:3000', '/kling:3000'],
		['http://host/mykling', '/kling', '/kling'],
		['http://kling/api/kling/', '/kling', ''],
		['http://kling/a/b', 'a/b', ''],
	])('is not taken for the host: %s and %s', (address, pathPrefix, prefix) => {
		const data = { service: 'relay', relayBaseUrl: address, pathPrefix };
		expect(readConnection(data).prefix).toBe(prefix);
	});

	it('is for relays only', () => {
		expect(readConnection({ service: 'aceData', pathPrefix: '/kling' }).prefix).toBe('');
	});
});

describe('the service', () => {
	it('is Kling global where nothing was chosen', () => {
		expect(readConnection({})).toMatchObject({ service: 'klingGlobal', authentication: 'apiKey' });
	});

	it.each(['kling', 'toString', '__proto__'])('%j is refused', (service) => {
		expect(errorOf(() => readConnection({ service })).message).toContain(
			'Service in the credential is not known',
		);
	});

	it.each(ALL_SERVICES)('%s takes an access key only if it is official', (service) => {
		const data = { service, relayBaseUrl: 'https://x.example.com', authentication: 'accessKey' };
		expect(readConnection(data).authentication).toBe(
			service.startsWith('kling') ? 'accessKey' : 'apiKey',
		);
	});
});

describe('the Authorization header', () => {
	it.each(['key-1234', ' key-1234 ', 'Bearer key-1234', 'bearer  key-1234'])('of %j', (apiKey) => {
		expect(authorizationFor({ apiKey }, 0)).toBe('Bearer key-1234');
	});

	it('is made of three parts for an access key', () => {
		const data = { authentication: 'accessKey', accessKeyId: 'access', secretKey: 'secret' };
		expect(authorizationFor(data, 0)).toMatch(/^Bearer [^.]+\.[^.]+\.[^.]+$/);
		expect(authorizationFor(data, 0)).not.toBe(authorizationFor(data, 1000));
	});

	// A Duomi client: relays that want the key alone.
	it('is the key alone at a relay that wants it so, and nowhere else', () => {
		const alone = { apiKey: 'Bearer key-1234', keyHeader: 'plain' };
		const relay = { service: 'relay', relayBaseUrl: 'https://relay.example.com' };
		expect(authorizationFor({ ...alone, ...relay }, 0)).toBe('key-1234');
		expect(authorizationFor({ ...alone, ...relay, keyHeader: 'bearer' }, 0)).toBe(
			'Bearer key-1234',
		);
		expect(authorizationFor({ ...alone, service: 'aceData' }, 0)).toBe('Bearer key-1234');
	});

	it.each([
		[{}, 'API Key'],
		[{ apiKey: 'Bearer ' }, 'API Key'],
		[{ authentication: 'accessKey', secretKey: 'secret' }, 'Access Key'],
		[{ authentication: 'accessKey', accessKeyId: 'access' }, 'Secret Key'],
	])('of %j is refused', (data, field) => {
		expect(errorOf(() => authorizationFor(data, 0)).message).toBe(
			`${field} in the credential is empty`,
		);
	});
});

describe('what must not be shown', () => {
	it('is every key of the credential, without "Bearer" before it', () => {
		const data = { apiKey: 'Bearer key-1234', accessKeyId: 'access-1', secretKey: ' secret-1 ' };
		expect(secretsOf(data)).toEqual(expect.arrayContaining(['key-1234', 'access-1', 'secret-1']));
	});

	it('is nothing so short that it would strike out words', () => {
		expect(secretsOf({ apiKey: 'abc' })).toEqual([callbackTokenOf({ apiKey: 'abc' })]);
		expect(secretsOf({})).toEqual([]);
	});

	it('is what proves callbacks', () => {
		const data = { apiKey: 'key-1234', callbackToken: OWN_TOKEN, webhookSecret: 'whsec_abcd' };
		expect(secretsOf(data)).toEqual(expect.arrayContaining([OWN_TOKEN, 'whsec_abcd']));
	});
});

describe('the token of callback addresses', () => {
	it('belongs to the key that signs or is sent, however it was typed', () => {
		const token = callbackTokenOf({ apiKey: 'key-1234' });
		expect(token).toMatch(/^[\w-]{43}$/);
		expect(callbackTokenOf({ apiKey: ' Bearer key-1234 ' })).toBe(token);
		expect(callbackTokenOf({ apiKey: 'key-1235' })).not.toBe(token);
		const pair = { authentication: 'accessKey', apiKey: 'key-1234', secretKey: 'secret-1' };
		expect(callbackTokenOf(pair)).toBe(callbackTokenOf({ ...pair, apiKey: 'old' }));
		expect(callbackTokenOf(pair)).not.toBe(token);
	});

	it('is what the credential says, if it says something', () => {
		const data = { apiKey: 'key-1234', callbackToken: ` ${OWN_TOKEN} ` };
		expect(callbackTokenOf(data)).toBe(OWN_TOKEN);
		expect(new URL(`https://n8n.example.com/?token=${OWN_TOKEN}`).searchParams.get('token')).toBe(
			OWN_TOKEN,
		);
	});

	it.each([
		'mine',
		OWN_TOKEN.slice(0, 19),
		...Array.from('+ %&#/=?"é', (c) => OWN_TOKEN + c + 'x'),
	])('is refused when it is easy to guess or changes in an address: %j', (callbackToken) => {
		const data = { apiKey: 'key-1234', callbackToken };
		const error = errorOf(() => readConnection(data));
		expect(error.kind).toBe('invalidInput');
		expect(error.details.parameter).toBe('Callback Token');
		expect(error.message).toBe(
			'Callback Token in the credential must have 20 characters or more, only letters, digits and - _ . ~',
		);
	});

	it('is nothing without a key', () => {
		expect(callbackTokenOf({})).toBe('');
		expect(callbackTokenOf({ authentication: 'accessKey', accessKeyId: 'access' })).toBe('');
	});
});

describe('the secret of signed callbacks', () => {
	it('counts for official Kling only, whatever another service left in the field', () => {
		const webhookSecret = 'whsec_abcd';
		expect(webhookSecretOf({ webhookSecret })).toBe(webhookSecret);
		expect(webhookSecretOf({ service: 'klingChina', webhookSecret })).toBe(webhookSecret);
		expect(webhookSecretOf({ service: 'aceData', webhookSecret })).toBe('');
	});
});

describe('checkHost', () => {
	const data = { service: 'relay', relayBaseUrl: 'https://relay.example.com/api' };

	it('lets requests to the configured host pass', () => {
		expect(() => checkHost(data, 'https://relay.example.com/api/kling/v1')).not.toThrow();
	});

	it.each([
		'https://evil.example.com/',
		'http://relay.example.com/',
		'https://relay.example.com:444/',
		'https://relay.example.com.evil.com/',
	])('refuses %s', (url) => {
		expect(errorOf(() => checkHost(data, url)).message).toContain('the key is sent nowhere else');
	});
});

describe('the platform', () => {
	const TOKEN = 'platform-0123456789';
	const data = { service: 'aceData', apiKey: 'key-1234', platformToken: ` Bearer ${TOKEN} ` };
	const FILES = 'https://platform.acedata.cloud/api/v1/files/';

	it('is known where there is a token for it, and its address is filled in', () => {
		expect(readConnection(data).platformUrl).toBe('https://platform.acedata.cloud');
		expect(readConnection({ ...data, platformToken: ' ' })).not.toHaveProperty('platformUrl');
		expect(
			readConnection({ ...data, service: 'relay', relayBaseUrl: 'https://x.io' }),
		).not.toHaveProperty('platformUrl');
	});

	it.each([
		['https://p.example.com/', 'https://p.example.com'],
		['https://p.example.com/api/v1/files/', 'https://p.example.com'],
		['https://p.example.com/api/v1', 'https://p.example.com'],
		['http://127.0.0.1:4100/ace/', 'http://127.0.0.1:4100/ace'],
		['https://p.example.com/ace/api/v1/applications/', 'https://p.example.com/ace'],
	])('%s is %s', (platformUrl, expected) => {
		expect(readConnection({ ...data, platformUrl }).platformUrl).toBe(expected);
	});

	it.each(['platform.acedata.cloud', 'ftp://x', 'https://user:pass@x.io', 'https://x.io/?a=b'])(
		'%s is refused by the name of its field',
		(platformUrl) => {
			const { message } = errorOf(() => readConnection({ ...data, platformUrl }));
			expect(message).toMatch(/^Platform URL in the credential /);
		},
	);

	it('is sent its token, and the API its key', () => {
		expect(authorizationAt(data, FILES, 0)).toBe(`Bearer ${TOKEN}`);
		expect(authorizationAt(data, 'https://api.acedata.cloud/kling/videos', 0)).toBe(
			'Bearer key-1234',
		);
	});

	it('has one host with the API, and each call its own key all the same', () => {
		const one = { ...data, aceDataBaseUrl: 'https://x.io/ace', platformUrl: 'https://x.io/ace' };
		expect(authorizationAt(one, 'https://x.io/ace/api/v1/files/', 0)).toBe(`Bearer ${TOKEN}`);
		expect(authorizationAt(one, 'https://x.io/ace/kling/tasks', 0)).toBe('Bearer key-1234');
	});

	it.each([
		'https://platform.acedata.cloud/kling/videos',
		'https://platform.acedata.cloud/api/v1/../../kling/videos',
		'https://platform.acedata.cloud/api/v1/%2e%2e/x/../../kling',
		'http://platform.acedata.cloud/api/v1/files/',
		'https://platform.acedata.cloud:444/api/v1/files/',
		'https://platform.acedata.cloud.evil.com/api/v1/files/',
		'https://platform.acedata.cloud@evil.com/api/v1/files/',
		'https://evil.com/https://platform.acedata.cloud/api/v1/files/',
		'https://evil.com/api/v1/files/',
	])('and nobody else is sent either: %s', (url) => {
		const { message } = errorOf(() => authorizationAt(data, url, 0));
		expect(message).toContain('the key is sent nowhere else');
	});

	it('is not asked without a token', () => {
		const alone = { ...data, platformToken: '' };
		expect(errorOf(() => authorizationAt(alone, FILES, 0)).kind).toBe('invalidInput');
	});

	it('has a token that must not be shown', () => {
		expect(secretsOf(data)).toContain(TOKEN);
	});
});
