/** A hostile service: it knows all secrets of the credential, and repeats them wherever a test wants. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { inspect } from './harness';

const KEY = 'sk/AbC+12~only-the-Key=34';
const PLATFORM_TOKEN = 'platform-Tok/56+en~Abc=';
const [ACCESS_KEY, SECRET_KEY] = ['AccessKey0123456789abcdef', 'SecretKey/9876+fedcba='];

/** How a service answers. */
type Dialect = 'legacy' | 'newApi' | 'aceData';

export interface Way {
	way: string;
	dialect: Dialect;
	/** What a person would type, without the address. */
	credential: ICredentialDataDecryptedObject;
	/** The field of the address. */
	baseUrlField: string;
	/** Whether it has a list of tasks. */
	lists: boolean;
	/** Whether it takes files, at the same address. */
	uploads?: true;
}

const official = { dialect: 'legacy', baseUrlField: 'klingGlobalBaseUrl', lists: true } as const;
const relay = { baseUrlField: 'relayBaseUrl', lists: false } as const;

/** Every form of service, and of key. */
export const ECHO_WAYS: readonly Way[] = [
	{ way: 'Kling by API key', ...official, credential: { service: 'klingGlobal', apiKey: KEY } },
	{
		way: 'Kling by access key',
		...official,
		credential: {
			service: 'klingGlobal',
			authentication: 'accessKey',
			accessKeyId: ACCESS_KEY,
			secretKey: SECRET_KEY,
		},
	},
	{
		way: 'Ace Data Cloud',
		dialect: 'aceData',
		baseUrlField: 'aceDataBaseUrl',
		lists: true,
		credential: { service: 'aceData', apiKey: KEY },
	},
	{
		way: 'Ace Data Cloud with its platform',
		dialect: 'aceData',
		baseUrlField: 'aceDataBaseUrl',
		lists: true,
		uploads: true,
		credential: { service: 'aceData', apiKey: KEY, platformToken: PLATFORM_TOKEN },
	},
	{
		way: 'OpenAI-HK',
		dialect: 'legacy',
		baseUrlField: 'openaiHkBaseUrl',
		lists: false,
		credential: { service: 'openaiHk', apiKey: KEY },
	},
	{ way: 'a relay', dialect: 'legacy', ...relay, credential: { service: 'relay', apiKey: KEY } },
	{
		way: 'a relay that wants the key alone',
		dialect: 'legacy',
		...relay,
		credential: { service: 'relay', apiKey: KEY, keyHeader: 'plain' },
	},
	{ way: 'new-api', dialect: 'newApi', ...relay, credential: { service: 'relay', apiKey: KEY } },
];

/** Where it repeats the secrets. */
export const PLACES = [
	'id',
	'message',
	'code',
	'request id',
	'link',
	'name in an object',
	'number beside the task',
	'header',
	'refusal',
	'web page',
	'broken JSON',
	'file name',
	'error of the file',
] as const;
export type Place = (typeof PLACES)[number];

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** All forms of a secret that a service may show. */
function formsOf(secret: string): string[] {
	return [
		secret,
		secret.toUpperCase(),
		secret.toLowerCase(),
		encodeURIComponent(secret),
		encodeURIComponent(secret).toLowerCase(),
		base64(secret),
		Buffer.from(secret).toString('base64url'),
		encodeURIComponent(base64(secret)),
	];
}

/** A secret, and what of its base64 nobody may see: the inner characters, whatever stands around it. */
function tracesOf(secret: string): string[] {
	const around = ['', 'a', 'ab'].map((before) => base64(`${before}${secret}`).slice(4, -4));
	return [secret, encodeURIComponent(secret), ...around].map((form) => form.toLowerCase());
}

const VIDEO = Buffer.from(`\0\0\0\x18ftypmp42${'\0'.repeat(64)}`, 'latin1');
const TASK_ID = '814237883686625347';

export interface EchoService {
	readonly origin: string;
	way: Way;
	place: Place;
	/** How its tasks end. */
	end: 'succeed' | 'failed';
	/** Whether its tasks are still running. */
	running: boolean;
	/** How its files are answered. */
	fileStatus: number;
	/** Whether a request, one for a file included, held the secret key as it is. */
	hasSecretKey: boolean;
	/** How often it has repeated the secrets. */
	echoes: number;
	/** The External Task IDs of the tasks that it was asked to make. */
	creates: unknown[];
	credential(): ICredentialDataDecryptedObject;
	/** What it posts to a callback address. */
	callbackBody(): IDataObject;
	/** The parts of its secrets that are found in a text. */
	tracesIn(text: string): string[];
	reset(way: Way, place: Place): void;
	stop(): Promise<void>;
}

export async function startEchoService(): Promise<EchoService> {
	let headers: string[] = [];
	let tasks = 0;

	/** What the credential holds. */
	function known(): string[] {
		const { apiKey, accessKeyId, secretKey, platformToken } = service.way.credential;
		return [apiKey, accessKeyId, secretKey, platformToken].filter((one) => typeof one === 'string');
	}

	/** And the tokens that were sent. */
	function secrets(): string[] {
		return [...known(), ...headers.map((header) => header.replace(/^Bearer /, ''))];
	}

	/** Every secret in every form, if this is the place; else what an honest service says. */
	function echo(place: Place, honest = ''): string {
		if (service.place !== place) return honest;
		service.echoes += 1;
		const { accessKeyId = '', secretKey = '' } = service.way.credential;
		const pair = base64(`${String(accessKeyId)}:${String(secretKey)}`);
		// The newest token alone: with all of them, no answer would end.
		const header = headers.at(-1) ?? '';
		const newest = header.replace(/^Bearer /, '');
		const said = [...new Set([...known(), newest])].flatMap(formsOf);
		return said.concat(pair, header, base64(header)).join(' ');
	}

	/** The same without spaces, as an id or a part of an address. */
	const echoed = (place: Place, honest = '') => echo(place, honest).replaceAll(' ', '.');

	const idOf = () => echoed('id', `${TASK_ID.slice(0, -2)}${10 + (tasks % 90)}`);

	function outcome() {
		const link = `${service.origin}/file.mp4${service.place === 'link' ? `?k=${echoed('link')}` : ''}`;
		return {
			status: service.running ? 'processing' : service.end,
			message: echo('message', service.end === 'failed' ? 'risk control' : ''),
			videos: [{ id: 'v1', url: link, duration: '5' }],
			more: {
				[echo('name in an object', 'note')]: 'x',
				beside: echo('number beside the task', '1'),
			},
		};
	}

	function legacyTask(): IDataObject {
		const { status, message, videos, more } = outcome();
		return {
			task_id: idOf(),
			task_status: status,
			task_status_msg: message,
			...(status === 'succeed' ? { task_result: { videos } } : {}),
			...more,
		};
	}

	function aceTask(): IDataObject {
		const { status, message, videos, more } = outcome();
		const id = idOf();
		const failure = { success: false, error: { code: echo('code', 'api_error'), message } };
		const [{ id: video_id, url: video_url } = { id: '', url: '' }] = videos;
		const success = { success: true, state: 'succeed', video_id, video_url, message };
		const response = { ...(service.end === 'failed' ? failure : success), task_id: id };
		const trace_id = echo('request id', 'r');
		return {
			id,
			trace_id,
			type: 'videos',
			request: { action: 'text2video' },
			started_at: 1_762_156_158,
			...(status === 'processing' ? {} : { response: { ...response, ...more } }),
			...more,
		};
	}

	const legacy = (data: unknown) => ({
		code: service.place === 'code' ? echo('code') : 0,
		message: echo('message', 'SUCCEED'),
		request_id: echo('request id', 'r'),
		data,
	});

	function newApiTask(): IDataObject {
		const data = legacyTask();
		const status = { processing: 'IN_PROGRESS', succeed: 'SUCCESS', failed: 'FAILURE' };
		return {
			code: echo('code', 'success'),
			message: echo('message'),
			data: {
				task_id: data.task_id,
				status: status[data.task_status as keyof typeof status],
				fail_reason: data.task_status_msg,
				data,
			},
		};
	}

	function created(): unknown {
		tasks += 1;
		const { message, more } = outcome();
		if (service.way.dialect === 'legacy') {
			return legacy({
				task_id: idOf(),
				task_status: 'submitted',
				task_status_msg: message,
				...more,
			});
		}
		const isAce = service.way.dialect === 'aceData';
		const common = { task_id: idOf(), message, ...more };
		return isAce
			? { success: true, trace_id: echo('request id', 'r'), ...common }
			: { object: 'video', status: 'queued', ...common };
	}

	function found(isList: boolean): unknown {
		if (service.way.dialect === 'newApi') return newApiTask();
		if (service.way.dialect === 'legacy') return legacy(isList ? [legacyTask()] : legacyTask());
		return isList ? { items: [aceTask()], count: 1 } : aceTask();
	}

	/** What the platform says of a file. */
	function uploaded(): unknown {
		const { message, more } = outcome();
		const file_url = `${service.origin}/${echoed('link', 'fox.png')}`;
		return { file_url, trace_id: echo('request id', 'r'), message, ...more };
	}

	/** What is no answer at all, where the place is one of those. */
	function odd(response: ServerResponse): boolean {
		if (service.place === 'refusal') {
			const said = echo('refusal');
			const body = { code: 1201, message: said, error: { code: 'bad_request', message: said } };
			response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		} else if (service.place === 'web page') {
			response.writeHead(502).end(`<html><title>${echo('web page')}</title></html>`);
		} else if (service.place === 'broken JSON') {
			response.end(`{"data":"${echo('broken JSON')}`);
		} else return false;
		return true;
	}

	function serveFile(response: ServerResponse): void {
		if (service.place === 'error of the file') {
			const type = `text/x-${echoed('error of the file')}`;
			response.writeHead(200, { 'content-type': type }).end(echo('error of the file'));
			return;
		}
		const name = `attachment; filename="${echo('file name')}"`;
		const named = service.place === 'file name' ? { 'content-disposition': name } : {};
		response.writeHead(service.fileStatus, { 'content-type': 'video/mp4', ...named }).end(VIDEO);
	}

	function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
		const { pathname, search } = new URL(request.url ?? '/', service.origin);
		const received = [request.url, inspect(request.headers), body].join('\n');
		if (received.includes(SECRET_KEY)) service.hasSecretKey = true;
		if (pathname === '/file.mp4') {
			serveFile(response);
			return;
		}
		headers = [...new Set([...headers, String(request.headers.authorization)])];
		const isLook = request.method === 'GET' || pathname.endsWith('/tasks');
		const isList = search.includes('page') || body.includes('retrieve_batch');
		const isUpload = pathname === '/api/v1/files/';
		if (!isLook && !isUpload)
			service.creates.push((JSON.parse(body) as IDataObject).external_task_id);
		if (service.place === 'header') {
			for (const name of ['x-request-id', 'retry-after']) {
				response.setHeader(name, echo('header'));
			}
		}
		if (odd(response)) return;
		response.setHeader('content-type', 'application/json');
		const answered = isUpload ? uploaded() : isLook ? found(isList) : created();
		response.end(JSON.stringify(answered));
	}

	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.once('end', () => answer(request, response, body));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));

	const service: EchoService = {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		way: ECHO_WAYS[0] as Way,
		place: 'message',
		end: 'succeed',
		running: false,
		fileStatus: 200,
		hasSecretKey: false,
		echoes: 0,
		creates: [],
		credential: () => ({
			pathPrefix: '/kling',
			...service.way.credential,
			[service.way.baseUrlField]: service.origin,
			platformUrl: service.origin,
		}),
		callbackBody() {
			const task = service.way.dialect === 'aceData' ? aceTask() : legacyTask();
			return service.way.dialect === 'aceData' ? (task.response as IDataObject) : task;
		},
		tracesIn(text) {
			const shown = text.toLowerCase();
			return [...new Set(secrets().flatMap(tracesOf))].filter((trace) => shown.includes(trace));
		},
		reset(way, place) {
			const fresh = { end: 'succeed', running: false, fileStatus: 200, hasSecretKey: false };
			Object.assign(service, { way, place, ...fresh, echoes: 0, creates: [] });
			headers = [];
			tasks += 1;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
	return service;
}
