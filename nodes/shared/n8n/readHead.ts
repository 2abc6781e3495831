import { isStream, peek } from './byteStream';
import { alarm } from './clock';
import { header, letGo, openLink } from './openLink';
import type { FileResponse, Link } from './openLink';

/** The beginning of a file, and how long all of it is, in bytes; undefined where its host does not tell. */
export interface FileHead {
	bytes: Buffer;
	total: number | undefined;
}

/** Enough for the header of a sound, and for the picture that players show beside it. */
const HEAD_BYTES = 256 * 1024;
/** Nobody waits longer for what may be left out. */
const TIMEOUT_MS = 15_000;

/**
 * Whether the length that the host told is that of packed bytes. n8n takes the header away when it unpacks; only the stream
 * shows it then, and not in every version.
 */
function isPacked(response: Omit<FileResponse, 'body'>, body: unknown): boolean {
	const encoding = header(response, 'content-encoding');
	const isUnpacked = isStream(body) && 'bytesWritten' in body;
	return isUnpacked || !['', 'identity'].includes(encoding.trim().toLowerCase());
}

async function headOf({ body, ...response }: FileResponse): Promise<FileHead> {
	const bytes = isStream(body)
		? await peek(body, HEAD_BYTES)
		: (body as Buffer).subarray(0, HEAD_BYTES);
	if (bytes.length < HEAD_BYTES) return { bytes, total: bytes.length };
	const length = Number(header(response, 'content-length'));
	return { bytes, total: length > 0 && !isPacked(response, body) ? length : undefined };
}

/**
 * The beginning of a file on the web, to be looked at before it is handed on as an address. Undefined where it cannot be had:
 * then it is left to the service. Never throws.
 */
export async function readHead(link: Link, url: string): Promise<FileHead | undefined> {
	const finished = new AbortController();
	let response: FileResponse | undefined;
	try {
		const reading = (async () => {
			response = await openLink(link, url);
			if (finished.signal.aborted) letGo(response);
			return await headOf(response);
		})();
		const late = alarm(TIMEOUT_MS, finished.signal).then(() => undefined);
		return await Promise.race([reading, late]);
	} catch {
		return undefined;
	} finally {
		finished.abort();
		if (response) letGo(response);
	}
}
