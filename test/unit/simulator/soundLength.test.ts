import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mp3File, wavFile } from '../../simulator/media';
import { soundSeconds } from '../../simulator/soundLength';
import { soundSample } from './speaking';

// What ffprobe tells of the same files: 2.592, 2.534, 2.534 (by the encoder's index), 2.5; of bare AAC it only estimates.
it.each([
	['MP3 with one bitrate', 'cbr.mp3', 2.592],
	['MP3 with longer frames now and then', 'padded.mp3', 2.534],
	['MP3 with many', 'vbr.mp3', 2.534],
	['AAC without a container', 'sound.aac', 2.624],
	['AAC in an MP4', 'sound.m4a', 2.5],
])('knows the length of %s', (_name, file, seconds) => {
	expect(soundSeconds(soundSample(file))).toBeCloseTo(seconds, 3);
});

it('knows the length of what it serves itself', () => {
	expect(soundSeconds(mp3File('a', 4.8).bytes())).toBeCloseTo(4.8, 3);
	expect(soundSeconds(wavFile('a', 4.8).bytes())).toBeCloseTo(4.8, 3);
});

it('reads a WAV whose writer did not know its length yet', () => {
	const bytes = wavFile('', 3).bytes();
	const at = bytes.indexOf('data') + 4;
	bytes.writeUInt32LE(0xffffffff, at);
	expect(soundSeconds(bytes.subarray(0, at + 4 + 16_000))).toBe(1);
});

it('passes over tags around an MP3', () => {
	const tag = Buffer.alloc(128);
	tag.write('TAG');
	const bytes = Buffer.concat([mp3File('a', 2.4).bytes(), tag]);
	expect(soundSeconds(bytes)).toBeCloseTo(2.4, 3);
});

it.each([
	['nothing', Buffer.alloc(0)],
	['a text', Buffer.from('This is no sound at all.')],
	['a video', readFileSync(join(__dirname, '../../simulator/assets/video.mp4'))],
	['a video with a sound', soundSample('film.mp4')],
	['a picture', readFileSync(join(__dirname, '../../simulator/assets/image.png'))],
	['an Ogg file', Buffer.concat([Buffer.from('OggS\0'), Buffer.alloc(100)])],
	['a WAV without sound', Buffer.from('RIFF....WAVE')],
	['an MP3 that begins with something else', Buffer.from('x' + String(soundSample('cbr.mp3')))],
])('knows that %s is no sound', (_name, bytes) => {
	expect(soundSeconds(bytes)).toBeUndefined();
});
