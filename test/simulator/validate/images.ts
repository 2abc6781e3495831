import { badValue } from '../refusal';
import { decodeBase64 } from './base64';
import { isHttpUrl, type Fields } from './fields';

const MEGABYTE = 1024 * 1024;
const LARGEST_MB = 10;
const SMALLEST_SIDE = 300;
const WIDEST_RATIO = 2.5;

interface Size {
	width: number;
	height: number;
}

/** An image parameter: a link, or bare base64 of a PNG or JPEG that keeps the limits. */
export function checkImage(
	fields: Fields,
	field: string,
	{ maxMb = LARGEST_MB, ...rules }: { required?: boolean; maxMb?: number } = {},
): string | undefined {
	const value = fields.text(field, rules);
	if (value === undefined || isHttpUrl(value)) return value;
	const bytes = decodeBase64(value);
	if (bytes.length > maxMb * MEGABYTE) throw badValue(`Image size must not exceed ${maxMb}MB`);
	const size = imageSize(bytes);
	if (!size) throw badValue('Image format is not supported, only jpg/jpeg/png');
	checkSize(size);
	return value;
}

function checkSize({ width, height }: Size): void {
	if (Math.min(width, height) < SMALLEST_SIDE) {
		throw badValue(
			`Image pixel is invalid: ${width}x${height}, each side must be at least ${SMALLEST_SIDE}px`,
		);
	}
	if (Math.max(width, height) / Math.min(width, height) > WIDEST_RATIO) {
		throw badValue('Image aspect ratio is invalid: must be between 1:2.5 and 2.5:1');
	}
}

/** Width and height from the header; undefined when it is neither PNG nor JPEG. */
export function imageSize(bytes: Buffer): Size | undefined {
	if (bytes.length >= 24 && bytes.readUInt32BE(0) === 0x89504e47) {
		return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
	}
	if (bytes.length >= 4 && bytes.readUInt16BE(0) === 0xffd8) return jpegSize(bytes);
	return undefined;
}

function jpegSize(bytes: Buffer): Size | undefined {
	let at = 2;
	while (at + 9 < bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1] ?? 0;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return undefined;
}

const LONGEST_TRY_ON_SIDE = 2048;

/** A picture for a try-on, as far as its sides can be read: any ratio, but neither too small nor too large. */
export function checkTryOnImage(bytes: Buffer): void {
	const { width, height } = imageSize(bytes) ?? { width: SMALLEST_SIDE, height: SMALLEST_SIDE };
	if (Math.max(width, height) > LONGEST_TRY_ON_SIDE || Math.min(width, height) < SMALLEST_SIDE) {
		throw badValue(
			`Image pixel is invalid: ${width}x${height}, the sides must be ${SMALLEST_SIDE}px to ${LONGEST_TRY_ON_SIDE}px`,
		);
	}
}
