import type { Kind } from './kinds';
import { isKind } from './kinds';

/** Last part of every Kling Trigger's address. */
export const TRIGGER_PATH = 'kling';

/** What n8n puts before the path of a trigger; whatever else stands there is the path of a Webhook node. */
const WEBHOOK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const TOKEN = 'token';
const KIND = 'kind';
const API = 'api';

/** What a callback address tells the trigger beside the call itself. */
export interface CallbackParams {
	token?: string;
	/** What the Kling node made; a hint that saves looking in all places. */
	kind?: Kind;
	/** Which API of the service made it, where that is not the one that the kind is usually asked for at. */
	api?: string;
}

function urlOf(address: string): URL | undefined {
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}

/** n8n's paths as a list; where n8n lives below a path of its own, that comes first. */
function pathOf({ pathname }: URL): string[] {
	return pathname.split('/').filter((part) => part !== '');
}

/**
 * Whether an address is that of a Kling Trigger in the n8n that gives out `resumeUrl`
 * (`<base>/webhook-waiting/<execution>`): same host, same base, and `webhook/<webhook id>/kling` behind it.
 */
export function isOwnTrigger(callbackUrl: string, resumeUrl: string): boolean {
	const [address, own] = [urlOf(callbackUrl), urlOf(resumeUrl)];
	if (!address || !own || address.origin !== own.origin || own.origin === 'null') return false;
	if (address.username || address.password) return false;
	const base = pathOf(own).slice(0, -2);
	const path = pathOf(address);
	if (!base.every((part, index) => path[index] === part)) return false;
	const [, webhookId = '', last, ...more] = path.slice(base.length);
	return WEBHOOK_ID.test(webhookId) && last === TRIGGER_PATH && more.length === 0;
}

/**
 * The callback address with the secret token and the kind, if it leads to a Kling Trigger of this n8n. Any other address
 * stays as it is: the token must not leave. So does what somebody wrote into the address.
 */
export function addCallbackParams(
	callbackUrl: string,
	resumeUrl: string,
	{ token, kind, api }: CallbackParams,
): string {
	if (!isOwnTrigger(callbackUrl, resumeUrl)) return callbackUrl;
	const url = new URL(callbackUrl);
	for (const [name, value] of [
		[TOKEN, token],
		[KIND, kind],
		[API, api],
	] as const) {
		if (value && !url.searchParams.has(name)) url.searchParams.set(name, value);
	}
	return url.toString();
}

/** What `addCallbackParams` put into the address, from the query of a call. */
export function readCallbackParams(query: Readonly<Record<string, unknown>>): CallbackParams {
	const { [TOKEN]: token, [KIND]: kind, [API]: api } = query;
	return {
		...(typeof token === 'string' && token !== '' ? { token } : {}),
		...(isKind(kind) ? { kind } : {}),
		...(typeof api === 'string' && api !== '' ? { api } : {}),
	};
}
