/** A file on its way: as one part of a form, bit by bit where it comes so. */
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';

import { fileBodyOf } from '../../nodes/shared/n8n/fileBody';
import { formOf } from '../../nodes/shared/n8n/form';
import { partsOfForm } from '../simulator/multipart';

const BYTES = Buffer.concat([
	Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
	Buffer.alloc(300_000, '\r\n--'),
]);

const folder = mkdtempSync(join(tmpdir(), 'form-'));
afterAll(() => rmSync(folder, { recursive: true }));

function stored(): string {
	const path = join(folder, 'fox');
	writeFileSync(path, BYTES);
	return path;
}

/** A stream whose end has come in before anybody reads it, as a fast host of files may have it. */
function ended(): PassThrough {
	const stream = new PassThrough({ highWaterMark: 1_000_000 });
	stream.end(BYTES);
	return stream;
}

const SOURCES: Record<string, () => unknown> = {
	'bytes in memory': () => BYTES,
	'a file on disk': () => createReadStream(stored()),
	'a stream that has ended already': ended,
	'a stream of many chunks': () =>
		Readable.from(
			Array.from({ length: 400 }, (_, at) => BYTES.subarray(at * 1000, (at + 1) * 1000)),
		),
};

async function bytesOf(body: unknown): Promise<Buffer> {
	if (Buffer.isBuffer(body)) return body;
	const chunks: Buffer[] = [];
	for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
	return Buffer.concat(chunks);
}

describe.each(Object.entries(SOURCES))('%s', (_name, source) => {
	const open = async () => await Promise.resolve(source());

	it('is looked at without being kept', async () => {
		expect(await fileBodyOf(open)).toMatchObject({
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
			name: expect.stringMatching(/^[0-9a-f]{16}\.png$/) as string,
			type: 'image/png',
			size: BYTES.length,
		});
	});

	it('is the one part of a form, whose length is told', async () => {
		const file = await fileBodyOf(open);
		const { headers, body } = await formOf(file);
		const sent = await bytesOf(body);
		expect(headers['Content-Length']).toBe(String(sent.length));
		const parts = partsOfForm(headers['Content-Type'] ?? '', sent);
		expect(parts).toMatchObject([{ name: 'file', fileName: file.name, contentType: 'image/png' }]);
		expect(parts?.[0]?.bytes.equals(BYTES)).toBe(true);
	});
});

it('a stream is closed when the request is over, also if it never left', async () => {
	const stream = createReadStream(stored());
	const file = await fileBodyOf(async () => await Promise.resolve(BYTES));
	const { close } = await formOf({ ...file, open: async () => await Promise.resolve(stream) });
	expect(stream.destroyed).toBe(false);
	close();
	expect(stream.destroyed).toBe(true);
});

it('a stream that cannot be opened ends nothing but its own request', async () => {
	const file = await fileBodyOf(async () => await Promise.resolve(BYTES));
	const stream = createReadStream(join(folder, 'nowhere'));
	const { body } = await formOf({ ...file, open: async () => await Promise.resolve(stream) });
	// Nobody reads it yet: without a listener, its error would end n8n.
	await new Promise((resolve) => setTimeout(resolve, 50));
	await expect(bytesOf(body)).rejects.toThrow('The file of the item could not be read: ENOENT');
});

it('a stream that breaks off breaks the form off', async () => {
	const stream = new PassThrough();
	stream.write(BYTES);
	const file = await fileBodyOf(async () => await Promise.resolve(BYTES));
	const { body } = await formOf({ ...file, open: async () => await Promise.resolve(stream) });
	setImmediate(() => stream.destroy(Object.assign(new Error('in /secret'), { code: 'EIO' })));
	await expect(bytesOf(body)).rejects.toThrow('The file of the item could not be read: EIO');
});

it.each([
	['text/plain', 'text/plain'],
	['a\r\nX-Evil: 1', 'application/octet-stream'],
	['', 'application/octet-stream'],
])('what its content does not tell, its name may: %j is %s', async (named, type) => {
	const bytes = Buffer.from('hello, world');
	const file = await fileBodyOf(async () => await Promise.resolve(bytes), named);
	expect(file).toMatchObject({
		type,
		name: expect.stringMatching(/^[0-9a-f]{16}\.bin$/) as string,
	});
});
