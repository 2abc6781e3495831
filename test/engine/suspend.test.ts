/** Executions that are suspended until the service calls back: nothing runs meanwhile, and no call can do harm. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { optionsFor, time } from './kling';
import { creates, expectNoKeys, looks, told, useSimulator, WAYS, words } from './support';
import { useSuspension } from './suspension';

const world = useSimulator();
const { host, suspend, pass, paid } = useSuspension(world);

const prompts = (...words: string[]) => ({
	items: words.map((word) => ({ word })),
	parameters: { prompt: '={{ $json.word }}' } satisfies INodeParameters,
});

describe.each(WAYS)('at $way', ({ service, ...way }) => {
	const credential = 'credential' in way ? way.credential : undefined;

	it('the execution waits for the call, and goes on with the video', async () => {
		const { simulator } = world;
		const { first, whenOver } = await suspend({ service, credential });
		expect([first.status, words(first)]).toEqual(['waiting', ' | ']);
		expect(simulator.ledger.charges).toHaveLength(1);
		const before = looks(simulator).length;
		expect(before).toBe(1);
		await pass(70);
		const result = await whenOver;
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ status: 'succeed', taskId: paid()[0], kind: 'text2video' },
		]);
		expect(await result.binary()).toEqual(simulator.videoBytes(paid()[0] ?? ''));
		expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
		expect(simulator.ledger.charges).toHaveLength(1);
		expectNoKeys(simulator, result);
	});
});

describe('several items', () => {
	it('share one address, and come out in order when the last of them is over', async () => {
		const { simulator } = world;
		const { first, whenOver } = await suspend({
			...prompts('a', 'b', 'c'),
			after: "={{ $('Start').item.json.word }}",
		});
		expect(first.status).toBe('waiting');
		const addresses = new Set(
			creates(simulator).map(({ body }) => (body as IDataObject).callback_url),
		);
		expect(addresses.size).toBe(1);
		const [one, two, three] = paid();
		for (const id of [three, one]) {
			simulator.tasks.finish(id ?? '');
			await simulator.settled();
			expect(host().answers.at(-1)).toBe(200);
		}
		let over = false;
		void whenOver.then(() => (over = true));
		await new Promise((resolve) => setImmediate(resolve));
		expect(over).toBe(false);
		simulator.tasks.finish(two ?? '');
		await simulator.settled();
		const result = await whenOver;
		expect(result.json.map(({ taskId }) => taskId)).toEqual([one, two, three]);
		expect(result.after).toEqual(['a', 'b', 'c']);
	});

	it('beyond the number allowed at once are submitted before the execution is suspended', async () => {
		const { simulator } = world;
		const { parameters, items } = prompts('a', 'b', 'c', 'd', 'e');
		const { first, whenOver } = await suspend({
			items,
			parameters: { ...parameters, options: { maxParallel: 2 } },
		});
		expect([first.status, words(first)]).toEqual(['waiting', ' | ']);
		expect(simulator.ledger.charges).toHaveLength(5);
		await pass(120);
		expect((await whenOver).json.map(({ status }) => status)).toEqual(Array(5).fill('succeed'));
	});

	it('ask for what is still running only, however many calls come', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { taskStatus: 'succeed' },
			times: null,
			action: { kind: 'callbackDuplicate', copies: 5 },
		});
		simulator.settings.taskSecondsByKind = {};
		const { whenOver } = await suspend(prompts('a', 'b', 'c', 'd', 'e'));
		await pass(70);
		const result = await whenOver;
		expect(result.json).toHaveLength(5);
		// One before it was suspended; then batches of all five, at most one per call that can tell something new.
		const asked = looks(simulator).filter(({ path }) => path === '/tasks').length;
		const calls = simulator.ledger.callbacks.length;
		expect(calls).toBeGreaterThanOrEqual(30);
		expect(asked).toBeLessThanOrEqual(12);
	});
});

describe('calls that tell nothing true', () => {
	it('are answered, and wake nothing', async () => {
		const { simulator } = world;
		simulator.faults.add({ times: null, action: { kind: 'callbackForge' } });
		const { first, whenOver } = await suspend();
		const address = String((creates(simulator)[0]?.body as IDataObject).callback_url);
		const bodies = [
			{
				task_id: paid()[0],
				task_status: 'succeed',
				task_result: { videos: [{ id: '1', url: 'http://127.0.0.1:1/evil.mp4' }] },
			},
			{ task_id: '1', task_status: 'failed' },
			{},
			[],
			'text',
		];
		for (const body of bodies) {
			const { status } = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
			expect(status).toBe(200);
		}
		const wrong = await fetch(address.replace(/signature=\w{4}/, 'signature=xxxx'), {
			method: 'POST',
		});
		expect(wrong.status).toBe(401);
		expect(first.status).toBe('waiting');
		await pass(70);
		const result = await whenOver;
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(JSON.stringify(result.json)).not.toContain('evil');
		expect(await result.binary()).toEqual(simulator.videoBytes(paid()[0] ?? ''));
	});

	it('at the same moment wake the execution once', async () => {
		const { simulator } = world;
		const { whenOver } = await suspend({ parameters: { download: false } });
		const address = String((creates(simulator)[0]?.body as IDataObject).callback_url);
		simulator.faults.add({ match: {}, times: null, action: { kind: 'callbackDrop' } });
		await pass(70);
		const calls = await Promise.all(
			Array.from(
				{ length: 10 },
				async () => (await fetch(address, { method: 'POST', body: '{}' })).status,
			),
		);
		expect(calls.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
		expect(calls.every((status) => status === 200 || status === 409)).toBe(true);
		const result = await whenOver;
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
	});
});

it('a flood of calls, genuine and not, wakes the execution once, and so do repeats', async () => {
	const { simulator } = world;
	const { first, whenOver } = await suspend({ parameters: { download: false } });
	const address = String((creates(simulator)[0]?.body as IDataObject).callback_url);
	const forged = address.replace(/signature=\w{4}/, 'signature=xxxx');
	const post = async (url: string, body: string) =>
		(await fetch(url, { method: 'POST', body })).status;
	simulator.faults.add({ match: {}, times: null, action: { kind: 'callbackDrop' } });
	const flood = async () =>
		await Promise.all(
			Array.from({ length: 150 }, async (_, n) => {
				if (n % 3 === 0) return await post(forged, '{}');
				return await post(address, n % 3 === 1 ? '[]' : '{"task_id":"1"}');
			}),
		);
	const before = await flood();
	expect(first.status).toBe('waiting');
	await pass(70);
	const during = await flood();
	const result = await whenOver;
	expect(result.json).toMatchObject([{ status: 'succeed' }]);
	for (const statuses of [before, during]) {
		const ofForged = statuses.filter((_, n) => n % 3 === 0);
		expect(new Set(ofForged).has(200)).toBe(false);
	}
	const later = await flood();
	expect(later).not.toContain(200);
	expect(simulator.ledger.charges).toHaveLength(1);
});

describe('when the service cannot be asked at the call', () => {
	it.each([
		['an error', { kind: 'status', status: 502 } as const],
		['a cut connection', { kind: 'dropBefore' } as const],
		['a refused key', { kind: 'status', status: 401, body: { code: 1002, message: 'x' } } as const],
	])('(%s) it is told to call again, and the execution stays suspended', async (_what, action) => {
		const { simulator } = world;
		const { first, whenOver } = await suspend();
		expect(first.status).toBe('waiting');
		simulator.faults.add({ match: { method: 'GET' }, times: null, action });
		await pass(70);
		expect(host().answers.at(-1)).toBe(503);
		simulator.faults.clear();
		const address = String((creates(simulator)[0]?.body as IDataObject).callback_url);
		await fetch(address, { method: 'POST', body: '{}' });
		expect((await whenOver).json).toMatchObject([{ status: 'succeed' }]);
	});

	it('a look that fails once does not matter', async () => {
		const { simulator } = world;
		const { whenOver } = await suspend();
		simulator.faults.add({ match: { method: 'GET' }, times: 1, action: { kind: 'html' } });
		await pass(70);
		expect((await whenOver).json).toMatchObject([{ status: 'succeed' }]);
	});

	it('a task that has vanished comes out as a failure, the others as they are', async () => {
		const { simulator } = world;
		const { whenOver } = await suspend(prompts('a', 'b'));
		simulator.tasks.vanish(paid()[0] ?? '');
		await pass(70);
		const result = await whenOver;
		expect(result.json).toMatchObject([
			{
				error: {
					message: expect.stringContaining('does not know this task') as string,
					taskId: paid()[0],
				},
			},
			{ status: 'succeed' },
		]);
	});
});

describe('tasks that fail', () => {
	it('leave as items that say so, where the node has no error output', async () => {
		const { whenOver } = await suspend(prompts('a', '[fail] b', 'c'));
		await pass(70);
		const result = await whenOver;
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ status: 'succeed' },
			{
				error: {
					message: expect.stringContaining('The task failed') as string,
					kind: 'taskFailed',
					taskId: paid()[1],
					itemIndex: 1,
				},
			},
			{ status: 'succeed' },
		]);
	});

	it('leave by the error output, if the node has one', async () => {
		const { whenOver } = await suspend({
			...prompts('[refuse] a', '[fail] b', 'c'),
			onError: 'continueErrorOutput',
		});
		await pass(70);
		const { items } = await whenOver;
		expect(items[0]?.map(({ json }) => json)).toMatchObject([{ status: 'succeed' }]);
		expect(items[1]?.map(({ json }) => json)).toMatchObject([
			{ error: { kind: 'refused', itemIndex: 0 } },
			{ error: { kind: 'taskFailed', itemIndex: 1 } },
		]);
		expect(items[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('to be made end the node before it is suspended, with the IDs of the others', async () => {
		const { first } = await suspend(prompts('a', '[refuse] b', 'c'));
		expect(first.status).toBe('error');
		expect(told(first).context).toMatchObject({ itemIndex: 1 });
		expect(told(first).description).toContain(`item 0: ${paid()[0]}`);
		expect(world.simulator.ledger.charges).toHaveLength(1);
	});

	it('to be downloaded leave as items with their link', async () => {
		const { simulator } = world;
		const { whenOver } = await suspend();
		simulator.faults.add({ service: 'cdn', times: null, action: { kind: 'status', status: 404 } });
		await pass(70);
		const [json] = (await whenOver).json;
		expect(json).toMatchObject({
			error: {
				kind: 'download',
				taskId: paid()[0],
				videoUrl: expect.stringContaining('http') as string,
			},
		});
	});
});

describe('tasks that are over before the execution is suspended', () => {
	it('are not waited for', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			times: 1,
			action: { kind: 'callbackBeforeAnswer' },
		});
		const { first } = await suspend();
		expect(first.status).toBe('success');
		expect(first.json).toMatchObject([{ status: 'succeed' }]);
		expect(await first.binary()).toEqual(simulator.videoBytes(paid()[0] ?? ''));
	});
});

describe('when time is up', () => {
	it('one item per task comes out, with what Task → Get needs', async () => {
		const { simulator } = world;
		simulator.faults.add({ match: {}, times: null, action: { kind: 'callbackDrop' } });
		const { first } = await suspend({
			...prompts('a', '[refuse] b', 'c'),
			onError: 'continueRegularOutput',
			after: "={{ $('Start').item.json.word }}",
		});
		expect(first.status).toBe('waiting');
		const { waitTill } = first.runExecutionData;
		expect(new Date(waitTill ?? 0).getTime() - time.now()).toBe(30 * 60_000);
		const result = await host().timeIsUp(first.executionId);
		expect(result.json).toMatchObject([
			{ taskId: paid()[0], status: 'submitted', timedOut: true, kind: 'text2video' },
			{ error: { message: expect.any(String) as string, kind: 'refused' } },
			{ taskId: paid()[1], status: 'submitted', timedOut: true },
		]);
		expect(result.after).toEqual(['a', '[refuse] b', 'c']);
		// What came before keeps what it put out.
		expect(result.runData.Start?.[0]?.data?.main?.[0]?.map(({ json }) => json)).toEqual([
			{ word: 'a' },
			{ word: '[refuse] b' },
			{ word: 'c' },
		]);
	});

	it('what failed before leaves by the error output, if the node has one', async () => {
		const onError = 'continueErrorOutput';
		const { first } = await suspend({ ...prompts('a', '[refuse] b'), onError });
		const { items } = await host().timeIsUp(first.executionId);
		expect(items.map((output) => output.map(({ json }) => json))).toMatchObject([
			[{ taskId: paid()[0], timedOut: true }],
			[{ word: '[refuse] b', error: { kind: 'refused', itemIndex: 1 } }],
		]);
	});

	it('only the first item comes out with Execute Once', async () => {
		const { first } = await suspend({ ...prompts('a', 'b'), executeOnce: true });
		const result = await host().timeIsUp(first.executionId);
		expect(result.json).toMatchObject([{ taskId: paid()[0], timedOut: true }]);
		expect(result.json).toHaveLength(1);
	});

	it('is set by Time-Out', async () => {
		const { first } = await suspend({ parameters: { options: { timeout: 5 } } });
		const { waitTill } = first.runExecutionData;
		expect(new Date(waitTill ?? 0).getTime() - time.now()).toBe(5 * 60_000);
	});
});

describe('nothing is sent', () => {
	it.each([
		['http://localhost:5678/webhook-waiting'],
		['http://127.0.0.1:5678/webhook-waiting'],
		['http://192.168.1.5:5678/webhook-waiting'],
		['http://n8n:5678/webhook-waiting'],
	])('when a service outside cannot reach %s', async (webhookWaitingBaseUrl) => {
		const { startNode } = await import('./harness');
		const result = await startNode({
			...optionsFor({
				simulator: world.simulator,
				parameters: { waitMode: 'suspend' },
				credential: { klingGlobalBaseUrl: 'https://api-singapore.klingai.com' },
			}),
			webhookWaitingBaseUrl,
		});
		expect(result.status).toBe('error');
		expect(words(result)).toMatch(/cannot call this n8n back.*WEBHOOK_URL/);
		expect(world.simulator.ledger.requests).toEqual([]);
	});

	it('when the callback is wanted for something else', async () => {
		const { first } = await suspend({
			parameters: { options: { additionalFields: { callback_url: 'https://example.com/hook' } } },
		});
		expect(words(first)).toContain('Callback URL cannot be given together with Suspend');
		expect(world.simulator.ledger.requests).toEqual([]);
	});
});

it('the output settings of every item hold when the execution goes on', async () => {
	const { whenOver } = await suspend({
		items: [{ field: 'film' }, { field: 'clip' }],
		parameters: { options: { binaryField: '={{ $json.field }}', simplify: false } },
	});
	await pass(70);
	const { output } = await whenOver;
	expect(output.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['film'], ['clip']]);
	expect(output[0]?.json).toMatchObject({ code: 0, data: { task_id: paid()[0] } });
});

it.each([
	[
		1,
		{
			error: {
				kind: 'download',
				message: expect.stringContaining('larger than Max File Size') as string,
			},
		},
	],
	[2, { status: 'succeed' }],
])('Max File Size, here %i MB, holds when the execution goes on', async (maxFileSize, expected) => {
	const body = 'x'.repeat(1_000_001);
	world.simulator.faults.add({ service: 'cdn', action: { kind: 'status', status: 200, body } });
	const { whenOver } = await suspend({ parameters: { options: { maxFileSize } } });
	await pass(70);
	expect((await whenOver).json).toMatchObject([expected]);
});
