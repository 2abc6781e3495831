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

const MP3_RATE = 48_000;
const SAMPLES_PER_FRAME = 1152;
/** MPEG 1, layer III, 32 kbit/s, 48 kHz, one channel, no checksum. */
const MP3_HEADER = Buffer.from('fffb14c0', 'hex');
/** 144 × 32,000 bit/s ÷ 48,000 Hz. */
const MP3_FRAME_BYTES = 96;

/** Silence as MP3 that only the task with this mark has, by a comment in an ID3v2 tag. Whole frames of 24 ms. */
export function mp3File(mark: string, seconds: number): FileSource {
	const frames = Math.ceil((seconds * MP3_RATE) / SAMPLES_PER_FRAME);
	// What follows a header as zeros says that nothing is to be heard.
	const frame = Buffer.concat([MP3_HEADER, Buffer.alloc(MP3_FRAME_BYTES - MP3_HEADER.length)]);
	const sound = Buffer.concat(Array.from({ length: frames }, () => frame));
	return new FileSource('audio/mpeg', [id3Tag(mark), sound]);
}

/** An ID3v2.3 tag with a comment in Latin 1. */
function id3Tag(comment: string): Buffer {
	const content = Buffer.from(`\0eng\0${comment}`, 'latin1');
	const frame = Buffer.alloc(10);
	frame.write('COMM', 'latin1');
	frame.writeUInt32BE(content.length, 4);
	const header = Buffer.alloc(10);
	header.write('ID3\x03', 'latin1');
	// Seven bits in each byte.
	const size = frame.length + content.length;
	for (const place of [0, 1, 2, 3]) header[9 - place] = (size >>> (7 * place)) & 0x7f;
	return Buffer.concat([header, frame, content]);
}

const WAV_RATE = 8000;
const WAV_SAMPLE_BYTES = 2;

/** Silence as WAV (16 bit, 8 kHz, one channel) that only the task with this mark has, by a comment at its end. */
export function wavFile(mark: string, seconds: number): FileSource {
	const samples = Math.round(seconds * WAV_RATE) * WAV_SAMPLE_BYTES;
	const format = Buffer.alloc(16);
	format.writeUInt16LE(1, 0);
	format.writeUInt16LE(1, 2);
	format.writeUInt32LE(WAV_RATE, 4);
	format.writeUInt32LE(WAV_RATE * WAV_SAMPLE_BYTES, 8);
	format.writeUInt16LE(WAV_SAMPLE_BYTES, 12);
	format.writeUInt16LE(8 * WAV_SAMPLE_BYTES, 14);
	const comment = riffChunk(
		'ICMT',
		Buffer.from(mark.padEnd(mark.length + (mark.length % 2), '\0')),
	);
	const parts = [
		Buffer.from('WAVE', 'latin1'),
		riffChunk('fmt ', format),
		riffHeader('data', samples),
		{ zeros: samples },
		riffChunk('LIST', Buffer.concat([Buffer.from('INFO', 'latin1'), comment])),
	];
	const length = parts.reduce((sum, part) => sum + sizeOf(part), 0);
	return new FileSource('audio/wav', [riffHeader('RIFF', length), ...parts]);
}

/** Subtitles of one line, which is the mark. */
export function srtFile(mark: string): FileSource {
	const text = `1\n00:00:00,000 --> 00:00:02,000\n${mark}\n`;
	return new FileSource('application/x-subrip', [Buffer.from(text)]);
}

/** The same in the format of Advanced SubStation Alpha, as hosts that do not know it serve it. */
export function assFile(mark: string): FileSource {
	const text = `[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:00.00,0:00:02.00,${mark}\n`;
	return new FileSource('text/plain', [Buffer.from(text)]);
}

function riffHeader(name: string, contentBytes: number): Buffer {
	const header = Buffer.alloc(8);
	header.write(name, 'latin1');
	header.writeUInt32LE(contentBytes, 4);
	return header;
}

function riffChunk(name: string, content: Buffer): Buffer {
	return Buffer.concat([riffHeader(name, content.length), content]);
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
