/** When the Kling Trigger starts, when not, and what it answers. */
import { ALL_KINDS } from '../../nodes/shared/core/kinds';
import { webhookHeaders } from '../simulator/webhookSignature';
import { logged } from './harness';
import { model, slept } from './kling';
import { useSimulator } from './support';
import {
	endedTask,
	finish,
	foreignId,
	givenAddress,
	order,
	post,
	started,
	startTrigger,
	storedKeys,
	TAKES_ANY_CALL,
} from './trigger';
import { time } from './virtualTime';

const world = useSimulator();
const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const ALL = ['submitted', 'processing', 'succeed', 'failed'];
const FOREIGN_ID = foreignId(1);

function done(taskId: string) {
	return {
		task_id: taskId,
		task_status: 'succeed',
		task_result: { videos: [{ id: 'forged', url: 'https://evil.example.com/v.mp4' }] },
	};
}

describe('Trigger On', () => {
	it('tells every change that was asked for, in the order of the changes', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters: { events: ALL } });
		const id = await order(simulator, host);
		await simulator.settled();
		await host.settled();
		simulator.tasks.setStatusWord(id, 'processing');
		time.advance(30_000);
		await simulator.settled();
		simulator.tasks.setStatusWord(id, 'succeed');
		await finish(simulator, host, id);
		const statuses = started(host).map(({ status }) => status);
		expect(statuses[0]).toBe('submitted');
		expect(statuses.at(-1)).toBe('succeed');
		expect(new Set(statuses).size).toBe(statuses.length);
	});

	it('asks nobody about a change that nobody wants', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters: { events: ['failed'] } });
		const id = await order(simulator, host);
		const before = simulator.ledger.requests.length;
		await finish(simulator, host, id);
		expect(host.answers.length).toBeGreaterThan(0);
		expect(host.answers.every(({ status }) => status === 200)).toBe(true);
		expect(simulator.ledger.requests.length).toBe(before);
		expect(host.executions).toEqual([]);
	});

	it('goes by what the API says, not by what the call claims', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		const address = givenAddress(simulator);
		simulator.tasks.fail(id, 'risk control');
		expect((await post(host, address, done(id))).status).toBe(200);
		expect(started(host)).toEqual([
			expect.objectContaining({ status: 'failed', message: 'risk control', videoUrl: null }),
		]);
	});
});

describe('Made By', () => {
	it.each([
		[['text2video'], 1],
		[['image2video', 'image-generation'], 0],
		[[], 1],
	])('%j lets in %i of a text to video', async (kinds, count) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters: { more: { kinds } } });
		await finish(simulator, host, await order(simulator, host));
		expect(host.executions).toHaveLength(count);
	});

	it.each([
		[['multi-image2video'], 1],
		[['omni-video'], 1],
		[['text2video', 'video-extend'], 0],
	])('%j lets in %i of several images, which an omni model makes', async (kinds, count) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters: { more: { kinds } } });
		const image = Array.from({ length: 2 }, () => ({ value: 'https://x.example/1.png' }));
		const parameters = {
			operation: 'multi-image2video',
			imagesSource: 'rows',
			images: { image },
		};
		await finish(simulator, host, await order(simulator, host, { parameters }));
		expect(host.executions).toHaveLength(count);
	});

	it.each([
		['with the kind in the address, in one request', true, 1],
		['without, after looking in all places', false, ALL_KINDS.length],
	])('finds a picture %s', async (_title, hinted, requests) => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator, {
			resource: 'image',
			operation: 'image-generation',
			model: model('kling-v2-1'),
		});
		const query = new URLSearchParams(search);
		expect(query.get('kind')).toBe('image-generation');
		if (!hinted) query.delete('kind');
		const before = simulator.ledger.requests.length;
		const host = await startTrigger(simulator);
		await post(host, `${host.url}?${query.toString()}`, done(id));
		expect(started(host)).toEqual([
			expect.objectContaining({ taskId: id, kind: 'image-generation', status: 'succeed' }),
		]);
		expect(simulator.ledger.requests.length - before).toBeLessThanOrEqual(requests);
	});

	it('a wrong kind in the address does no harm', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		const address = new URL(givenAddress(simulator));
		address.searchParams.set('kind', 'motion-control');
		simulator.tasks.finish(id);
		await post(host, address.toString(), done(id));
		expect(started(host)[0]).toMatchObject({ taskId: id, kind: 'text2video' });
	});
});

describe('Confirm With API', () => {
	it('lets a forged call at most make us look', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { taskStatus: 'succeed' },
			action: { kind: 'callbackForge' },
		});
		const host = await startTrigger(simulator);
		await finish(simulator, host, await order(simulator, host));
		expect(started(host)).toHaveLength(1);
		expect(JSON.stringify(started(host))).not.toContain('forged');
	});

	it('answers 404 for a task that is not ours, and starts nothing', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		await order(simulator, host);
		const { status, body } = await post(host, givenAddress(simulator), done(FOREIGN_ID));
		expect({ status, body }).toEqual({ status: 404, body: '{"message":"There is no such task"}' });
		expect(host.executions).toEqual([]);
	});

	it('answers 503 to an end that has not come, after a second look', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		const { status } = await post(host, givenAddress(simulator), done(id));
		expect(status).toBe(503);
		expect(slept).toContain(2000);
		expect(host.executions).toEqual([]);
		await finish(simulator, host, id);
		expect(started(host)).toHaveLength(1);
	});

	it('answers 503 while the service does not answer, and takes the next call', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const host = await startTrigger(simulator);
		const address = host.url + search;
		const fault = simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'dropBefore' },
		});
		expect((await post(host, address, done(id))).status).toBe(503);
		expect(host.executions).toEqual([]);
		expect(host.staticData).not.toContain(id);
		expect(logged.join('\n')).toContain(id);
		expect(fault.hits).toBeGreaterThan(1);
		simulator.faults.clear();
		expect((await post(host, address, done(id))).status).toBe(200);
		expect(started(host)).toHaveLength(1);
	});

	it('gets over a failure that passes', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		simulator.faults.add({ match: { method: 'GET' }, times: 2, action: { kind: 'html' } });
		await finish(simulator, host, id);
		expect(started(host)).toHaveLength(1);
	});

	it('switched off, trusts whoever has the token', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters: { confirm: false } });
		await order(simulator, host);
		await post(host, givenAddress(simulator), done(FOREIGN_ID));
		expect(started(host)).toEqual([
			expect.objectContaining({ taskId: FOREIGN_ID, kind: 'text2video' }),
		]);
	});
});

describe('signatures of official Kling', () => {
	const credential = { webhookSecret: SECRET };

	it.each(['legacy', 'unified'] as const)('are enough without a token (%s)', async (form) => {
		const { simulator } = world;
		simulator.settings.webhookSecret = SECRET;
		simulator.settings.officialCallbackForm = form;
		const host = await startTrigger(simulator, {
			credential,
			parameters: { more: { requireSignature: true } },
		});
		const elsewhere = { ...host, webhookWaitingBaseUrl: 'http://127.0.0.1:1/webhook-waiting' };
		await finish(simulator, host, await order(simulator, elsewhere));
		expect(givenAddress(simulator)).toBe(host.url);
		expect(started(host)).toHaveLength(1);
	});

	it.each([{ requireSignature: false }, { requireSignature: true }])(
		'that are wrong are refused even with the right token (%j)',
		async (options) => {
			const { simulator } = world;
			simulator.settings.webhookSecret = 'whsec_b3RoZXI=';
			const host = await startTrigger(simulator, { credential, parameters: { more: options } });
			await finish(simulator, host, await order(simulator, host));
			expect(host.answers.every(({ status }) => status === 401)).toBe(true);
			expect(host.executions).toEqual([]);
		},
	);

	it('that are missing are refused only if they are required', async () => {
		const { simulator } = world;
		for (const [requireSignature, count] of [
			[true, 0],
			[false, 1],
		] as const) {
			const host = await startTrigger(simulator, {
				credential,
				parameters: { more: { requireSignature } },
			});
			await finish(simulator, host, await order(simulator, host));
			expect(host.executions).toHaveLength(count);
		}
	});

	it('are refused when they come again', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { credential, parameters: { confirm: false } });
		const body = JSON.stringify(done(FOREIGN_ID));
		const headers = webhookHeaders(SECRET, time.now(), body);
		expect((await post(host, host.url, body, headers)).status).toBe(200);
		const { status } = await post(host, host.url, body, headers);
		expect(status).toBe(409);
		time.advance(5 * 60_000 + 1000);
		expect((await post(host, host.url, body, headers)).status).toBe(401);
		expect(started(host)).toHaveLength(1);
	});

	it('of another service are not checked', async () => {
		const { simulator } = world;
		const setting = { service: 'relay', credential } as const;
		const host = await startTrigger(simulator, setting);
		const id = await order(simulator, host, setting);
		const body = JSON.stringify(done(id));
		simulator.tasks.finish(id);
		const headers = { 'webhook-signature': 'v1,AAAA' };
		expect((await post(host, givenAddress(simulator), body, headers)).status).toBe(200);
	});
});

describe('tokens', () => {
	it('of another key are refused, one of the own choice is taken', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, {
			credential: { callbackToken: 'a-token-of-my-own-choice' },
			parameters: { confirm: false },
		});
		await order(simulator, host);
		expect((await post(host, givenAddress(simulator), done(FOREIGN_ID))).status).toBe(401);
		const own = `${host.url}?token=a-token-of-my-own-choice`;
		expect((await post(host, own, done(FOREIGN_ID))).status).toBe(200);
		expect(started(host)).toHaveLength(1);
	});
});

describe('once', () => {
	it('repeats start nothing, also when they come at the same time', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { taskStatus: 'succeed' },
			action: { kind: 'callbackDuplicate', copies: 3 },
		});
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		await finish(simulator, host, id);
		const address = givenAddress(simulator);
		await Promise.all(Array.from({ length: 20 }, () => post(host, address, done(id))));
		expect(started(host)).toHaveLength(1);
		expect(host.answers.every(({ status }) => status === 200)).toBe(true);
	});

	it('of twenty equal calls at once one starts', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator);
		const host = await startTrigger(simulator);
		const calls = Array.from({ length: 20 }, () => post(host, host.url + search, done(id)));
		const answers = await Promise.all(calls);
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		expect(started(host)).toHaveLength(1);
	});

	it('the end comes once though all calls come in the wrong order', async () => {
		const { simulator } = world;
		simulator.faults.add({ action: { kind: 'callbackReorder' } });
		const host = await startTrigger(simulator, { parameters: { events: ALL } });
		await finish(simulator, host, await order(simulator, host));
		expect(host.answers.length).toBeGreaterThan(1);
		expect(started(host).map(({ status }) => status)).toEqual(['succeed']);
	});

	it.each([true, false])(
		'after the end, nothing older starts (Confirm With API %s)',
		async (confirm) => {
			const { simulator } = world;
			const host = await startTrigger(simulator, { parameters: { events: ALL, confirm } });
			const id = await order(simulator, host);
			await finish(simulator, host, id);
			const before = host.executions.length;
			await post(host, givenAddress(simulator), { task_id: id, task_status: 'processing' });
			expect(host.executions).toHaveLength(before);
		},
	);

	it('the newest 1000 are remembered, in what n8n stores, and the oldest may come again', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, TAKES_ANY_CALL);
		await post(host, host.url, done(foreignId(999)));
		// 999 others that were stored before it.
		const [key = ''] = storedKeys(host).tasks;
		const older = Array.from({ length: 999 }, (_, n) => key.replace(foreignId(999), foreignId(n)));
		host.staticData = host.staticData.replace(
			JSON.stringify([key]),
			JSON.stringify([...older, key]),
		);
		await post(host, host.url, done(foreignId(1000)));
		expect(host.executions).toHaveLength(2);
		expect(storedKeys(host).tasks).toHaveLength(1000);
		await post(host, host.url, done(foreignId(1000)));
		await post(host, host.url, done(foreignId(1)));
		expect(host.executions).toHaveLength(2);
		await post(host, host.url, done(foreignId(0)));
		expect(host.executions).toHaveLength(3);
	});

	it('what n8n could not start may come again', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		host.storing = () => {
			throw new Error('The database is not ready');
		};
		await finish(simulator, host, id);
		expect(host.answers.at(-1)?.status).toBe(500);
		host.storing = undefined;
		const address = givenAddress(simulator);
		expect((await post(host, address, done(id))).status).toBe(200);
		expect((await post(host, address, done(id))).status).toBe(200);
		expect(started(host)).toEqual([expect.objectContaining({ taskId: id })]);
	});

	it('another n8n process knows by what n8n has stored', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { parameters: { confirm: false } });
		await order(simulator, host);
		const { search } = new URL(givenAddress(simulator));
		await post(host, host.url + search, done(FOREIGN_ID));
		const other = await startTrigger(simulator, { parameters: { confirm: false } });
		other.staticData = host.staticData;
		await post(other, other.url + search, done(FOREIGN_ID));
		expect(host.executions).toHaveLength(1);
		expect(other.executions).toHaveLength(0);
	});
});

describe('a test event', () => {
	it.each([true, false])("shows the console's test (Confirm With API %s)", async (confirm) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { mode: 'manual', parameters: { confirm } });
		expect(await simulator.testCallback(host.url)).toBe(200);
		await host.settled();
		expect(started(host)).toEqual([
			expect.objectContaining({
				status: 'submitted',
				externalTaskId: expect.stringMatching(/^test-/) as string,
			}),
		]);
		expect(host.staticData).toBe('{}');
	});

	it('is refused with a wrong token or a wrong signature', async () => {
		const { simulator } = world;
		simulator.settings.webhookSecret = 'whsec_b3RoZXI=';
		const host = await startTrigger(simulator, {
			mode: 'manual',
			credential: { webhookSecret: SECRET },
		});
		expect(await simulator.testCallback(host.url)).toBe(401);
		expect((await post(host, `${host.url}?token=wrong`, done(FOREIGN_ID))).status).toBe(401);
		expect(host.executions).toEqual([]);
	});

	it('can come again and again', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { mode: 'manual', parameters: { confirm: false } });
		for (let n = 0; n < 3; n += 1) await post(host, host.url, done(FOREIGN_ID));
		expect(host.executions).toHaveLength(3);
	});

	it("in production, the console's test starts nothing", async () => {
		const { simulator } = world;
		simulator.settings.webhookSecret = SECRET;
		const host = await startTrigger(simulator, { credential: { webhookSecret: SECRET } });
		expect(await simulator.testCallback(host.url)).toBe(200);
		expect(host.executions).toEqual([]);
	});
});

describe('answers', () => {
	it.each([
		['no JSON', '{', 400],
		['no task', { hello: 'world' }, 400],
		['a long body', JSON.stringify({ task_id: 'x', pad: 'x'.repeat(1_000_001) }), 413],
	])('to %s', async (_title, body, status) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, {
			parameters: { more: { requireToken: false } },
		});
		const answer = await post(host, host.url, body);
		expect(answer.status).toBe(status);
		expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) as string });
		expect(answer.body).not.toMatch(/\bat \w+.*:\d+:\d+/);
		expect(host.executions).toEqual([]);
	});

	it('while the credential is incomplete', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { credential: { apiKey: '' } });
		expect(await post(host, `${host.url}?token=any`, done(FOREIGN_ID))).toEqual({
			status: 500,
			body: '{"message":"The trigger is not set up properly"}',
		});
		expect(logged.join('\n')).toContain('API Key in the credential is empty');
		expect(host.executions).toEqual([]);
	});
});

describe('200 forged calls', () => {
	it.each([
		['without the token', {}, '', 0],
		['with a wrong token', {}, '?token=guess', 0],
		// Each is asked for twice.
		['with no token required, which must be confirmed', { requireToken: false }, '', 400],
	])(
		'%s start nothing',
		async (_title, options, search, lookups) => {
			const { simulator } = world;
			const service = 'aceData';
			const host = await startTrigger(simulator, { service, parameters: { more: options } });
			for (let batch = 0; batch < 4; batch += 1) {
				await Promise.all(
					Array.from({ length: 50 }, (_, n) =>
						post(host, host.url + search, { ...done(`forged-${batch}-${n}`), success: true }),
					),
				);
			}
			expect(host.answers).toHaveLength(200);
			expect(host.answers.every(({ status }) => status === 401 || status === 404)).toBe(true);
			expect(host.executions).toEqual([]);
			expect(host.staticData).not.toContain('kling');
			expect(simulator.ledger.requests.length).toBeLessThanOrEqual(lookups);
		},
		60_000,
	);
});
