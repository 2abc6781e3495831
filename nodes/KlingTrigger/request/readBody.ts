import type { IWebhookFunctions } from 'n8n-workflow';

import { Rejection } from './rejection';
import type { Headers } from './signature';

/** Callbacks have a few thousand bytes. */
const MOST_BYTES = 1_000_000;
const TOO_LONG = 413;

/** What of n8n's request is used: the body as it came, and how to have it read where that was left to us. */
interface RawRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

function tooLong(): Rejection {
	return new Rejection(TOO_LONG, `A callback has at most ${MOST_BYTES} bytes`);
}

/** n8n has a limit of its own, and says so by a status. All else is a body that is broken: cut off, or badly zipped. */
function isTooLong(thrown: unknown): boolean {
	return (
		typeof thrown === 'object' &&
		thrown !== null &&
		'status' in thrown &&
		thrown.status === TOO_LONG
	);
}

/** The body byte by byte, or a rejection where it is too long or cannot be read. If `content-length` is too long, it is not read. */
export async function readBody(context: IWebhookFunctions): Promise<Buffer | Rejection> {
	const { 'content-length': length } = context.getHeaderData() as Headers;
	if (Number(length) > MOST_BYTES) return tooLong();
	const request = context.getRequestObject() as unknown as RawRequest;
	try {
		await request.readRawBody?.();
	} catch (thrown) {
		return isTooLong(thrown) ? tooLong() : new Rejection(400, 'The body cannot be read');
	}
	const { rawBody } = request;
	if (!Buffer.isBuffer(rawBody)) return Buffer.alloc(0);
	return rawBody.length > MOST_BYTES ? tooLong() : rawBody;
}
