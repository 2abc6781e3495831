/**
 * A service that repeats the secrets of the credential, in every form and wherever it can: nothing of them is in items, files,
 * errors, logs, or in what n8n stores of the execution or the workflow.
 */
import type { INodeParameters } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { isFull, taking } from '../depth';
import { png } from '../pictures';
import { retriable } from './again';
import { ECHO_WAYS, PLACES, startEchoService } from './echoService';
import type { EchoService, Place } from './echoService';
import { binaryItem, inspect, logged, runNode } from './harness';
import type { RunOptions, RunResult } from './harness';
import { startWaitingHost } from './waitingHost';
import type { WaitingHost } from './waitingHost';
import { startWebhookHost } from './webhookHost';

let service: EchoService;
let waiting: WaitingHost;
beforeAll(async () => {
	service = await startEchoService();
	waiting = await startWaitingHost();
});
afterAll(async () => {
	await service.stop();
	await waiting.stop();
});

const options = (parameters: INodeParameters, more: Partial<RunOptions> = {}): RunOptions => ({
	node: Kling,
	credentialTypes: [KlingApi],
	credentials: { klingApi: service.credential() },
	parameters: { resource: 'video', operation: 'text2video', prompt: 'A fox', ...parameters },
	...more,
});

/** All that people and n8n get of a run: items with their files' names, errors, the context of the node. */
const all = (result: RunResult) => [result.run, result.context, result.runExecutionData];

const GO_ON = { onError: 'continueRegularOutput' } as const;
const RAW = { options: { simplify: false } };
const ofTask = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'task',
	operation,
	taskKind: 'text2video',
	taskId: '814237883686625347',
	prompt: '',
	...more,
});

async function run(parameters: INodeParameters, more?: Partial<RunOptions>): Promise<unknown[]> {
	return all(await runNode(options(parameters, more)));
}

async function runSuspended(parameters: INodeParameters): Promise<unknown[]> {
	service.running = true;
	const given = options({ waitMode: 'suspend', ...parameters }, GO_ON);
	const { first, whenOver } = await waiting.run(given);
	service.running = false;
	if (first.status !== 'waiting') return all(first);
	const address = `${waiting.baseUrl}/${first.executionId}/kling?signature=${first.runExecutionData.resumeToken ?? ''}`;
	const body = JSON.stringify(service.callbackBody());
	const { status } = await fetch(address, { method: 'POST', body });
	// Where the service does not answer as it should, nothing but the end of the time is left.
	const last = status === 200 ? await whenOver : await waiting.timeIsUp(first.executionId);
	return [...all(first), ...all(last)];
}

let triggers = 0;

async function callTrigger(parameters: INodeParameters): Promise<unknown[]> {
	triggers += 1;
	const host = await startWebhookHost({
		node: KlingTrigger,
		credentialTypes: [KlingApi],
		credentials: { klingApi: service.credential() },
		parameters: { more: { requireToken: false }, ...parameters },
		workflowId: `echo-${triggers}`,
	});
	const stored: string[] = [];
	host.storing = (data) => void stored.push(data);
	await fetch(host.url, { method: 'POST', body: JSON.stringify(service.callbackBody()) });
	await host.settled();
	await host.stop();
	return [host.executions, host.answers, host.staticData, stored];
}

const PICTURE = png(400, 400);
const UPLOAD = { resource: 'file', operation: 'upload', prompt: '', ...RAW };
const FROM_FILE = {
	operation: 'image2video',
	image: PICTURE.toString('base64'),
};

const OPERATIONS: Record<string, () => Promise<unknown[]>> = {
	'creates and waits': async () => await run({}),
	'creates, and the error becomes the item': async () => await run({}, GO_ON),
	'creates and does not wait': async () => await run({ waitMode: 'none', ...RAW }),
	async 'creates, fails and is retried'() {
		service.end = 'failed';
		const failed = await runNode(options({}));
		const again = await runNode(options({}, { continueFrom: retriable(failed), mode: 'retry' }));
		return [...all(failed), ...all(again)];
	},
	async 'creates, fails, and the error becomes the item'() {
		service.end = 'failed';
		return await run({}, GO_ON);
	},
	'suspends the execution': async () => await runSuspended({}),
	'suspends the execution (raw)': async () => await runSuspended(RAW),
	'gets a task': async () => await run(ofTask('get', { options: { download: true } })),
	'gets a task (raw)': async () => await run(ofTask('get', RAW), GO_ON),
	'lists tasks': async () => await run(ofTask('getMany')),
	'lists tasks (raw)': async () => await run(ofTask('getMany', RAW), GO_ON),
	'uploads a file': async () => await run(UPLOAD, { items: [await binaryItem(PICTURE)] }),
	'uploads a file, and the error becomes the item': async () =>
		await run(UPLOAD, { ...GO_ON, items: [await binaryItem(PICTURE)] }),
	'uploads, and creates': async () => await run(FROM_FILE),
	'uploads, creates, and does not wait': async () =>
		await run({ ...FROM_FILE, waitMode: 'none', ...RAW }, GO_ON),
	'is called at the trigger': async () => await callTrigger({}),
	'is called at the trigger, unconfirmed': async () =>
		await callTrigger({ confirm: false, ...RAW }),
};

const CASES = ECHO_WAYS.flatMap((way) =>
	Object.entries(OPERATIONS)
		.filter(([operation]) => way.lists || !operation.startsWith('lists'))
		.filter(([operation]) => way.uploads || !operation.startsWith('uploads'))
		.map(([operation, play]) => ({ ...way, operation, play, given: way })),
).map((one, turn) => ({ ...one, turn }));

/** Whether a case comes to that place at all: a list has no file, and a call from outside no answer that is refused. */
const reached = new Map<Place, number>();

describe.each(CASES)('$way $operation', ({ given, play, turn }) => {
	it.each(taking(3, turn, PLACES))('with its secrets in: %s', async (place) => {
		service.reset(given, place);
		logged.length = 0;
		const seen = await play();
		expect(service.tracesIn([inspect(seen), ...logged].join('\n'))).toEqual([]);
		expect(service.hasSecretKey).toBe(false);
		expect(service.creates.length).toBeLessThanOrEqual(2);
		if (service.echoes > 0) reached.set(place, (reached.get(place) ?? 0) + 1);
	});
});

it('most of these runs have met the secrets', () => {
	expect(Math.min(...PLACES.map((place) => reached.get(place) ?? 0))).toBeGreaterThan(
		isFull ? 20 : 6,
	);
	expect([...reached.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(
		isFull ? 500 : 160,
	);
});

const way = (name: string) => ECHO_WAYS.find((one) => one.way === name) ?? ECHO_WAYS[0]!;
/** All forms of the longest secrets together are too long for an ID, whatever they are. */
const NO_USABLE_ID =
	/(an ID that holds a secret|more than 200 characters).*may have been made and charged/s;
const wordsOf = ({ error }: RunResult) => `${error?.message ?? ''} | ${error?.description ?? ''}`;

describe.each(ECHO_WAYS)('a task with a secret in its ID at $way', (given) => {
	it('may have been paid for, and is not made again', async () => {
		service.reset(given, 'id');
		const failed = await runNode(options({}));
		expect(wordsOf(failed)).toMatch(NO_USABLE_ID);
		expect(JSON.stringify(failed.context)).toContain('"state":"sent"');
		service.place = 'message';
		await runNode(options({}, { continueFrom: retriable(failed), mode: 'retry' }));
		// Official Kling refuses a second task with the same External Task ID, if it has the first.
		const { dialect, lists } = given;
		const refusesSecond = dialect === 'legacy' && lists;
		expect(service.creates.length).toBeLessThanOrEqual(refusesSecond ? 3 : 1);
		expect(new Set(service.creates).size).toBe(1);
	});
});

describe('a link with a secret in it', () => {
	it('is fetched without the secret', async () => {
		service.reset(way('a relay'), 'link');
		const { json, output } = await runNode(options({}));
		expect(json).toMatchObject([{ videoUrl: expect.stringMatching(/k=.*\*{5}/) as string }]);
		expect(output[0]?.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
	});

	it('that does not work without it says so', async () => {
		service.reset(way('a relay'), 'link');
		service.fileStatus = 404;
		const result = await runNode(options({}));
		expect(wordsOf(result)).toMatch(/HTTP 404.*paid for.*held a secret of the credential/s);
	});
});

it('a call that names its task with a secret is refused, and the log says why', async () => {
	service.reset(way('a relay'), 'id');
	logged.length = 0;
	const [executions, answers] = await callTrigger({});
	expect(executions).toEqual([]);
	expect(answers).toMatchObject([{ status: 400 }]);
	expect(logged.join('\n')).toContain('The ID of the task holds a secret of the credential');
});
