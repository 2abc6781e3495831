import { z } from 'zod';

import { refuseParameter } from './errors';
import { faultIn } from './operations/fields';
import { checkVoice, spokenFields } from './speech';
import type { SpokenFields } from './speech';
import { CAME } from './words';

/**
 * The sound of somebody who speaks in a video: a file, a speech that was made before, or a text and a voice, of which a
 * speech is made first.
 */

const LENGTH = `must be a number of seconds, not ${CAME}`;

/** Times are in seconds here, whatever a service wants. */
export const soundFields = {
	/** Of a speech of the last 30 days. */
	audio_id: z
		.string()
		.trim()
		.min(1, { message: 'must not be empty' })
		.optional()
		.describe('Speech ID'),
	/** A web address or raw base64; whoever read it from the item has checked which. */
	sound_file: z.string().min(1, { message: 'must not be empty' }).optional().describe('Sound'),
	/** Of the sound; absent where nobody knows it. What we found out, not what was asked for: it never leaves as it is. */
	sound_length: z
		.number({ message: LENGTH })
		.positive({ message: LENGTH })
		.optional()
		.describe('Sound Length'),
	...spokenFields,
};

export interface SoundFields extends SpokenFields {
	audio_id?: string;
	sound_file?: string;
	sound_length?: number;
}

/** Exactly one sound, and a voice that fits the text. */
export function checkSound(request: SoundFields, context: z.RefinementCtx): void {
	const fault = faultIn(context);
	const { audio_id, sound_file, text, voice_id, voice_speed } = request;
	const given = [audio_id, sound_file, text].filter((sound) => sound !== undefined);
	if (given.length === 0) fault('sound_file', 'or Speech ID or Text must be given');
	if (given.length > 1)
		fault(
			'sound_file',
			'cannot be combined with a second sound: give one of Sound, Speech ID and Text',
		);
	if (text === undefined) {
		if (voice_speed !== undefined) fault('voice_speed', 'can be given only with a Text');
		return;
	}
	if (text.trim() === '') fault('text', 'must not be empty');
	if (voice_id === undefined) fault('voice_id', 'must be chosen');
	checkVoice(request, context);
}

/** How long sounds may be, in seconds. */
export interface SoundBounds {
	min: number;
	max: number;
}

/** Refuses a sound that is known to be too short or too long; `of`: "Lip Sync". Throws `invalidInput`. */
export function checkSoundLength(
	{ sound_length: length, audio_id }: SoundFields,
	{ min, max }: SoundBounds,
	of: string,
): void {
	if (length === undefined || (length >= min && length <= max)) return;
	const rounded = Math.round(length * 10) / 10;
	const bounds = `${min} to ${max} seconds for ${of}`;
	if (audio_id === undefined) {
		refuseParameter('Sound', `must last ${bounds}, but lasts ${rounded}`);
	}
	refuseParameter('Speech ID', `must name a speech of ${bounds}, but this one lasts ${rounded}`);
}

/** A word or two that no voice takes two seconds for, however slowly it speaks. */
const SURELY_SHORT = /^[\p{Script=Latin}\p{Script=Han}\d]{1,2}[.!?。！？]?$/u;

/** Refuses a text that is surely spoken too fast, before its speech is paid for. Throws `invalidInput`. */
export function checkShortText(text: string, { min }: SoundBounds, of: string): void {
	if (!SURELY_SHORT.test(text.trim())) return;
	refuseParameter('Text', `must be longer: ${of} needs a sound of at least ${min} seconds`);
}

/** Refuses the speech of a text for its length, in words of what a person has entered. Throws `invalidInput`. */
export function checkSpeechLength(
	seconds: number | undefined,
	{ min, max }: SoundBounds,
	of: string,
): void {
	if (seconds === undefined || (seconds >= min && seconds <= max)) return;
	const [change, limit] =
		seconds < min
			? ['longer, or Speech Speed lower', `at least ${min}`]
			: ['shorter, or Speech Speed higher', `at most ${max}`];
	const rounded = Math.round(seconds * 10) / 10;
	refuseParameter(
		'Text',
		`must be ${change}: it is spoken in ${rounded} seconds, and ${of} needs ${limit}`,
	);
}

/** A request as it is known by: without what we only found out, which another try may not find out again. */
export function asAsked<Request extends object>(request: Request): Omit<Request, 'sound_length'> {
	const { sound_length: _length, ...asked } = request as Request & SoundFields;
	return asked;
}
