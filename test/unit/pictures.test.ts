/** What is checked of a picture before it is sent, by its header alone. */
import { KlingError } from '../../nodes/shared/core/errors';
import { checkPicture, readPictureText } from '../../nodes/Kling/parameters/imageFile';
import { frame, jpeg, jpegOf, png, segment, webp } from '../pictures';

const MEGABYTE = 1024 * 1024;

/** What the user is told of this picture; undefined: it is fine. */
function complaint(bytes: Buffer): string | undefined {
	try {
		checkPicture(bytes, 'Image');
		return undefined;
	} catch (thrown) {
		if (!(thrown instanceof KlingError)) throw thrown;
		expect(thrown.kind).toBe('invalidInput');
		expect(thrown.details.parameter).toBe('Image');
		return thrown.message;
	}
}

const exif = segment(
	0xe1,
	Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), frame(10, 10), Buffer.alloc(4000)]),
);

describe('a picture that is fine', () => {
	it.each<[string, Buffer]>([
		['a PNG', png(1024, 768)],
		['the smallest', png(300, 300)],
		['the widest', png(750, 300)],
		['the tallest', png(300, 750)],
		['the largest file', png(400, 400, 10 * MEGABYTE)],
		['a JPEG', jpeg(1920, 1080)],
		['a progressive JPEG', jpegOf([frame(800, 600, 0xc2)])],
		[
			'a JPEG with EXIF data, thumbnail included, before its frame',
			jpegOf([exif, frame(800, 600)]),
		],
		[
			'a JPEG with tables before its frame',
			jpegOf([segment(0xdb, Buffer.alloc(65)), segment(0xc4, Buffer.alloc(30)), frame(640, 640)]),
		],
		[
			'a JPEG with padding between its segments',
			jpegOf([Buffer.from([0xff, 0xff, 0xff]), frame(640, 640)]),
		],
		[
			'a JPEG with an arithmetic coding table',
			jpegOf([segment(0xcc, Buffer.alloc(4)), frame(640, 640, 0xc9)]),
		],
	])('%s', (_what, bytes) => {
		expect(complaint(bytes)).toBeUndefined();
	});
});

describe('a picture that is not', () => {
	it.each<[string, Buffer, string]>([
		['nothing', Buffer.alloc(0), 'Image is empty'],
		['too narrow', png(299, 400), 'Image must be at least 300 × 300 pixels, but has 299 × 400'],
		['too low', jpeg(400, 299), 'Image must be at least 300 × 300 pixels, but has 400 × 299'],
		[
			'too wide',
			png(751, 300),
			'Image must have a side ratio between 1:2.5 and 2.5:1, but has 751 × 300 pixels',
		],
		[
			'too tall',
			jpeg(300, 751),
			'Image must have a side ratio between 1:2.5 and 2.5:1, but has 300 × 751 pixels',
		],
		[
			'too large a file',
			png(400, 400, 10 * MEGABYTE + 1),
			'Image must have at most 10 MB, but has 10.1 MB',
		],
		[
			'far too large a file',
			png(400, 400, 12.5 * MEGABYTE),
			'Image must have at most 10 MB, but has 12.5 MB',
		],
		[
			'a GIF',
			Buffer.from(`GIF89a${'x'.repeat(200)}`, 'latin1'),
			'Image must be a PNG or JPEG picture',
		],
		[
			'a WebP',
			Buffer.from(`RIFF1234WEBPVP8 ${'x'.repeat(200)}`, 'latin1'),
			'Image must be a PNG or JPEG picture',
		],
		[
			'an MP4',
			Buffer.from(`\0\0\0\x20ftypisom${'x'.repeat(200)}`, 'latin1'),
			'Image must be a PNG or JPEG picture',
		],
		[
			'a web page',
			Buffer.from('<!doctype html><html></html>'),
			'Image must be a PNG or JPEG picture',
		],
		[
			'a PNG cut off in its header',
			png(400, 400).subarray(0, 23),
			'Image must be a PNG or JPEG picture',
		],
		[
			'a JPEG cut off before its frame',
			jpeg(400, 400).subarray(0, 22),
			'Image must be a PNG or JPEG picture',
		],
		[
			'a JPEG cut off in its frame',
			jpegOf([frame(400, 400)], 0).subarray(0, 9),
			'Image must be a PNG or JPEG picture',
		],
		[
			'a JPEG without a frame',
			jpegOf([segment(0xe0, Buffer.alloc(14))]),
			'Image must be a PNG or JPEG picture',
		],
		['two bytes of a JPEG', Buffer.from([0xff, 0xd8]), 'Image must be a PNG or JPEG picture'],
		[
			'a JPEG whose segments never end',
			jpegOf([segment(0xe0, Buffer.alloc(0))], 100_000),
			'Image must be a PNG or JPEG picture',
		],
		['a picture of no size', png(0, 0), 'Image must be at least 300 × 300 pixels, but has 0 × 0'],
	])('%s', (_what, bytes, says) => {
		expect(complaint(bytes)).toBe(says);
	});
});

describe('where WebP is taken', () => {
	const told = (bytes: Buffer) => {
		try {
			checkPicture(bytes, 'Image', { webp: true, maxMb: 50 });
			return undefined;
		} catch (thrown) {
			return (thrown as Error).message;
		}
	};

	it.each(['VP8 ', 'VP8L', 'VP8X'])('its size is read: %s', (form) => {
		expect(told(webp(300, 750, form))).toBeUndefined();
		expect(told(webp(299, 400, form))).toContain('but has 299 × 400');
		expect(told(webp(751, 300, form))).toContain('but has 751 × 300 pixels');
	});

	it('others are taken as ever, also larger ones', () => {
		expect(told(png(400, 400, 50 * MEGABYTE))).toBeUndefined();
		expect(told(jpeg(400, 400))).toBeUndefined();
		expect(told(webp(400, 400, 'VP8X', 50 * MEGABYTE + 1))).toContain('must have at most 50 MB');
	});

	it.each([
		['another form', webp(400, 400, 'VP9 ')],
		['one cut off', webp(400, 400).subarray(0, 29)],
		['a GIF', Buffer.alloc(200, 'GIF89a')],
	])('%s is refused', (_what, bytes) => {
		expect(told(bytes)).toBe('Image must be a PNG, JPEG or WebP picture');
	});
});

describe('a picture as text', () => {
	const picture = png(400, 400, 3000);
	picture.fill(0xfb, 1000);
	const base64 = picture.toString('base64');
	const base64url = picture.toString('base64url').padEnd(base64.length, '=');
	const lines = base64.match(/.{1,76}/g)?.join('\r\n') ?? '';

	it.each([
		['a web address', 'https://example.com/a.jpg', 'https://example.com/a.jpg'],
		['one with spaces around it', ' HTTP://example.com/a b.jpg \n', 'HTTP://example.com/a b.jpg'],
		['base64', base64, base64],
		['base64 in lines', lines, base64],
		['base64url', base64url, base64],
		['a data address', `data:image/png;base64,${base64}`, base64],
		['one in capitals', `DATA:image/png;name=a.png;base64,${base64}`, base64],
	])('%s', (_what, text, expected) => {
		expect(readPictureText(text, 'Image')).toBe(expected);
	});

	it('may be of several megabytes', () => {
		const large = png(400, 400, 9 * MEGABYTE).toString('base64');
		expect(readPictureText(large, 'Image')).toHaveLength(large.length);
	});

	it.each([
		['words', 'a fox'],
		['a file name', '/home/me/fox.png'],
		['another kind of address', 'ftp://example.com/fox.png'],
		['nothing', ''],
		['base64 with a stray character', `${base64}*`],
		['base64 with padding in its middle', `${base64.slice(0, 40)}==${base64.slice(40)}`],
	])('is refused: %s', (_what, text) => {
		expect(() => readPictureText(text, 'Image')).toThrow(
			'Image must be a web address that begins with https://, or a picture as base64',
		);
	});

	it.each([
		[
			'a picture of another type',
			Buffer.alloc(200, 'GIF89a').toString('base64'),
			'must be a PNG or JPEG picture',
		],
		['a small one', png(100, 100).toString('base64'), 'must be at least 300 × 300 pixels'],
		[
			'a large one',
			png(400, 400, 30 * MEGABYTE).toString('base64'),
			'must have at most 10 MB, but has 30.0 MB',
		],
	])('is checked like data: %s', (_what, text, says) => {
		expect(() => readPictureText(text, 'Image')).toThrow(`Image ${says}`);
	});
});
