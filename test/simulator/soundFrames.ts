/** MPEG sounds without a container are rows of frames, each with a header that tells its size. */
interface Frame {
	bytes: number;
	seconds: number;
}

const KBIT = 1000;
/** kbit/s of layer III: of MPEG 1, and of MPEG 2 and 2.5. 0 stands for what is not allowed here. */
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const MP3_RATES = [44_100, 48_000, 32_000, 0];
/** By the version's bits: 2.5, none, 2, 1. */
const RATE_DIVISORS = [4, 0, 2, 1];
const AAC_RATES = [
	96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
	7350,
];
/** Tags behind the sound: ID3v1 and APEv2. */
const END_TAGS = ['TAG', 'APETAGEX'];

/** Length of an MP3 or of AAC in ADTS; undefined when it is neither, or when something else is between its frames. */
export function framesSeconds(bytes: Buffer): number | undefined {
	let at = soundStart(bytes);
	let seconds = 0;
	let isFirst = true;
	while (at < bytes.length && !isEndTag(bytes, at)) {
		const frame = frameAt(bytes, at);
		// The last one may be cut off.
		if (!frame) return isFirst || at + 7 <= bytes.length ? undefined : seconds;
		const isIndex = isFirst && holdsIndex(bytes.subarray(at, at + frame.bytes));
		if (!isIndex && at + frame.bytes <= bytes.length) seconds += frame.seconds;
		at += frame.bytes;
		isFirst = false;
	}
	return seconds > 0 ? seconds : undefined;
}

/** Behind an ID3v2 tag, whose size has seven bits in each byte. */
function soundStart(bytes: Buffer): number {
	if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < 10) return 0;
	const size = [6, 7, 8, 9].reduce((sum, place) => (sum << 7) | ((bytes[place] ?? 0) & 0x7f), 0);
	return 10 + size;
}

function isEndTag(bytes: Buffer, at: number): boolean {
	return END_TAGS.some((tag) => bytes.toString('latin1', at, at + tag.length) === tag);
}

/** Some encoders put a frame before the sound that holds only how many there are. */
function holdsIndex(frame: Buffer): boolean {
	return ['Xing', 'Info', 'VBRI'].some((word) => frame.subarray(0, 48).includes(word, 0, 'latin1'));
}

function frameAt(bytes: Buffer, at: number): Frame | undefined {
	if (at + 7 > bytes.length || bytes.readUInt16BE(at) < 0xffe0) return undefined;
	const layer = ((bytes[at + 1] ?? 0) >> 1) & 3;
	if (layer === 1) return mp3Frame(bytes.readUInt32BE(at));
	return layer === 0 ? aacFrame(bytes.subarray(at, at + 7)) : undefined;
}

function mp3Frame(header: number): Frame | undefined {
	const version = (header >>> 19) & 3;
	const divisor = RATE_DIVISORS[version] ?? 0;
	const rate = (MP3_RATES[(header >>> 10) & 3] ?? 0) / divisor;
	const isFirstVersion = divisor === 1;
	const bitrate = (isFirstVersion ? BITRATES_1 : BITRATES_2)[(header >>> 12) & 15] ?? 0;
	if (divisor === 0 || rate === 0 || bitrate === 0) return undefined;
	const samples = isFirstVersion ? 1152 : 576;
	const padding = (header >>> 9) & 1;
	return {
		bytes: Math.floor(((samples / 8) * bitrate * KBIT) / rate) + padding,
		seconds: samples / rate,
	};
}

function aacFrame(header: Buffer): Frame | undefined {
	const rate = AAC_RATES[((header[2] ?? 0) >> 2) & 15];
	const bytes = (header.readUInt32BE(3) >>> 13) & 0x1fff;
	if (rate === undefined || bytes < 7) return undefined;
	const blocks = (header[6] ?? 0) & 3;
	return { bytes, seconds: (1024 * (blocks + 1)) / rate };
}
