import { refuseParameter } from '../../shared/core/errors';
import { RawInteger } from '../../shared/core/json';
import { refuseValue } from '../../shared/core/quote';
import { isBlank } from '../../shared/n8n/values';
import { asChoice, isCollection, jsonIn } from './values';

/** What expressions and spreadsheets give for one or several addresses and ids. */

/** Takes a text apart. */
type Split = (text: string) => string[];

/**
 * The entries of a list, of a text of JSON, or of a text that `split` takes apart, without those that are blank. An object
 * counts as what it holds under the first of `keys` that it has: the file fields of databases hold objects with `url`.
 */
function entriesOf(value: unknown, keys: readonly string[], split: Split): unknown[] {
	if (isBlank(value)) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => entriesOf(entry, keys, split));
	if (value instanceof RawInteger) return [value.digits];
	if (isCollection(value)) {
		const key = keys.find((name) => !isBlank(value[name]));
		return key === undefined ? [value] : entriesOf(value[key], keys, split);
	}
	if (typeof value !== 'string') return [value];
	const json = jsonIn(value);
	if (json !== undefined) return entriesOf(json, keys, split);
	return split(value).filter((part) => !isBlank(part));
}

/** The end of one address where another begins: else commas and the like belong to the address. */
const BETWEEN_ADDRESSES = /[\s,;]+(?=https?:\/\/|data:)/i;
const IS_ADDRESS = /^\s*https?:\/\//i;
/** How a picture begins as base64: PNG and JPEG. */
const PICTURE_START = 'iVBORw0KGgo|\\/9j\\/';
/** A comma in a web address separates only if white space, the end or a picture follows. */
const IN_ADDRESS = new RegExp(`[,;](?=\\s|$)|,(?=${PICTURE_START})`);
/** The comma of a `data:` prefix separates nothing. */
const IN_BASE64 = new RegExp(`,(?<!base64,)|;(?=\\s|$|${PICTURE_START})`);
const BEGINS_BASE64 = new RegExp(`^(?:data:|${PICTURE_START})`, 'i');
const GOES_ON = new RegExp(`^(?!${PICTURE_START})[\\w+/=-]+$`);

function partsOf(line: string): string[] {
	return line
		.split(BETWEEN_ADDRESSES)
		.flatMap((part) => part.split(IS_ADDRESS.test(part) ? IN_ADDRESS : IN_BASE64))
		.map((part) => part.trim());
}

/** The addresses and pictures of a text; base64 may be broken into lines. */
function addressesIn(text: string): string[] {
	const found: string[] = [];
	for (const line of text.split('\n')) {
		const [first = '', ...others] = partsOf(line);
		const last = found.at(-1) ?? '';
		if (BEGINS_BASE64.test(last) && GOES_ON.test(first)) found[found.length - 1] = last + first;
		else found.push(first);
		found.push(...others);
	}
	return found;
}

/** Under what an object holds an address. A link that was signed for us works where the plain one may not. */
const ADDRESS_KEYS = {
	picture: ['signedUrl', 'images', 'url', 'imageUrl', 'image_url'],
	video: ['signedUrl', 'videos', 'url', 'videoUrl', 'video_url'],
	sound: ['signedUrl', 'audios', 'url', 'audioUrl', 'audio_url'],
	/** What a voice is heard in; that which is nothing but sound comes first. */
	sample: [
		...['signedUrl', 'audios', 'videos', 'url'],
		...['audioUrl', 'audio_url', 'videoUrl', 'video_url'],
	],
	callback: ['url'],
} as const;

export type AddressOf = keyof typeof ADDRESS_KEYS;

/** Addresses of files, or pictures as base64, as texts. Throws `invalidInput`. */
export function asAddresses(value: unknown, displayName: string, of: AddressOf): string[] {
	return entriesOf(value, ADDRESS_KEYS[of], addressesIn).map((entry) =>
		typeof entry === 'string'
			? entry
			: refuseValue(displayName, 'must be text: a web address or base64', entry),
	);
}

/** One address, or a picture as base64; undefined where it is blank. Throws `invalidInput`. */
export function asAddress(value: unknown, displayName: string, of: AddressOf): string | undefined {
	const [first, ...more] = asAddresses(value, displayName, of);
	if (more.length > 0) refuseValue(displayName, 'takes one address', value);
	return first;
}

function textsOf(value: unknown, displayName: string, separator: RegExp): string[] {
	return entriesOf(value, [], (text) => text.split(separator)).map((entry) =>
		typeof entry === 'string' || typeof entry === 'number'
			? String(entry).trim()
			: refuseValue(displayName, 'must be text', entry),
	);
}

/** Names that are separated by commas or lines. Throws `invalidInput`. */
export function asNames(value: unknown, displayName: string): string[] {
	return textsOf(value, displayName, /[,;\n]/);
}

/** Texts, one to a line; undefined where there are none. Throws `invalidInput`. */
export function asLines(value: unknown, displayName: string): string[] | undefined {
	const lines = textsOf(value, displayName, /\r?\n/);
	return lines.length > 0 ? lines : undefined;
}

/** Several of a few values, each in any case or as the panel shows it; undefined where there are none. Throws `invalidInput`. */
export function asChoices(
	value: unknown,
	spec: Parameters<typeof asChoice>[1],
): string[] | undefined {
	const chosen = asNames(value, spec.displayName).flatMap((name) => asChoice(name, spec) ?? []);
	return chosen.length > 0 ? [...new Set(chosen)] : undefined;
}

/** Whole numbers beyond this have lost their last digits before we see them; many of Kling's ids are larger. */
function isBroken(id: unknown): id is number {
	return typeof id === 'number' && !Number.isSafeInteger(id);
}

/** Under what an object holds an id: `elementId` and `element_id` for the parameter `elementIds`. */
function idKeys(name: string): string[] {
	const one = name.replace(/s$/, '');
	return [one, one.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), 'id'];
}

interface Named {
	displayName: string;
	name: string;
}

function readIds(value: unknown, { displayName, name }: Named, split: Split): string[] {
	return entriesOf(value, idKeys(name), split).map((entry) => {
		if (isBroken(entry)) {
			const what = 'must be given as text: as a number it has lost its last digits';
			refuseParameter(displayName, `${what} (${entry})`);
		}
		if (typeof entry === 'string' || typeof entry === 'number') return String(entry).trim();
		return refuseValue(displayName, 'must be an ID as text', entry);
	});
}

/** Ids as texts; small ones may come as numbers. Undefined where there are none. Throws `invalidInput`. */
export function asIds(value: unknown, named: Named): string[] | undefined {
	const ids = readIds(value, named, (text) => text.split(/[\s,;]+/));
	return ids.length > 0 ? ids : undefined;
}

/** Several ids of Kling in one text, or several lines. */
const SEVERAL = /^\s*\d+(?:[\s,;]+\d+)+\s*$|\S\s*\n\s*\S/;

/** One id as text. Names that users choose may hold commas. Throws `invalidInput`. */
export function asId(value: unknown, named: Named): string | undefined {
	const ids = readIds(value, named, (text) =>
		SEVERAL.test(text) ? text.split(/[\s,;]+/) : [text],
	);
	if (ids.length > 1) refuseValue(named.displayName, 'must be one ID', value);
	return ids[0];
}
