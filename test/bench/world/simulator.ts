import { z } from 'zod';
import { startSimulatorProcess } from '../../e2e/lib';
import type { Ends } from './ends';

const ledgerShape = z.object({
	requests: z.array(
		z.object({ time: z.number(), method: z.string(), status: z.number(), path: z.string() }),
	),
	charges: z.array(z.unknown()),
	callbacks: z.array(z.object({ rawBody: z.string(), refused: z.string().optional() })),
	downloads: z.array(z.object({ status: z.number() })),
});
/** What was asked of the simulated service; times in ms since 1970. */
export type ServiceLedger = z.infer<typeof ledgerShape>;

const tasksShape = z.array(z.object({ id: z.string(), callbackUrl: z.string().optional() }));

/** One simulated Kling account, in a process whose work is not counted as n8n's. */
export interface KlingService {
	baseUrl: string;
	apiKey: string;
	ledger(): Promise<ServiceLedger>;
	tasks(): Promise<z.infer<typeof tasksShape>>;
	/** Changes settings of the simulator (test/simulator/settings.ts). */
	set(settings: Record<string, unknown>): Promise<void>;
	finish(taskId: string): Promise<void>;
	/** From now on no callback is sent; the ledger keeps what would have been. */
	dropCallbacks(): Promise<void>;
	/** Forgets tasks, ledger and settings. */
	reset(): Promise<void>;
	stop(): Promise<void>;
}

export interface ServiceOptions {
	taskSeconds: number;
	slots: number;
}

/** Starts the official global Kling, with an API key. */
export async function startKlingService(
	{ taskSeconds, slots }: ServiceOptions,
	ends: Ends,
): Promise<KlingService> {
	const simulator = await startSimulatorProcess({ taskSeconds, slots });
	const stop = ends.add(async () => {
		await simulator.process.stop();
	});
	const { klingGlobal } = simulator.services;
	if (!klingGlobal) throw new Error('The simulator has no official Kling');
	const control = async (method: string, path: string, body?: unknown): Promise<unknown> =>
		await callControl(simulator.controlUrl, method, path, body);
	return {
		baseUrl: klingGlobal.baseUrl,
		apiKey: klingGlobal.apiKey,
		ledger: async () => ledgerShape.parse(await control('GET', '/ledger')),
		tasks: async () => tasksShape.parse(await control('GET', '/tasks')),
		async set(settings) {
			await control('POST', '/settings', settings);
		},
		async finish(id) {
			await control('POST', '/tasks', { id, action: 'finish' });
		},
		async dropCallbacks() {
			await control('POST', '/faults', { times: null, action: { kind: 'callbackDrop' } });
		},
		async reset() {
			await control('POST', '/reset', {});
		},
		stop,
	};
}

/** JSON in, JSON out; throws what the server says went wrong. */
export async function callControl(
	controlUrl: string,
	method: string,
	path: string,
	body?: unknown,
): Promise<unknown> {
	const response = await fetch(controlUrl + path, {
		method,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
	return JSON.parse(text);
}
