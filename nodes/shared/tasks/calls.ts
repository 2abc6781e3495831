import { toKlingError } from '../core/errors';
import type { GenerationRequest } from '../core/requests';
import type { Task } from '../core/task';
import type { HttpRequest, HttpResponse, Provider, TaskRef } from '../providers';
import { createFailure } from '../providers/createFailure';

/** One request to a service, and how its answer is read. `read` throws `KlingError` for every answer that is none. */
export interface Call<T> {
	request: HttpRequest;
	read: (response: HttpResponse) => T;
}

/** Makes a task. An answer that fails is read as one to a create: see `createFailure`. Throws `KlingError`. */
export function createCall(provider: Provider, request: GenerationRequest): Call<Task> {
	return {
		request: provider.encodeCreate(request),
		read(response) {
			try {
				return provider.readCreated(request.kind, response);
			} catch (thrown) {
				throw createFailure(provider.label, toKlingError(thrown), response);
			}
		},
	};
}

/** Gets one task. */
export function getCall(provider: Provider, ref: TaskRef): Call<Task> {
	return {
		request: provider.encodeGet(ref),
		read: (response) => provider.readTask(ref, response),
	};
}
