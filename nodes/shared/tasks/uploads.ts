import { KlingError, toKlingError } from '../core/errors';
import { standInFor, standInsIn, withAddresses } from '../core/standIn';
import type { FileBody, Uploaded } from '../providers';
import type { KlingClient } from './client';

/**
 * The files of a run that a service takes as addresses only. They are kept when the items are read, and uploaded when their
 * create is about to leave, so after all checks; each content once. An upload is free, and may be repeated.
 */
export interface Uploads {
	/** What stands in a request for the file until then. */
	keep(file: FileBody): string;
	/**
	 * The request with the addresses of its files. `check` is called before each upload, and may throw. Throws `KlingError`, by
	 * which nothing was made.
	 */
	complete<Request extends object>(request: Request, check: () => void): Promise<Request>;
	/** Uploads one file, unless this run has. Throws like `complete`. */
	send(file: FileBody): Promise<Uploaded>;
}

const NOTHING_PAID = 'The file was not uploaded, so nothing was made and nothing was charged';

/** What went wrong with an upload, which costs nothing. */
function uploadFailure(thrown: unknown): KlingError {
	const error = toKlingError(thrown);
	const { advice } = error.details;
	return error.with({
		advice: advice ? `${advice}. ${NOTHING_PAID}` : NOTHING_PAID,
		maybeCreated: false,
	});
}

/** The uploads of one run. */
export function createUploads(client: Pick<KlingClient, 'call'>): Uploads {
	const files = new Map<string, FileBody>();
	/** Both by what stands for the file. */
	const done = new Map<string, Uploaded>();

	async function send(file: FileBody): Promise<Uploaded> {
		const standIn = standInFor(file.sha256);
		const earlier = done.get(standIn);
		if (earlier) return earlier;
		try {
			const uploaded = await client.call('upload', file);
			done.set(standIn, uploaded);
			// It may hold the bytes.
			files.delete(standIn);
			return uploaded;
		} catch (thrown) {
			throw uploadFailure(thrown);
		}
	}

	async function addressOf(standIn: string, check: () => void): Promise<string> {
		const file = files.get(standIn);
		if (!file) {
			const earlier = done.get(standIn);
			if (earlier) return earlier.url;
			throw new KlingError('invalidInput', `${standIn} is the address of no file of this run`);
		}
		check();
		return (await send(file)).url;
	}

	return {
		keep(file) {
			const standIn = standInFor(file.sha256);
			if (!done.has(standIn)) files.set(standIn, file);
			return standIn;
		},
		async complete(request, check) {
			const addresses = new Map<string, string>();
			for (const standIn of standInsIn(request)) {
				addresses.set(standIn, await addressOf(standIn, check));
			}
			return withAddresses(request, addresses);
		},
		send,
	};
}
