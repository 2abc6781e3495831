/**
 * A stand-in for what n8n hands to a node, made by hand, so that the record needs nothing of the node but its class.
 * What it does not know, it does not have: a node that begins to use more of n8n says so by failing here.
 */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { png } from '../pictures';
import type { Answering } from './accounts';

/** Base of the n8n that the record plays. */
export const N8N = 'https://n8n.example.com';
const RESUME_URL = `${N8N}/webhook-waiting/77?signature=record`;

export type Parameters = Readonly<Record<string, unknown>>;

/** One item that comes in: the node's parameters as they are worked out for it, and its files. */
export interface Input {
	parameters: Parameters;
	binary?: Readonly<Record<string, Buffer>>;
	json?: INodeExecutionData['json'];
}

/** What is the same for every run of a node. */
export interface World {
	credential: ICredentialDataDecryptedObject;
	answer: Answering;
	/** Of the node; the trigger remembers by it. */
	id?: string;
	/** Default true. */
	continueOnFail?: boolean;
}

/** A request that left, with all that n8n's helper was told. */
export type Sent = IHttpRequestOptions;

/** What a run leaves behind besides what it returns. */
export interface Traces {
	sent: Sent[];
	hints: unknown[];
	logged: string[];
}

export function noTraces(): Traces {
	return { sent: [], hints: [], logged: [] };
}

function nodeOf(name: string, { id = 'c0ffee00-0000-4000-8000-000000000001' }: World): INode {
	return {
		id,
		name,
		type: `n8n-nodes-kling.${name === 'Kling' ? 'kling' : 'klingTrigger'}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
}

/** What both kinds of context have. */
function commonOf(name: string, world: World, traces: Traces): object {
	const log = (level: string) => (message: string) => {
		traces.logged.push(`${level}: ${message}`);
	};
	return {
		getNode: () => nodeOf(name, world),
		getCredentials: async () => ({ ...world.credential }),
		getInstanceId: () => 'record-instance',
		getTimezone: () => 'UTC',
		getWorkflow: () => ({ id: 'record-workflow', name: 'Record', active: true }),
		logger: { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') },
		evaluateExpression: evaluate,
	};
}

function evaluate(expression: string): unknown {
	if (expression.includes('$execution.resumeUrl')) return RESUME_URL;
	if (expression.includes('$runIndex')) return 0;
	throw new Error(`The record does not know the expression ${expression}`);
}

/** n8n's request helper: signs by the credential class, notes the request, and answers at once. */
function requestsOf({ credential, answer }: World, traces: Traces): object {
	return {
		httpRequestWithAuthentication: async (type: string, request: IHttpRequestOptions) => {
			if (type !== 'klingApi') throw new Error(`The record has no credential ${type}`);
			const signed = await new KlingApi().authenticate(credential, request);
			const place = traces.sent.push(signed) - 1;
			const { status, headers = {}, body } = answer(signed, place);
			return { statusCode: status, headers, body };
		},
		// Files, which are fetched without the key.
		httpRequest: async (request: IHttpRequestOptions) => {
			traces.sent.push(request);
			const gone = request.url.includes('gone');
			const isPicture = request.url.endsWith('.png');
			return {
				statusCode: gone ? 404 : 200,
				headers: { 'content-type': isPicture ? 'image/png' : 'video/mp4' },
				body: isPicture ? png(300, 300) : Buffer.from('\0\0\0 ftypisom', 'latin1'),
			};
		},
		prepareBinaryData: async (_data: Buffer, fileName: string, mimeType: string) => ({
			data: 'file',
			fileName,
			mimeType,
			bytes: 'file'.length,
		}),
	};
}

/** A parameter that stands for an expression which fails. */
export class Failing {
	constructor(readonly message: string) {}

	toJSON(): string {
		return `(fails: ${this.message})`;
	}
}

/** A parameter, or a member of a collection by its path, such as "options.timeout". */
function readParameter(parameters: Parameters, path: string, fallback: unknown): unknown {
	let value: unknown = parameters;
	for (const name of path.split('.')) {
		const holder: object = typeof value === 'object' && value !== null ? value : {};
		value = Object.hasOwn(holder, name) ? (holder as Parameters)[name] : undefined;
		if (value instanceof Failing) throw new Error(value.message);
	}
	return value === undefined ? fallback : structuredClone(value);
}

function valueOf(given: unknown): unknown {
	return typeof given === 'object' && given !== null && 'value' in given ? given.value : given;
}

function itemOf({ binary = {}, json = {} }: Input): INodeExecutionData {
	const files = Object.keys(binary).map((field) => [
		field,
		{ data: '', mimeType: 'application/octet-stream' },
	]);
	return { json, binary: Object.fromEntries(files) as INodeExecutionData['binary'] };
}

/** The context of an execution. */
export function executeContext(
	name: string,
	world: World,
	inputs: readonly Input[],
	traces: Traces,
): IExecuteFunctions {
	const items = inputs.map(itemOf);
	const notes = {};
	const functions = {
		...commonOf(name, world, traces),
		getInputData: () => items,
		getNodeParameter(
			parameter: string,
			itemIndex: number,
			fallback?: unknown,
			options?: { extractValue?: boolean },
		) {
			const value = readParameter(inputs[itemIndex]?.parameters ?? {}, parameter, fallback);
			return options?.extractValue ? valueOf(value) : value;
		},
		getContext: () => notes,
		getExecutionId: () => '77',
		getMode: () => 'trigger',
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => world.continueOnFail ?? true,
		addExecutionHints: (...hints: unknown[]) => {
			traces.hints.push(...hints);
		},
		helpers: {
			...requestsOf(world, traces),
			getBinaryDataBuffer: async (itemIndex: number, field: string) => {
				const bytes = inputs[itemIndex]?.binary?.[field];
				if (!bytes) throw new Error(`The item has no file ${field}`);
				return bytes;
			},
		},
	};
	return functions as unknown as IExecuteFunctions;
}

/** A call to the trigger. */
export interface Call {
	parameters: Parameters;
	query: Readonly<Record<string, unknown>>;
	headers: Readonly<Record<string, string>>;
	body: Buffer;
	mode: 'manual' | 'webhook';
	/** What n8n stored for the trigger. */
	stored: Record<string, unknown>;
}

/** What the caller was told. */
export interface Told {
	status?: number;
	body?: unknown;
}

/** The context of a call to `webhook()`. */
export function webhookContext(
	world: World,
	call: Call,
	told: Told,
	traces: Traces,
): { context: IWebhookFunctions; answered: () => void } {
	const response = {
		statusCode: 200,
		status(code: number) {
			told.status = code;
			return response;
		},
		json(body: unknown) {
			told.body = body;
		},
		setHeader: () => undefined,
		end: () => undefined,
	};
	const functions = {
		...commonOf('Kling Trigger', world, traces),
		getNodeParameter: (parameter: string, fallback?: unknown) =>
			readParameter(call.parameters, parameter, fallback),
		getHeaderData: () => call.headers,
		getQueryData: () => call.query,
		getRequestObject: () => ({ rawBody: call.body, readRawBody: async () => undefined }),
		getResponseObject: () => response,
		getWorkflowStaticData: () => call.stored,
		getMode: () => call.mode,
		helpers: requestsOf(world, traces),
	};
	const answered = () => {
		response.end();
	};
	return { context: functions as unknown as IWebhookFunctions, answered };
}
