import type { IBinaryData } from 'n8n-workflow';

import type { NodeContext } from './transport';
import { alarm, clock } from './clock';
import { KlingError, toKlingError } from '../core/errors';
import { resultsOf } from '../core/task';
import type { ResultType, Task } from '../core/task';

const ATTEMPTS = 3;
const RETRY_DELAY_MS = 2000;
const ANSWER_TIMEOUT_MS = 60_000;
/** For one file; long enough for a gigabyte over a slow line, short enough never to hang. */
const FILE_TIMEOUT_MS = 15 * 60_000;

/** A stream as n8n's request helper hands it out; only what is needed of it. */
interface ByteStream {
	destroy(error?: Error): void;
}

interface FileAnswer {
	statusCode?: number;
	headers?: Record<string, unknown>;
	body?: unknown;
}

/** What to fetch and what to call it. */
export interface ResultFile {
	url: string;
	fileName: string;
	mimeType: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
	'video/mp4': 'mp4',
	'video/quicktime': 'mov',
	'video/webm': 'webm',
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
	'audio/mpeg': 'mp3',
	'audio/wav': 'wav',
	'audio/mp4': 'm4a',
};

/** The types of result that are files, in the order of the item's binary fields; the type of file they usually are. */
const FILE_TYPES = {
	video: { extension: 'mp4', mimeType: 'video/mp4' },
	image: { extension: 'png', mimeType: 'image/png' },
	audio: { extension: 'mp3', mimeType: 'audio/mpeg' },
} as const satisfies Partial<Record<ResultType, { extension: string; mimeType: string }>>;

/** The files of a finished task, in order; several of one type are numbered: kling-8142-1.png, kling-8142-2.png. */
export function filesOf(task: Task): ResultFile[] {
	const base = `kling-${task.id.replace(/[^\w-]+/g, '_')}`;
	const types = Object.keys(FILE_TYPES) as Array<keyof typeof FILE_TYPES>;
	return types.flatMap((type) => {
		const { extension, mimeType } = FILE_TYPES[type];
		const results = resultsOf(task, type);
		return results.map(({ url }, index) => ({
			url,
			fileName: `${base}${results.length > 1 ? `-${index + 1}` : ''}.${extension}`,
			mimeType,
		}));
	});
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

/** The type the file really has; anything that is not a picture or video is an error page. */
function checkAnswer(answer: FileAnswer, file: ResultFile): { mimeType: string; length?: number } {
	const status = answer.statusCode ?? 0;
	if (status !== 200) {
		const gone = status === 403 || status === 404 || status === 410;
		throw failure(
			gone
				? `The link to the result does not work any more (HTTP ${status})`
				: `The result could not be downloaded (HTTP ${status})`,
			!gone,
			status,
		);
	}
	const header = answer.headers?.['content-type'];
	const type = typeof header === 'string' ? (header.split(';')[0] ?? '').trim().toLowerCase() : '';
	const generic =
		type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream';
	if (!generic && !/^(video|image|audio)\//.test(type)) {
		throw failure(`The link to the result leads to "${type}" instead of a file`, true, status);
	}
	const length = Number(answer.headers?.['content-length']);
	return {
		mimeType: generic ? file.mimeType : type,
		...(Number.isFinite(length) && length > 0 ? { length } : {}),
	};
}

async function store(
	context: NodeContext,
	body: unknown,
	file: ResultFile,
	checked: { mimeType: string; length?: number },
): Promise<IBinaryData> {
	const extension = EXTENSIONS[checked.mimeType];
	const fileName = extension ? file.fileName.replace(/\.\w+$/, `.${extension}`) : file.fileName;
	const stored = await context.helpers.prepareBinaryData(
		body as Parameters<typeof context.helpers.prepareBinaryData>[0],
		fileName,
		checked.mimeType,
	);
	const bytes = stored.bytes;
	if (checked.length !== undefined && bytes !== undefined && bytes !== checked.length) {
		throw failure(`The download broke off after ${bytes} of ${checked.length} bytes`, true);
	}
	if (bytes === 0) throw failure('The downloaded file is empty', true);
	return stored;
}

async function fetchOnce(
	context: NodeContext,
	file: ResultFile,
	signal: AbortSignal | undefined,
): Promise<IBinaryData> {
	let answer: FileAnswer;
	try {
		// No credentials here: the key must never reach the host of the files.
		answer = (await context.helpers.httpRequest({
			method: 'GET',
			url: file.url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: ANSWER_TIMEOUT_MS,
			...(signal ? { abortSignal: signal } : {}),
		})) as FileAnswer;
	} catch (thrown) {
		const reason = thrown instanceof Error ? thrown.message : 'unknown reason';
		throw failure(`The host of the result could not be reached: ${reason}`, true);
	}
	const { body } = answer;
	const finished = new AbortController();
	try {
		const checked = checkAnswer(answer, file);
		void alarm(FILE_TIMEOUT_MS, finished.signal).then((rang) => {
			if (rang && isStream(body)) body.destroy(new Error('it took too long'));
		});
		return await store(context, body, file, checked);
	} catch (thrown) {
		if (isStream(body)) body.destroy();
		const reason = thrown instanceof Error ? thrown.message : 'unknown reason';
		const error =
			thrown instanceof KlingError ? thrown : failure(`The download broke off: ${reason}`, true);
		throw error;
	} finally {
		finished.abort();
	}
}

/**
 * Fetches a result by stream, so that a large video never has to fit into memory (where n8n stores binary data on disk).
 * Retried, since reading costs nothing. Throws `download`.
 */
export async function download(
	context: NodeContext,
	file: ResultFile,
	signal: AbortSignal | undefined,
): Promise<IBinaryData> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await fetchOnce(context, file, signal);
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!error.details.retryable || attempt === ATTEMPTS || signal?.aborted) {
				throw error;
			}
			await clock.sleep(RETRY_DELAY_MS * attempt, signal);
		}
	}
}
