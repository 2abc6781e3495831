/** What a file is, by its first bytes: hosts name the type wrongly often enough, and an error page may come under any name. */

/** So many bytes tell the type. */
export const HEAD_BYTES = 64;

type Media = 'video' | 'image' | 'audio';

interface Signature {
	/** In latin1; the head begins with it, from `at` on. */
	bytes: string;
	at?: number;
	type: string;
}

/** The first that fits counts. */
const SIGNATURES: readonly Signature[] = [
	{ bytes: 'ftypqt', at: 4, type: 'video/quicktime' },
	{ bytes: 'ftypM4A', at: 4, type: 'audio/mp4' },
	{ bytes: 'ftypM4B', at: 4, type: 'audio/mp4' },
	{ bytes: 'ftypavif', at: 4, type: 'image/avif' },
	{ bytes: 'ftyphei', at: 4, type: 'image/heic' },
	{ bytes: 'ftypmif1', at: 4, type: 'image/heic' },
	{ bytes: 'ftyp', at: 4, type: 'video/mp4' },
	{ bytes: 'moov', at: 4, type: 'video/quicktime' },
	{ bytes: '\x1a\x45\xdf\xa3', type: 'video/webm' },
	{ bytes: '\x89PNG\r\n\x1a\n', type: 'image/png' },
	{ bytes: '\xff\xd8\xff', type: 'image/jpeg' },
	{ bytes: 'GIF8', type: 'image/gif' },
	{ bytes: 'WEBP', at: 8, type: 'image/webp' },
	{ bytes: 'WAVE', at: 8, type: 'audio/wav' },
	{ bytes: 'ID3', type: 'audio/mpeg' },
	// MPEG audio, layer III: of version 1, 2 and 2.5, each with a checksum and without.
	{ bytes: '\xff\xfb', type: 'audio/mpeg' },
	{ bytes: '\xff\xfa', type: 'audio/mpeg' },
	{ bytes: '\xff\xf3', type: 'audio/mpeg' },
	{ bytes: '\xff\xf2', type: 'audio/mpeg' },
	{ bytes: '\xff\xe3', type: 'audio/mpeg' },
	{ bytes: '\xff\xe2', type: 'audio/mpeg' },
	{ bytes: '\xff\xf1', type: 'audio/aac' },
	{ bytes: '\xff\xf0', type: 'audio/aac' },
	{ bytes: '\xff\xf9', type: 'audio/aac' },
	{ bytes: '\xff\xf8', type: 'audio/aac' },
	{ bytes: 'ADIF', type: 'audio/aac' },
	{ bytes: 'OggS', type: 'audio/ogg' },
	{ bytes: 'fLaC', type: 'audio/flac' },
];

/** Containers that hold sound alone, too; which, only what is expected tells. */
export const SOUND_ALONE: Readonly<Record<string, string>> = {
	'video/mp4': 'audio/mp4',
	'video/webm': 'audio/webm',
};

function mediaOf(type: string): Media | undefined {
	return /^(video|image|audio)\//.exec(type)?.[1] as Media | undefined;
}

function typeByBytes(head: string, expected: string): string | undefined {
	const found = SIGNATURES.find(({ bytes, at = 0 }) => head.startsWith(bytes, at))?.type;
	if (found === undefined || mediaOf(expected) !== 'audio') return found;
	return SOUND_ALONE[found] ?? found;
}

/** Whether the bytes are text: no file of pictures or sound does without bytes that no text holds. */
function isText(head: string): boolean {
	const isUtf16 = head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff');
	return isUtf16 || !Array.from(head).some((char) => char < '\t' || (char > '\r' && char < ' '));
}

/** Whether a host names it a page, JSON or other text. */
export function isTextType(type: string): boolean {
	return /^text\/|[/+](?:json|xml|xhtml)\b/.test(type);
}

/** The files that are text. */
export const SUBTITLE_TYPES = { srt: 'application/x-subrip', ass: 'text/x-ssa' } as const;

/** Whether text is a page or JSON, by its beginning, or by what its host calls it. */
function isPage(head: string, named: string): boolean {
	return /^[^\w[]*(?:[<{]|\[\s*["{])/.test(head) || /[/+](?:html|json|xml|xhtml)\b/.test(named);
}

/**
 * The MIME type of a file, from its first bytes, from what its host calls it, and from what is expected; undefined for
 * what is a page, JSON or other text. `named` is empty where the host says nothing.
 */
export function fileType(
	head: Buffer,
	{ named, expected }: { named: string; expected: string },
): string | undefined {
	const start = head.toString('latin1', 0, HEAD_BYTES);
	if (Object.values<string>(SUBTITLE_TYPES).includes(expected)) {
		return isText(start) && !isPage(start, named) ? expected : undefined;
	}
	const found = typeByBytes(start, expected);
	if (found !== undefined) return found;
	if (isText(start) || isTextType(named)) return undefined;
	return mediaOf(named) === undefined ? expected : named;
}
