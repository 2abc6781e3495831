/** What a service may make n8n fetch, and for how long: where links lead, and files without end. */
import { PassThrough } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';

import { watchBytes } from '../../nodes/shared/n8n/byteStream';
import { download } from '../../nodes/shared/n8n/download';
import type { Link } from '../../nodes/shared/n8n/openLink';

const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(100)]);

interface Answer {
	statusCode?: number;
	headers?: Record<string, string>;
	body?: PassThrough;
}

/** n8n with a host that answers every address as told; what was fetched is kept. */
function n8nWith(answer: (url: string) => Answer, baseUrl = 'https://api.example.com') {
	const fetched: string[] = [];
	const helpers = {
		async httpRequest({
			url,
			disableFollowRedirect,
		}: {
			url: string;
			disableFollowRedirect: boolean;
		}) {
			expect(disableFollowRedirect).toBe(true);
			fetched.push(url);
			const { statusCode = 200, headers = {}, body = whole() } = answer(url);
			return await Promise.resolve({ statusCode, headers, body });
		},
		async prepareBinaryData(body: PassThrough) {
			let bytes = 0;
			for await (const chunk of body) bytes += (chunk as Buffer).length;
			return { bytes };
		},
	};
	const context = { helpers } as unknown as IExecuteFunctions;
	const link = { context, connection: { baseUrl }, signal: undefined } as unknown as Link;
	const get = async (url: string) =>
		await download(link, { url, fileName: 'a.mp4', mimeType: 'video/mp4' });
	return { fetched, get };
}

function whole(): PassThrough {
	const body = new PassThrough();
	body.end(MP4);
	return body;
}

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
	jest.useRealTimers();
});

/** Lets time pass until the promise is settled; its error, or what came of it. */
async function settled<T>(promise: Promise<T>, ms: number): Promise<unknown> {
	const outcome = promise.catch((error: unknown) => error);
	for (let passed = 0; passed < ms; passed += 1000) await jest.advanceTimersByTimeAsync(1000);
	return await outcome;
}

const PRIVATE = [
	'http://169.254.169.254/latest/meta-data',
	'http://127.0.0.1:5678/rest/settings',
	'http://2130706433/',
	'http://0x7f.1/',
	'http://[::1]:5678/',
	'http://[::ffff:127.0.0.1]/',
	'http://[64:ff9b::a00:1]/',
	'http://[fd00::1]/',
	'http://10.0.0.8/v.mp4',
	'http://redis:6379/',
	'http://u:p@localhost/',
	'http://printer.local/',
];

describe('a link of a public service to a private network', () => {
	it.each(PRIVATE)('%s is not fetched', async (url) => {
		const { fetched, get } = n8nWith(() => ({}));
		await expect(get(url)).rejects.toMatchObject({
			kind: 'download',
			message: expect.stringContaining('an address of a private network') as string,
			details: { retryable: false },
		});
		expect(fetched).toEqual([]);
	});

	it.each(PRIVATE)('%s is not reached by a redirect', async (location) => {
		const { fetched, get } = n8nWith((url) =>
			url === 'https://cdn.example.com/2'
				? { statusCode: 302, headers: { location } }
				: { statusCode: 307, headers: { location: '/2' } },
		);
		await expect(get('https://cdn.example.com/1')).rejects.toMatchObject({
			message: expect.stringContaining('an address of a private network') as string,
		});
		expect(fetched).toEqual(['https://cdn.example.com/1', 'https://cdn.example.com/2']);
	});

	it('is fine where the service is private itself', async () => {
		const { fetched, get } = n8nWith(() => ({}), 'http://10.0.0.1:3000');
		expect(await get('http://10.0.0.8/v.mp4')).toEqual({ bytes: MP4.length });
		expect(fetched).toHaveLength(1);
	});
});

it.each(['file:///etc/passwd', 'ftp://example.com/v.mp4', 'gopher://example.com/'])(
	'%s is no web address, and not tried again',
	async (url) => {
		const { fetched, get } = n8nWith(() => ({}));
		await expect(get(url)).rejects.toMatchObject({ details: { retryable: false } });
		expect(fetched).toEqual([]);
	},
);

it('five redirects are followed, and no more', async () => {
	const after = (count: number) =>
		n8nWith((url) => {
			const hop = Number(new URL(url).pathname.slice(1));
			return hop < count ? { statusCode: 302, headers: { location: `/${hop + 1}` } } : {};
		});
	expect(await after(5).get('https://cdn.example.com/0')).toEqual({ bytes: MP4.length });
	const error = await settled(after(6).get('https://cdn.example.com/0'), 10_000);
	expect(error).toMatchObject({ message: 'The link to the result redirects more than 5 times' });
});

it('a file that stands still for a minute is given up, and tried again', async () => {
	const bodies: PassThrough[] = [];
	const { get } = n8nWith(() => {
		const body = new PassThrough();
		bodies.push(body);
		body.write(MP4);
		return { body };
	});
	const error = await settled(get('https://cdn.example.com/v.mp4'), 500_000);
	expect(error).toMatchObject({
		message: 'The download broke off: nothing came for a minute',
	});
	expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
});

it('a file of more than 2 GB is given up, and not tried again', async () => {
	const told = n8nWith(() => ({ headers: { 'content-length': String(2 * 1024 ** 3 + 1) } }));
	await expect(told.get('https://cdn.example.com/v.mp4')).rejects.toMatchObject({
		message: 'The download broke off: it has more than 2 GB',
		details: { retryable: false },
	});
	expect(told.fetched).toHaveLength(1);
});

it('the bytes of a stream are counted as they come, and none is lost', async () => {
	const body = new PassThrough();
	body.write(MP4);
	let bytes = 0;
	watchBytes(body, (more) => (bytes += more));
	body.write(Buffer.alloc(1000));
	body.end(Buffer.alloc(24));
	expect(body.readableFlowing).toBe(null);
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(chunk as Buffer);
	expect(Buffer.concat(chunks)).toHaveLength(MP4.length + 1024);
	expect(bytes).toBe(1024);
});
