import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Every result is a real file, and no two tasks have the same bytes, so that a test that
// downloads the wrong task's video fails.

const VIDEO = readFileSync(join(__dirname, 'assets', 'video.mp4'));
const IMAGE = readFileSync(join(__dirname, 'assets', 'image.png'));

/** A PNG ends with the 12 bytes of its IEND chunk. */
const PNG_END_BYTES = 12;
const CHUNK_BYTES = 64 * 1024;

/** A file in parts; zeros are counted instead of held, so that it can be larger than memory. */
export class FileSource {
	readonly length: number;

	constructor(
		readonly contentType: string,
		private readonly parts: ReadonlyArray<Buffer | { zeros: number }>,
	) {
		this.length = parts.reduce((sum, part) => sum + sizeOf(part), 0);
	}

	/** Bytes from `start` up to, not including, `end`, in small pieces. */
	*read(start: number, end: number): Generator<Buffer> {
		let offset = 0;
		for (const part of this.parts) {
			const size = sizeOf(part);
			let from = Math.max(start - offset, 0);
			const to = Math.min(end - offset, size);
			while (from < to) {
				const next = Math.min(from + CHUNK_BYTES, to);
				yield Buffer.isBuffer(part) ? part.subarray(from, next) : Buffer.alloc(next - from);
				from = next;
			}
			offset += size;
		}
	}

	bytes(): Buffer {
		return Buffer.concat([...this.read(0, this.length)]);
	}
}

/** An MP4 that only the task with this mark has; players skip `free` boxes. */
export function videoFile(mark: string, paddingBytes = 0): FileSource {
	const parts: Array<Buffer | { zeros: number }> = [VIDEO];
	if (paddingBytes > 0) parts.push(freeBoxHeader(paddingBytes), { zeros: paddingBytes });
	const text = Buffer.from(mark);
	return new FileSource('video/mp4', [...parts, freeBoxHeader(text.length), text]);
}

/** A PNG that only the task with this mark has, by a text chunk before its end. */
export function imageFile(mark: string): FileSource {
	const end = IMAGE.length - PNG_END_BYTES;
	return new FileSource('image/png', [
		IMAGE.subarray(0, end),
		pngChunk('tEXt', Buffer.from(`Comment\0${mark}`, 'latin1')),
		IMAGE.subarray(end),
	]);
}

function sizeOf(part: Buffer | { zeros: number }): number {
	return Buffer.isBuffer(part) ? part.length : part.zeros;
}

function freeBoxHeader(contentBytes: number): Buffer {
	const header = Buffer.alloc(8);
	header.writeUInt32BE(contentBytes + header.length, 0);
	header.write('free', 4, 'latin1');
	return header;
}

function pngChunk(type: string, content: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}

/** zlib has a crc32 of its own only from Node 20.15 on. */
function crc32(content: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of content) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}
