import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type ServiceName, type Simulator } from '../simulator';
import {
	activate,
	anyFreePort,
	type Execution,
	installPackage,
	makeTarball,
	type N8n,
	placePackage,
	type Rest,
	runByWebhook,
	saveCredential,
	saveWorkflow,
	signIn,
	startN8n,
	type Tarball,
	testCredential,
	type TestResult,
	webhookPath,
	withCredential,
	withWebhook,
	type Workflow,
} from './lib';

export const NODE_TYPE = 'n8n-nodes-kling.kling';
export const TRIGGER_TYPE = 'n8n-nodes-kling.klingTrigger';
export const CREDENTIAL_TYPE = 'klingApi';
export const LOGIN = { email: 'e2e@kling.localhost', password: 'End-2-end-tests' };
const RUN_MS = 60_000;

/** The titles of `World.settings`; jest needs them before the world is there. */
export const TITLES = [
	'Kling official, global, API key',
	'Kling official, global, access key and secret key',
	'Kling official, China',
	'Ace Data Cloud',
	'OpenAI-HK',
	'a relay',
	'a new-api relay',
] as const;

/** A credential as a person would fill it in for one of the simulator's services. */
export interface Setting {
	title: string;
	/** Which of the simulator's services it leads to. */
	leadsTo: ServiceName;
	data: Record<string, string>;
}

/** One n8n with the packed package installed, and a simulator, for all end-to-end tests. */
export interface World {
	n8n: N8n;
	rest: Rest;
	simulator: Simulator;
	tarball: Tarball;
	settings: Setting[];
	/** Whom n8n asked outside until the package was installed. */
	ownHosts: string[];
	stop(): Promise<void>;
}

/**
 * `settings`: more environment variables for n8n. `placed`: the package lies where n8n installs packages before n8n is
 * started, instead of being installed by n8n.
 */
export async function startWorld({
	settings = {},
	placed = false,
}: { settings?: Record<string, string>; placed?: boolean } = {}): Promise<World> {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	const ends: Array<() => unknown> = [() => rmSync(userFolder, { recursive: true, force: true })];
	const stop = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		const simulator = await startSimulator({ taskSeconds: 1 });
		ends.push(() => simulator.stop());
		const tarball = await makeTarball();
		if (placed) await placePackage(userFolder, tarball);
		const n8n = await startN8n({
			userFolder,
			port: await anyFreePort(),
			tarball,
			closed: true,
			settings,
			onStart: (end) => ends.push(end),
		});
		const rest = await signIn(n8n.baseUrl, LOGIN);
		if (!placed) await installPackage(rest, tarball);
		const ownHosts = hostsOf(n8n.asked);
		return {
			n8n,
			rest,
			simulator,
			tarball,
			settings: settingsFor(simulator),
			ownHosts,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Host names without ports, each once. */
export function hostsOf(asked: readonly string[]): string[] {
	return [...new Set(asked.map((host) => host.split(':')[0] ?? ''))];
}

/** Every way to fill in the credential that leads to a service of its own. */
export function settingsFor({ services }: Simulator): Setting[] {
	const { klingGlobal, klingChina, aceData, openaiHk, relay, newApi } = services;
	const globalUrl = klingGlobal.baseUrl;
	return [
		{
			title: 'Kling official, global, API key',
			leadsTo: 'klingGlobal',
			data: {
				service: 'klingGlobal',
				klingGlobalBaseUrl: globalUrl,
				authentication: 'apiKey',
				apiKey: klingGlobal.apiKey,
			},
		},
		{
			title: 'Kling official, global, access key and secret key',
			leadsTo: 'klingGlobal',
			data: {
				service: 'klingGlobal',
				klingGlobalBaseUrl: globalUrl,
				authentication: 'accessKey',
				accessKeyId: klingGlobal.accessKey ?? '',
				secretKey: klingGlobal.secretKey ?? '',
			},
		},
		{
			title: 'Kling official, China',
			leadsTo: 'klingChina',
			data: {
				service: 'klingChina',
				klingChinaBaseUrl: klingChina.baseUrl,
				authentication: 'apiKey',
				apiKey: klingChina.apiKey,
			},
		},
		{
			title: 'Ace Data Cloud',
			leadsTo: 'aceData',
			data: { service: 'aceData', aceDataBaseUrl: aceData.baseUrl, apiKey: aceData.apiKey },
		},
		{
			title: 'OpenAI-HK',
			leadsTo: 'openaiHk',
			data: { service: 'openaiHk', openaiHkBaseUrl: openaiHk.baseUrl, apiKey: openaiHk.apiKey },
		},
		{
			title: 'a relay',
			leadsTo: 'relay',
			data: {
				service: 'relay',
				relayBaseUrl: relay.baseUrl,
				pathPrefix: '/kling',
				apiKey: relay.apiKey,
			},
		},
		{
			title: 'a new-api relay',
			leadsTo: 'newApi',
			data: {
				service: 'relay',
				relayBaseUrl: newApi.baseUrl,
				pathPrefix: '/kling',
				apiKey: newApi.apiKey,
			},
		},
	];
}

/** A credential of Ace Data Cloud that uploads files, too. */
export function withUploads(setting: Setting, { services }: Simulator): Setting {
	const { baseUrl: platformUrl, platformToken = '' } = services.aceData;
	return { ...setting, data: { ...setting.data, platformUrl, platformToken } };
}

/** Stores the credential and presses Test. */
export async function tryCredential(
	{ rest }: World,
	data: Record<string, string>,
): Promise<TestResult> {
	const credential = { name: 'Under test', type: CREDENTIAL_TYPE, data };
	const id = await saveCredential(rest, credential);
	return await testCredential(rest, { ...credential, id });
}

let runs = 0;

/** Stores the workflow with this credential and a webhook, and activates it. Tells its id and the webhook's path. */
export async function publish(
	rest: Rest,
	workflow: Workflow,
	{ title: name, data }: Setting,
): Promise<{ id: string; path: string }> {
	const credentialId = await saveCredential(rest, { name, type: CREDENTIAL_TYPE, data });
	runs += 1;
	const id = `e2e-run-${runs}`;
	const ready = withWebhook(
		withCredential(workflow, {
			nodeType: NODE_TYPE,
			type: CREDENTIAL_TYPE,
			id: credentialId,
			name,
		}),
		id,
	);
	const stored = await saveWorkflow(rest, id, ready);
	await activate(rest, stored);
	return { id: stored, path: webhookPath(ready) };
}

/** Stores the workflow with this credential, calls its webhook and waits for the end. */
export async function runWorkflow(
	{ rest }: World,
	workflow: Workflow,
	setting: Setting,
	body: unknown = {},
): Promise<Execution> {
	return await runByWebhook(rest, await publish(rest, workflow, setting), body, RUN_MS);
}
