import { KlingError } from '../core/errors';

/** After unpacking. The longest true answer, a list of 500 tasks, has about one megabyte. */
const MOST_BYTES = 32 * 1024 * 1024;

/** A stream as n8n's request helper hands it out; only what is needed of it. */
interface ByteStream extends AsyncIterable<Buffer> {
	destroy(error?: Error): void;
}

function isStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/**
 * The body of an answer as text, in UTF-8. It is read bit by bit, so that an answer without end, or one that unpacks to
 * gigabytes, is given up at 32 MB. What is no stream comes back as it is. Throws `unreadable`, and what broke the stream off.
 */
export async function readAnswer(label: string, body: unknown): Promise<unknown> {
	if (!isStream(body)) return body;
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MOST_BYTES) {
			// Leaving the loop closes the connection.
			throw new KlingError('unreadable', `${label} gave an answer of more than 32 MB`, {
				maybeCreated: true,
				// Asking again would bring the same gigabytes.
				retryable: false,
				advice: 'Check Base URL in the credential: an answer of Kling is never that long',
			});
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
