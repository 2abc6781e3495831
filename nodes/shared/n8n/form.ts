import type { IHttpRequestOptions } from 'n8n-workflow';

import { KlingError } from '../core/errors';
import type { FileBody } from '../providers';
import { isStream } from './byteStream';

/** A form with one file, as n8n's request helper takes it. */
export interface Form {
	headers: Record<string, string>;
	body: IHttpRequestOptions['body'];
	/** To be called when the request is over, also where it never left. */
	close: () => void;
}

/** What n8n has kept cannot be read any more. */
function unreadable(thrown: unknown): KlingError {
	const { code = 'unknown reason' } = thrown as { code?: string };
	// The message would tell where n8n keeps its files.
	return new KlingError('invalidInput', `The file of the item could not be read: ${code}`);
}

async function* around(head: Buffer, file: AsyncIterable<Buffer>, tail: Buffer) {
	yield head;
	try {
		yield* file;
	} catch (thrown) {
		const error = unreadable(thrown);
		throw error;
	}
	yield tail;
}

async function opened(open: FileBody['open']): Promise<unknown> {
	try {
		return await open();
	} catch (thrown) {
		const error = unreadable(thrown);
		throw error;
	}
}

/** A stream of these parts. Made by the class of a stream that n8n gave us: packages like this one may not import it. */
function streamOf(parts: AsyncIterable<Buffer>, like: object): object {
	const maker = like.constructor as unknown as { from: (of: AsyncIterable<Buffer>) => object };
	return maker.from(parts);
}

/**
 * A file as `multipart/form-data`, in one part named `file`. What comes as a stream leaves as one, so that a large video never
 * has to fit into memory. No file holds the boundary, since that is made of its hash.
 */
export async function formOf({ sha256, name, type, size, open }: FileBody): Promise<Form> {
	const boundary = `kling-${sha256}`;
	const head = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const file = await opened(open);
	const headers = {
		'Content-Type': `multipart/form-data; boundary=${boundary}`,
		'Content-Length': String(head.length + size + tail.length),
	};
	if (!isStream(file)) {
		const body = Buffer.concat([head, file as Buffer, tail]);
		return { headers, body, close: () => undefined };
	}
	// An error before anybody reads it would end n8n.
	file.on('error', () => undefined);
	const parts = around(head, file as unknown as AsyncIterable<Buffer>, tail);
	const body = streamOf(parts, file) as IHttpRequestOptions['body'];
	return { headers, body, close: () => file.destroy() };
}
