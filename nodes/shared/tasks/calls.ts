import { KlingError, toKlingError } from '../core/errors';
import type { GenerationRequest } from '../core/requests';
import type { Task, TaskRef } from '../core/task';
import { callOf } from '../providers/calls';
import { apiOf, encodeCreate, encodeGet, readCreated, readTask } from '../providers/codec';
import type { CallName, Calls, HttpRequest, HttpResponse, Provider } from '../providers';
import { createFailure, namedTask } from '../providers/createFailure';
import { explainedByModel } from '../providers/retired';
import { unclearCall } from './createErrors';
import type { Sender } from './sender';

/** One request to a service, and how its answer is read. `read` throws `KlingError` for every answer that is none. */
export interface Call<T> {
	request: HttpRequest;
	read: (response: HttpResponse) => T;
}

/** The task of a create. `doubt`: the answer is odd but names this task, which is to be looked at before it is believed. */
export interface Created {
	task: Task;
	doubt?: KlingError;
}

/** Makes a task. An answer that fails is read as one to a create: see `createFailure`. Throws `KlingError`. */
export function createCall(provider: Provider, request: GenerationRequest): Call<Created> {
	const { kind } = request;
	return {
		request: encodeCreate(provider, request),
		read(response) {
			try {
				return { task: readCreated(provider, request, response) };
			} catch (thrown) {
				const error = toKlingError(thrown);
				const api = apiOf(provider, request);
				const refusal = createFailure(provider.label, error, response).with({ api });
				const failure = explainedByModel(provider, request, refusal);
				const task = namedTask(error, response);
				if (!task) throw failure;
				const doubt = failure.with({ taskId: task.id, maybeCreated: true, busy: false });
				return { task: { ...task, kind, api }, doubt };
			}
		},
	};
}

/** Gets one task. */
export function getCall(provider: Provider, ref: TaskRef): Call<Task> {
	return {
		request: encodeGet(provider, ref),
		read: (response) => readTask(provider, ref, response),
	};
}

const ONCE_TIMEOUT_MS = 120_000;

/** What failed in a call that costs money. The id of a task says nothing: nobody can ask for one that is no task of a kind. */
function paidFailure(provider: Provider, error: KlingError, response: HttpResponse): KlingError {
	const { kind, message, details } = createFailure(provider.label, error, response);
	const { taskId: _taskId, ...rest } = details;
	return new KlingError(kind, message, rest);
}

/** A call that costs money: an answer that fails is read as one to a create. */
function paidCall<T>(provider: Provider, { request, read }: Call<T>): Call<T> {
	return {
		request,
		read(response) {
			try {
				return read(response);
			} catch (thrown) {
				const error = toKlingError(thrown);
				// The answer is clear, though it is none that anybody wants.
				throw error.kind === 'taskFailed' ? error : paidFailure(provider, error, response);
			}
		},
	};
}

const MAYBE_DONE =
	'The service may have done it although its answer did not arrive. It was not sent again: look whether it was done before you run this again';

/**
 * A call that the service answers at once. One that costs money or changes something is sent once: nobody knows what became
 * of one without a clear answer. Any other is retried as reads are. Throws `notOffered` where the service does not have it.
 */
export async function callAtOnce<N extends CallName>(
	{ provider, read, send }: Sender,
	name: N,
	input: Calls[N]['input'],
): Promise<Calls[N]['output']> {
	const { paid = false, changes = false, encode, read: readAnswer } = callOf(provider, name);
	const call = {
		request: encode(input),
		read: (response: HttpResponse) => readAnswer(response, input),
	};
	if (!paid && !changes) return await read(call);
	try {
		return await send(paid ? paidCall(provider, call) : call, ONCE_TIMEOUT_MS);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.details.maybeCreated === false || error.kind === 'taskFailed') throw error;
		if (paid) throw unclearCall(name, error);
		throw error.with({ maybeCreated: true, retryable: false, advice: MAYBE_DONE });
	}
}
