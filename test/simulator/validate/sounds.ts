import { badValue } from '../refusal';
import { soundSeconds } from '../soundLength';
import { decodeBase64 } from './base64';
import { isHttpUrl, type Fields } from './fields';
import type { Length, ValidationContext } from './order';

const LARGEST_BYTES = 5 * 1024 * 1024;
const USABLE_MS = 30 * 24 * 60 * 60 * 1000;
/** Of a sound whose address does not tell its length. */
const UNTOLD_SECONDS = 10;
const SECOND_MS = 1000;

/** In seconds. */
interface Limits {
	min: number;
	max: number;
}

/** `audio_id` of a speech of the last 30 days, or `sound_file`. */
export function readSound(fields: Fields, context: ValidationContext, limits: Limits): Length {
	const audioId = fields.text('audio_id');
	const file = fields.text('sound_file');
	if ((audioId === undefined) === (file === undefined)) {
		throw badValue(
			`One of ${fields.name('audio_id')} and ${fields.name('sound_file')} is required`,
		);
	}
	const length =
		audioId === undefined ? soundOf(file ?? '', context) : speechLength(audioId, context);
	checkSoundLength(length, limits);
	return length;
}

/** A sound by its address or as bare base64. */
export function soundOf(value: string, context: ValidationContext): Length {
	return isHttpUrl(value) ? soundAt(value, context) : soundIn(value);
}

/** A sound by its address alone. */
export function soundAt(url: string, context: ValidationContext): Length {
	return context.lengthAt(url) ?? { seconds: UNTOLD_SECONDS, ms: UNTOLD_SECONDS * SECOND_MS };
}

/** A sound as bare base64; what it is, its content tells. A begun millisecond counts. */
export function soundIn(base64: string): Length {
	const bytes = decodeBase64(base64);
	if (bytes.length > LARGEST_BYTES) throw badValue('Audio size must not exceed 5MB');
	const seconds = soundSeconds(bytes);
	if (seconds === undefined) throw badValue('Audio format is not supported, only mp3/wav/m4a/aac');
	return { seconds, ms: Math.ceil(Number((seconds * SECOND_MS).toFixed(3))) };
}

export function checkSoundLength({ ms }: Length, { min, max }: Limits): void {
	if (ms < min * SECOND_MS || ms > max * SECOND_MS)
		throw badValue(`The duration of the audio must be between ${min} and ${max} seconds`);
}

function speechLength(audioId: string, context: ValidationContext): Length {
	const speech = context.speech(audioId);
	if (!speech) throw badValue(`Audio not found by id: ${audioId}`);
	if (speech.ageMs > USABLE_MS) throw badValue('The audio is more than 30 days old');
	return { seconds: speech.seconds, ms: Math.round(speech.seconds * SECOND_MS) };
}
