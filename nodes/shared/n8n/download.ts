import type { IBinaryData } from 'n8n-workflow';

import type { NodeContext } from './transport';
import { alarm, clock } from './clock';
import { KlingError } from '../core/errors';
import { retry } from '../tasks/retry';
import { fileNameAs } from './files';
import type { ResultFile } from './files';

const RETRY_DELAYS_MS = [2000, 4000] as const;
/** Until the first byte. */
const RESPONSE_TIMEOUT_MS = 60_000;
/** For one file; long enough for a gigabyte over a slow line, short enough never to hang. */
const FILE_TIMEOUT_MS = 15 * 60_000;

/** A link like this does not come back to life. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);
/** The types that hosts give to a file they know nothing of. */
const ANY_TYPE: ReadonlySet<string> = new Set([
	'',
	'application/octet-stream',
	'binary/octet-stream',
]);

/** A stream as n8n's request helper hands it out; only what is needed of it. */
interface ByteStream {
	destroy(error?: Error): void;
}

interface FileResponse {
	statusCode?: number;
	headers?: Record<string, unknown>;
	body?: unknown;
}

/** What the host says of the file. */
interface FileFacts {
	mimeType: string;
	/** In bytes; undefined where the host does not say. */
	length?: number;
}

function isStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && 'destroy' in value && 'pipe' in value;
}

function failure(message: string, retryable: boolean, httpStatus?: number): KlingError {
	return new KlingError('download', message, {
		httpStatus,
		retryable,
		maybeCreated: true,
		advice:
			'The task itself succeeded and was paid for: fetch it again with Task → Get. Services remove the files after about 30 days',
	});
}

function reasonOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : 'unknown reason';
}

/** Opens the file. No credentials here: the key must never reach the host of the files. */
async function request(
	{ helpers }: NodeContext,
	url: string,
	signal: AbortSignal | undefined,
): Promise<FileResponse> {
	try {
		return (await helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: RESPONSE_TIMEOUT_MS,
			...(signal ? { abortSignal: signal } : {}),
		})) as FileResponse;
	} catch (thrown) {
		throw failure(`The host of the result could not be reached: ${reasonOf(thrown)}`, true);
	}
}

function checkStatus(status: number): void {
	if (status === 200) return;
	if (GONE.has(status)) {
		const message = `The link to the result does not work any more (HTTP ${status})`;
		throw failure(message, false, status);
	}
	throw failure(`The result could not be downloaded (HTTP ${status})`, true, status);
}

/** What the file really is; anything but a picture, a video or sound is an error page. Throws `download`. */
function readFacts({ statusCode = 0, headers }: FileResponse, expected: string): FileFacts {
	checkStatus(statusCode);
	const header = headers?.['content-type'];
	const type = typeof header === 'string' ? (header.split(';')[0] ?? '').trim().toLowerCase() : '';
	const mimeType = ANY_TYPE.has(type) ? expected : type;
	if (!/^(video|image|audio)\//.test(mimeType)) {
		const message = `The link to the result leads to "${type}" instead of a file`;
		throw failure(message, true, statusCode);
	}
	const length = Number(headers?.['content-length']);
	return { mimeType, length: length > 0 && Number.isFinite(length) ? length : undefined };
}

/** Hands the bytes to n8n, and makes sure that all have come. Throws `download`, or what broke the stream off. */
async function store(
	{ helpers }: NodeContext,
	body: unknown,
	file: ResultFile,
	{ mimeType, length }: FileFacts,
): Promise<IBinaryData> {
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

async function fetchOnce(
	context: NodeContext,
	file: ResultFile,
	signal: AbortSignal | undefined,
): Promise<IBinaryData> {
	const response = await request(context, file.url, signal);
	const { body } = response;
	const finished = new AbortController();
	try {
		const facts = readFacts(response, file.mimeType);
		void alarm(FILE_TIMEOUT_MS, finished.signal).then((isLate) => {
			if (isLate && isStream(body)) body.destroy(new Error('it took too long'));
		});
		return await store(context, body, file, facts);
	} catch (thrown) {
		if (isStream(body)) body.destroy();
		const brokenOff = failure(`The download broke off: ${reasonOf(thrown)}`, true);
		const error = thrown instanceof KlingError ? thrown : brokenOff;
		throw error;
	} finally {
		finished.abort();
	}
}

/**
 * Fetches a result by stream, so that a large video never has to fit into memory (where n8n stores binary data on disk).
 * Tried three times, since reading costs nothing. Throws `download`.
 */
export async function download(
	context: NodeContext,
	file: ResultFile,
	signal: AbortSignal | undefined,
): Promise<IBinaryData> {
	return await retry(async () => await fetchOnce(context, file, signal), {
		clock,
		signal,
		delaysMs: RETRY_DELAYS_MS,
	});
}
