/** A Kling Trigger and a Kling node in the same n8n, with a simulator on virtual time. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import type { ServiceName, Simulator } from '../simulator';
import { credentialFor, runKling } from './kling';
import { startWebhookHost, type WebhookHost, type WebhookHostOptions } from './webhookHost';

export interface TriggerSetting {
	service?: ServiceName;
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	mode?: 'webhook' | 'manual';
	/** For several triggers in one workflow. */
	place?: Pick<WebhookHostOptions, 'workflowId' | 'nodeId' | 'nodeName' | 'stored'>;
}

/** A trigger that takes every call for genuine: neither the token nor the service is asked. */
export const TAKES_ANY_CALL = {
	parameters: { confirm: false, more: { requireToken: false } },
} satisfies TriggerSetting;

/** Ids of tasks that no service knows; 18 digits, as Kling's. */
export function foreignId(n: number): string {
	return `9${String(n).padStart(17, '0')}`;
}

/** Something that a test waits for, or lets happen. */
export function latch() {
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { open: () => open(), opened };
}

/** Every trigger is another node of another workflow: they must not remember each other's tasks. */
let triggers = 0;

/** Starts a trigger; it is stopped after the test. */
export async function startTrigger(
	simulator: Simulator,
	{
		service = 'klingGlobal',
		parameters = {},
		credential = {},
		mode = 'webhook',
		place = {},
	}: TriggerSetting = {},
): Promise<WebhookHost> {
	triggers += 1;
	const host = await startWebhookHost({
		node: KlingTrigger,
		credentialTypes: [KlingApi],
		credentials: { klingApi: credentialFor(simulator, service, credential) },
		parameters: { download: false, ...parameters },
		workflowId: `trigger-${triggers}`,
		mode,
		...place,
	});
	hosts.push(host);
	return host;
}

const hosts: WebhookHost[] = [];

afterEach(async () => {
	for (const host of hosts.splice(0)) await host.stop();
});

/** Lets the Kling node make a task that calls the trigger back, without waiting. Returns its id. */
export async function order(
	simulator: Simulator,
	host: Pick<WebhookHost, 'url' | 'webhookWaitingBaseUrl'>,
	{ service = 'klingGlobal', credential, parameters = {} }: TriggerSetting = {},
	options: IDataObject = {},
): Promise<string> {
	const { json, error } = await runKling({
		simulator,
		service,
		credential,
		webhookWaitingBaseUrl: host.webhookWaitingBaseUrl,
		parameters: {
			waitMode: 'none',
			options: { callbackUrl: host.url, ...options } as INodeParameters,
			...parameters,
		},
	});
	if (error) throw error;
	return String(json[0]?.taskId);
}

/** What the simulator tells of the task at its end: all that is due is sent, answered and executed. */
export async function finish(
	simulator: Simulator,
	host: WebhookHost,
	taskId: string,
	how: 'finish' | 'fail' = 'finish',
): Promise<void> {
	if (how === 'finish') simulator.tasks.finish(taskId);
	else simulator.tasks.fail(taskId, 'risk control');
	await simulator.settled();
	await host.settled();
}

/** A task that has ended, and of which no trigger has heard: its id, and the query of the address for its calls. */
export async function endedTask(
	simulator: Simulator,
	parameters: INodeParameters = {},
): Promise<{ id: string; search: string }> {
	const id = await order(simulator, await startTrigger(simulator), { parameters });
	const fault = simulator.faults.add({ times: null, action: { kind: 'callbackDrop' } });
	simulator.tasks.finish(id);
	await simulator.settled();
	fault.remove();
	return { id, search: new URL(givenAddress(simulator)).search };
}

/** The address that the Kling node gave to the service with the last task. */
export function givenAddress(simulator: Simulator): string {
	const body = simulator.ledger.requests
		.filter(({ method }) => method === 'POST')
		.map(({ rawBody }) => rawBody)
		.filter((text) => /callback_url|notify_hook/.test(text))
		.at(-1);
	interface Addresses {
		callback_url?: string;
		notify_hook?: string;
	}
	const sent = JSON.parse(body ?? '{}') as Addresses & { options?: Addresses };
	return sent.callback_url ?? sent.notify_hook ?? sent.options?.callback_url ?? '';
}

/** Posts as a service would, or somebody who pretends to. */
export async function post(
	host: WebhookHost,
	address: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
	const response = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const answer = { status: response.status, body: await response.text() };
	await host.settled();
	return answer;
}

/** What n8n has stored of the calls to a trigger; nothing where none has started anything. */
export function storedKeys(
	{ staticData }: Pick<WebhookHost, 'staticData'>,
	nodeName?: string,
): { v?: number; tasks: string[]; messages: string[] } {
	const nodes = JSON.parse(staticData) as Record<string, { kling?: ReturnType<typeof storedKeys> }>;
	const own = nodeName === undefined ? Object.values(nodes)[0] : nodes[`node:${nodeName}`];
	return own?.kling ?? { tasks: [], messages: [] };
}

/** The items of all executions that were started. */
export function started({ executions }: WebhookHost): IDataObject[] {
	return executions.flatMap(({ items }) => items.map(({ json }) => json));
}

/**
 * What a trigger starts that lets in one kind only, of a task with these parameters; another one, which lets in another kind,
 * has to start nothing of such a task. Two tasks are made.
 */
export async function startedByKind(
	simulator: Simulator,
	kind: string,
	parameters: INodeParameters,
): Promise<IDataObject[]> {
	const letting = async (kinds: string[]) =>
		await startTrigger(simulator, { parameters: { more: { kinds } } });
	const [trigger, other] = [await letting([kind]), await letting(['text2video'])];
	for (const one of [trigger, other]) {
		await finish(simulator, one, await order(simulator, one, { parameters }));
	}
	expect(started(other)).toEqual([]);
	return started(trigger);
}
