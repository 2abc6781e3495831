/**
 * Plays the part of n8n's server for executions that wait: keeps what is parked, takes the calls at the resume address
 * under n8n's rules (401 for a wrong token, 409 unless the execution is waiting) and lets the engine go on.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deepCopy } from 'n8n-workflow';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';

import { callWebhook, nodeTypeOf, startNode } from './harness';
import type { RunOptions, RunResult } from './harness';

interface Kept {
	options: RunOptions;
	status: 'running' | 'waiting' | 'over';
	parked?: IRunExecutionData;
	ended?: (result: RunResult) => void;
}

export interface WaitingHost {
	baseUrl: string;
	/** HTTP status of every call, in order of the answers. */
	answers: number[];
	/** Runs a node until it is parked or over. `whenOver` resolves when it is over. */
	run(options: RunOptions): Promise<{ first: RunResult; whenOver: Promise<RunResult> }>;
	/** What n8n does when the time of a parked execution is up. */
	timeIsUp(executionId: string): Promise<RunResult>;
	stop(): Promise<void>;
}

export async function startWaitingHost(): Promise<WaitingHost> {
	const executions = new Map<string, Kept>();
	const answers: number[] = [];

	async function takeCall(url: URL, body: IDataObject): Promise<number> {
		const [, , executionId = '', suffix = ''] = url.pathname.split('/');
		const kept = executions.get(executionId);
		if (!kept) return 404;
		const token = kept.parked?.resumeToken;
		if (kept.status !== 'waiting') return 409;
		if (!kept.parked || url.searchParams.get('signature') !== token) return 401;
		const { webhooks = [] } = nodeTypeOf(kept.options).description;
		if (!webhooks.some(({ path }) => path === suffix)) return 404;
		// n8n reads the execution from its database for every call.
		const parked = deepCopy(kept.parked);
		const { result, status } = await callWebhook(kept.options, parked, body);
		if (!result.workflowData) return status ?? 200;
		// Two calls may come this far; n8n lets one of them start the execution.
		if ((kept.status as string) !== 'waiting') return 500;
		kept.status = 'running';
		void goOn(kept, { resumeWith: result.workflowData });
		return status ?? 200;
	}

	async function goOn(kept: Kept, more: Partial<RunOptions>): Promise<RunResult> {
		const result = await startNode({ ...kept.options, ...more, continueFrom: kept.parked });
		kept.status = 'over';
		kept.ended?.(result);
		return result;
	}

	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString();
			const url = new URL(request.url ?? '', 'http://host');
			void takeCall(url, JSON.parse(text || '{}') as IDataObject)
				.catch(() => 500)
				.then((status) => {
					answers.push(status);
					response.writeHead(status).end();
				});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook-waiting`;

	return {
		baseUrl,
		answers,
		async run(given) {
			const started = startNode({ ...given, webhookWaitingBaseUrl: baseUrl });
			const { executionId } = started;
			const options = { ...given, webhookWaitingBaseUrl: baseUrl, executionId };
			const kept: Kept = { options, status: 'running' };
			const whenOver = new Promise<RunResult>((resolve) => {
				kept.ended = resolve;
			});
			executions.set(executionId, kept);
			const first = await started;
			if (first.runExecutionData.waitTill) {
				kept.parked = deepCopy(first.runExecutionData);
				kept.status = 'waiting';
			} else {
				kept.status = 'over';
				kept.ended?.(first);
			}
			return { first, whenOver };
		},
		async timeIsUp(executionId) {
			const kept = executions.get(executionId);
			if (!kept?.parked) throw new Error('Not parked');
			kept.status = 'running';
			return await goOn(kept, {});
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
