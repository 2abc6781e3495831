/** What a sound is and how long it lasts, by its header: real files, made with ffmpeg from 2.5 s of a tone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkSoundFile, readSoundText } from '../../nodes/Kling/parameters/soundFile';
import { soundInfo } from '../../nodes/Kling/parameters/soundLength';
import { wav } from '../sounds';
import { errorOf } from './core/support';

const file = (name: string) => readFileSync(join(__dirname, 'sounds', name));
const whole = (bytes: Buffer) => soundInfo({ bytes, total: bytes.length });

/** Frames of 417 bytes, 1152 samples at 44.1 kHz each; `first` is written into the first. */
function mp3Of(frames: number, first: (frame: Buffer) => void = () => undefined): Buffer {
	const all = Buffer.alloc(frames * 417);
	for (let frame = 0; frame < frames; frame += 1) {
		all.set([0xff, 0xfb, 0x90, 0x00], frame * 417);
	}
	first(all);
	return all;
}

it.each([
	['plain.wav', 'wav', 2.5],
	// 2.5 s and what the encoder adds at its ends.
	['xing-cbr.mp3', 'mp3', 2.5],
	['xing-vbr.mp3', 'mp3', 2.5],
	['plain-cbr.mp3', 'mp3', 2.56],
	['mpeg25.mp3', 'mp3', 2.664],
	['start.m4a', 'm4a', 2.5],
	['end.m4a', 'm4a', 2.5],
	['adts.aac', 'aac', 2.624],
] as const)('%s is %s of %d s', (name, type, seconds) => {
	const info = whole(file(name));
	expect(info?.type).toBe(type);
	expect(info?.seconds).toBeCloseTo(seconds, 2);
});

describe('by the first bytes alone', () => {
	it.each([
		['plain.wav', 2.5],
		['xing-vbr.mp3', 2.5],
		['plain-cbr.mp3', 2.56],
		['start.m4a', 2.5],
	] as const)('%s tells its length', (name, seconds) => {
		const bytes = file(name);
		const info = soundInfo({ bytes: bytes.subarray(0, 2000), total: bytes.length });
		expect(info?.seconds).toBeCloseTo(seconds, 2);
	});

	it.each(['adts.aac', 'end.m4a'])('%s does not', (name) => {
		const bytes = file(name);
		const info = soundInfo({ bytes: bytes.subarray(0, 2000), total: bytes.length });
		expect(info).toMatchObject({ seconds: undefined });
	});

	it('an MP3 of a constant rate needs the length of the file, too', () => {
		const info = soundInfo({ bytes: file('plain-cbr.mp3').subarray(0, 2000), total: undefined });
		expect(info).toEqual({ type: 'mp3', seconds: undefined });
	});

	it('an MP3 behind a long tag is one all the same', () => {
		const tag = Buffer.from([...Buffer.from('ID3'), 3, 0, 0, 0, 0, 0x7f, 0x7f]);
		expect(soundInfo({ bytes: tag, total: 1_000_000 })).toEqual({ type: 'mp3' });
	});
});

it.each([
	['knew no end when it began', 0],
	['writes as much as fits', 0xffffffff],
])('a WAV of a program that %s lasts to its end', (_what, size) => {
	expect(whole(wav(3, { told: size }))?.seconds).toBe(3);
});

it('other chunks of a WAV are passed over, with the byte that fills them up', () => {
	const plain = wav(2);
	const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
	expect(whole(Buffer.concat([plain.subarray(0, 36), list, plain.subarray(36)]))?.seconds).toBe(2);
});

it('an MP3 with a VBRI header lasts as many frames as that tells', () => {
	const told = mp3Of(3, (frame) => {
		frame.write('VBRI', 36);
		frame.writeUInt32BE(200, 50);
	});
	expect(whole(told)?.seconds).toBeCloseTo((200 * 1152) / 44_100, 5);
});

it('bytes before the first frame of an MP3 do not matter', () => {
	const noise = Buffer.from([0, 0xff, 0xfb, 0x90, 0, 0, 0, 0]);
	const info = whole(Buffer.concat([noise, mp3Of(100)]));
	expect(info?.type).toBe('mp3');
	expect(info?.seconds).toBeCloseTo((100 * 1152) / 44_100, 1);
});

it('a long MP4 header of the newer version is read', () => {
	const header = Buffer.alloc(8 + 112);
	header.writeUInt32BE(header.length, 0);
	header.write('mvhd', 4);
	header[8] = 1;
	header.writeUInt32BE(1000, 28);
	header.writeBigUInt64BE(4200n, 32);
	const box = (name: string, content: Buffer) => {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(8 + content.length, 0);
		head.write(name, 4);
		return Buffer.concat([head, content]);
	};
	const movie = Buffer.concat([box('ftyp', Buffer.from('M4A ')), box('moov', header)]);
	expect(whole(movie)).toEqual({ type: 'm4a', seconds: 4.2 });
});

it.each([
	['nothing', Buffer.alloc(0)],
	['a video', file('clip.mp4')],
	['a picture', Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(200, '\0'), 'latin1')],
	['a FLAC', Buffer.from('fLaC'.padEnd(200, '\0'))],
	['an Ogg', Buffer.from('OggS'.padEnd(200, '\0'))],
	['a web page', Buffer.from('<!DOCTYPE html><html></html>'.padEnd(200, ' '))],
	['something like a frame that no other follows', mp3Of(2).fill(0, 417)],
])('%s is no sound of the four', (_what, bytes) => {
	expect(whole(bytes)).toBeUndefined();
});

it('whatever bytes come, nothing is thrown', () => {
	const real = ['xing-cbr.mp3', 'adts.aac', 'start.m4a', 'plain.wav'].map(file);
	for (const bytes of real) {
		for (let length = 0; length < 300; length += 1) {
			expect(() => whole(bytes.subarray(0, length))).not.toThrow();
		}
		const spoilt = Buffer.from(bytes);
		for (let at = 0; at < 200; at += 1) {
			spoilt[at] = 0xff;
			expect(() => whole(spoilt)).not.toThrow();
		}
	}
});

describe('the check of a file', () => {
	it('goes by content and size', () => {
		expect(checkSoundFile(file('plain.wav'), 'Sound')).toBe(2.5);
		expect(errorOf(() => checkSoundFile(file('clip.mp4'), 'Sound')).message).toBe(
			'Sound must be a sound in MP3, WAV, M4A or AAC',
		);
		expect(errorOf(() => checkSoundFile(Buffer.alloc(0), 'Sound')).message).toBe('Sound is empty');
		expect(errorOf(() => checkSoundFile(wav(700, { rate: 8000 }), 'Sound')).message).toBe(
			'Sound must have at most 5 MB, but has 5.4 MB',
		);
	});

	it('takes base64 in lines, with a prefix, and in the alphabet of addresses', () => {
		const base64 = file('mpeg25.mp3').toString('base64');
		const lines = `data:audio/mpeg;base64,${base64.replace(/(.{76})/g, '$1\n')}`;
		for (const given of [base64, lines, base64.replaceAll('+', '-').replaceAll('/', '_')]) {
			const read = readSoundText(given, 'Sound');
			expect(read.sound).toBe(base64);
			expect(read.seconds).toBeCloseTo(2.664, 2);
		}
		expect(errorOf(() => readSoundText('voice.mp3', 'Sound')).message).toBe(
			'Sound must be a web address that begins with https://, or a sound as base64, not "voice.mp3"',
		);
	});
});
