import { isJsonObject } from '../core/json';
import type { Json } from '../core/json';
import type { ElementResult, LibraryResult, LibraryType } from '../core/task';
import { fieldsIn } from './said';
import type { Fields } from './said';
import { idText, linkAt, optionalText } from './schemas';

/**
 * What services tell of an element or a voice: the legacy API (`element_id`, `element_image_list`, `trial_url` …), the new
 * standard (`id`, `references` or `materials`), and Ace Data Cloud, of which only the names are known.
 */

const NOTHING: Fields = new Map();

/** There are eight. */
const MOST_TAGS = 50;

/** Whose presets they are. */
const KLING = 'kling';

export function libraryTypeOf(said: unknown): LibraryType | undefined {
	return said === 'element' || said === 'voice' ? said : undefined;
}

/** Its id in the library; undefined where none is told. */
export function libraryId(type: LibraryType, fields: Fields): string | undefined {
	return [`${type}id`, 'id']
		.map((name) => idText.safeParse(fields.get(name)).data)
		.find((id) => id !== undefined);
}

function textAt(fields: Fields, ...names: string[]): string | undefined {
	return names.map((name) => optionalText.parse(fields.get(name))).find((text) => text);
}

function insideOf(value: Json | undefined): Fields {
	return isJsonObject(value) ? fieldsIn(value) : NOTHING;
}

function entriesAt(fields: Fields, ...names: string[]): Fields[] {
	return names.flatMap((name) => {
		const value = fields.get(name);
		return Array.isArray(value) ? value.map(insideOf) : [];
	});
}

/** What an element was made from, as the new standard lists it. */
function referencesOf(fields: Fields): Fields[] {
	return entriesAt(fields, 'references', 'materials');
}

function madeFrom(fields: Fields): ElementResult['madeFrom'] {
	const said = textAt(fields, 'referencetype', 'elementtype') ?? '';
	if (/^video/.test(said)) return 'video';
	return /image/.test(said) ? 'images' : undefined;
}

function isOf(type: string, role?: string): (reference: Fields) => boolean {
	return (reference) =>
		reference.get('type') === type && (role === undefined || reference.get('role') === role);
}

function toElement(fields: Fields): Omit<ElementResult, 'id' | 'type'> {
	const references = referencesOf(fields);
	const referenceOf = (type: string, role?: string) => references.find(isOf(type, role)) ?? NOTHING;
	const [video = NOTHING] = entriesAt(insideOf(fields.get('elementvideolist')), 'refervideos');
	const tags = entriesAt(fields, 'taglist', 'tags')
		.slice(0, MOST_TAGS)
		.flatMap((tag) => textAt(tag, 'tagname', 'name', 'tagid', 'id') ?? []);
	const voice = referenceOf('voice');
	return {
		name: textAt(fields, 'elementname', 'name'),
		description: textAt(fields, 'elementdescription', 'description'),
		madeFrom: madeFrom(fields),
		imageUrl:
			linkAt(insideOf(fields.get('elementimagelist')), 'frontalimage') ??
			linkAt(referenceOf('image', 'frontal'), 'url'),
		videoUrl: linkAt(video, 'videourl') ?? linkAt(referenceOf('video'), 'url'),
		voiceId:
			libraryId('voice', insideOf(fields.get('elementvoiceinfo'))) ?? libraryId('voice', voice),
		tags: tags.length > 0 ? tags : undefined,
	};
}

/** An element or a voice, by all that is told of it. */
export function toLibraryResult(type: LibraryType, id: string, fields: Fields): LibraryResult {
	const owner = textAt(fields, 'ownedby');
	const shared = {
		id,
		preset: owner === undefined ? undefined : owner.toLowerCase() === KLING,
		deleted: textAt(fields, 'status') === 'deleted' ? true : undefined,
	};
	if (type === 'element') return { type, ...shared, ...toElement(fields) };
	return {
		type,
		...shared,
		name: textAt(fields, 'voicename', 'name'),
		url: linkAt(fields, 'trialurl', 'url', 'voiceurl'),
	};
}
