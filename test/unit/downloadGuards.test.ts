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
	const get = async (url: string, maxBytes = 2e9) =>
		await download(link, { url, fileName: 'a.mp4', mimeType: 'video/mp4', maxBytes });
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
	'http://localhost.:5678/',
	'http://metadata.google.internal./',
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

describe('a file that is larger than Max File Size', () => {
	const URL = 'https://cdn.example.com/v.mp4';
	const TOO_LARGE = {
		kind: 'download',
		message: `The result is larger than Max File Size, 1 MB: ${URL}`,
		details: { retryable: false, maybeCreated: true, parameter: 'Max File Size (MB)' },
	};

	it('by what its host says is not fetched, and not asked for again', async () => {
		const { fetched, get } = n8nWith(() => ({ headers: { 'content-length': '1000001' } }));
		await expect(get(URL, 1e6)).rejects.toMatchObject(TOO_LARGE);
		expect(fetched).toHaveLength(1);
	});

	/** A host that says nothing of the length; part of it is there before anybody reads. */
	const sending = (bytes: number) => {
		const body = new PassThrough();
		body.write(MP4);
		const rest = bytes - MP4.length;
		setImmediate(() => {
			for (let sent = 0; sent < rest; sent += 1000)
				body.write(Buffer.alloc(Math.min(1000, rest - sent)));
			body.end();
		});
		return body;
	};

	it('by what comes is given up, and not asked for again', async () => {
		const body = sending(1_000_001);
		const { fetched, get } = n8nWith(() => ({ body }));
		await expect(get(URL, 1e6)).rejects.toMatchObject(TOO_LARGE);
		expect(body.destroyed).toBe(true);
		expect(fetched).toHaveLength(1);
	});

	it('is not one of exactly that size', async () => {
		const { get } = n8nWith(() => ({ body: sending(1_000_000) }));
		expect(await get(URL, 1e6)).toEqual({ bytes: 1_000_000 });
	});

	it('is refused where it came within the answer, too', async () => {
		const { fetched, get } = n8nWith(() => ({}));
		const bytes = Buffer.concat([MP4, Buffer.alloc(1e6)]).toString('base64');
		await expect(get(`data:video/mp4;base64,${bytes}`, 1e6)).rejects.toMatchObject({
			...TOO_LARGE,
			message: 'The result is larger than Max File Size, 1 MB (it came within the answer)',
		});
		expect(fetched).toEqual([]);
	});

	it('is told with the beginning of a link that has no end', async () => {
		const { get } = n8nWith(() => ({ headers: { 'content-length': '1000001' } }));
		const error = (await settled(get(`${URL}?${'a/'.repeat(100_000)}`, 1e6), 0)) as Error;
		expect(error.message).toMatch(/^The result is larger .*…$/);
		expect(error.message.length).toBeLessThan(3000);
	});
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
