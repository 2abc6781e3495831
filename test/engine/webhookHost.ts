/**
 * A trigger with an address, as in n8n's server: every POST gets n8n-core's own `WebhookContext`, static data are read
 * before and stored after each call (the last one wins, as in n8n's database), and what the trigger hands over becomes an
 * execution in n8n's engine. Only HTTP and storage are stood in for here.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type INodeExecutionData,
	type IRun,
	type IWebhookData,
	ObservableObject,
} from 'n8n-workflow';
import { type RunOptions, setStage } from './harness';
import { binaryData } from './harness/logsAndFiles';

export const WEBHOOK_ID = '0e9b0f3a-4b52-4c0f-9d7e-5a3c1f2e8b11';
const MOST_BYTES = 16 * 1024 * 1024;

export interface WebhookHostOptions extends RunOptions {
	/** Default: one for all hosts, which are nodes of different workflows then. */
	nodeId?: string;
	/** What n8n has stored for the workflow; give the same one to triggers of the same workflow. */
	stored?: { staticData: string };
}

/** An execution that a call started. */
export interface Started {
	items: INodeExecutionData[];
	run: IRun;
}

export interface WebhookHost {
	/** Production URL. */
	url: string;
	/** What `$execution.resumeUrl` begins with in the same n8n. */
	webhookWaitingBaseUrl: string;
	executions: Started[];
	answers: Array<{ status: number; body: string }>;
	/** What n8n has stored for the workflow. */
	staticData: string;
	/** How many bodies were read. */
	bodiesRead: number;
	/** Called while n8n stores an execution, with what starts it. What it throws is n8n's own failure, answered with 500. */
	storing?: (workflowData: string) => Promise<void> | void;
	/** Set: n8n looks at the static data before it stores the execution, as any version may. */
	reading?: boolean;
	/** Called between n8n's reading of the static data and their being stored. */
	saving?: () => Promise<void>;
	/** Changes of the next calls' setting: parameters, credentials, mode … */
	options: RunOptions;
	/** Resolves when everything that was started is over. */
	settled(): Promise<void>;
	stop(): Promise<void>;
}

/** As n8n reads it: unzipped, and up to a limit. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
	const isZipped = request.headers['content-encoding'] === 'gzip';
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of isZipped ? request.pipe(createGunzip()) : request) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length > MOST_BYTES) {
			throw Object.assign(new Error('request entity too large'), { status: 413 });
		}
	}
	return Buffer.concat(chunks);
}

export async function startWebhookHost({
	nodeId,
	stored = { staticData: '{}' },
	...options
}: WebhookHostOptions): Promise<WebhookHost> {
	await binaryData();
	const running = new Set<Promise<void>>();
	const server = createServer((request, response) => {
		const call = answer(request, response).catch((error: unknown) => {
			response.writeHead(500).end(String(error));
		});
		running.add(call);
		void call.finally(() => running.delete(call));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const origin = `http://127.0.0.1:${port}`;
	const host: WebhookHost = {
		url: `${origin}/webhook/${WEBHOOK_ID}/kling`,
		webhookWaitingBaseUrl: `${origin}/webhook-waiting`,
		executions: [],
		answers: [],
		get staticData() {
			return stored.staticData;
		},
		set staticData(text) {
			stored.staticData = text;
		},
		bodiesRead: 0,
		options,
		async settled() {
			while (running.size > 0) await Promise.all(running);
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { searchParams } = new URL(request.url ?? '/', origin);
		const stage = setStage(host.options);
		const { workflow, node, nodeType, additionalData } = stage;
		if (nodeId !== undefined) node.id = nodeId;
		const mode = host.options.mode ?? 'webhook';
		const before = JSON.parse(host.staticData) as IDataObject;
		Object.assign(workflow, { staticData: ObservableObject.create(before) });
		let status = 200;
		let body = '';
		Object.assign(additionalData, {
			httpRequest: Object.assign(request, {
				async readRawBody(this: { rawBody?: Buffer }) {
					host.bodiesRead += 1;
					this.rawBody = await readBody(request);
				},
				query: Object.fromEntries(searchParams),
				params: {},
			}),
			httpResponse: Object.assign(response, {
				status(code: number) {
					status = code;
					return { json: (answered: object) => (body = JSON.stringify(answered)) };
				},
			}),
		});
		const webhookData = {
			webhookDescription: nodeType.description.webhooks?.[0],
			isTest: mode === 'manual',
		} as IWebhookData;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		await workflow.expression.acquireIsolate();
		const { workflowData } = (await nodeType.webhook?.call(context)) ?? {};
		await workflow.expression.releaseIsolate();
		if (host.reading) JSON.stringify(workflow.staticData);
		try {
			if (workflowData) await host.storing?.(JSON.stringify(workflowData));
		} catch {
			host.answers.push({ status: 500, body });
			response.writeHead(500).end();
			return;
		}
		if (workflow.staticData.__dataChanged === true) {
			const staticData = JSON.stringify(workflow.staticData);
			await host.saving?.();
			host.staticData = staticData;
		}
		host.answers.push({ status, body });
		response.writeHead(status).end(body);
		if (!workflowData) return;
		// n8n stores the execution, and a worker reads it again.
		const main = JSON.parse(JSON.stringify(workflowData)) as INodeExecutionData[][];
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main }, source: null }] },
		});
		const run = await new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
			workflow,
		);
		const items = run.data.resultData.runData[node.name]?.at(-1)?.data?.main?.[0] ?? [];
		host.executions.push({ items, run });
	}

	return host;
}
