import { createHash } from 'crypto';

import type { FileBody } from '../providers';
import { isStream } from './byteStream';
import { fileNameAs } from './files';
import { fileType, HEAD_BYTES, SOUND_ALONE } from './fileType';

const ANY = 'application/octet-stream';
/** It becomes a line of a form. */
const PLAIN_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
/** Of the hash, in the name of a file: the host of the files shows it. */
const NAME_LENGTH = 16;

/** The SHA-256 of bytes, in hexadecimal digits. */
export function sha256Of(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes, or a stream of them, read to their end; nothing of it is kept but the beginning. */
async function digest(content: unknown): Promise<{ sha256: string; size: number; head: Buffer }> {
	const hash = createHash('sha256');
	let head = Buffer.alloc(0);
	let size = 0;
	const chunks = isStream(content) ? (content as unknown as AsyncIterable<Buffer>) : [content];
	for await (const chunk of chunks as AsyncIterable<Buffer>) {
		hash.update(chunk);
		size += chunk.length;
		if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
	}
	return { sha256: hash.digest('hex'), size, head };
}

/**
 * A file to be sent: what it is by its content, or failing that by what it is `named` (MIME). `isSound`: a sound is meant, as
 * far as its name does not say otherwise. Throws what `open` throws.
 */
export async function fileBodyOf(
	open: FileBody['open'],
	named = ANY,
	isSound = false,
): Promise<FileBody> {
	const { sha256, size, head } = await digest(await open());
	const found = fileType(head, { named, expected: ANY }) ?? named;
	const told = isSound && !named.startsWith('video/') ? (SOUND_ALONE[found] ?? found) : found;
	const type = PLAIN_TYPE.test(told) ? told : ANY;
	const name = fileNameAs(type, { fileName: `${sha256.slice(0, NAME_LENGTH)}.bin` });
	return { sha256, name, type, size, open };
}
