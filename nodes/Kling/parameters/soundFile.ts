import { refuseParameter } from '../../shared/core/errors';
import { refuseValue } from '../../shared/core/quote';
import { inMegabytes, plainBase64 } from './base64';
import { soundInfo } from './soundLength';
import type { SoundHead } from './soundLength';

/** Checks of sounds, by their content and not by their name, after the limits of Kling's documentation. */

const MAX_MB = 5;

/** A sound as it is sent, and its length in seconds, where that is known. */
export interface SoundFile {
	sound: string;
	seconds: number | undefined;
}

/** The length in seconds, where the header tells it. Throws `invalidInput` for what is empty, too large, or no such sound. */
export function checkSoundFile(bytes: Buffer, parameter: string): number | undefined {
	if (bytes.length === 0) refuseParameter(parameter, 'is empty');
	if (bytes.length > MAX_MB * 1024 * 1024) {
		refuseParameter(
			parameter,
			`must have at most ${MAX_MB} MB, but has ${inMegabytes(bytes.length)} MB`,
		);
	}
	const info = soundInfo({ bytes, total: bytes.length });
	if (!info) refuseParameter(parameter, 'must be a sound in MP3, WAV, M4A or AAC');
	return info.seconds;
}

/** A sound given as base64. Throws `invalidInput` naming the parameter. */
export function readSoundText(text: string, parameter: string): SoundFile {
	const data = plainBase64(text.trim());
	if (data === undefined) {
		return refuseValue(
			parameter,
			'must be a web address that begins with https://, or a sound as base64',
			text,
		);
	}
	return { sound: data, seconds: checkSoundFile(Buffer.from(data, 'base64'), parameter) };
}

/** The length of a sound on the web by its beginning, in seconds; undefined where it does not tell. */
export function secondsOf(head: SoundHead | undefined): number | undefined {
	return head && soundInfo(head)?.seconds;
}
