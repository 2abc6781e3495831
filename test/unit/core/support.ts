/** What the tests of the pure core share. */
import * as codec from '../../../nodes/shared/providers/codec';
import { KlingError } from '../../../nodes/shared/core/errors';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { ALL_PROVIDERS, providerFor } from '../../../nodes/shared/providers';
import type { HttpResponse, Provider, Service } from '../../../nodes/shared/providers';
import type { Task } from '../../../nodes/shared/core/task';
import { taskStoreIn } from '../../../nodes/Kling/run/taskStore';
import type { RunIdentity } from '../../../nodes/Kling/run/taskStore';
import type { GenerationRequest } from '../../../nodes/shared/core/requests';

/** Every dialect: one provider per service, and the official one without the calls that want an API key. */
export const DIALECTS: readonly Provider[] = [
	...ALL_PROVIDERS,
	providerFor({ service: 'klingGlobal', prefix: '', authentication: 'accessKey' }),
];

export function provider(service: Service): Provider {
	return providerFor({
		service,
		prefix: service === 'relay' ? '/kling' : '',
		authentication: 'apiKey',
	});
}

/** One run of a node in one execution, for the store of paid tasks. */
export function runOf(runIndex: number, serviceKey: string): RunIdentity {
	const origin = ['this n8n', 'the token', 'the node'];
	return { runIndex, serviceKey, account: 'f00d', origin, execution: '7' };
}

/** A store, by item and request instead of by key. */
export function storeIn(context: Record<string, unknown>, identity: RunIdentity) {
	const store = taskStoreIn(context, identity);
	const keyOf = (item: number, request: GenerationRequest) => store.keyOf(item, request);
	return {
		find: (item: number, request: GenerationRequest) => store.find(keyOf(item, request)),
		sent(item: number, request: GenerationRequest) {
			store.save(keyOf(item, request), { state: 'sent' });
		},
		made(item: number, request: GenerationRequest, id: string) {
			store.save(keyOf(item, request), { state: 'made', id, ownedByOtherExecution: false });
		},
		delete(item: number, request: GenerationRequest) {
			store.delete(keyOf(item, request));
		},
		list: () => store.list(),
		unclearOf: (item: number) => store.unclearOf(item),
		externalTaskId: (item: number, request: GenerationRequest) =>
			store.externalTaskId(keyOf(item, request)),
	};
}

export type Store = ReturnType<typeof storeIn>;

/** An answer as the client hands it on; anything but text becomes JSON. */
export function answer(
	body: unknown,
	status = 200,
	headers: Record<string, string> = {},
): HttpResponse {
	return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** What `action` throws; the test fails if that is no KlingError. */
export function errorOf(action: () => unknown): KlingError {
	try {
		action();
	} catch (thrown) {
		expect(thrown).toBeInstanceOf(KlingError);
		return thrown as KlingError;
	}
	throw new Error('Nothing was thrown');
}

export function readTask(service: Service, body: unknown, kind: Kind = 'text2video'): Task {
	return codec.readTask(provider(service), { id: 'asked-for', kind }, answer(body));
}

export function readCreated(service: Service, body: unknown, kind: Kind = 'text2video'): Task {
	return codec.readCreated(provider(service), { kind: kind }, answer(body));
}
