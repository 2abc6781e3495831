import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseExactJson } from './exactJson';
import type { Fault } from './faults';
import type { LedgerEntries } from './ledger';
import { LEDGER_PAGE_HEADERS, ledgerPage } from './ledgerPage';
import { readBody, send } from './server';
import type { Settings } from './settings';
import type { Answer, JsonObject } from './types';
import { isObject } from './validate/fields';

/** What the control server needs of the simulator. */
export interface Controlled {
	describe(): Record<string, unknown>;
	ledger(): LedgerEntries;
	taskList(): unknown[];
	addFault(fault: Fault): void;
	clearFaults(): void;
	listFaults(): unknown[];
	settings: Settings;
	now(): number;
	advance(ms: number): void;
	force(id: string, action: string, text: string | undefined): void;
	reset(): void;
	testCallback(url: string): Promise<number>;
	settled(): Promise<void>;
}

type Endpoint = (controlled: Controlled, body: JsonObject) => unknown;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
	'GET /services': (controlled) => controlled.describe(),
	'GET /ledger': (controlled) => controlled.ledger(),
	'GET /ledger.json': (controlled) => controlled.ledger(),
	'GET /tasks': (controlled) => controlled.taskList(),
	'POST /tasks': (controlled, body) => {
		controlled.force(textOf(body, 'id'), textOf(body, 'action'), optionalText(body, 'text'));
		return { ok: true };
	},
	'GET /faults': (controlled) => controlled.listFaults(),
	'POST /faults': (controlled, body) => {
		if (!isObject(body.action)) throw new ControlError('action is missing');
		controlled.addFault(body as unknown as Fault);
		return { ok: true };
	},
	'DELETE /faults': (controlled) => {
		controlled.clearFaults();
		return { ok: true };
	},
	'GET /settings': (controlled) => controlled.settings,
	'POST /settings': (controlled, body) => changeSettings(controlled.settings, body),
	'GET /clock': (controlled) => ({ now: controlled.now() }),
	'POST /clock/advance': async (controlled, body) => {
		if (typeof body.ms !== 'number' || body.ms < 0)
			throw new ControlError('ms must be a number from 0 on');
		controlled.advance(body.ms);
		await controlled.settled();
		return { now: controlled.now() };
	},
	'POST /callbacks/test': async (controlled, body) => ({
		status: await controlled.testCallback(textOf(body, 'url')),
	}),
	'POST /reset': (controlled) => {
		controlled.reset();
		return { ok: true };
	},
};

class ControlError extends Error {}

/** Answers one request to the control server. */
export async function handleControl(
	controlled: Controlled,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const path = new URL(request.url ?? '/', 'http://control').pathname;
	if (wantsLedgerPage(request, path)) {
		const text = ledgerPage(controlled.ledger());
		send(response, { status: 200, headers: LEDGER_PAGE_HEADERS, text });
		return;
	}
	const endpoint = ENDPOINTS[`${request.method ?? 'GET'} ${path}`];
	const rawBody = await readBody(request);
	send(response, await answer(controlled, endpoint, rawBody));
}

/** A browser says that it takes HTML; programs say nothing of it. */
function wantsLedgerPage({ method, headers }: IncomingMessage, path: string): boolean {
	if (method !== 'GET') return false;
	return (
		path === '/ledger.html' || (path === '/ledger' && (headers.accept ?? '').includes('text/html'))
	);
}

async function answer(
	controlled: Controlled,
	endpoint: Endpoint | undefined,
	rawBody: string,
): Promise<Answer> {
	if (!endpoint)
		return { status: 404, json: { error: 'No such endpoint', endpoints: Object.keys(ENDPOINTS) } };
	const body = rawBody === '' ? {} : parseExactJson(rawBody);
	if (!isObject(body)) return { status: 400, json: { error: 'The body must be a JSON object' } };
	try {
		return { status: 200, json: await endpoint(controlled, body) };
	} catch (error) {
		return { status: 400, json: { error: error instanceof Error ? error.message : String(error) } };
	}
}

/** null takes an optional setting away. A misspelt name must not pass as done. */
function changeSettings(settings: Settings, body: JsonObject): Settings {
	const optional = ['webhookSecret', 'requestsPerSecond', 'costsPerSecond', 'largestUploadBytes'];
	for (const name of Object.keys(body)) {
		if (!(name in settings) && !optional.includes(name))
			throw new ControlError(`There is no setting ${name}`);
	}
	Object.assign(
		settings,
		Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value ?? undefined])),
	);
	return settings;
}

function textOf(body: JsonObject, name: string): string {
	const text = optionalText(body, name);
	if (text === undefined) throw new ControlError(`${name} must be a text`);
	return text;
}

function optionalText(body: JsonObject, name: string): string | undefined {
	const value = body[name];
	return typeof value === 'string' ? value : undefined;
}
