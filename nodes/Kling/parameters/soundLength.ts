/** What a sound is, and how long it lasts, by its header alone: MP3, WAV, M4A, and AAC in ADTS. Nothing is decoded. */

export type SoundType = 'mp3' | 'wav' | 'm4a' | 'aac';

export interface SoundInfo {
	type: SoundType;
	/** Seconds; undefined where the header does not tell, or too little of the file is there. */
	seconds?: number;
}

/** The beginning of a file, and how long all of it is, in bytes; undefined where that is not known. */
export interface SoundHead {
	bytes: Buffer;
	total: number | undefined;
}

function word(bytes: Buffer, offset: number): string {
	return bytes.toString('latin1', offset, offset + 4);
}

/** Seconds that make sense; undefined for all others. */
function sensible(seconds: number): number | undefined {
	return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** The chunks of a WAV, one after another; a chunk begins at an even byte. */
function wavSeconds({ bytes, total = bytes.length }: SoundHead): number | undefined {
	let perSecond: number | undefined;
	for (let offset = 12; offset + 8 <= bytes.length;) {
		const size = bytes.readUInt32LE(offset + 4);
		const start = offset + 8;
		if (word(bytes, offset) === 'fmt ' && start + 12 <= bytes.length) {
			perSecond = bytes.readUInt32LE(start + 8);
		}
		if (word(bytes, offset) === 'data') {
			// Programs that do not know the end when they begin write 0, or as much as fits.
			const isTold = size > 0 && start + size <= total;
			return perSecond && sensible((isTold ? size : total - start) / perSecond);
		}
		offset = start + size + (size % 2);
	}
	return undefined;
}

/** A box of an MP4: what it holds lies from `start` to `end`. */
interface Box {
	name: string;
	start: number;
	end: number;
}

function* boxesIn(bytes: Buffer, from: number, to: number): Generator<Box> {
	for (let offset = from; offset + 8 <= Math.min(to, bytes.length);) {
		let size = bytes.readUInt32BE(offset);
		let start = offset + 8;
		if (size === 1 && start + 8 <= bytes.length) {
			size = Number(bytes.readBigUInt64BE(start));
			start += 8;
		}
		const end = size === 0 ? to : offset + size;
		if (end < start) return;
		yield { name: word(bytes, offset + 4), start, end };
		offset = end;
	}
}

function boxIn(bytes: Buffer, name: string, from = 0, to = bytes.length): Box | undefined {
	for (const box of boxesIn(bytes, from, to)) if (box.name === name) return box;
	return undefined;
}

/** By the header of the movie, which may stand at the end of the file. */
function mp4Seconds(bytes: Buffer): number | undefined {
	const movie = boxIn(bytes, 'moov');
	const header = movie && boxIn(bytes, 'mvhd', movie.start, movie.end);
	if (!header || header.start + 32 > bytes.length) return undefined;
	const { start } = header;
	if (bytes[start] === 1) {
		return sensible(Number(bytes.readBigUInt64BE(start + 24)) / bytes.readUInt32BE(start + 20));
	}
	return sensible(bytes.readUInt32BE(start + 16) / bytes.readUInt32BE(start + 12));
}

/** Whether an MP4 has pictures that move: then it is a video, and no sound. */
function hasVideo(bytes: Buffer): boolean {
	const movie = boxIn(bytes, 'moov');
	return movie !== undefined && bytes.subarray(movie.start, movie.end).includes('vide');
}

/** Where the sound begins: behind a tag that players show. */
function behindTag(bytes: Buffer): number {
	if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < 10) return 0;
	const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
	const footer = ((bytes[5] ?? 0) & 0x10) !== 0 ? 10 : 0;
	return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + footer;
}

const ADTS_RATES = [
	96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
];
const ADTS_SAMPLES = 1024;

/** One frame of AAC; undefined where there is none. */
function adtsFrame(bytes: Buffer, offset: number): { size: number; seconds: number } | undefined {
	if (offset + 7 > bytes.length || bytes[offset] !== 0xff) return undefined;
	const [second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0] = bytes.subarray(
		offset + 1,
		offset + 7,
	);
	const rate = ADTS_RATES[(third >> 2) & 0x0f];
	const size = ((fourth & 0x03) << 11) | (fifth << 3) | (sixth >> 5);
	if ((second & 0xf6) !== 0xf0 || rate === undefined || size < 7) return undefined;
	return { size, seconds: (((seventh & 0x03) + 1) * ADTS_SAMPLES) / rate };
}

/** AAC tells its length nowhere, so its frames are counted, which takes the whole file. */
function adtsSeconds({ bytes, total }: SoundHead, from: number): number | undefined {
	if (bytes.length !== total) return undefined;
	let seconds = 0;
	for (let offset = from; ;) {
		const frame = adtsFrame(bytes, offset);
		if (!frame) return sensible(seconds);
		seconds += frame.seconds;
		offset += frame.size;
	}
}

/** A frame of MPEG audio, layer III. */
interface Frame {
	size: number;
	samples: number;
	rate: number;
	/** Bytes of sound a second, if all frames are like this one. */
	perSecond: number;
	/** Where a Xing header lies in it. */
	xing: number;
}

const KBITS = {
	one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const MPEG_RATES = [44100, 48000, 32000];

function mp3Frame(bytes: Buffer, offset: number): Frame | undefined {
	if (offset + 4 > bytes.length || bytes[offset] !== 0xff) return undefined;
	const [second = 0, third = 0, fourth = 0] = bytes.subarray(offset + 1, offset + 4);
	const version = (second >> 3) & 0x03;
	const isLayer3 = (second & 0xe6) === 0xe2;
	const isOne = version === 3;
	const kbits = KBITS[isOne ? 'one' : 'two'][third >> 4] ?? 0;
	const fullRate = MPEG_RATES[(third >> 2) & 0x03];
	if (!isLayer3 || version === 1 || kbits === 0 || fullRate === undefined) return undefined;
	const rate = isOne ? fullRate : fullRate / (version === 2 ? 2 : 4);
	const samples = isOne ? 1152 : 576;
	const perSecond = kbits * 125;
	const isMono = fourth >> 6 === 3;
	const side = isOne ? (isMono ? 17 : 32) : isMono ? 9 : 17;
	const size = Math.floor((samples * perSecond) / rate) + ((third >> 1) & 1);
	return { size, samples, rate, perSecond, xing: offset + 4 + side };
}

/** The first frame: one that another follows, unless the file ends. Some programs leave other bytes before it. */
function firstFrame(bytes: Buffer, from: number): { at: number; frame: Frame } | undefined {
	const last = Math.min(bytes.length, from + 8192);
	for (let at = from; at < last; at += 1) {
		const frame = mp3Frame(bytes, at);
		const next = frame && at + frame.size;
		if (frame && next !== undefined && (next + 4 > bytes.length || mp3Frame(bytes, next))) {
			return { at, frame };
		}
	}
	return undefined;
}

const HAS_FRAMES = 1;
const XING_FIELDS = [4, 4, 100, 4];

/** Samples that the encoder has added at both ends, which are no sound; behind a Xing header. */
function padding(bytes: Buffer, xing: number, flags: number): number {
	const told = XING_FIELDS.reduce((sum, size, bit) => sum + ((flags >> bit) & 1 ? size : 0), 0);
	const at = xing + 8 + told + 21;
	if (at + 3 > bytes.length) return 0;
	const both = bytes.readUIntBE(at, 3);
	return (both >> 12) + (both & 0xfff);
}

/** The number of samples that the first frame tells of all; undefined where it is a frame like any other. */
function toldSamples(bytes: Buffer, at: number, { xing, samples }: Frame): number | undefined {
	const isXing = ['Xing', 'Info'].includes(word(bytes, xing));
	if (isXing && xing + 12 <= bytes.length) {
		const flags = bytes.readUInt32BE(xing + 4);
		if ((flags & HAS_FRAMES) === 0) return undefined;
		return bytes.readUInt32BE(xing + 8) * samples - padding(bytes, xing, flags);
	}
	const vbri = at + 36;
	if (word(bytes, vbri) !== 'VBRI' || vbri + 18 > bytes.length) return undefined;
	return bytes.readUInt32BE(vbri + 14) * samples;
}

function mp3Seconds({ bytes, total }: SoundHead, at: number, frame: Frame): number | undefined {
	const samples = toldSamples(bytes, at, frame);
	if (samples !== undefined) return sensible(samples / frame.rate);
	return total === undefined ? undefined : sensible((total - at) / frame.perSecond);
}

/** What a sound is by its content; undefined for what is none of the four. */
export function soundInfo(head: SoundHead): SoundInfo | undefined {
	const { bytes } = head;
	if (word(bytes, 0) === 'RIFF' && word(bytes, 8) === 'WAVE') {
		return { type: 'wav', seconds: wavSeconds(head) };
	}
	if (word(bytes, 4) === 'ftyp') {
		return hasVideo(bytes) ? undefined : { type: 'm4a', seconds: mp4Seconds(bytes) };
	}
	const from = behindTag(bytes);
	if (adtsFrame(bytes, from)) return { type: 'aac', seconds: adtsSeconds(head, from) };
	const first = firstFrame(bytes, from);
	if (first) return { type: 'mp3', seconds: mp3Seconds(head, first.at, first.frame) };
	// The tag is longer than what is there of the file.
	return from >= bytes.length && from > 0 ? { type: 'mp3' } : undefined;
}
