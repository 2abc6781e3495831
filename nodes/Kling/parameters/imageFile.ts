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

/** Of the three forms of WebP: lossy, lossless and extended, each with another header. */
function webpSize(bytes: Buffer): Size | undefined {
	const word = (at: number) => bytes.toString('latin1', at, at + 4);
	if (bytes.length < 30 || word(0) !== 'RIFF' || word(8) !== 'WEBP') return undefined;
	switch (word(12)) {
		case 'VP8 ':
			return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
		case 'VP8L': {
			const bits = bytes.readUInt32LE(21);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		case 'VP8X':
			return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
		default:
			return undefined;
	}
}

/** What a field takes, where that is not the usual. */
export interface PictureRules {
	maxMb?: number;
	/** Whether WebP is taken, too. */
	webp?: boolean;
	/** The longest side, in pixels. */
	maxSide?: number;
	/** Whether its sides may be of any ratio. */
	anyRatio?: boolean;
}

/**
 * Checks type (PNG or JPEG, where it is taken WebP), size (in MB), sides (at least 300 px) and ratio (1:2.5 to 2.5:1, unless
 * any will do) of a picture. Throws `invalidInput` naming the parameter.
 */
export function checkPicture(
	bytes: Buffer,
	parameter: string,
	{
		maxMb = USUAL_PICTURE_MB,
		webp = false,
		maxSide = Infinity,
		anyRatio = false,
	}: PictureRules = {},
): void {
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
	const size = pngSize(bytes) ?? jpegSize(bytes) ?? (webp ? webpSize(bytes) : undefined);
	if (!size) {
		const wanted = webp ? 'must be a PNG, JPEG or WebP picture' : 'must be a PNG or JPEG picture';
		refuseParameter(parameter, wanted);
	}
	const { width, height } = size;
	if (width < MIN_SIDE || height < MIN_SIDE) {
		refuseParameter(
			parameter,
			`must be at least ${MIN_SIDE} × ${MIN_SIDE} pixels, but has ${width} × ${height}`,
		);
	}
	if (width > maxSide || height > maxSide) {
		refuseParameter(
			parameter,
			`must be at most ${maxSide} × ${maxSide} pixels, but has ${width} × ${height}`,
		);
	}
	if (!anyRatio && Math.max(width, height) / Math.min(width, height) > MAX_RATIO) {
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
export function readPictureText(text: string, parameter: string, rules?: PictureRules): string {
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
	checkPicture(Buffer.from(data, 'base64'), parameter, rules);
	return data;
}
