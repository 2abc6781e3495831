import type { IBinaryData } from 'n8n-workflow';

import { alarm, clock } from './clock';
import { isStream, peek } from './byteStream';
import { KlingError } from '../core/errors';
import { quote } from '../core/quote';
import { retry } from '../tasks/retry';
import { fileNameAs } from './files';
import type { ResultFile } from './files';
import { fileType, HEAD_BYTES, isTextType } from './fileType';
import { failure, header, letGo, openLink, reasonOf } from './openLink';
import type { FileResponse, Link } from './openLink';

const RETRY_DELAYS_MS = [2000, 4000] as const;
/** For one file; long enough for a gigabyte over a slow line, short enough never to hang. */
const FILE_TIMEOUT_MS = 15 * 60_000;

/** The bytes that have to come; undefined where the host does not say. Throws `download` where it sends a part only. */
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

/** The MIME type by the first bytes. Throws `download` for an error page, and what broke the stream off. */
async function typeOf(body: unknown, named: string, expected: string): Promise<string> {
	if (!isStream(body) && !Buffer.isBuffer(body)) return expected;
	const head = Buffer.isBuffer(body) ? body : await peek(body, HEAD_BYTES);
	if (head.length === 0) throw failure('The downloaded file is empty', true);
	const type = fileType(head, { named, expected });
	if (type !== undefined) return type;
	const text = `a text that begins with ${quote(head.toString('utf8'))}`;
	const what = isTextType(named) ? `"${named}"` : text;
	throw failure(`The link to the result leads to ${what} instead of a file`, true);
}

/** Hands the bytes to n8n, and makes sure that all have come. Throws `download`, or what broke the stream off. */
async function store(
	{ context: { helpers } }: Link,
	body: unknown,
	file: ResultFile,
	{ named, length }: { named: string; length?: number },
): Promise<IBinaryData> {
	const mimeType = await typeOf(body, named, file.mimeType);
	const stored = await helpers.prepareBinaryData(
		body as Parameters<typeof helpers.prepareBinaryData>[0],
		fileNameAs(mimeType, file),
		mimeType,
	);
	const { bytes } = stored;
	if (length !== undefined && bytes !== undefined && bytes !== length) {
		throw failure(`The download broke off after ${bytes} of ${length} bytes`, true);
	}
	if (bytes === 0) throw failure('The downloaded file is empty', true);
	return stored;
}

/** A MIME type without what may stand behind it. */
function plainType(type: string): string {
	return (type.split(';')[0] ?? '').trim().toLowerCase();
}

async function fetchOnce(link: Link, file: ResultFile): Promise<IBinaryData> {
	const response = await openLink(link, file.url);
	const { body } = response;
	const finished = new AbortController();
	try {
		const named = plainType(header(response, 'content-type'));
		const length = lengthOf(response);
		void alarm(FILE_TIMEOUT_MS, finished.signal).then((isLate) => {
			if (isLate && isStream(body)) body.destroy(new Error('it took too long'));
		});
		return await store(link, body, file, { named, length });
	} catch (thrown) {
		letGo(response);
		const brokenOff = failure(`The download broke off: ${reasonOf(thrown)}`, true);
		const error = thrown instanceof KlingError ? thrown : brokenOff;
		throw error;
	} finally {
		finished.abort();
	}
}

/** A file that the service put into its answer as `data:<type>;base64,<bytes>`. Throws `download` where it holds none. */
async function decode(link: Link, file: ResultFile, comma: number): Promise<IBinaryData> {
	const about = file.url.slice('data:'.length, comma);
	const encoding = /;\s*base64\s*$/i.test(about) ? 'base64' : undefined;
	if (!encoding) throw failure('The result in the answer is not written as base64', false);
	const bytes = Buffer.from(file.url.slice(comma + 1), encoding);
	return await store(link, bytes, file, { named: plainType(about) });
}

/**
 * Fetches a result by stream, so that a large video never has to fit into memory (where n8n stores binary data on disk).
 * Tried three times, since reading costs nothing. One that came within the answer is decoded. Throws `download`.
 */
export async function download(link: Link, file: ResultFile): Promise<IBinaryData> {
	if (/^data:/i.test(file.url)) return await decode(link, file, file.url.indexOf(','));
	return await retry(async () => await fetchOnce(link, file), {
		clock,
		signal: link.signal,
		delaysMs: RETRY_DELAYS_MS,
	});
}
