import { framesSeconds } from './soundFrames';

/** Length of a sound as its content tells it; undefined when it is no WAV, MP3, AAC (ADTS) or M4A. */
export function soundSeconds(bytes: Buffer): number | undefined {
	if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WAVE') return wavSeconds(bytes);
	if (textAt(bytes, 4) === 'ftyp') return m4aSeconds(bytes);
	return framesSeconds(bytes);
}

function textAt(bytes: Buffer, at: number): string {
	return bytes.toString('latin1', at, at + 4);
}

interface Part {
	name: string;
	start: number;
	/** Not included. */
	end: number;
}

function wavSeconds(bytes: Buffer): number | undefined {
	let bytesPerSecond = 0;
	for (const { name, start, end } of riffChunks(bytes)) {
		if (name === 'fmt ' && end - start >= 16) bytesPerSecond = bytes.readUInt32LE(start + 8);
		if (name === 'data') return bytesPerSecond > 0 ? (end - start) / bytesPerSecond : undefined;
	}
	return undefined;
}

/** A chunk whose size is not true, as programs write it that do not know it yet, ends with the file. */
function* riffChunks(bytes: Buffer): Generator<Part> {
	let at = 12;
	while (at + 8 <= bytes.length) {
		const start = at + 8;
		const end = Math.min(start + bytes.readUInt32LE(at + 4), bytes.length);
		yield { name: textAt(bytes, at), start, end };
		at = end + ((end - start) % 2);
	}
}

/** An MP4 with a picture is no sound. */
function m4aSeconds(bytes: Buffer): number | undefined {
	const moov = boxes(bytes, 0, bytes.length).find(({ name }) => name === 'moov');
	if (!moov) return undefined;
	const inner = boxes(bytes, moov.start, moov.end);
	const header = inner.find(({ name }) => name === 'mvhd');
	const handlers = inner
		.filter(({ name }) => name === 'trak')
		.map((track) => handlerOf(bytes, track));
	if (!header || handlers.includes('vide') || !handlers.includes('soun')) return undefined;
	return movieSeconds(bytes.subarray(header.start, header.end));
}

function boxes(bytes: Buffer, from: number, to: number): Part[] {
	const found: Part[] = [];
	let at = from;
	while (at + 8 <= to) {
		const size = bytes.readUInt32BE(at);
		// 0: up to the end. Larger than 4 GB is nothing that is sent here.
		const end = size === 0 ? to : at + size;
		if (end < at + 8 || end > to) break;
		found.push({ name: textAt(bytes, at + 4), start: at + 8, end });
		at = end;
	}
	return found;
}

/** What a track holds: `soun`, `vide` and others. */
function handlerOf(bytes: Buffer, track: Part): string | undefined {
	const media = boxes(bytes, track.start, track.end).find(({ name }) => name === 'mdia');
	const handler = media && boxes(bytes, media.start, media.end).find(({ name }) => name === 'hdlr');
	return handler && textAt(bytes, handler.start + 8);
}

function movieSeconds(header: Buffer): number | undefined {
	const isLong = header[0] === 1;
	if (header.length < (isLong ? 32 : 20)) return undefined;
	const scale = header.readUInt32BE(isLong ? 20 : 12);
	const duration = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
	return scale > 0 && duration > 0 ? duration / scale : undefined;
}
