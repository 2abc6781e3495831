import { refuseParameter } from '../../shared/core/errors';
import type { SoundFields } from '../../shared/core/sound';
import { isWebAddress } from '../../shared/core/webAddress';
import { plainBase64 } from './base64';
import { field, offeredUnless, propertiesOf } from './field';
import type { Field, Parameter } from './field';
import { givenBytes, givenText, readBinary } from './givenFile';
import { asAddress } from './lists';
import type { ItemReader } from './reader';
import { checkSoundFile, checkSoundHead, readSoundText } from './soundFile';
import type { SoundFile } from './soundFile';
import { speechSpeed, spokenText } from './speech';
import { anything, choice, id, trimmedText } from './types';

/** The sound of somebody who speaks: a file, a speech that was made before, or a text and a voice. */

const TITLE = 'Sound';
const LIMITS = 'MP3, WAV, M4A or AAC, at most 5 MB';

const when = (source: string) => ({ show: { soundSource: [source] } });

/** How the sound of an operation differs, in the words of the panel. */
interface SoundSpec {
	/** How long it may be: "2 to 60 seconds". */
	length: string;
	/** Of the choice of a text. */
	text: string;
	/** How long a text may be: "in at most 1,000 characters". */
	textLength: string;
	/** What a speech needs besides. */
	speechNeeds?: string;
}

const sourceChoice = (ofText: string) =>
	choice({
		displayName: 'Sound Input Type',
		name: 'soundSource',
		default: 'text',
		description: 'What is said, and where its sound comes from',
		options: [
			{
				name: 'Binary File',
				value: 'binary',
				description: 'A file that an earlier node put into the item',
			},
			{
				name: 'Speech ID',
				value: 'speech',
				description: 'What Generate Speech has made. Not at Ace Data Cloud.',
			},
			{ name: 'Text', value: 'text', description: ofText },
			{
				name: 'URL',
				value: 'url',
				description: 'A web address, or the sound itself as base64 text',
			},
		],
	});

/** Only a text can be spoken faster. */
export const spokenSpeed = offeredUnless(
	{ '/soundSource': ['binary', 'speech', 'url'] },
	field('voice_speed', speechSpeed),
);

/** Files on the web or as text; `length`: "2 to 60 seconds". */
function address(length: string): Parameter {
	return anything({
		displayName: TITLE,
		name: 'sound',
		required: true,
		placeholder: 'e.g. https://example.com/voice.mp3',
		description: `Web address of the sound, or the sound as base64 text (${LIMITS}, ${length})`,
		displayOptions: when('url'),
	});
}

function binaryField(length: string) {
	return trimmedText({
		displayName: `${TITLE} Field`,
		name: 'soundBinary',
		default: 'data',
		required: true,
		typeOptions: { binaryDataProperty: true },
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the binary sound data',
		description: `Binary field of the incoming item with the sound (${LIMITS}, ${length})`,
		displayOptions: when('binary'),
	});
}

const speech = (needs = '') =>
	id({
		displayName: 'Speech ID',
		name: 'audioId',
		required: true,
		placeholder: 'e.g. 829836802793406551',
		description: `The audioId that Generate Speech returned, at most 30 days old${needs}`,
		displayOptions: when('speech'),
	});

/** What the incoming item tells of a speech, if it is the one that Generate Speech has put out. */
function secondsInItem(audioId: string, { context, itemIndex }: ItemReader): number | undefined {
	const json: Record<string, unknown> = context.getInputData()[itemIndex]?.json ?? {};
	if (String(json.audioId) !== audioId) return undefined;
	const { duration } = json;
	return typeof duration === 'number' && duration > 0 ? duration : undefined;
}

function readSpeech(given: string | undefined, item: ItemReader): SoundFields {
	const audioId = given ?? refuseParameter('Speech ID', 'must not be empty');
	return { audio_id: audioId, sound_length: secondsInItem(audioId, item) };
}

/** A web address is opened to find out what it leads to and its length; where that fails, nobody knows. */
async function readGiven(value: unknown, item: ItemReader): Promise<SoundFile> {
	const isBase64 = typeof value === 'string' && plainBase64(value) !== undefined;
	const given = isBase64 ? value : asAddress(value, TITLE, 'sound');
	if (given === undefined) return refuseParameter(TITLE, 'must not be empty');
	const sound = given.trim();
	if (!isWebAddress(sound)) {
		const read = readSoundText(sound, TITLE);
		return { ...read, sound: await givenText(item, read.sound) };
	}
	return { sound, seconds: checkSoundHead(await item.readHead(sound), TITLE) };
}

async function readFile(name: string, item: ItemReader): Promise<SoundFile> {
	const open = async () => await readBinary(item, name, TITLE);
	const bytes = await open();
	const seconds = checkSoundFile(bytes, TITLE);
	return { sound: await givenBytes(item, bytes, open), seconds };
}

function asFields({ sound, seconds }: SoundFile): SoundFields {
	return { sound_file: sound, sound_length: seconds };
}

/** The sound of an operation. Throws `invalidInput`. */
export function soundInput({ length, text, textLength, speechNeeds }: SoundSpec): Field {
	const [onTheWeb, inTheItem] = [address(length), binaryField(length)];
	const [source, speechId] = [sourceChoice(text), speech(speechNeeds)];
	const spoken = spokenText({ length: textLength, displayOptions: when('text') });
	return {
		properties: propertiesOf([source, spoken, onTheWeb, inTheItem, speechId]),
		async read(item) {
			switch (source.read(item)) {
				case 'binary':
					return asFields(await readFile(inTheItem.read(item) ?? '', item));
				case 'speech':
					return readSpeech(speechId.read(item), item);
				case 'url':
					return asFields(await readGiven(onTheWeb.read(item), item));
				default: {
					const said = spoken.read(item);
					return { ...said, text: said.text ?? refuseParameter('Text', 'must not be empty') };
				}
			}
		},
	};
}
