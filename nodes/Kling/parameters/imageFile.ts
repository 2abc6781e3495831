import { refuseParameter } from '../../shared/core/errors';
import { refuseValue } from '../../shared/core/quote';

/** Checks of pictures that are sent as data, after the limits of Kling's documentation. Reads the header only; nothing is decoded. */

const MAX_BYTES = 10 * 1024 * 1024;
const MIN_SIDE = 300;
const MAX_RATIO = 2.5;

interface Size {
	width: number;
	height: number;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The type of a PNG's first chunk, which is IHDR by the standard; undefined for what is no PNG. */
function firstChunk(bytes: Buffer): string | undefined {
	const isPng = PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
	return isPng ? bytes.toString('latin1', 12, 16) : undefined;
}

function pngSize(bytes: Buffer): Size | undefined {
	if (bytes.length < 24 || firstChunk(bytes) !== 'IHDR') return undefined;
	return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Start-of-frame markers; C4, C8 and CC lie in the same range but are none. */
function isFrameMarker(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function jpegSize(bytes: Buffer): Size | undefined {
	if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
	let offset = 2;
	while (offset + 9 < bytes.length) {
		if (bytes[offset] !== 0xff) return undefined;
		const marker = bytes[offset + 1] ?? 0;
		if (marker === 0xff) {
			offset += 1;
			continue;
		}
		if (isFrameMarker(marker)) {
			return { height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7) };
		}
		offset += 2 + bytes.readUInt16BE(offset + 2);
	}
	return undefined;
}

/**
 * Checks type (PNG or JPEG), size (10 MB), sides (at least 300 px) and ratio (1:2.5 to 2.5:1) of a picture.
 * Throws `invalidInput` naming the parameter.
 */
export function checkPicture(bytes: Buffer, parameter: string): void {
	if (bytes.length === 0) refuseParameter(parameter, 'is empty');
	if (bytes.length > MAX_BYTES) {
		// Rounded up, or a picture just above the limit would seem to keep it.
		const megabytes = (Math.ceil((bytes.length / 1024 / 1024) * 10) / 10).toFixed(1);
		refuseParameter(parameter, `must have at most 10 MB, but has ${megabytes} MB`);
	}
	if (firstChunk(bytes) === 'CgBI') {
		refuseParameter(
			parameter,
			'is a PNG of an iPhone app (CgBI), which only Apple can read; save it as a usual PNG or as JPEG',
		);
	}
	const size = pngSize(bytes) ?? jpegSize(bytes);
	if (!size) refuseParameter(parameter, 'must be a PNG or JPEG picture');
	const { width, height } = size;
	if (width < MIN_SIDE || height < MIN_SIDE) {
		refuseParameter(
			parameter,
			`must be at least ${MIN_SIDE} × ${MIN_SIDE} pixels, but has ${width} × ${height}`,
		);
	}
	if (Math.max(width, height) / Math.min(width, height) > MAX_RATIO) {
		refuseParameter(
			parameter,
			`must have a side ratio between 1:${MAX_RATIO} and ${MAX_RATIO}:1, but has ${width} × ${height} pixels`,
		);
	}
}

/** Looks for what does not belong: to match the whole text would run out of stack at several megabytes. */
function isBase64(text: string): boolean {
	return !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''));
}

/** Base64 as Kling wants it: without prefix and white space, in the usual alphabet (not that of base64url), filled up. */
function plainBase64(text: string): string {
	const data = text
		.replace(/^data:[^,]*,/i, '')
		.replace(/\s+/g, '')
		.replace(/%(2b|2f|3d)/gi, decodeURIComponent)
		.replaceAll('-', '+')
		.replaceAll('_', '/');
	return data.padEnd(Math.ceil(data.length / 4) * 4, '=');
}

/**
 * A picture given as text: a web address as it is, or base64, whose `data:` prefix is removed because Kling refuses it.
 * Throws `invalidInput` naming the parameter.
 */
export function readPictureText(text: string, parameter: string): string {
	const given = text.trim();
	if (/^https?:\/\//i.test(given)) return given;
	const data = plainBase64(given);
	if (data.length < 100 || !isBase64(data)) {
		refuseValue(
			parameter,
			'must be a web address that begins with https://, or a picture as base64',
			text,
		);
	}
	checkPicture(Buffer.from(data, 'base64'), parameter);
	return data;
}
