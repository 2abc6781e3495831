import { refuseParameter } from '../../shared/core/errors';
import { either, inMegabytes, MEGABYTE } from '../../shared/core/words';
import type { Parameter } from './field';
import { readStored, uploadsFor } from './givenFile';
import type { ItemReader } from './reader';
import { address, choice, trimmedText } from './types';

/** Videos as files. Services take their addresses only, so that a file helps where it can be uploaded. */

const TYPES: Readonly<Record<string, string>> = {
	'video/mp4': 'MP4',
	'video/quicktime': 'MOV',
	'audio/mpeg': 'MP3',
	'audio/wav': 'WAV',
};

/** The choice of a file, beside that of an address. */
export const BINARY_FILE = {
	name: 'Binary File',
	value: 'binary',
	description:
		'A file that an earlier node put into the item. Only Ace Data Cloud takes it, with a Platform Token in the credential.',
};

interface VideoFileSpec {
	/** Also what refusals call it: "Motion Video". */
	title: string;
	/** Of the property. */
	name: string;
	/** Which files are taken. */
	takes?: ReadonlyArray<keyof typeof TYPES>;
	/** The largest one. */
	maxMb?: number;
	/** How large and long it may be, in words. */
	limits: string;
	displayOptions: Parameter['properties'][number]['displayOptions'];
}

/** A binary field with a video, as the address that it will have. Throws `invalidInput`. */
export function videoFile({
	title,
	name,
	takes = ['video/mp4', 'video/quicktime'],
	maxMb = Infinity,
	limits,
	displayOptions,
}: VideoFileSpec): Parameter<Promise<string>, ItemReader> {
	const binary = trimmedText({
		displayName: `${title} Field`,
		name,
		default: 'data',
		required: true,
		typeOptions: { binaryDataProperty: true },
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the file',
		description: `Binary field of the incoming item with the file: ${limits}`,
		displayOptions,
	});
	return {
		properties: binary.properties,
		async read(item) {
			const uploads = uploadsFor(item, title);
			const file = await readStored(item, binary.read(item) ?? '', title);
			if (!takes.includes(file.type)) {
				refuseParameter(
					title,
					`must be a file in ${either(takes.map((type) => TYPES[type] ?? ''))}`,
				);
			}
			if (file.size > maxMb * MEGABYTE) {
				refuseParameter(
					title,
					`must have at most ${maxMb} MB, but has ${inMegabytes(file.size)} MB`,
				);
			}
			return uploads.keep(file);
		},
	};
}

interface VideoSpec {
	/** "Motion Video". */
	title: string;
	required?: boolean;
	maxMb: number;
	/** Which videos Kling takes. */
	limits: string;
	placeholder: string;
	/** Of the choice where it comes from. */
	description: string;
}

const NAME = 'videoUrl';
const SOURCE = `${NAME}Source`;

/** A video by its address or as a file, for the one video of an operation; undefined where it is blank. Throws `invalidInput`. */
export function anyVideo({
	title,
	required,
	maxMb,
	limits,
	placeholder,
	description,
}: VideoSpec): Parameter<Promise<string | undefined>, ItemReader> {
	const when = (source: string) => ({ show: { [SOURCE]: [source] } });
	const source = choice({
		displayName: `${title} Input Type`,
		name: SOURCE,
		default: 'url',
		description,
		options: [BINARY_FILE, { name: 'URL', value: 'url', description: 'Any video on the web' }],
	});
	const url = address({
		of: 'video',
		displayName: `${title} URL`,
		name: NAME,
		placeholder,
		...(required && { required }),
		description: `Web address of the video: ${limits}${required ? '' : '. Leave empty for none.'}`,
		displayOptions: when('url'),
	});
	const file = videoFile({
		title,
		name: `${NAME}Binary`,
		maxMb,
		limits,
		displayOptions: when('binary'),
	});
	return {
		properties: [...source.properties, ...url.properties, ...file.properties],
		read: async (item) => (source.read(item) === 'binary' ? await file.read(item) : url.read(item)),
	};
}
