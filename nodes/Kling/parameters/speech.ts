import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { languageFor, SPEECH_VOICES } from '../../shared/core/speechVoices';
import type { SpeechVoice } from '../../shared/core/speechVoices';
import { LABELS } from '../../shared/core/words';
import { folded } from '../../shared/n8n/values';
import { propertiesOf } from './field';
import type { Parameter } from './field';
import { choice, number, picked, text } from './types';
import { asText } from './values';

/** How a text is spoken: the same parameters wherever a text becomes speech. */

const AUTOMATIC = 'auto';

/** What the parameters give; the speed is an option of its own. */
export interface Spoken {
	text?: string;
	voice_id?: string;
	voice_language?: string;
}

function titleOf({ id, name }: SpeechVoice): string {
	return name === undefined ? id : `${name} (${id})`;
}

/** "Sunny (genshin_vindi2): Chinese, English" */
function entryOf(voice: SpeechVoice): { name: string; value: string } {
	const languages = voice.languages.map((language) => LABELS.language[language]).join(', ');
	return { name: `${titleOf(voice)}: ${languages}`, value: voice.id };
}

/** Fills the list of the Voice parameter. Any other ID can still be typed. */
export async function searchSpeechVoices(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = folded(filter);
	const results = SPEECH_VOICES.map(entryOf).filter(({ name }) => folded(name).includes(wanted));
	return await Promise.resolve({ results });
}

/** The ID of a voice, also by the name that the list shows. Throws `invalidInput`. */
function readVoice(value: unknown): string | undefined {
	const given = asText(value, 'Voice')?.trim();
	if (given === undefined) return undefined;
	const known = SPEECH_VOICES.find((voice) =>
		[voice.id, voice.name ?? '', titleOf(voice)].map(folded).includes(folded(given)),
	);
	return known?.id ?? given;
}

const [PRESET = { id: '', languages: [] }] = SPEECH_VOICES;

/** Text, Voice and Language. What is left blank stays so; the language is that of the voice, or of the text. */
export function spokenText({
	length = 'in at most 1,000 characters',
	displayOptions,
}: {
	length?: string;
	displayOptions?: INodeProperties['displayOptions'];
} = {}): Parameter<Spoken> {
	const shown = displayOptions && { displayOptions };
	const words = text({
		displayName: 'Text',
		name: 'text',
		rows: 3,
		required: true,
		placeholder: 'e.g. Hello, and welcome to our shop',
		description: `What is said, ${length}`,
		...shown,
	});
	const voice = picked(
		{
			displayName: 'Voice',
			name: 'voice',
			required: true,
			description:
				'Who says it. These voices are others than the custom ones, which speech from text does not take.',
			preset: { value: PRESET.id, name: titleOf(PRESET) },
			list: { method: 'searchSpeechVoices', placeholder: 'Select a voice…' },
			typed: {
				displayName: 'By ID',
				name: 'id',
				placeholder: 'e.g. oversea_male1',
				hint: 'Any voice for speech from text, also one that is newer than this node',
			},
			...shown,
		},
		readVoice,
	);
	const language = choice({
		displayName: 'Language',
		name: 'language',
		default: AUTOMATIC,
		description: 'The language of the text, which the voice must speak',
		options: [
			{
				name: 'Automatic',
				value: AUTOMATIC,
				description: 'That of the voice, or else Chinese if the text has Chinese characters',
			},
			{
				name: LABELS.language.zh,
				value: 'zh',
				description: 'Also for a text with other words in it',
			},
			{
				name: LABELS.language.en,
				value: 'en',
				description: 'Also for a text with other words in it',
			},
		],
		...shown,
	});
	return {
		properties: propertiesOf([words, voice, language]),
		read(item) {
			const [said, by, chosen] = [words.read(item), voice.read(item), language.read(item)];
			const automatic = said === undefined ? undefined : languageFor(said, by ?? '');
			return {
				text: said,
				voice_id: by,
				voice_language: chosen === AUTOMATIC ? automatic : chosen,
			};
		},
	};
}

/** A member of Options. */
export const speechSpeed = number({
	displayName: 'Speech Speed',
	name: 'speechSpeed',
	default: 1,
	min: 0.8,
	max: 2,
	precision: 2,
	description: 'How fast the text is spoken, from 0.8 to 2',
});
