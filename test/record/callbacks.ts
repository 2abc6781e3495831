/** What becomes of calls to the Kling Trigger: the answer, the requests that they cause, and the items that start a workflow. */
import { createHmac } from 'node:crypto';

import * as samples from '../unit/core/samples';
import { ACCOUNT_NAMES, ACCOUNTS, takesAll, TOKEN, WEBHOOK_SECRET, withOwnToken } from './accounts';
import type { Account, Answer, Answering } from './accounts';
import type { Call, World } from './context';
import { N8N } from './context';
import { callTrigger, lineOf, runKling, runTrigger, told } from './run';
import type { Result } from './run';
import { COMPLAINTS, SPOKEN } from './spoken';

const SMALL_SHARE = 7;
const ACE_ID = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';

const text = (body: unknown) => JSON.stringify(body);
const deep = (levels: number) => `{"task_id":"1","x":${'['.repeat(levels)}${']'.repeat(levels)}}`;

/** What is called. The answers are among them, for some services call with what they would answer. */
const BODIES: ReadonlyMap<string, string> = new Map([
	...[...SPOKEN].map(([name, { body }]): [string, string] => [name, body]),
	...Object.entries({
		legacy: samples.OFFICIAL_DONE.data,
		'legacy, failed': samples.OFFICIAL_FAILED.data,
		'new standard': samples.UNIFIED_DONE.data[0],
		'new standard, failed': samples.UNIFIED_DONE.data[1],
		'enveloped, with a status word': {
			status: 'success',
			code: 200,
			data: samples.OFFICIAL_DONE.data,
		},
		'enveloped, with an id': { id: 'evt_1', status: 'success', data: samples.UNIFIED_DONE.data[0] },
		'test of the console': {
			id: '814237883686625349',
			status: 'submitted',
			outputs: [],
			billing: [],
		},
		'Ace, failed': {
			success: false,
			error: { code: 'api_error', message: 'risk' },
			task_id: ACE_ID,
		},
		'Ace, no reason': { task_id: ACE_ID, state: 'failed' },
		'no status': { task_id: '814237883686625347' },
		'unknown status': { task_id: '814237883686625347', task_status: 'finished' },
		'two tasks': { data: [{ task_id: '1' }, { task_id: '2' }] },
		'a path': { task_id: '../account', task_status: 'succeed' },
		'a long id': { task_id: 'x'.repeat(201), task_status: 'succeed' },
		'the token repeated': {
			...samples.OFFICIAL_DONE.data,
			callback_url: `https://n8n/?token=${TOKEN}`,
		},
		nothing: {},
		'a list': [],
	}).map(([name, body]): [string, string] => [name, text(body)]),
	['empty', ''],
	['cut off', text(samples.OFFICIAL_DONE.data).slice(0, 90)],
	['page', '<html>'],
	['byte order mark', `\uFEFF${text(samples.OFFICIAL_DONE.data)}`],
	['a number', '7'],
	['nested', deep(90)],
	['nested too deeply', deep(120)],
	['too long', text({ task_id: '1', x: 'x'.repeat(1_000_000) })],
]);

/** How a call differs from the usual one. */
interface Way {
	name: string;
	query?: Call['query'];
	parameters?: Call['parameters'];
	headers?: (body: string) => Call['headers'];
	mode?: Call['mode'];
	/** Default: the service tells the same as the call. */
	answer?: Answer;
}

const MESSAGE = 'msg-1';

function signed(secret: string, sentAt: number): Way['headers'] {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	return (body) => {
		const signature = createHmac('sha256', key)
			.update(`${MESSAGE}.${sentAt}.${body}`)
			.digest('base64');
		return {
			'webhook-id': MESSAGE,
			'webhook-timestamp': String(sentAt),
			'webhook-signature': `v1,${signature}`,
		};
	};
}

const NOW = Date.UTC(2026, 0, 15, 12) / 1000;
const UNSURE = { confirm: false };
const more = (options: object) => ({ ...UNSURE, more: options });
const NOBODY = COMPLAINTS.get('word task_not_exist');

const WAYS: readonly Way[] = [
	{ name: 'believed', parameters: UNSURE },
	{ name: 'confirmed' },
	{ name: 'confirmed, with a kind', query: { token: TOKEN, kind: 'image2video' } },
	{ name: 'raw', parameters: { ...UNSURE, more: { simplify: false }, download: false } },
	{ name: 'wrong token', query: { token: 'wrong-token-of-a-stranger' } },
	{ name: 'no token', query: {} },
	{ name: 'two tokens', query: { token: [TOKEN, TOKEN] } },
	{ name: 'no token needed', query: {}, parameters: more({ requireToken: false }) },
	{ name: 'test', query: {}, mode: 'manual' },
	{ name: 'test, believed', query: {}, mode: 'manual', parameters: UNSURE },
	{ name: 'signed', query: {}, headers: signed(WEBHOOK_SECRET, NOW), parameters: UNSURE },
	{ name: 'signed long ago', query: {}, headers: signed(WEBHOOK_SECRET, NOW - 900) },
	{ name: 'signed wrongly', headers: signed('whsec_d3Jvbmc=', NOW), parameters: UNSURE },
	{ name: 'no signature', parameters: more({ requireSignature: true }) },
	{
		name: 'all events',
		parameters: { ...UNSURE, events: ['submitted', 'processing', 'succeed', 'failed'] },
	},
	{ name: 'only failures', parameters: { ...UNSURE, events: ['failed'] } },
	{ name: 'only images', parameters: more({ kinds: ['image-generation'] }) },
	{ name: 'nobody knows it', answer: NOBODY },
	{ name: 'no answer', answer: COMPLAINTS.get('page 502') },
	{ name: 'key refused', answer: COMPLAINTS.get('code 1000') },
	{ name: 'still running', answer: SPOKEN.get('status processing') },
	{ name: 'wrong settings', parameters: { confirm: 'no', events: 'all', more: 'nothing' } },
];

function callOf(way: Way, body: string): Call {
	return {
		parameters: { ...way.parameters },
		query: way.query ?? { token: TOKEN },
		headers: { 'content-type': 'application/json', ...way.headers?.(body) },
		body: Buffer.from(body),
		mode: way.mode ?? 'webhook',
		stored: {},
	};
}

function shown({ items, thrown, hints, logged, sent }: Result): object {
	return { sent: sent.map(told), items, thrown, hints, logged };
}

async function lineFor(world: World, given: object, call: Call): Promise<string> {
	const { told: answer, webhook, execution } = await callTrigger(world, call);
	return lineOf({
		given,
		answer,
		sent: webhook.sent.map(told),
		logged: webhook.logged,
		handedOver: webhook.handedOver,
		noWebhookResponse: webhook.noWebhookResponse,
		stored: call.stored,
		execution: execution && shown(execution),
	});
}

/** Every body in every way; each call to a trigger of its own, because triggers remember. */
export async function callLines(account: Account, full: boolean): Promise<string[]> {
	const place = ACCOUNT_NAMES.indexOf(account);
	const cases = [...BODIES].flatMap(([body, sent]) => WAYS.map((way) => ({ body, sent, way })));
	const lines: string[] = [];
	for (const [index, { body, sent, way }] of cases.entries()) {
		if (!full && (index + place) % SMALL_SHARE !== 0) continue;
		const same: Answer = { status: 200, body: sent };
		const answer: Answering = () => way.answer ?? same;
		const world = { credential: withOwnToken(account), answer, id: `${account} ${index}` };
		lines.push(await lineFor(world, { body, way: way.name }, callOf(way, sent)));
	}
	return lines;
}

/** The address that the Kling node gives to a service, with the token that it makes of the key. */
async function ownAddress(account: Account): Promise<URL> {
	const callbackUrl = `${N8N}/webhook/0b5c1a52-9a0e-4f6f-9c3f-1f2d3c4b5a69/kling`;
	const parameters = {
		resource: 'video',
		operation: 'text2video',
		prompt: 'A mug',
		waitMode: 'none',
		options: { callbackUrl },
	};
	const world = { credential: ACCOUNTS[account], answer: takesAll(account) };
	const { sent } = await runKling(world, [{ parameters }]);
	const address = /https:\/\/n8n\.example\.com\/webhook\/[^"]+/.exec(String(sent[0]?.body))?.[0];
	return new URL(address ?? 'about:blank');
}

/** One trigger that is called again and again: with the address of the Kling node, and with what it has seen already. */
export async function repeatedLines(account: Account): Promise<string[]> {
	const query = Object.fromEntries((await ownAddress(account)).searchParams);
	const stored = {};
	const statuses = [
		'submitted',
		'processing',
		'processing',
		'succeed',
		'succeed',
		'processing',
		'failed',
	];
	const parameters = { confirm: false, events: ['submitted', 'processing', 'succeed', 'failed'] };
	const lines: string[] = [];
	for (const status of statuses) {
		const body = text({ task_id: ACE_ID, task_status: status, state: status });
		const world = {
			credential: ACCOUNTS[account],
			answer: takesAll(account),
			id: `${account} again`,
		};
		const way: Way = { name: status, query, parameters };
		lines.push(await lineFor(world, { status, query }, { ...callOf(way, body), stored }));
	}
	return lines;
}

/** The trigger's execution without a call, and with what n8n may have stored. */
export async function executionLines(account: Account): Promise<string[]> {
	const task = { id: '7', status: 'succeed', message: '', results: [], raw: { a: 1 } };
	const gone = {
		...task,
		results: [{ type: 'video', url: 'https://cdn.example.com/gone.mp4' }],
	};
	const stored = [
		{},
		{ task: null },
		{ task: 'text' },
		{ v: 1, task },
		{ v: 1, task: gone },
		{ v: 2, task },
	];
	const lines: string[] = [];
	for (const json of stored) {
		for (const continueOnFail of [true, false]) {
			const world = { credential: ACCOUNTS[account], answer: takesAll(account), continueOnFail };
			const parameters = { more: { binaryField: ' file ' } };
			const result = await runTrigger(world, [{ json, parameters }]);
			lines.push(lineOf({ given: { json, continueOnFail }, ...shown(result) }));
		}
	}
	return lines;
}
