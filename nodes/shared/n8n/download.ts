import type { IBinaryData } from 'n8n-workflow';

import { alarm, clock } from './clock';
import { isStream, peek, watchBytes } from './byteStream';
import { cut } from '../core/cut';
import { KlingError, toKlingError } from '../core/errors';
import { quote, wasStruck } from '../core/quote';
import { retry } from '../tasks/retry';
import { fileNameAs } from './files';
import type { ResultFile } from './files';
import { fileType, HEAD_BYTES, isTextType } from './fileType';
import { failure, header, letGo, openLink, reasonOf } from './openLink';
import type { FileResponse, Link } from './openLink';

const RETRY_DELAYS_MS = [2000, 4000] as const;
/** For one file; long enough for a gigabyte over a slow line, short enough never to hang. */
const FILE_TIMEOUT_MS = 15 * 60_000;
/** Without a byte. */
const IDLE_TIMEOUT_MS = 60_000;

/** What to know of a link that `wasStruck`. */
export const LINK_STRUCK =
	'The link to the result held a secret of the credential, which was struck out. Look for the result in the console of the service';

/** A file, and how large it may be, unpacked. */
export interface WantedFile extends ResultFile {
	maxBytes: number;
}

/** The file is there, and was not fetched. */
function tooLarge({ url, maxBytes }: WantedFile): KlingError {
	const isLink = !/^data:/i.test(url);
	const link = isLink ? `: ${cut(url)}` : ' (it came within the answer)';
	const message = `The result is larger than Max File Size, ${maxBytes / 1_000_000} MB${link}`;
	return failure(message, false).with({ parameter: 'Max File Size (MB)' });
}

/** The bytes that are to come; undefined where the host does not say. Throws `download` where it sends a part only. */
function lengthOf(response: FileResponse): number | undefined {
	const range = /^bytes (\d+)-(\d+)\/(\d+|\*)/.exec(header(response, 'content-range'));
	if (response.statusCode === 206 && range) {
		const [, first, last, total] = range.map(Number);
		const isAll = first === 0 && (Number.isNaN(total) || last === Number(total) - 1);
		if (!isAll) throw failure(`Only a part of the result was sent (${range[0]})`, true, 206);
	}
	const length = Number(header(response, 'content-length'));
	return length > 0 && Number.isFinite(length) ? length : undefined;
}

/**
 * Whether bytes are missing. n8n unpacks what was packed although nobody asked for it, without a trace, and the length that
 * was told is then that of the packed bytes: mostly fewer, and of a video some thousandths more at most.
 */
function isCutOff(bytes: number, told: number): boolean {
	return bytes < told - Math.max(told / 500, 1000);
}

/** The MIME type by the first bytes. Throws `download` for an error page, and what broke the stream off. */
async function typeOf(body: unknown, named: string, expected: string): Promise<string> {
	const head = isStream(body)
		? await peek(body, HEAD_BYTES)
		: (body as Buffer).subarray(0, HEAD_BYTES);
	if (head.length === 0) throw failure('The downloaded file is empty', true);
	const type = fileType(head, { named, expected });
	if (type !== undefined) return type;
	const text = `a text that begins with ${quote(head.toString('utf8'))}`;
	const what = isTextType(named) ? `"${named}"` : text;
	throw failure(`The link to the result leads to ${what} instead of a file`, true);
}

/**
 * Ends a download that takes too long, stands still, or is larger than wanted, until `finished` fires. What comes back holds
 * why it was ended, if it was: n8n may tell it in other words.
 */
function guard(body: unknown, file: WantedFile, finished: AbortSignal): { ended?: Error } {
	const guarded: { ended?: Error } = {};
	if (!isStream(body)) return guarded;
	const end = (why: Error): void => {
		guarded.ended ??= why;
		body.destroy(why);
	};
	let [bytes, seen] = [body.readableLength, -1];
	watchBytes(body, (more) => {
		bytes += more;
		if (bytes > file.maxBytes) end(tooLarge(file));
	});
	void alarm(FILE_TIMEOUT_MS, finished).then((isLate) => {
		if (isLate) end(new Error('it took too long'));
	});
	const look = async (): Promise<void> => {
		while (bytes !== seen) {
			seen = bytes;
			if (!(await alarm(IDLE_TIMEOUT_MS, finished))) return;
		}
		end(new Error('nothing came for a minute'));
	};
	void look();
	return guarded;
}

/** Hands the bytes to n8n, and makes sure that all have come. Throws `download`, or what broke the stream off. */
async function store(
	{ context: { helpers } }: Link,
	body: unknown,
	file: WantedFile,
	{ named, length }: { named: string; length?: number },
): Promise<IBinaryData> {
	if (!isStream(body) && (body as Buffer).length > file.maxBytes) throw tooLarge(file);
	const mimeType = await typeOf(body, named, file.mimeType);
	const stored = await helpers.prepareBinaryData(
		body as Parameters<typeof helpers.prepareBinaryData>[0],
		fileNameAs(mimeType, file),
		mimeType,
	);
	const { bytes } = stored;
	if (length !== undefined && bytes !== undefined && isCutOff(bytes, length)) {
		throw failure(`The download broke off after ${bytes} of ${length} bytes`, true);
	}
	if (bytes === 0) throw failure('The downloaded file is empty', true);
	return stored;
}

/** A MIME type without what may stand behind it. */
function plainType(type: string): string {
	return (type.split(';')[0] ?? '').trim().toLowerCase();
}

async function fetchOnce(link: Link, file: WantedFile): Promise<IBinaryData> {
	const response = await openLink(link, file.url);
	const { body } = response;
	const finished = new AbortController();
	const guarded = guard(body, file, finished.signal);
	try {
		const named = plainType(header(response, 'content-type'));
		const length = lengthOf(response);
		if (length !== undefined && length > file.maxBytes) throw tooLarge(file);
		return await store(link, body, file, { named, length });
	} catch (thrown) {
		letGo(response);
		const cause = guarded.ended ?? thrown;
		const brokenOff = failure(`The download broke off: ${reasonOf(cause)}`, true);
		const error = cause instanceof KlingError ? cause : brokenOff;
		throw error;
	} finally {
		finished.abort();
	}
}

/** A file that the service put into its answer as `data:<type>;base64,<bytes>`. Throws `download` where it holds none. */
async function decode(link: Link, file: WantedFile, comma: number): Promise<IBinaryData> {
	const about = file.url.slice('data:'.length, comma);
	const encoding = /;\s*base64\s*$/i.test(about) ? 'base64' : undefined;
	if (!encoding) throw failure('The result in the answer is not written as base64', false);
	const bytes = Buffer.from(file.url.slice(comma + 1), encoding);
	return await store(link, bytes, file, { named: plainType(about) });
}

/**
 * Fetches a result by stream, so that a large video never has to fit into memory (where n8n stores binary data on disk).
 * Tried three times, since reading costs nothing. One that came within the answer is decoded. Throws `download`, also where
 * the file is larger than wanted.
 */
export async function download(link: Link, file: WantedFile): Promise<IBinaryData> {
	if (/^data:/i.test(file.url)) return await decode(link, file, file.url.indexOf(','));
	try {
		return await retry(async () => await fetchOnce(link, file), {
			clock,
			signal: link.signal,
			delaysMs: RETRY_DELAYS_MS,
		});
	} catch (thrown) {
		throw wasStruck(file.url) ? toKlingError(thrown).with({ advice: LINK_STRUCK }) : thrown;
	}
}
