import { saveCredential, saveWorkflow, activate, type Workflow } from '../../e2e/lib';
import { CREDENTIAL_TYPE } from '../../e2e/world';
import type { WayName } from '../options';
import { allAtOnce, type HttpSettings, inBatches } from '../workflows/http';
import { klingWorkflow, type KlingSettings } from '../workflows/kling';
import { openAiWorkflow } from '../workflows/openAi';
import type { Ends } from '../world/ends';
import type { Host } from '../world/host';
import { startOpenAiService } from '../world/openAi';
import { type KlingService, type ServiceOptions, startKlingService } from '../world/simulator';

/** What was asked of the service. */
export interface Counts {
	/** Tasks made, and charged. */
	creates: number;
	/** Creates that were refused because no slot was free. */
	refused: number;
	/** Requests that ask how tasks are doing, for one or for many. */
	looks: number;
	/** Files that were fetched. */
	downloads: number;
	/** Calls of the service to n8n. */
	callbacks: number;
}

/** A workflow in its n8n, and the service that it talks to. */
export interface Entry {
	/** Also the path of its webhook. */
	workflowId: string;
	counts(): Promise<Counts>;
	/** Forgets all tasks and counts. */
	reset(): Promise<void>;
	/** What the same people may try with more items than slots, and what is worth telling about. */
	trials: Trial[];
}

export interface Trial {
	title: string;
	workflowId: string;
}

/** One way to have videos made. */
export interface Variant {
	key: WayName;
	title: string;
	start(host: Host, service: ServiceOptions, ends: Ends): Promise<Entry>;
}

export const VARIANTS: readonly Variant[] = [
	{ key: 'polling', title: 'This node, polling', start: kling('poll') },
	{ key: 'suspended', title: 'This node, suspended', start: kling('suspend') },
	{ key: 'together', title: 'HTTP Request loop, all items together', start: httpTogether },
	{ key: 'single', title: 'HTTP Request loop, item by item', start: httpSingle },
	{ key: 'openAi', title: "n8n's OpenAI video node", start: openAi },
];

/** n8n wants three tries at most five seconds apart, or up to five of them. */
const MOST_RETRIES = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 };

function kling(waitMode: KlingSettings['waitMode']): Variant['start'] {
	return async (host, options, ends) => {
		const service = await startKlingService(options, ends);
		const credentialId = await saveKlingCredential(host, service);
		const workflowId = `bench-${waitMode}`;
		await publish(
			host,
			klingWorkflow(workflowId, {
				credentialId,
				waitMode,
				options: { maxParallel: options.slots },
				download: true,
			}),
		);
		return entry(service, workflowId);
	};
}

async function httpTogether(host: Host, options: ServiceOptions, ends: Ends): Promise<Entry> {
	const { service, settings } = await startForHttp(host, options, ends);
	// Up to as many items as there are slots this is one batch, and so all items at once.
	await publish(host, inBatches('bench-together', options.slots, settings));
	await publish(host, allAtOnce('bench-at-once', settings));
	await publish(host, allAtOnce('bench-at-once-retry', settings, MOST_RETRIES));
	return entry(service, 'bench-together', [
		{ title: 'All items at once, without batches', workflowId: 'bench-at-once' },
		{ title: 'The same with Retry On Fail (5 tries, 5 s)', workflowId: 'bench-at-once-retry' },
	]);
}

async function httpSingle(host: Host, options: ServiceOptions, ends: Ends): Promise<Entry> {
	const { service, settings } = await startForHttp(host, options, ends);
	await publish(host, inBatches('bench-single', 1, settings));
	return entry(service, 'bench-single');
}

async function startForHttp(
	host: Host,
	options: ServiceOptions,
	ends: Ends,
): Promise<{ service: KlingService; settings: HttpSettings }> {
	const service = await startKlingService(options, ends);
	const credentialId = await saveCredential(host.rest, {
		name: 'Kling',
		type: 'httpBearerAuth',
		data: { token: service.apiKey },
	});
	return { service, settings: { baseUrl: service.baseUrl, credentialId } };
}

async function openAi(host: Host, options: ServiceOptions, ends: Ends): Promise<Entry> {
	const service = await startOpenAiService(options, ends);
	const credentialId = await saveCredential(host.rest, {
		name: 'OpenAI',
		type: 'openAiApi',
		data: { apiKey: 'sk-benchmark', url: service.baseUrl },
	});
	await publish(host, openAiWorkflow('bench-openai', credentialId));
	return {
		workflowId: 'bench-openai',
		counts: async () => ({ ...(await service.counts()), callbacks: 0 }),
		reset: async () => await service.reset(),
		trials: [],
	};
}

function entry(service: KlingService, workflowId: string, trials: Trial[] = []): Entry {
	return {
		workflowId,
		counts: async () => await klingCounts(service),
		reset: async () => await service.reset(),
		trials,
	};
}

async function klingCounts(service: KlingService): Promise<Counts> {
	const { requests, charges, callbacks, downloads } = await service.ledger();
	const posts = requests.filter(({ method }) => method === 'POST').length;
	return {
		creates: charges.length,
		refused: posts - charges.length,
		looks: requests.length - posts,
		downloads: downloads.filter(({ status }) => status === 200).length,
		callbacks: callbacks.filter(({ refused }) => refused === undefined).length,
	};
}

/** Stores a credential for our node that leads to the service; returns its id. */
export async function saveKlingCredential(
	host: Host,
	service: Pick<KlingService, 'baseUrl' | 'apiKey'>,
): Promise<string> {
	return await saveCredential(host.rest, {
		name: 'Kling',
		type: CREDENTIAL_TYPE,
		data: {
			service: 'klingGlobal',
			klingGlobalBaseUrl: service.baseUrl,
			authentication: 'apiKey',
			apiKey: service.apiKey,
		},
	});
}

/** Stores the workflow under its name, which is its webhook's path, too, and makes it answer. */
export async function publish({ rest }: Host, workflow: Workflow): Promise<void> {
	await saveWorkflow(rest, workflow.name, workflow);
	await activate(rest, workflow.name);
}
