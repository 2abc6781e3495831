/** What a result is by its first bytes, and results that come within the answer. */
import { PassThrough, Readable } from 'node:stream';

import fc from 'fast-check';

import { peek } from '../../nodes/shared/n8n/byteStream';
import { download } from '../../nodes/shared/n8n/download';
import { fileType } from '../../nodes/shared/n8n/fileType';
import type { Link } from '../../nodes/shared/n8n/openLink';
import { png } from '../pictures';

describe('a result within the answer', () => {
	const link = {
		context: {
			helpers: {
				prepareBinaryData: async (bytes: Buffer, fileName: string, mimeType: string) =>
					await Promise.resolve({
						bytes: bytes.length,
						data: bytes.toString('hex'),
						fileName,
						mimeType,
					}),
			},
		},
	} as unknown as Link;
	const fetched = async (url: string) =>
		await download(link, { url, fileName: 'kling-1.png', mimeType: 'image/png', maxBytes: 2e9 });
	const picture = png(400, 400);

	it.each([
		['with its type', 'data:image/png;base64,'],
		['with a wrong type', 'data:text/html;base64,'],
		['in capitals, with more', 'DATA:image/png;name=a.png;BASE64,'],
		['without a type', 'data:;base64,'],
	])('is decoded %s, without a request', async (_how, prefix) => {
		expect(await fetched(prefix + picture.toString('base64'))).toMatchObject({
			data: picture.toString('hex'),
			mimeType: 'image/png',
			fileName: 'kling-1.png',
		});
	});

	it.each([
		['data:image/png;base64,', 'The downloaded file is empty'],
		['data:image/png,abc', 'The result in the answer is not written as base64'],
		['data:', 'The result in the answer is not written as base64'],
		[`data:image/png;base64,${Buffer.from('{"error":1}').toString('base64')}`, 'instead of a file'],
	])('is refused as %s', async (url, says) => {
		await expect(fetched(url)).rejects.toThrow(says);
	});
});

describe('the type of a file', () => {
	const heads = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes));
	const names = fc.oneof(
		fc.constantFrom('', 'video/mp4', 'text/html', 'application/json'),
		fc.string(),
	);
	const expected = fc.constantFrom('video/mp4', 'image/png', 'audio/mpeg');

	it('is that of a file that n8n can name, or none', () => {
		fc.assert(
			fc.property(heads, names, expected, (head, named, wanted) => {
				const type = fileType(head, { named, expected: wanted });
				if (type !== undefined) expect(type).toMatch(/^(video|image|audio)\//);
			}),
		);
	});

	it('is none of any text', () => {
		const texts = fc
			.string({ unit: 'grapheme' })
			.filter((text) => Array.from(text).every((char) => char >= ' '));
		fc.assert(
			fc.property(texts, names, expected, (text, named, wanted) => {
				const head = Buffer.from(` ${text}`);
				expect(fileType(head, { named, expected: wanted })).toBeUndefined();
			}),
		);
	});

	it('is that of the bytes whatever its host says', () => {
		fc.assert(
			fc.property(names, fc.uint8Array({ maxLength: 60 }), (named, rest) => {
				const head = Buffer.concat([Buffer.from('\0\0\0 ftypisom', 'latin1'), rest]);
				expect(fileType(head, { named, expected: 'video/mp4' })).toBe('video/mp4');
				expect(fileType(head, { named, expected: 'audio/mpeg' })).toBe('audio/mp4');
			}),
		);
	});
});

describe('the first bytes of a stream', () => {
	it('stay in it, however it comes', async () => {
		const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }));
		await fc.assert(
			fc.asyncProperty(chunks, async (given) => {
				const whole = Buffer.concat(given);
				const stream = Readable.from(
					given.map((chunk) => Buffer.from(chunk)),
					{ objectMode: false },
				);
				expect(await peek(stream, 16)).toEqual(whole.subarray(0, 16));
				expect(Buffer.concat((await stream.toArray()) as Buffer[])).toEqual(whole);
			}),
		);
	});

	it('are missing where the stream breaks off', async () => {
		const broken = new PassThrough();
		const head = peek(broken, 16);
		broken.write('abc');
		broken.destroy(new Error('reset'));
		await expect(head).rejects.toThrow('reset');
		await expect(peek(broken, 16)).rejects.toThrow();
		const closed = new PassThrough();
		closed.destroy();
		await expect(peek(closed, 16)).rejects.toThrow('the connection was closed');
	});
});
