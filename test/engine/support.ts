/** What the engine tests of the Kling node share. */
import type { IDataObject } from 'n8n-workflow';

import type { Fault, ServiceName, Simulator, SimulatorOptions } from '../simulator';
import { inspect, logged } from './harness';
import type { RunResult } from './harness';
import { resetTime, simulate } from './kling';

/** Every way to reach a service: the official ones by either kind of key, and all resellers. */
export const WAYS = [
	{ way: 'Kling global by API key', service: 'klingGlobal', prefix: '' },
	{
		way: 'Kling global by access key',
		service: 'klingGlobal',
		prefix: '',
		credential: { authentication: 'accessKey', apiKey: '' },
	},
	{ way: 'Kling China by API key', service: 'klingChina', prefix: '' },
	{ way: 'Ace Data Cloud', service: 'aceData', prefix: '/kling' },
	{ way: 'OpenAI-HK', service: 'openaiHk', prefix: '/kling' },
	{ way: 'a relay', service: 'relay', prefix: '/kling' },
	{ way: 'new-api', service: 'newApi', prefix: '/kling' },
] as const satisfies ReadonlyArray<{
	way: string;
	service: ServiceName;
	prefix: string;
	credential?: IDataObject;
}>;

/** One way per service, by API key. */
export const SERVICES = WAYS.filter((way) => !('credential' in way)).map(({ service }) => service);

/** Starts one simulator per test file and gives each test a clean one. */
export function useSimulator(options: SimulatorOptions = {}): { readonly simulator: Simulator } {
	let simulator: Simulator | undefined;
	const running = (): Simulator => {
		if (!simulator) throw new Error('The simulator runs inside tests only');
		return simulator;
	};
	beforeAll(async () => {
		simulator = await simulate(options);
	});
	afterAll(async () => await running().stop());
	beforeEach(() => {
		running().reset();
		resetTime();
		logged.length = 0;
	});
	return {
		get simulator() {
			return running();
		},
	};
}

/** In a credential: the other way to sign at official Kling. */
export const KEY_PAIR = { authentication: 'accessKey', apiKey: '' };

/** What names the tasks for which the user gave no External Task ID: execution, item, and what else makes the order. */
export const OUR_EXTERNAL_ID = /^n8n-\d+-[0-9a-f]{16}$/;

/** Fields of a create that the node adds of its own accord. */
export function addedTo(service: ServiceName): Record<string, unknown> {
	return service === 'aceData' || service === 'openaiHk'
		? {}
		: { external_task_id: expect.stringMatching(OUR_EXTERNAL_ID) as string };
}

/** The path a service makes videos from text at. */
export function createPath(service: ServiceName): string {
	if (service === 'aceData') return '/kling/videos';
	return service.startsWith('kling') ? '/v1/videos/text2video' : '/kling/v1/videos/text2video';
}

/** The requests that asked a service to make a video from text. */
export function creates({ ledger }: Simulator) {
	return ledger.requests.filter(
		({ method, path, service }) => method === 'POST' && path === createPath(service),
	);
}

/** The looks at tasks. */
export function looks(simulator: Simulator) {
	const made = creates(simulator);
	return simulator.ledger.requests.filter((request) => !made.includes(request));
}

/** The body of the only create, parsed. */
export function sentBody(simulator: Simulator): Record<string, unknown> {
	const [create, ...more] = creates(simulator);
	if (!create || more.length > 0)
		throw new Error(`Expected one create, not ${more.length + Number(!!create)}`);
	return JSON.parse(create.rawBody) as Record<string, unknown>;
}

/** What an error tells a person: message and description, and beside them where it belongs. */
export function told({ error }: RunResult): {
	message: string;
	description: string;
	context: IDataObject;
} {
	return {
		message: error?.message ?? '',
		description: error?.description ?? '',
		context: error?.context ?? {},
	};
}

/** Message and description in one text. */
export function words(result: RunResult): string {
	const { message, description } = told(result);
	return `${message} | ${description}`;
}

/** No key of the service may be seen anywhere a person, a log or a database could look. */
export function expectNoKeys(simulator: Simulator, result: RunResult): void {
	const places = [inspect(result.run), ...logged].join('\n');
	for (const { apiKey, secretKey, platformToken } of simulator.accounts
		.of('klingGlobal')
		.concat(SERVICES.flatMap((service) => simulator.accounts.of(service)))) {
		expect(places).not.toContain(apiKey);
		if (secretKey) expect(places).not.toContain(secretKey);
		if (platformToken) expect(places).not.toContain(platformToken);
	}
	expect(simulator.ledger.leaks).toEqual([]);
}

/** What an error says when a create may have been paid for. */
export const MAYBE_PAID = 'may have been made and charged';

/** For a fault: this answer, of a create or a look. */
export function answered(status: number, body: unknown): Fault['action'] {
	return { kind: 'status', status, body };
}

/** Lets the next creates at a service meet something: one of them, or as many as said; null means all. */
export function meet(
	{ faults }: Simulator,
	service: ServiceName,
	action: Fault['action'],
	times: number | null = 1,
) {
	return faults.add({
		service,
		match: { method: 'POST', path: createPath(service) },
		times,
		action,
	});
}

/** What an item that failed says about it. */
export function errorOf({ json }: RunResult, index = 0): IDataObject {
	return (json[index]?.error ?? {}) as IDataObject;
}

/** The names that the creates gave their task. */
export function sentIds(simulator: Simulator): unknown[] {
	return creates(simulator).map(({ body }) => (body as IDataObject).external_task_id);
}

/** The one task that was paid for has come out, with its file. */
export async function expectTheOneTask(simulator: Simulator, result: RunResult): Promise<void> {
	expect(words(result)).toBe(' | ');
	expect(result.status).toBe('success');
	const [charge, ...more] = simulator.ledger.charges;
	expect(more).toEqual([]);
	expect(result.json).toMatchObject([{ taskId: charge?.taskId, status: 'succeed' }]);
	expect(await result.binary()).toEqual(simulator.videoBytes(charge?.taskId ?? ''));
	expectNoKeys(simulator, result);
}
