/** A result whose link cannot be fetched: nothing waits for a better one, and the reason is told with the task ID. */
import type { INodeParameters } from 'n8n-workflow';

import { logged } from './harness';
import { runKling, slept } from './kling';
import { HOST_KEY, startResultHost } from './resultHost';
import type { ResultHost } from './resultHost';
import { told, useSimulator, words } from './support';
import { endedTask, post, startTrigger } from './trigger';

const world = useSimulator();
const LINKS = ['file:///data/out/1.mp4', 's3://bucket/1.mp4', 'data:text/html;base64,PGI+'];
const says = (link: string) => `the link to its result is no web address: "${link}"`;

let relay: ResultHost;
beforeAll(async () => {
	relay = await startResultHost();
});
afterAll(async () => await relay.close());

const run = async (parameters: INodeParameters) =>
	await runKling({
		simulator: world.simulator,
		service: 'relay',
		credential: { relayBaseUrl: relay.origin, apiKey: HOST_KEY },
		parameters,
	});

describe.each(LINKS)('%s', (link) => {
	beforeEach(() => {
		relay.resultUrl = link;
	});

	it.each<[string, INodeParameters, looks: number]>([
		['polled', {}, 1],
		['polled without a download', { download: false }, 1],
		['Task → Get', { resource: 'task', operation: 'get', taskId: '860' }, 0],
		[
			'Task → Get, polled',
			{ resource: 'task', operation: 'get', taskId: '860', waitMode: 'poll' },
			0,
		],
	])('ends at once: %s', async (_how, parameters, sleeps) => {
		const result = await run(parameters);
		expect(result.status).toBe('error');
		expect(words(result)).toContain(says(link));
		expect(words(result)).toContain('It was paid for');
		expect(told(result).context).toMatchObject({ taskId: '860', errorKind: 'unreadable' });
		// Only the wait for the first look.
		expect(slept).toHaveLength(sleeps);
		expect(relay.served).toEqual([]);
	});

	it('starts no workflow, and n8n’s log tells why', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const host = await startTrigger(simulator);
		const data = {
			task_id: id,
			task_status: 'succeed',
			task_result: { videos: [{ id: 'v', url: link }] },
		};
		simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'garbage', body: { code: 0, data } },
		});
		expect((await post(host, `${host.url}?${search.replace(/^\?/, '')}`, data)).status).toBe(503);
		expect(host.executions).toEqual([]);
		expect(logged.join('\n')).toContain(says(link));
		expect(logged.join('\n')).toContain(id);
		expect(slept).toEqual([]);
	});
});

it('a video that stands in the answer is delivered as a file', async () => {
	relay.resultUrl = 'data:video/mp4;base64,AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDE=';
	const result = await run({});
	expect(words(result)).toBe(' | ');
	expect((await result.binary()).subarray(4, 8).toString()).toBe('ftyp');
});
