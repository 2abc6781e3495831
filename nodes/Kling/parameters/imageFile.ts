import { refuseParameter } from '../../shared/core/errors';
import { refuseValue } from '../../shared/core/quote';
import { isWebAddress } from '../../shared/core/webAddress';
import { inMegabytes, MEGABYTE } from '../../shared/core/words';
import { USUAL_PICTURE_MB } from '../../shared/providers/pictures';
import { plainBase64 } from './base64';

/** Checks of pictures that are sent as data, after the limits of Kling's documentation. Reads the header only; nothing is decoded. */

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
 * Checks type (PNG or JPEG), size (in MB), sides (at least 300 px) and ratio (1:2.5 to 2.5:1) of a picture.
 * Throws `invalidInput` naming the parameter.
 */
export function checkPicture(bytes: Buffer, parameter: string, maxMb = USUAL_PICTURE_MB): void {
	if (bytes.length === 0) refuseParameter(parameter, 'is empty');
	if (bytes.length > maxMb * MEGABYTE) {
		const size = inMegabytes(bytes.length);
		refuseParameter(parameter, `must have at most ${maxMb} MB, but has ${size} MB`);
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

/**
 * A picture given as text: a web address as it is, or base64, whose `data:` prefix is removed because Kling refuses it.
 * Throws `invalidInput` naming the parameter.
 */
export function readPictureText(text: string, parameter: string, maxMb?: number): string {
	const given = text.trim();
	if (isWebAddress(given)) return given;
	const data = plainBase64(given);
	if (data === undefined) {
		return refuseValue(
			parameter,
			'must be a web address that begins with https://, or a picture as base64',
			text,
		);
	}
	checkPicture(Buffer.from(data, 'base64'), parameter, maxMb);
	return data;
}
