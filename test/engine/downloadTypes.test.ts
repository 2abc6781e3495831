/**
 * A result is judged by its first bytes, not by what its host calls it; and one that needs the key gets it from the service's own
 * host alone. Each test names where people reported it.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';

import { binaryOf } from './harness';
import type { RunResult } from './harness';
import { runKling } from './kling';
import { HOST_KEY, startResultHost } from './resultHost';
import type { Handler, ResultHost } from './resultHost';
import { told, useSimulator, words } from './support';

const world = useSimulator();
const MP4 = readFileSync(join(__dirname, '..', 'simulator', 'assets', 'video.mp4'));
const PNG = readFileSync(join(__dirname, '..', 'simulator', 'assets', 'image.png'));
const after = (length: number, bytes: string) =>
	Buffer.concat([Buffer.alloc(length), Buffer.from(bytes, 'latin1'), Buffer.alloc(100)]);

let relay: ResultHost;
let cdn: ResultHost;
beforeAll(async () => {
	[relay, cdn] = await Promise.all([startResultHost(), startResultHost()]);
});
afterAll(async () => await Promise.all([relay.close(), cdn.close()]));
beforeEach(() => {
	relay.served.length = 0;
	cdn.served.length = 0;
	relay.resultUrl = `${cdn.origin}/result`;
});

async function run(parameters: INodeParameters = {}): Promise<RunResult> {
	return await runKling({
		simulator: world.simulator,
		parameters,
		service: 'relay',
		credential: { relayBaseUrl: relay.origin, apiKey: HOST_KEY },
	});
}

function file(bytes: Buffer, headers: Record<string, string> = {}, status = 200): Handler {
	return (_request, response) => response.writeHead(status, headers).end(bytes);
}

/** The file of a run that ended well. */
async function fileOf(result: RunResult) {
	expect(words(result)).toBe(' | ');
	const { mimeType, fileName } = binaryOf(result.output[0]);
	return { mimeType, fileName, bytes: await result.binary() };
}

describe('a finished MP4 of the wrong type (hotosm/visualize-change #73, Valour #1281, video.js #2992)', () => {
	it.each([
		'application/mp4',
		'application/force-download',
		'application/x-octet-stream',
		'application/octet-stream; charset=utf-8',
		'multipart/form-data',
		'audio/mp4',
		'text/plain',
		'text/html',
		'application/json',
		'image/png',
		'',
	])('served as %j is delivered', async (type) => {
		cdn.serve = file(MP4, type === '' ? {} : { 'content-type': type });
		expect(await fileOf(await run())).toEqual({
			mimeType: 'video/mp4',
			fileName: 'kling-860.mp4',
			bytes: MP4,
		});
	});

	it.each<[string, Record<string, string>]>([
		['nothing more', {}],
		['the range of all', { 'content-range': `bytes 0-${MP4.length - 1}/${MP4.length}` }],
		['a range of unknown length', { 'content-range': `bytes 0-${MP4.length - 1}/*` }],
	])('served with status 206 and %s is delivered', async (_what, headers) => {
		cdn.serve = file(MP4, { 'content-type': 'video/mp4', ...headers }, 206);
		expect((await fileOf(await run())).bytes).toEqual(MP4);
	});

	it('in pieces of a few bytes is delivered', async () => {
		cdn.serve = (_request, response) => {
			response.write(MP4.subarray(0, 3));
			setTimeout(() => response.write(MP4.subarray(3, 10)), 20);
			setTimeout(() => response.end(MP4.subarray(10)), 40);
		};
		expect((await fileOf(await run())).bytes).toEqual(MP4);
	});

	it('of fewer bytes than are looked at is delivered', async () => {
		const tiny = MP4.subarray(0, 20);
		cdn.serve = file(tiny);
		expect((await fileOf(await run())).bytes).toEqual(tiny);
	});

	it.each<[string, Buffer, string, string]>([
		['PNG', PNG, 'image/png', 'png'],
		[
			'WebM',
			Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(100)]),
			'video/webm',
			'webm',
		],
		['MOV', after(4, 'ftypqt  '), 'video/quicktime', 'mov'],
		[
			'JPEG',
			Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(100)]),
			'image/jpeg',
			'jpg',
		],
		['WebP', after(8, 'WEBP'), 'image/webp', 'webp'],
		['GIF', after(0, 'GIF89a'), 'image/gif', 'gif'],
		['MP3', after(0, 'ID3'), 'audio/mpeg', 'mp3'],
		['MP3 without a tag', after(0, '\xff\xfb\x14'), 'audio/mpeg', 'mp3'],
		['MP3 with checksums', after(0, '\xff\xfa\x14'), 'audio/mpeg', 'mp3'],
		['MP3 of 8 kHz', after(0, '\xff\xe3\x14'), 'audio/mpeg', 'mp3'],
		['M4A', after(4, 'ftypM4A '), 'audio/mp4', 'm4a'],
		['AAC', after(0, '\xff\xf1\x50'), 'audio/aac', 'aac'],
		['WAV', after(8, 'WAVE'), 'audio/wav', 'wav'],
	])('a %s is named as what it is', async (_what, bytes, mimeType, extension) => {
		cdn.serve = file(bytes, { 'content-type': 'video/mp4' });
		expect(await fileOf(await run())).toMatchObject({
			mimeType,
			fileName: `kling-860.${extension}`,
		});
	});

	it('what no signature fits keeps the name of its host', async () => {
		cdn.serve = file(Buffer.alloc(200, 1), { 'content-type': 'video/x-unheard-of' });
		expect(await fileOf(await run())).toMatchObject({ mimeType: 'video/x-unheard-of' });
	});
});

describe('a file that is packed although nobody asked for it', () => {
	const packed = (bytes: Buffer): Handler => {
		const zipped = gzipSync(bytes);
		return file(zipped, { 'content-encoding': 'gzip', 'content-length': String(zipped.length) });
	};

	it.each([
		['larger', MP4],
		['much larger', Buffer.concat([MP4, Buffer.alloc(1_000_000)])],
		['smaller', Buffer.concat([MP4, randomBytes(1_000_000)])],
	])('is delivered unpacked, which is %s than the length that was told', async (_how, bytes) => {
		cdn.serve = packed(bytes);
		expect((await fileOf(await run())).bytes.equals(bytes)).toBe(true);
		expect(cdn.served).toHaveLength(1);
	});

	it('and breaks off is not delivered', async () => {
		const zipped = gzipSync(Buffer.concat([MP4, randomBytes(1_000_000)]));
		cdn.serve = (_request, response) => {
			response.writeHead(200, {
				'content-encoding': 'gzip',
				'content-length': String(zipped.length),
			});
			response.write(zipped.subarray(0, 900_000), () => response.destroy());
		};
		expect(told(await run()).message).toContain('The download broke off');
	});

	it('has the size that it unpacks to', async () => {
		cdn.serve = packed(Buffer.concat([MP4, Buffer.alloc(50_000_000)]));
		const result = await run({ options: { maxFileSize: 20 } });
		expect(told(result).message).toContain('The result is larger than Max File Size, 20 MB');
		expect(cdn.served).toHaveLength(1);
	});
});

describe('what is no file is refused, whatever it is called', () => {
	const PAGES: Array<[string, string, string]> = [
		['a page as video', '<!doctype html><html>Sorry</html>', 'video/mp4'],
		['JSON as octets', '{"error":"expired"}', 'application/octet-stream'],
		['XML without a name', '\ufeff<?xml version="1.0"?><Error>AccessDenied</Error>', ''],
		['words as video', '链接已过期', 'video/mp4'],
		['a drawing with a script as video', '<svg onload="alert(1)"></svg>', 'video/mp4'],
		['a drawing with a script', '<svg onload="alert(1)"></svg>', 'image/svg+xml'],
	];
	it.each(PAGES)('%s', async (_what, text, type) => {
		cdn.serve = file(Buffer.from(text), type === '' ? {} : { 'content-type': type });
		const result = await run();
		const isNamed = type.includes('svg');
		expect(told(result).message).toContain(
			isNamed ? `leads to "${type}"` : `leads to a text that begins with "${text.slice(0, 10)}`,
		);
		expect(cdn.served).toHaveLength(3);
	});

	it('a part of the file', async () => {
		const half = MP4.subarray(0, 1000);
		cdn.serve = file(half, { 'content-range': `bytes 0-999/${MP4.length}` }, 206);
		expect(told(await run()).message).toBe(
			`Only a part of the result was sent (bytes 0-999/${MP4.length})`,
		);
	});

	it('a file that ends in its first bytes', async () => {
		cdn.serve = (_request, response) => {
			response.writeHead(200, { 'content-length': MP4.length });
			response.write(MP4.subarray(0, 10), () => response.destroy());
		};
		expect(told(await run()).message).toContain('The download broke off');
	});
});

describe('a link that needs the key (new-api /v1/videos/{id}/content; grok2api #40)', () => {
	const withKey: Handler = (request, response) => {
		if (request.headers.authorization === `Bearer ${HOST_KEY}`) response.end(MP4);
		else response.writeHead(401).end('{"error":"no token"}');
	};

	it('gets it at the origin of the Base URL', async () => {
		relay.resultUrl = `${relay.origin}/v1/videos/860/content`;
		relay.serve = withKey;
		expect((await fileOf(await run())).bytes).toEqual(MP4);
		expect(relay.served.map(({ authorization }) => authorization)).toEqual([
			undefined,
			`Bearer ${HOST_KEY}`,
		]);
	});

	it('does not get it elsewhere, not even at another port of the host', async () => {
		cdn.serve = withKey;
		const result = await run();
		expect(told(result).message).toBe(
			`The link to the result needs the key, which is sent only to ${relay.origin} (HTTP 401)`,
		);
		expect(words(result)).toContain('was paid for. Switch off Download Result');
		expect(cdn.served).toEqual([{ path: '/result', authorization: undefined }]);
	});

	it('is followed without the key', async () => {
		relay.resultUrl = `${relay.origin}/v1/videos/860/content`;
		relay.serve = (request, response) => {
			if (!request.headers.authorization) response.writeHead(403).end();
			else response.writeHead(302, { location: `${cdn.origin}/upstream.mp4` }).end();
		};
		cdn.serve = file(MP4);
		expect((await fileOf(await run())).bytes).toEqual(MP4);
		expect(cdn.served).toEqual([{ path: '/upstream.mp4', authorization: undefined }]);
	});

	it('says so where the key does not help', async () => {
		relay.resultUrl = `${relay.origin}/v1/videos/860/content`;
		relay.serve = (_request, response) => response.writeHead(403).end();
		const result = await run();
		expect(told(result).message).toBe(
			`The link to the result needs the key, and ${relay.origin} does not accept the one of the credential for it (HTTP 403)`,
		);
		expect(relay.served).toHaveLength(2);
	});
});
