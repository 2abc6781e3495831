import type { JsonBody } from './json';
import type { GenerationRequest } from './requests';

/** By the names that services have for it, an address may also stand among the additional fields. */
const CALLBACK_FIELDS = ['callback_url', 'notify_hook'];

/** Whether a request names an address for the service to call. */
export function hasCallback({ callback_url, extra = {} }: GenerationRequest): boolean {
	return callback_url !== undefined || CALLBACK_FIELDS.some((field) => extra[field] !== undefined);
}

/** The request with every such address as `change` gives it. */
export function withCallbacks(
	request: GenerationRequest,
	change: (address: string) => string,
): GenerationRequest {
	const { callback_url, extra } = request;
	return {
		...request,
		...(callback_url === undefined ? {} : { callback_url: change(callback_url) }),
		...(extra === undefined ? {} : { extra: changed(extra, change) }),
	};
}

/** The request without them. */
export function withoutCallbacks(request: GenerationRequest): GenerationRequest {
	const { callback_url: _callback, extra, ...rest } = request;
	if (extra === undefined) return rest;
	const left = Object.entries(extra).filter(([name]) => !CALLBACK_FIELDS.includes(name));
	return { ...rest, extra: Object.fromEntries(left) };
}

function changed(
	extra: { [key: string]: JsonBody },
	change: (address: string) => string,
): { [key: string]: JsonBody } {
	return Object.fromEntries(
		Object.entries(extra).map(([name, value]) => [
			name,
			CALLBACK_FIELDS.includes(name) && typeof value === 'string' ? change(value) : value,
		]),
	);
}
