/** The Kling node in the engine harness, with a simulator on virtual time. */
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import { startSimulator } from '../simulator';
import type { ServiceName, Simulator, SimulatorOptions } from '../simulator';
import { runNode, startNode } from './harness';
import type { RunOptions, RunResult, StartedRun } from './harness';
import { hooks, slept, time } from './virtualTime';

export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
	return await startSimulator({ clock: time, taskSeconds: 60, ...options });
}

/** Which field of the credential holds the base URL of a simulated service. */
const BASE_URL_FIELDS: Record<ServiceName, string> = {
	klingGlobal: 'klingGlobalBaseUrl',
	klingChina: 'klingChinaBaseUrl',
	aceData: 'aceDataBaseUrl',
	openaiHk: 'openaiHkBaseUrl',
	relay: 'relayBaseUrl',
	newApi: 'relayBaseUrl',
};

/** What a person would type into the credential for a simulated service; new-api is one of the relays. */
export function credentialFor(
	simulator: Simulator,
	service: ServiceName,
	changes: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	const { baseUrl, apiKey, accessKey = '', secretKey = '' } = simulator.services[service];
	return {
		service: service === 'newApi' ? 'relay' : service,
		[BASE_URL_FIELDS[service]]: baseUrl,
		authentication: 'apiKey',
		apiKey,
		accessKeyId: accessKey,
		secretKey,
		pathPrefix: '/kling',
		...changes,
	};
}

export interface KlingRun extends Partial<Omit<RunOptions, 'node' | 'credentials'>> {
	simulator: Simulator;
	service?: ServiceName;
	credential?: ICredentialDataDecryptedObject;
}

/** What the harness is given for a run of the Kling node. */
export function optionsFor({
	simulator,
	service = 'klingGlobal',
	credential,
	parameters,
	...rest
}: KlingRun): RunOptions {
	return {
		node: Kling,
		credentialTypes: [KlingApi],
		credentials: { klingApi: credentialFor(simulator, service, credential) },
		parameters: {
			resource: 'video',
			operation: 'text2video',
			prompt: 'A fox in the snow',
			...parameters,
		},
		waitBetweenTries: 1,
		...rest,
	};
}

export async function runKling(run: KlingRun): Promise<RunResult> {
	return await runNode(optionsFor(run));
}

export function startKling(run: KlingRun): StartedRun {
	return startNode(optionsFor(run));
}

/** A value for the Model parameter. */
export function model(value: string): INodeParameters {
	return { __rl: true, mode: 'name', value };
}

/** Forgets what earlier tests slept and hooked. */
export function resetTime(): void {
	slept.length = 0;
	hooks.onSleep = undefined;
}

export { hooks, slept, time };
