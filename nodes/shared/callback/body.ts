import { parseJson } from '../json';
import type { Provider } from '../providers';
import type { Task } from '../task';
import { Refusal } from './refusal';

/** Callbacks have a few thousand bytes. */
const MOST_BYTES = 1_000_000;
/** Ids are remembered, so they must not be of any length. */
const LONGEST_ID = 200;

/** A refusal, where a body is too long for a callback. */
export function checkSize(rawBody: Buffer): Refusal | undefined {
	return rawBody.length > MOST_BYTES
		? new Refusal(413, `A callback has at most ${MOST_BYTES} bytes`)
		: undefined;
}

/** What a call claims about a task, or a refusal where it is no callback of this service. */
export function readClaim(provider: Provider, rawBody: Buffer): Task | Refusal {
	let task: Task | undefined;
	try {
		task = provider.readCallback(parseJson(rawBody.toString('utf8')));
	} catch {
		return new Refusal(400, 'The body is not JSON');
	}
	if (!task || task.id.length > LONGEST_ID) {
		return new Refusal(400, `The body is not a callback of ${provider.label}: it names no task`);
	}
	return task;
}
