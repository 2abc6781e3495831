/** The platform of Ace Data Cloud: uploads, and what is left. */
import { startWithClient, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient();
});
afterAll(async () => await caller.sim.stop());
beforeEach(() => caller.sim.reset());

const FOX = Buffer.from([0x89, 0x50, 0x0d, 0x0a, 0x2d, 0x2d, 0xff, 0x00, 0x0d, 0x0a]);

interface Sent {
	body?: RequestInit['body'];
	token?: string | null;
	type?: string;
	path?: string;
}

async function send({ body, token, type, path = '/api/v1/files/' }: Sent) {
	const { baseUrl, platformToken = '' } = caller.sim.services.aceData;
	const headers = {
		...(token === null ? {} : { authorization: `Bearer ${token ?? platformToken}` }),
		...(type && { 'content-type': type }),
	};
	const method = body === undefined ? 'GET' : 'POST';
	const response = await fetch(baseUrl + path, { method, headers, body });
	return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

function form(parts: Record<string, [bytes: Buffer, name: string, type: string]>): FormData {
	const made = new FormData();
	for (const [field, [bytes, name, type]] of Object.entries(parts)) {
		made.append(field, new Blob([new Uint8Array(bytes)], { type }), name);
	}
	return made;
}

const FILE = { file: [FOX, 'fox.png', 'image/png'] as [Buffer, string, string] };

it('keeps a file and serves it from its CDN, byte by byte, as often as it is asked', async () => {
	const { status, json } = await send({ body: form(FILE) });
	const url = String(json.file_url);
	expect(status).toBe(201);
	expect(url).toMatch(/^http.*\/uploads\/[0-9a-f-]{36}\.png$/);
	expect(caller.sim.uploadedBytes(url)).toEqual(FOX);
	const { headers, ...served } = await fetch(url).then(async (answer) => ({
		headers: answer.headers,
		bytes: Buffer.from(await answer.arrayBuffer()),
	}));
	expect(headers.get('content-type')).toBe('image/png');
	expect(served.bytes.equals(FOX)).toBe(true);
	expect(caller.sim.ledger.uploads).toMatchObject([
		{ account: 'ace-main', fileName: 'fox.png', contentType: 'image/png', size: FOX.length, url },
	]);
});

it('gives each upload an address of its own', async () => {
	const [one, other] = [await send({ body: form(FILE) }), await send({ body: form(FILE) })];
	expect(one.json.file_url).not.toBe(other.json.file_url);
});

it('forgets all files at a reset', async () => {
	const { json } = await send({ body: form(FILE) });
	caller.sim.reset();
	expect((await fetch(String(json.file_url))).status).toBe(404);
});

it('takes its own token, and the API takes the other one; a key at the wrong host is a leak', async () => {
	const { apiKey, platformToken = '' } = caller.sim.services.aceData;
	const refused = { status: 401, json: { detail: 'Invalid token.' } };
	expect(await send({ body: form(FILE), token: 'nonsense' })).toEqual(refused);
	expect(await send({ body: form(FILE), token: null })).toMatchObject({ status: 401 });
	expect(caller.sim.ledger.leaks).toEqual([]);
	expect(await send({ body: form(FILE), token: apiKey })).toEqual(refused);
	const api = await caller.post('aceData', '/kling/tasks', { action: 'retrieve' }, platformToken);
	expect(api.status).toBe(401);
	expect(caller.sim.ledger.leaks.map(({ path }) => path)).toEqual([
		'/api/v1/files/',
		'/kling/tasks',
	]);
	expect(caller.sim.ledger.uploads).toEqual([]);
});

const boundary = 'multipart/form-data; boundary=b';
const part = (head: string, tail = '--b--\r\n') => `--b\r\n${head}\r\n\r\nhello\r\n${tail}`;
const GOOD = 'Content-Disposition: form-data; name="file"; filename="a.txt"';

it('reads a form to the letter', async () => {
	expect(await send({ body: part(GOOD), type: boundary })).toMatchObject({ status: 201 });
	expect(await send({ body: part(GOOD), type: 'multipart/form-data; boundary="b"' })).toMatchObject(
		{
			status: 201,
		},
	);
	expect(caller.sim.uploadedBytes(caller.sim.ledger.uploads[0]?.url ?? '')?.toString()).toBe(
		'hello',
	);
});

it.each<[string, Sent]>([
	['JSON', { body: '{"file":"x"}', type: 'application/json' }],
	['no boundary', { body: part(GOOD), type: 'multipart/form-data' }],
	['another boundary', { body: part(GOOD), type: 'multipart/form-data; boundary=c' }],
	['a boundary that is too long', { body: part(GOOD), type: `${boundary}${'b'.repeat(70)}` }],
	['no end', { body: part(GOOD, ''), type: boundary }],
	['an end without its dashes', { body: part(GOOD, '--b\r\n'), type: boundary }],
	['something behind the end', { body: part(GOOD, '--b--\r\nmore'), type: boundary }],
	['something before the beginning', { body: `x${part(GOOD)}`, type: boundary }],
	['lines that end with LF', { body: part(GOOD).replaceAll('\r', ''), type: boundary }],
	['a header that is none', { body: part(`${GOOD}\r\nnonsense`), type: boundary }],
	['another field', { body: part(GOOD.replace('"file"', '"data"')), type: boundary }],
	['no file name', { body: part('Content-Disposition: form-data; name="file"'), type: boundary }],
	['two files', { body: form({ ...FILE, other: FILE.file }) }],
	['an empty file', { body: form({ file: [Buffer.alloc(0), 'a.png', 'image/png'] }) }],
])('refuses %s', async (_what, sent) => {
	expect(await send(sent)).toMatchObject({ status: 400 });
	expect(caller.sim.ledger.uploads).toEqual([]);
});

it('refuses a file that is too large, where that is set', async () => {
	caller.sim.settings.largestUploadBytes = FOX.length - 1;
	expect(await send({ body: form(FILE) })).toMatchObject({ status: 413 });
});

it('tells what is left, and knows no other call', async () => {
	expect(await send({ path: '/api/v1/applications/' })).toMatchObject({
		status: 200,
		json: { count: 1, items: [{ remaining_amount: 1_000_000 }] },
	});
	expect(await send({ path: '/api/v1/files/' })).toMatchObject({ status: 404 });
	expect(await send({ path: '/api/v1/files', body: form(FILE) })).toMatchObject({ status: 404 });
});

it('an address of a file that is not there is of no use', async () => {
	const { apiKey } = caller.sim.services.aceData;
	const { status, text } = await caller.post(
		'aceData',
		'/kling/lip-sync',
		{
			mode: 'audio2video',
			video_url: 'https://files.test/clip-5s.mp4',
			audio_url: `${caller.sim.cdnUrl}/uploads/nowhere.mp3`,
			async: true,
		},
		apiKey,
	);
	expect([status, text]).toEqual([400, expect.stringContaining('cannot be downloaded')]);
});
