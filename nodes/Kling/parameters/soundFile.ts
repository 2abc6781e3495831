import { refuseParameter } from '../../shared/core/errors';
import { refuseValue } from '../../shared/core/quote';
import { inMegabytes, MEGABYTE } from '../../shared/core/words';
import { fileType } from '../../shared/n8n/fileType';
import { plainBase64 } from './base64';
import { soundInfo } from './soundLength';
import type { SoundHead } from './soundLength';

/** Checks of sounds, by their content and not by their name, after the limits of Kling's documentation. */

const MAX_MB = 5;
/** What `fileType` makes of bytes that it does not know. */
const UNKNOWN = 'audio/unknown';

/** A sound as it is sent, and its length in seconds, where that is known. */
export interface SoundFile {
	sound: string;
	seconds: number | undefined;
}

function checkSize(bytes: number, parameter: string): void {
	if (bytes <= MAX_MB * MEGABYTE) return;
	refuseParameter(parameter, `must have at most ${MAX_MB} MB, but has ${inMegabytes(bytes)} MB`);
}

function refuseNoSound(parameter: string): never {
	refuseParameter(parameter, 'must be a sound in MP3, WAV, M4A or AAC');
}

/** The length in seconds, where the header tells it. Throws `invalidInput` for what is empty, too large, or no such sound. */
export function checkSoundFile(bytes: Buffer, parameter: string): number | undefined {
	if (bytes.length === 0) refuseParameter(parameter, 'is empty');
	checkSize(bytes.length, parameter);
	const info = soundInfo({ bytes, total: bytes.length });
	if (!info) refuseNoSound(parameter);
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

/** What begins as one of these may be a sound although nobody finds its first frame. */
const MAY_BE_SOUND = new Set(['audio/mpeg', 'audio/aac', 'audio/wav', UNKNOWN]);

/** Whether bytes are certainly something else: a page, a picture, a film, or a sound of another format. */
function isNoSound(bytes: Buffer): boolean {
	const type = fileType(bytes, { named: '', expected: UNKNOWN });
	return type === undefined || !MAY_BE_SOUND.has(type);
}

/**
 * The length of a sound on the web by its beginning, in seconds; undefined where it does not tell, or could not be had.
 * Throws `invalidInput` for what is too large or certainly no such sound: what else it is, is left to the service.
 */
export function checkSoundHead(head: SoundHead | undefined, parameter: string): number | undefined {
	if (!head) return undefined;
	checkSize(head.total ?? 0, parameter);
	const info = soundInfo(head);
	if (!info && isNoSound(head.bytes)) refuseNoSound(parameter);
	return info?.seconds;
}
