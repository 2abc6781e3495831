/** One credential for each way to a service, and how that service answers when nothing is wrong. */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** What a service answers. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	body: string;
}

export type Answering = (request: IHttpRequestOptions, place: number) => Answer;

const TOKEN = 'record-callback-token-01';
const WEBHOOK_SECRET = 'whsec_cmVjb3JkLXdlYmhvb2stc2VjcmV0';

/** By the names that stand in the keys of the record. */
export const ACCOUNTS = {
	klingGlobal: { service: 'klingGlobal', authentication: 'apiKey', apiKey: 'record-key-global' },
	klingGlobalPair: {
		service: 'klingGlobal',
		authentication: 'accessKey',
		accessKeyId: 'record-access-key',
		secretKey: 'record-secret-key',
	},
	klingChina: { service: 'klingChina', authentication: 'apiKey', apiKey: 'record-key-china' },
	aceData: { service: 'aceData', apiKey: 'record-key-ace' },
	openaiHk: { service: 'openaiHk', apiKey: 'hk-record-key' },
	relay: {
		service: 'relay',
		relayBaseUrl: 'https://relay.example.com',
		pathPrefix: '/kling',
		apiKey: 'record-key-relay',
	},
} as const satisfies Record<string, ICredentialDataDecryptedObject>;

export type Account = keyof typeof ACCOUNTS;

export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as Account[];

/** The same credential with a token and a secret of its own, for callbacks. */
export function withOwnToken(account: Account): ICredentialDataDecryptedObject {
	return { ...ACCOUNTS[account], callbackToken: TOKEN, webhookSecret: WEBHOOK_SECRET };
}

export { TOKEN, WEBHOOK_SECRET };

/** An answer in JSON. */
export function json(body: unknown, status = 200): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	};
}

/** Ace Data Cloud asks for tasks by POST, too. */
export function isCreate({ method, url }: Pick<IHttpRequestOptions, 'method' | 'url'>): boolean {
	return method === 'POST' && !url.endsWith('/tasks');
}

/** The id of the task that the request at that place of the log has made. */
export function madeId(place: number): string {
	return `made-${place}`;
}

/** Takes every order, and knows no task. */
export function takesAll(account: Account): Answering {
	const isAce = account === 'aceData';
	return (request, place) => {
		if (!isCreate(request)) return isAce ? NOT_FOUND_ACE : NOT_FOUND;
		const id = madeId(place);
		return json(isAce ? { task_id: id, trace_id: 't' } : created(id));
	};
}

const NOT_FOUND = json({ code: 1203, message: 'task not found', request_id: 'r' }, 404);
const NOT_FOUND_ACE = json(
	{ success: false, error: { code: 'not_found', message: 'task not found' }, trace_id: 't' },
	404,
);

function created(id: string): object {
	return {
		code: 0,
		message: 'SUCCEED',
		request_id: 'r',
		data: {
			task_id: id,
			task_status: 'submitted',
			task_info: {},
			created_at: 1762157958060,
			updated_at: 1762157958060,
		},
	};
}
