import { z } from 'zod';

import type { Json } from './json';
import { defineCall } from './operations/define';
import { choice, faultIn, neededText, text, within } from './operations/fields';
import { languagesOf, SPEECH_LANGUAGES } from './speechVoices';
import { LABELS } from './words';

/**
 * A text that a voice reads out. Official reference: POST /v1/audio/tts. The answer is the sound itself: there is no task,
 * and nobody can ask for it again.
 */

/** Longest text, in characters. */
const SPEECH_TEXT_MAX = 1000;

const voiceId = z
	.string({ message: 'must be chosen' })
	.trim()
	.min(1, { message: 'must be chosen' });

/** How a text is spoken, where an operation may also do without. */
export const spokenFields = {
	text: text(SPEECH_TEXT_MAX).optional().describe('Text'),
	voice_id: voiceId.optional().describe('Voice'),
	voice_language: choice(SPEECH_LANGUAGES, LABELS.language).optional().describe('Language'),
	voice_speed: within(0.8, 2).optional().describe('Speech Speed'),
};

export interface SpokenFields {
	text?: string;
	voice_id?: string;
	voice_language?: 'zh' | 'en';
	voice_speed?: number;
}

/** The rule between a voice and its language. A voice that is not in the list may speak any. */
export function checkVoice(
	{ voice_id = '', voice_language }: SpokenFields,
	context: z.RefinementCtx,
): void {
	const spoken = languagesOf(voice_id);
	if (!spoken || voice_language === undefined || spoken.includes(voice_language)) return;
	const languages = spoken.map((language) => LABELS.language[language]).join(' or ');
	faultIn(context)('voice_language', `must be ${languages} with the voice ${voice_id}`);
}

/** What a speech is made from. */
export const speechCall = defineCall(
	{
		text: neededText(SPEECH_TEXT_MAX).describe('Text'),
		voice_id: voiceId.describe('Voice'),
		voice_language: choice(SPEECH_LANGUAGES, LABELS.language).describe('Language'),
		voice_speed: spokenFields.voice_speed,
	},
	checkVoice,
);

export type SpeechRequest = z.output<typeof speechCall.schema>;

/** A text that was read out. */
export interface Speech {
	/** By which other operations take it, for 30 days; absent where the service names none. */
	audioId?: string;
	/** An MP3. */
	url: string;
	/** Seconds. */
	duration?: number;
	/** Milliseconds since 1970. */
	createdAt?: number;
	/** What it cost in the service's units, as the service writes it. */
	unitsDeducted?: string;
	/** The service's answer, untouched; absent where it is too long to be kept. */
	raw?: Json;
}
