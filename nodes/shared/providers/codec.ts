import { fitsInPath } from '../core/ids';
import type { Kind } from '../core/kinds';
import { refuseValue } from '../core/quote';
import type { GenerationRequest, RequestView } from '../core/requests';
import type { Task, TaskRef } from '../core/task';
import { callOf } from './calls';
import type { Codec, HttpRequest, HttpResponse, Inquiry, Overview, Provider, Step } from './types';

/** What decides which API of a service is spoken: the one that made the task, or else the one that serves the request. */
type CodecChoice = RequestView & { api?: string };

function codecFor(provider: Provider, choice: CodecChoice): Codec {
	const codecs = provider.codecs(choice.kind);
	const { api } = choice;
	return (
		codecs.find((one) => (api === undefined ? one.serves(choice) : one.api === api)) ?? codecs[0]
	);
}

/** The API that a task is asked for at. One that several kinds share is that of the task's kind, if that is one of them. */
function inquiryFor(provider: Provider, ref: TaskRef): Inquiry {
	const { overview, solutions } = provider;
	const isIts = ({ api }: Inquiry) => api === ref.api;
	return (
		provider.codecs(ref.kind).find(isIts) ??
		[overview, solutions].find((one) => one && isIts(one)) ??
		codecFor(provider, ref)
	);
}

/** The API that a request is made at, for which its task has to be asked, too. */
export function apiOf(provider: Provider, request: GenerationRequest): string {
	return codecFor(provider, request).api;
}

/** Whether the task of a request is found by its External Task ID where it is made, if the service takes one. */
export function findsByName(provider: Provider, request: CodecChoice): boolean {
	return codecFor(provider, request).findsByName ?? true;
}

/** Whether the service certainly refuses a second create with the External Task ID of a request. */
export function hasUniqueName(provider: Provider, request: CodecChoice): boolean {
	const { findsByName = true, uniqueNames = true } = codecFor(provider, request);
	return provider.externalIds?.unique === true && findsByName && uniqueNames;
}

/** Whether anybody at the service finds the task of a request by its External Task ID. */
export function canFindByName(provider: Provider, request: CodecChoice): boolean {
	if (!provider.externalIds) return false;
	return findsByName(provider, request) || provider.overview !== undefined;
}

/** What has to be paid before a create, one call after another; undefined where the request is complete. */
export function nextStep(provider: Provider, request: GenerationRequest): Step | undefined {
	return codecFor(provider, request).nextStep?.(request);
}

/**
 * Writes down what leaves first, because some things show only then. Throws `invalidInput` for what cannot be said at the
 * service, and `notOffered` where a call is missing that the request needs.
 */
export function checkEncoding(provider: Provider, request: GenerationRequest): void {
	const step = nextStep(provider, request);
	if (step) callOf(provider, step.call);
	else encodeCreate(provider, request);
}

/** A create as the API that serves its model wants it. Throws `invalidInput` for what cannot be said there. */
export function encodeCreate(provider: Provider, request: GenerationRequest): HttpRequest {
	return codecFor(provider, request).encodeCreate(request);
}

/** The task that a create has made. Throws `KlingError`. */
export function readCreated(
	provider: Provider,
	request: RequestView,
	response: HttpResponse,
): Task {
	const codec = codecFor(provider, request);
	return { ...codec.readCreated(response), api: codec.api };
}

/** Throws `invalidInput` for an id that would lead to another path, whoever gave it. */
function checkId(id: string): void {
	if (!fitsInPath(id)) refuseValue('Task ID', 'must be the ID of a task', id);
}

/** The question for one task. Throws `invalidInput` for what is no id. */
export function encodeGet(provider: Provider, ref: TaskRef): HttpRequest {
	checkId(ref.id);
	const inquiry = inquiryFor(provider, ref);
	return (ref.byName && inquiry.encodeGetByName?.(ref.id)) || inquiry.encodeGet(ref.id);
}

/**
 * The questions for one task, by its id and by one's own, the likelier first. Throws `invalidInput` for what is no id.
 */
export function encodeBoth(
	{ taskId }: Provider,
	overview: Overview,
	id: string,
): [HttpRequest, HttpRequest] {
	checkId(id);
	const [byId, byName] = [overview.encodeGet(id), overview.encodeGetByName(id)];
	return taskId.test(id) ? [byId, byName] : [byName, byId];
}

/** The task that was asked for at an API; see `readTask`. */
export function readBy(inquiry: Inquiry, asked: string, response: HttpResponse): Task {
	const task = inquiry.readTask(asked, response);
	const id = task.externalTaskId === asked ? task.id : asked;
	return { ...task, id, api: inquiry.api };
}

/**
 * The task that was asked for. It keeps the id that it was asked by, since a relay may name that of the service behind it,
 * unless it was asked by its External Task ID. Throws `KlingError`.
 */
export function readTask(provider: Provider, ref: TaskRef, response: HttpResponse): Task {
	const inquiry = inquiryFor(provider, ref);
	// Where a name is asked for apart, only the task's own id finds it later.
	if (ref.byName && inquiry.encodeGetByName) {
		return { ...inquiry.readTask(ref.id, response), api: inquiry.api };
	}
	return readBy(inquiry, ref.id, response);
}

/**
 * Where to look for a task of which only the id is known, be it its own or an External Task ID: one for each path, since one
 * is enough where the id finds it, and a second one where an API asks for the two in different ways.
 */
export function refsOf(provider: Provider, kinds: readonly Kind[]): Array<Omit<TaskRef, 'id'>> {
	const paths = new Set<string>();
	return kinds
		.flatMap((kind) => provider.codecs(kind).map((codec) => ({ kind, codec })))
		.filter(({ codec }) => {
			const { path } = codec.encodeGet('id');
			return !paths.has(path) && paths.add(path);
		})
		.flatMap(({ kind, codec }) => {
			const ref = { kind, api: codec.api };
			return 'encodeGetByName' in codec ? [ref, { ...ref, byName: true }] : [ref];
		});
}
