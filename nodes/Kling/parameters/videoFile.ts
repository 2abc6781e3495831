import { refuseParameter } from '../../shared/core/errors';
import { either, inMegabytes, MEGABYTE } from '../../shared/core/words';
import type { Parameter } from './field';
import { readStored, uploadsFor } from './givenFile';
import type { ItemReader } from './reader';
import { address, choice, trimmedText } from './types';

/** Videos, and sounds beside them, as files. Services take their addresses only, so that a file helps where it can be uploaded. */

const TYPES: Readonly<Record<string, string>> = {
	'video/mp4': 'MP4',
	'video/quicktime': 'MOV',
	'audio/mpeg': 'MP3',
	'audio/mp4': 'M4A',
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
	/** Which files are taken: MP4 and MOV, unless said. */
	takes?: ReadonlyArray<keyof typeof TYPES>;
	/** The largest one. */
	maxMb?: number;
	/** How large and long it may be, in words. */
	limits: string;
	displayOptions: Parameter['properties'][number]['displayOptions'];
}

/** A binary field with a video or a sound, as the address that it will have. Throws `invalidInput`. */
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
			const isSound = takes.includes('audio/mp4');
			const file = await readStored(item, binary.read(item) ?? '', title, isSound);
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

interface MediaSpec extends Pick<VideoFileSpec, 'title' | 'takes' | 'limits'> {
	of: 'video' | 'sound';
	/** Begins the names of all its properties. */
	name: string;
	required?: boolean;
	maxMb: number;
	placeholder: string;
	/** Of the choice where it comes from. */
	description: string;
}

/** A video or a sound by its address or as a file; undefined where it is blank. Throws `invalidInput`. */
export function anyMedia({
	of,
	title,
	name,
	required,
	placeholder,
	description,
	...taken
}: MediaSpec): Parameter<Promise<string | undefined>, ItemReader> {
	const when = (source: string) => ({ show: { [`${name}Source`]: [source] } });
	const source = choice({
		displayName: `${title} Input Type`,
		name: `${name}Source`,
		default: 'url',
		description,
		options: [BINARY_FILE, { name: 'URL', value: 'url', description: `Any ${of} on the web` }],
	});
	const url = address({
		of,
		displayName: `${title} URL`,
		name,
		placeholder,
		...(required && { required }),
		description: `Web address of the ${of}: ${taken.limits}${required ? '' : '. Leave empty for none.'}`,
		displayOptions: when('url'),
	});
	const file = videoFile({
		...taken,
		title,
		name: `${name}Binary`,
		displayOptions: when('binary'),
	});
	return {
		properties: [...source.properties, ...url.properties, ...file.properties],
		read: async (item) => (source.read(item) === 'binary' ? await file.read(item) : url.read(item)),
	};
}
