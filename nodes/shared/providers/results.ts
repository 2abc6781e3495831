import { isJsonObject, unfolded } from '../core/json';
import type { Json } from '../core/json';
import { KINDS, resultTypesOf } from '../core/kinds';
import type { Kind } from '../core/kinds';
import { fieldsOf } from '../core/requests';
import { SUBTITLE_FORMATS } from '../core/task';
import type { ImageResult, Result, ResultType, SubtitleResult, TaskStatus } from '../core/task';
import { libraryId, libraryTypeOf, toLibraryResult } from './libraryResult';
import { fieldsIn, plainKey } from './said';
import type { Fields } from './said';
import { idText, isDataUri, isLink, linkAt, optionalSeconds } from './schemas';

/**
 * Finds what a task made in whatever a service answers: one rule for all shapes.
 *
 * **A link is a result only where services put results.** So the request that an answer repeats (`request`, `input`,
 * `task_info` …), callback addresses, covers, avatars, watermarked copies and pages about errors never count.
 * - `LISTS` and `PARTS` hold results: links as text, objects with links, lists of both, or all that as JSON text.
 * - `WRAPPINGS` hold the record once more, or its results.
 * - `LINKS` are the keys of a link itself, the best first.
 *
 * Elements and voices are no links: they count by their ids, and what is told of them holds no result of its own.
 *
 * **The innermost counts**: an object is read for its parts; if they hold nothing, for what it wraps; if that holds nothing
 * either, for its own links. So a result comes out once, from where most is told of it.
 *
 * **Beside the id of the task** a relay may repeat the request. There what is no video counts only for kinds that make it, and a
 * key that the request has, too, only if the service says that the task succeeded.
 *
 * Keys are compared in small letters, without "_" and "-"; an entry says what type its results are of.
 */
type Keys = ReadonlyMap<string, ResultType | undefined>;

function keys(any: string, typed: Partial<Record<ResultType, string>> = {}): Keys {
	const ofType = Object.entries(typed) as Array<[ResultType, string]>;
	return new Map([
		...ofType.flatMap(([type, words]) => words.split(' ').map((word) => [word, type] as const)),
		...any.split(' ').map((word) => [word, undefined] as const),
	]);
}

/** As Kling documents them: what stands there is a result, whatever the kind makes. */
const LISTS = keys('outputs', {
	video: 'videos productvideo subbedvideo',
	image: 'images seriesimages modelimages',
	audio: 'audios',
	subtitle: 'srt ass',
	element: 'elements',
	voice: 'voices',
});
/**
 * The image of a clothing video. It counts beside the other results only: a request for a try-on has an image of that name,
 * which an answer may repeat.
 */
const PRODUCT_IMAGE = 'productimage';
const BESIDE_IT = ['productvideo', 'modelimages'];
const CLOTHING_LISTS: Keys = new Map([[PRODUCT_IMAGE, 'image' as const], ...LISTS]);
/** What the images of a list show, in the service's word. */
const ROLES = new Map([
	[PRODUCT_IMAGE, 'product_image'],
	['modelimages', 'model_images'],
]);
const PARTS = keys('taskresult output results result resultjson content works generations', {
	video: 'video',
	image: 'image',
	audio: 'audio',
});
const WRAPPINGS = keys('data response metadata');
/** Old versions of new-api put the link of a finished video into the place of a reason. */
const REASON = 'failreason';
const LINKS = keys(
	`resourcewithoutwatermark resulturl resulturls outputurl outputurls downloadurl fileurl mediaurl url urls resource ${REASON}`,
	{
		video: 'videourl videourls',
		image: 'imageurl imageurls b64json',
		audio: 'audiourl urlmp3 mp3url urlwav wavurl',
	},
);
/** The only links that stand side by side: one subject from three angles, each in sets of which the service tells the index. */
const ANGLES = keys('url1 url2 url3');

/** What is nested deeper than this is nobody's doing. */
const DEEPEST = 8;
/** No service makes videos that long, so it counts milliseconds. */
const LONGEST_SECONDS = 1000;

/** What is known of a record whose results are wanted. */
export interface ResultContext {
	kind: Kind | undefined;
	/** What its status word means. */
	status: TaskStatus | undefined;
	/** Whether it is the task itself, with its id and perhaps its request, and not only what the task made. */
	isTask: boolean;
}

/** The link in a text; undefined where it is none. `isBase64`: it may be a picture without a prefix. */
type ReadLink = (text: string, isBase64: boolean) => string | undefined;

/** Where in a record the reader is, and what it looks for. */
interface Place extends ResultContext {
	depth: number;
	readLink: ReadLink;
	type?: ResultType;
	isListed?: boolean;
	/** What images there show. */
	role?: string;
	/** How long each result is, told beside them. */
	seconds?: number;
}

/** A link, or the id of an element or a voice, and what stands beside it. */
interface Found extends Place {
	type: ResultType;
	mark: string;
	fields: Fields;
	/** The key of a link. */
	key?: string;
}

function secondsIn(value: Json | undefined): number | undefined {
	if (value === undefined) return undefined;
	const told = optionalSeconds.parse(value);
	return told !== undefined && told > LONGEST_SECONDS ? told / 1000 : told;
}

/** A web address or a `data:` URI, which is made of base64 where that is wanted; undefined for every other text. */
function linkIn(text: string, isBase64: boolean): string | undefined {
	const link = text.trim();
	if (isLink(link) || isDataUri(link)) return link;
	if (!isBase64 || !/^[A-Za-z0-9+/\s]+=*$/.test(link)) return undefined;
	return `data:image/${link.startsWith('/9j/') ? 'jpeg' : 'png'};base64,${link}`;
}

/** The address of something that cannot be fetched: a file of the service's own machine, a bucket, a `data:` URI of no file. */
function otherLinkIn(text: string): string | undefined {
	const link = text.trim();
	const isOther = /^(?!https?:)([a-z][a-z\d+.-]*:\/\/|(data|file|blob):)\S+$/i.test(link);
	return isOther && !isDataUri(link) ? link : undefined;
}

/** The format of subtitles, which the type of an entry tells, or the end of its link. */
function subtitleFormat(said: Json | undefined, link = ''): SubtitleResult['format'] | undefined {
	const [, ending] = /\.(\w+)(?:\?|$)/.exec(link) ?? [];
	return SUBTITLE_FORMATS.find((format) => format === said || format === ending);
}

/** `video`, and sorts of it such as `product_video`; likewise for images. */
function saidType(said: Json | undefined, link?: string): ResultType | undefined {
	if (subtitleFormat(said, link)) return 'subtitle';
	const [, word] =
		/^(?:\w+_)?(video|image|audio)s?$/.exec(typeof said === 'string' ? said : '') ?? [];
	return word as 'video' | 'image' | 'audio' | undefined;
}

/** What an image shows, where its type tells more than that it is one: `product_image`. */
function roleIn(fields: Fields): string | undefined {
	const said = fields.get('type');
	return typeof said === 'string' && /^\w{1,40}_images?$/.test(said) ? said : undefined;
}

/** The same of a video: `product_video`. */
function videoRoleIn(fields: Fields): string | undefined {
	const said = fields.get('type');
	return typeof said === 'string' && /^\w{1,40}_video$/.test(said) ? said : undefined;
}

function typeOf(link: string, { type, kind }: Place, said: Json | undefined): ResultType {
	if (type) return type;
	const told = saidType(said, link);
	if (told) return told;
	if (/^data:image|\.(png|jpe?g|webp|gif)(\?|$)/i.test(link)) return 'image';
	if (/^data:audio|\.(mp3|wav|m4a|aac)(\?|$)/i.test(link)) return 'audio';
	const made = kind && KINDS[kind].result;
	return made === 'image' || made === 'audio' ? made : 'video';
}

/** Beside the task's id: see above. A link of its own is no result either while the task is known to run, or has failed. */
function mayHold(key: string, type: ResultType | undefined, place: Place): boolean {
	const { kind, status, isTask } = place;
	if (!isTask) return key !== REASON;
	const isOther = type !== undefined && type !== 'video';
	if (isOther && !(kind && resultTypesOf(kind).includes(type))) return false;
	if (LINKS.has(key) && status !== undefined && status !== 'succeed') return false;
	const isEcho = kind !== undefined && fieldsOf(kind).some((field) => plainKey(field) === key);
	return status === 'succeed' || !(isEcho || key === REASON);
}

const NOTHING: Fields = new Map();

/** `beside` and `key`: where a text stands. */
function collect(json: Json, place: Place, beside = NOTHING, key = ''): Found[] {
	if (place.depth > DEEPEST) return [];
	const value = unfolded(json);
	if (Array.isArray(value)) {
		const inside = { ...place, depth: place.depth + 1, isTask: false };
		return value.flatMap((entry) => collect(entry, inside));
	}
	if (isJsonObject(value)) {
		return collectIn(fieldsIn(value), { ...place, depth: place.depth + 1 });
	}
	const url = typeof value === 'string' ? place.readLink(value, key === 'b64json') : undefined;
	if (url === undefined) return [];
	const type = typeOf(url, place, beside.get('type'));
	const { kind, isListed } = place;
	const counts = isListed || kind === undefined || resultTypesOf(kind).includes(type);
	return counts ? [{ ...place, mark: url, fields: beside, type, key }] : [];
}

/** An element or a voice, by the list that it stands in, or by what it says of itself; undefined for anything else. */
function libraryResultsIn(fields: Fields, place: Place): Found[] | undefined {
	const { type: listedAs, isListed, kind } = place;
	const type = libraryTypeOf(listedAs ?? (isListed ? fields.get('type') : undefined));
	if (type === undefined) return undefined;
	const mark = libraryId(type, fields);
	const counts = kind === undefined || resultTypesOf(kind).includes(type);
	return mark !== undefined && counts ? [{ ...place, mark, fields, type }] : [];
}

/** What Ace Data Cloud tells without a list: the id of the one thing that the kind makes. */
function libraryResultOnly(fields: Fields, place: Place): Found[] {
	const type = libraryTypeOf(place.kind && KINDS[place.kind].result);
	return type && fields.has(`${type}id`)
		? (libraryResultsIn(fields, { ...place, type }) ?? [])
		: [];
}

/** The innermost counts: see above. */
function collectIn(fields: Fields, inside: Place): Found[] {
	const kept = libraryResultsIn(fields, inside);
	if (kept) return kept;
	const { isListed, type: listedAs } = inside;
	const type = listedAs ?? (isListed ? saidType(fields.get('type')) : undefined);
	const place = { ...inside, type, role: roleIn(fields) ?? inside.role };
	const metadata = fields.get('metadata');
	const seconds =
		secondsIn(fields.get('seconds')) ??
		secondsIn(isJsonObject(metadata) ? metadata.duration : undefined) ??
		place.seconds;
	const at = (wanted: Keys, more: Partial<Place>, beside?: Fields): Found[][] =>
		[...wanted].map(([key, type = place.type]) => {
			const value = fields.get(key);
			if (value === undefined || !mayHold(key, type, place)) return [];
			const role = ROLES.get(key) ?? place.role;
			return collect(value, { ...place, seconds, type, role, ...more }, beside, key);
		});
	const isClothing = !place.isTask && BESIDE_IT.some((key) => fields.has(key));
	const parts = [
		...at(isClothing ? CLOTHING_LISTS : LISTS, { isTask: false, isListed: true }),
		...at(PARTS, { isTask: false }),
	].flat();
	if (parts.length > 0) return parts;
	const others = [at(WRAPPINGS, {}), at(ANGLES, {}, fields)].map((found) => found.flat());
	const own = at(LINKS, {}, fields).reduce<Found[]>((best, found) => {
		return [...best, ...found.filter(({ type }) => best.every((one) => one.type !== type))];
	}, []);
	const wrapped = others.find((found) => found.length > 0) ?? own;
	return wrapped.length > 0 ? wrapped : libraryResultOnly(fields, place);
}

/** How long a sound is: Kling tells it of each format. */
function soundSeconds(fields: Fields): number | undefined {
	const names = ['duration', 'durationmp3', 'mp3duration', 'durationwav', 'wavduration'];
	return names.map((name) => secondsIn(fields.get(name))).find((told) => told !== undefined);
}

/** `count` is how many pictures come before, for services that give no index. */
function toImage({ mark: url, fields, role, key = '' }: Found, count: number): ImageResult {
	const told = fields.get('index');
	const index = typeof told === 'number' ? told : undefined;
	const view = [...ANGLES.keys()].indexOf(key);
	const shown = { watermarkUrl: linkAt(fields, 'watermarkurl'), role: roleIn(fields) ?? role };
	return view < 0
		? { type: 'image', index: index ?? count, url, ...shown }
		: { type: 'image', index: count, url, ...shown, set: index, view };
}

function toResult(found: Found, count: number): Result {
	const { type, mark, fields, seconds, isTask } = found;
	if (type === 'element' || type === 'voice') return toLibraryResult(type, mark, fields);
	const url = mark;
	if (type === 'image') return toImage(found, count);
	if (type === 'subtitle') {
		const format = subtitleFormat(fields.get('type'), url) ?? 'srt';
		return { type, format, url };
	}
	const told = fields.get('videoid') ?? (isTask ? undefined : fields.get('id'));
	const id = told === undefined ? undefined : idText.safeParse(told).data;
	if (type === 'audio') {
		return {
			type,
			id,
			url,
			wavUrl: linkAt(fields, 'urlwav', 'wavurl'),
			duration: soundSeconds(fields) ?? seconds,
		};
	}
	const duration = secondsIn(fields.get('duration')) ?? seconds;
	const watermarkUrl = linkAt(fields, 'watermarkurl');
	return { type, id, url, watermarkUrl, duration, role: videoRoleIn(fields) };
}

/** Beside videos, pictures are their covers, unless they are listed as results, or said to be what the kind makes. */
function isCover({ type, isListed, kind, role }: Found): boolean {
	if (type !== 'image' || isListed || role !== undefined) return false;
	return kind === undefined || !resultTypesOf(kind).includes('image');
}

/** What a task made, videos first. The comment above says what counts. */
export function resultsIn(record: Json, context: ResultContext): Result[] {
	const marks = new Set<string>();
	const all = collect(record, { ...context, depth: 0, readLink: linkIn });
	const found = all.filter(({ mark }) => !marks.has(mark) && marks.add(mark));
	const videos = found.filter(({ type }) => type === 'video');
	const others = found.filter(
		(one) => one.type !== 'video' && !(isCover(one) && videos.length > 0),
	);
	let images = 0;
	return [...videos, ...others].map((one) =>
		toResult(one, one.type === 'image' ? images++ : images),
	);
}

/** A link that stands where services put results, and cannot be fetched; undefined where there is none. */
export function unusableLinkIn(record: Json, context: ResultContext): string | undefined {
	return collect(record, { ...context, depth: 0, readLink: otherLinkIn })[0]?.mark;
}
