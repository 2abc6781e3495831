import type { IWebhookFunctions } from 'n8n-workflow';

import { withinTime } from '../../shared/n8n/timeout';
import type { Proof } from './authenticate';
import { Rejection } from './rejection';
import type { Headers } from './signature';

/** Callbacks have a few thousand bytes. */
const MOST_BYTES = 1_000_000;
const TOO_LONG = 413;
/** Callbacks come in one piece. Each call that n8n has not answered yet holds some megabytes of its memory. */
const LONGEST_READ_MS = 10_000;
/** So many bodies of senders that only a signature can prove are read at once. */
export const MOST_UNPROVEN = 32;

/** What of n8n's request is used: the body as it came, how to have it read where that was left to us, and the stream itself. */
interface RawRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
	on?: (event: 'data', listener: (chunk: { length: number }) => void) => unknown;
}

function tooLong(): Rejection {
	return new Rejection(TOO_LONG, `A callback has at most ${MOST_BYTES} bytes`);
}

/** n8n has a limit of its own, and says so by a status. All else is a body that is broken: cut off, or badly zipped. */
function whyUnread(thrown: unknown): Rejection {
	const { status, code } = Object(thrown) as { status?: unknown; code?: unknown };
	if (status === TOO_LONG) return tooLong();
	if (code === 'ETIMEDOUT') return new Rejection(408, 'The body did not come in time');
	return new Rejection(400, 'The body cannot be read');
}

/** Rejects as soon as more has come than a callback has; n8n's own limit is many times that. */
async function watchLength(request: RawRequest): Promise<never> {
	return await new Promise((_resolve, reject) => {
		let bytes = 0;
		request.on?.('data', ({ length }) => {
			bytes += length;
			if (bytes > MOST_BYTES) reject(Object.assign(new Error('Too long'), { status: TOO_LONG }));
		});
	});
}

async function read(request: RawRequest): Promise<Buffer | Rejection> {
	try {
		// First n8n's own reader: whoever listens makes the bytes flow.
		const reading = request.readRawBody?.();
		if (reading) {
			await withinTime(Promise.race([reading, watchLength(request)]), LONGEST_READ_MS);
		}
	} catch (thrown) {
		return whyUnread(thrown);
	}
	const { rawBody } = request;
	if (!Buffer.isBuffer(rawBody)) return Buffer.alloc(0);
	return rawBody.length > MOST_BYTES ? tooLong() : rawBody;
}

let unproven = 0;

/**
 * The body byte by byte, or a rejection: where it is too long (by `content-length`, without reading it), comes too slowly,
 * or cannot be read, and where too many are being read whose sender has proved nothing yet. Whoever rejects closes the
 * connection, which ends what is still being read.
 */
export async function readBody(
	context: IWebhookFunctions,
	proof: Proof,
): Promise<Buffer | Rejection> {
	const { 'content-length': length } = context.getHeaderData() as Headers;
	if (Number(length) > MOST_BYTES) return tooLong();
	const request = context.getRequestObject() as unknown as RawRequest;
	if (proof === 'proven') return await read(request);
	if (unproven >= MOST_UNPROVEN) return new Rejection(503, 'Too many calls. Please call again');
	unproven += 1;
	try {
		return await read(request);
	} finally {
		unproven -= 1;
	}
}
