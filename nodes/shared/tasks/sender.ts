import type { Clock } from '../core/clock';
import { toKlingError } from '../core/errors';
import type { KlingError } from '../core/errors';
import type { HttpRequest, Provider } from '../providers';
import type { Call } from './calls';
import { tellAddress } from './http';
import type { Transport } from './http';
import { retry } from './retry';

const READ_TIMEOUT_MS = 30_000;
/** For an upload, besides its bytes: at 200 kB a second. */
const UPLOAD_TIMEOUT_MS = 60_000;
const UPLOAD_BYTES_PER_MS = 200;

export interface ClientOptions {
	provider: Provider;
	transport: Transport;
	clock: Clock;
	/** Fires when a person presses Stop. */
	signal?: AbortSignal;
	/** True where every request is signed anew, so that a signature refused for its time may be replaced once. */
	signs?: boolean;
	/** False where a person waits for the answer, who can ask again: then a failed read is told at once. */
	repeats?: boolean;
}

/** How the parts of the client send their calls. Everything it throws is a `KlingError`. */
export interface Sender {
	readonly provider: Provider;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
	/** True once a person has pressed Stop. */
	isStopped: () => boolean;
	/** Sends a call once. `timeoutMs`: 30 s if not given. */
	send: <T>(call: Call<T>, timeoutMs?: number) => Promise<T>;
	/** Sends a call that changes nothing, again where that may help (see retry.ts), unless its error `isAnswer`. */
	read: <T>(call: Call<T>, isAnswer?: (error: KlingError) => boolean) => Promise<T>;
}

/** Kling's clock and ours may differ by a moment; a token signed anew settles it. Certainly nothing was made. */
function needsNewSignature(error: KlingError): boolean {
	const { code, httpStatus, taskId } = error.details;
	return httpStatus === 401 && taskId === undefined && (code === 1003 || code === 1004);
}

/** How long a request may take, in ms: a file takes longer than an answer. */
function timeFor({ file }: HttpRequest, timeoutMs: number): number {
	return file ? UPLOAD_TIMEOUT_MS + file.size / UPLOAD_BYTES_PER_MS : timeoutMs;
}

export function createSender({
	provider,
	transport,
	clock,
	signal,
	signs = false,
	repeats = true,
}: ClientOptions): Sender {
	async function sendOnce<T>({ request, read }: Call<T>, timeoutMs: number): Promise<T> {
		const response = await transport(request, timeFor(request, timeoutMs));
		try {
			return read(response);
		} catch (thrown) {
			throw tellAddress(toKlingError(thrown), request, response);
		}
	}

	async function send<T>(call: Call<T>, timeoutMs = READ_TIMEOUT_MS): Promise<T> {
		try {
			return await sendOnce(call, timeoutMs);
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!signs || !needsNewSignature(error)) throw error;
			return await sendOnce(call, timeoutMs);
		}
	}
	return {
		provider,
		clock,
		signal,
		isStopped: () => signal?.aborted === true,
		send,
		async read(call, isAnswer) {
			if (!repeats) return await send(call);
			return await retry(async () => await send(call), { clock, signal, isAnswer });
		},
	};
}
