import { badValue } from '../refusal';
import type { Fields } from './fields';
import { SPEECH_VOICES, type SpeechLanguage } from './speechVoices';

const TEXT_MAX = 1000;
const SPEED = { min: 0.8, max: 2 };
/** Characters a second at the usual speed. */
const PACE: Readonly<Record<SpeechLanguage, number>> = { zh: 4, en: 8 };
const ANY = { min: -Infinity, max: Infinity };

export interface SpeechOrder {
	text: string;
	/** Length of the sound, with one decimal. */
	seconds: number;
}

/** POST /v1/audio/tts: a speed out of range is moved into it. */
export function readSpeech(fields: Fields): SpeechOrder {
	const text = fields.text('text', { required: true, max: TEXT_MAX }) ?? '';
	const language = readVoice(fields, { languageRequired: true });
	const speed = fields.number('voice_speed', ANY) ?? 1;
	const inRange = Math.min(Math.max(speed, SPEED.min), SPEED.max);
	return { text, seconds: speechSeconds(text, language, inRange) };
}

/** A text with its voice, of the calls that speak it themselves; a speed out of range is refused. */
export function readSpokenText(fields: Fields, rules: { max: number }): SpeechOrder {
	const text = fields.text('text', { required: true, max: rules.max }) ?? '';
	const language = readVoice(fields, { languageRequired: false });
	const speed = fields.number('voice_speed', SPEED) ?? 1;
	return { text, seconds: speechSeconds(text, language, speed) };
}

/** The language, which the voice must speak. */
function readVoice(fields: Fields, rules: { languageRequired: boolean }): SpeechLanguage {
	const voice = fields.text('voice_id', { required: true }) ?? '';
	const language = (fields.text('voice_language', {
		required: rules.languageRequired,
		oneOf: ['zh', 'en'],
	}) ?? 'zh') as SpeechLanguage;
	const spoken = SPEECH_VOICES.get(voice);
	if (!spoken) throw badValue('Voice id not found');
	if (!spoken.includes(language))
		throw badValue(
			`${fields.name('voice_language')} value '${language}' is invalid: ${voice} speaks ${spoken.join(', ')}`,
		);
	return language;
}

function speechSeconds(text: string, language: SpeechLanguage, speed: number): number {
	const seconds = Array.from(text).length / PACE[language] / speed;
	return Number(Math.max(seconds, 0.1).toFixed(1));
}
