/** The Kling Trigger in a real n8n: it starts for what is true and new, and for nothing else. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
	activate,
	loadWorkflow,
	type N8n,
	readBinary,
	readExecution,
	readWorkflow,
	ROOT,
	runByWebhook,
	saveWorkflow,
	signIn,
	startN8n,
	webhookPath,
	withParameters,
	withWebhook,
} from './lib';
import {
	executionsOf,
	givenUrls,
	orderTasks,
	post,
	publishTriggers,
	untilExecuted,
	untilTaken,
	wired,
	withTriggers,
} from './trigger/workflows';
import { LOGIN, NODE_TYPE, type Setting, startWorld, TITLES, type World } from './world';

const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const ALL = ['submitted', 'processing', 'succeed', 'failed'];
const FOREVER_S = 100_000;
const BURST = 500;
/** Forged calls; each that n8n asks the service about takes two seconds. */
const AT_ONCE = 20;

/** Trust in every way; what they start for at a service that knows its own ids. */
const TRUST: Record<string, Record<string, unknown>> = {
	'Token and API': { download: false },
	'Token only': { download: false, confirm: false },
	'API only': { download: false, more: { requireToken: false } },
	Nothing: { download: false, confirm: false, more: { requireToken: false } },
};

function done(taskId: string) {
	return {
		task_id: taskId,
		task_status: 'succeed',
		task_result: { videos: [{ id: 'forged', url: 'https://evil.example.com/v.mp4' }] },
		// Ace Data Cloud's words for the same.
		success: true,
		video_url: 'https://evil.example.com/v.mp4',
	};
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

jest.setTimeout(120_000);

describe('the Kling Trigger in a real n8n', () => {
	let world: World;
	let restarted: N8n | undefined;
	const folder = mkdtempSync(join(tmpdir(), 'kling-stored-'));
	const setting = (title: string): Setting =>
		world.settings.find((candidate) => candidate.title === title)!;
	const official = () => world.settings[0]!;

	beforeAll(async () => {
		world = await startWorld({ N8N_RESTRICT_FILE_ACCESS_TO: folder });
	}, 180_000);
	afterAll(async () => {
		await restarted?.stop();
		await (world as World | undefined)?.stop();
		rmSync(folder, { recursive: true, force: true });
	});
	beforeEach(() => {
		world.simulator.reset();
		// Tasks end when a test says so.
		world.simulator.settings.taskSeconds = FOREVER_S;
	});
	afterEach(() => {
		expect(world.simulator.ledger.leaks).toEqual([]);
	});

	describe.each(TITLES)('with %s', (title) => {
		it('starts once per task, however much it trusts, and not for strangers', async () => {
			const { simulator, rest } = world;
			const isNewApi = title === 'a new-api relay';
			// A signature is all that the last trigger believes; the other official account posts the form of the new standard.
			const signs = title.startsWith('Kling official');
			if (title === 'Kling official, China') simulator.settings.officialCallbackForm = 'unified';
			if (signs) simulator.settings.webhookSecret = SECRET;
			const own = setting(title);
			const withSecret = { ...own, data: { ...own.data, webhookSecret: SECRET } };
			const triggers = {
				...TRUST,
				...(signs ? { Signature: { download: false, more: { requireSignature: true } } } : {}),
			};
			const { id, urls } = await publishTriggers(world, withTriggers(triggers), withSecret);
			expect(new Set(Object.values(urls)).size).toBe(Object.keys(triggers).length);
			const names = Object.keys(urls);
			const tasks = await orderTasks(world, withSecret, Object.values(urls));
			for (const url of givenUrls(world)) {
				const { searchParams } = new URL(url);
				expect(searchParams.get('token')).toHaveLength(43);
				expect(searchParams.get('kind')).toBe('text2video');
			}

			for (const task of tasks) simulator.tasks.finish(task);
			await simulator.settled();
			const told = new Map(tasks.map((task, place) => [task, names[place]!]));
			// new-api's own ids are not those that the call names: there, nobody can confirm.
			const starting = names.filter((name) => !isNewApi || !name.includes('API'));
			const runs = await untilExecuted(world, id, starting.length);
			const items = [];
			for (const run of runs) {
				const execution = await readExecution(rest, run.id);
				expect(execution.status).toBe('success');
				for (const name of names) {
					for (const { json } of execution.outputs(name)[0] ?? []) items.push({ name, ...json });
				}
			}
			expect(items.map(({ name }) => name).sort()).toEqual([...starting].sort());
			for (const item of items) {
				const { name, taskId, status } = item as Record<string, unknown>;
				expect(status).toBe('succeed');
				if (!isNewApi) expect(told.get(String(taskId))).toBe(name);
			}

			// A stranger who knows the address, and no more.
			const stranger = await post(urls['Token and API']!, done(tasks[0]!));
			expect(stranger.status).toBe(401);
			expect((await post(urls['API only']!, done('900000000000000001'))).status).toBe(404);
			await pause(500);
			expect((await executionsOf(world, id)).count).toBe(starting.length);

			const log = readFileSync(world.n8n.logFile, 'utf8');
			const token = new URL(givenUrls(world)[0]!).searchParams.get('token')!;
			for (const secret of [token, SECRET, own.data.apiKey, own.data.secretKey]) {
				if (secret) expect(log).not.toContain(secret);
			}
		});

		it('starts for a failed task with the reason', async () => {
			const { simulator, rest } = world;
			const triggers = withTriggers({ Trigger: { confirm: title !== 'a new-api relay' } });
			const { id, urls } = await publishTriggers(world, triggers, setting(title));
			const [task] = await orderTasks(world, setting(title), Object.values(urls));
			simulator.tasks.fail(task!, 'risk control');
			const [run] = await untilExecuted(world, id, 1);
			const [item] = (await readExecution(rest, run!.id)).outputs('Trigger')[0] ?? [];
			expect(item!.json).toMatchObject({ status: 'failed', message: 'risk control' });
			expect(item!.binary).toBeUndefined();
		});
	});

	it('downloads within the execution, and answers before', async () => {
		const { simulator, rest } = world;
		const { id, urls } = await publishTriggers(world, withTriggers({ Trigger: {} }), official());
		const [task] = await orderTasks(world, official(), Object.values(urls));
		simulator.faults.add({ service: 'cdn', action: { kind: 'delay', ms: 3000 } });
		simulator.tasks.finish(task!);
		const before = Date.now();
		await simulator.settled();
		expect(Date.now() - before).toBeLessThan(2500);
		expect(simulator.ledger.callbacks.at(-1)?.status).toBe(200);
		const [run] = await untilExecuted(world, id, 1);
		const [item] = (await readExecution(rest, run!.id)).outputs('Trigger')[0] ?? [];
		const bytes = await readBinary(rest, item!.binary!.data!);
		expect(bytes.equals(simulator.videoBytes(task!))).toBe(true);
		expect(item!.binary!.data!.fileName).toBe(`kling-${task!}.mp4`);
	});

	it('repeats and disorder start nothing more', async () => {
		const { simulator } = world;
		const { id, urls } = await publishTriggers(
			world,
			withTriggers({ Trigger: { download: false, events: ALL } }),
			official(),
		);
		simulator.faults.add({ action: { kind: 'callbackReorder' } });
		const [task] = await orderTasks(world, official(), Object.values(urls));
		simulator.tasks.finish(task!);
		await simulator.settled();
		const [address] = givenUrls(world);
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await post(address!, done(task!))),
		);
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		expect(simulator.ledger.callbacks.length).toBeGreaterThan(1);
		await untilExecuted(world, id, 1);
		await pause(500);
		expect((await executionsOf(world, id)).count).toBe(1);
	});

	it('answers in words, without a stack trace', async () => {
		const { id, urls } = await publishTriggers(
			world,
			withTriggers({ Trigger: { more: { requireToken: false } } }),
			official(),
		);
		const url = urls.Trigger!;
		const long = JSON.stringify({ task_id: 'x', pad: 'x'.repeat(1_000_001) });
		const answers = [
			[await post(url, { hello: 'world' }), 400],
			[await post(url, '', { 'content-type': 'text/plain' }), 400],
			[await post(url, long), 413],
			[await post(url, '{'), 400],
			// More than n8n reads.
			[await post(url, 'x'.repeat(17_000_000)), 413],
		] as const;
		for (const [{ status, text }, wanted] of answers) {
			expect(status).toBe(wanted);
			expect(text).toContain('"message"');
			expect(text).not.toMatch(/\s+at .+:\d+:\d+/);
			expect(text).not.toContain('node_modules');
		}
		expect((await executionsOf(world, id)).count).toBe(0);
	});

	it('1000 forged calls start nothing, and leave nothing in the memory', async () => {
		const { simulator, n8n } = world;
		const triggers = withTriggers({ Strict: {}, Open: { more: { requireToken: false } } });
		const ace = setting('Ace Data Cloud');
		const { id, urls } = await publishTriggers(world, triggers, ace);
		const residentMb = () => {
			const status = readFileSync(`/proc/${n8n.process.pid}/status`, 'utf8');
			return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
		};
		const flood = async (count: number) => {
			const statuses = new Set<number>();
			for (let start = 0; start < count; start += AT_ONCE) {
				const answers = await Promise.all(
					Array.from({ length: AT_ONCE }, async (_, n) => {
						const forged = { ...done(`forged-${start + n}`), pad: 'x'.repeat(900_000) };
						const url = n % 2 ? urls.Strict! : urls.Open!;
						return await post(`${url}?token=guess-${n}`, forged);
					}),
				);
				for (const { status } of answers) statuses.add(status);
			}
			return [...statuses].sort();
		};
		expect(await flood(400)).toEqual([401, 404]);
		const before = residentMb();
		expect(await flood(600)).toEqual([401, 404]);
		const grown = residentMb() - before;
		console.log(
			`n8n's memory: ${before.toFixed(0)} MB, after 600 more ${grown.toFixed(0)} MB more`,
		);
		expect(grown).toBeLessThan(150);
		expect((await executionsOf(world, id)).count).toBe(0);
		expect(simulator.ledger.charges).toEqual([]);
	}, 600_000);

	it(`${BURST} genuine calls at once start ${BURST} executions`, async () => {
		const { simulator } = world;
		Object.assign(simulator.settings, { slots: BURST + 5, webhookSecret: undefined });
		const { id, urls } = await publishTriggers(
			world,
			withTriggers({ Trigger: { download: false } }),
			official(),
		);
		// One by the Kling node, to have the address; the others as somebody's own program would make them.
		const [first] = await orderTasks(world, official(), Object.values(urls));
		const [address] = givenUrls(world);
		const { baseUrl, apiKey } = simulator.services.klingGlobal;
		const tasks = [first!];
		while (tasks.length < BURST) {
			const response = await fetch(`${baseUrl}/v1/videos/text2video`, {
				method: 'POST',
				headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
				body: JSON.stringify({
					model_name: 'kling-v2-5-turbo',
					prompt: `Boat ${tasks.length}`,
					callback_url: address,
				}),
			});
			const { data } = (await response.json()) as { data: { task_id: string } };
			tasks.push(data.task_id);
		}
		await simulator.settled();
		// n8n takes a moment for each call; the simulator would not wait so long for the last answers, so we post them.
		simulator.faults.add({ times: null, action: { kind: 'callbackDrop' } });
		for (const task of tasks) simulator.tasks.finish(task);
		await simulator.settled();
		const calls = simulator.ledger.callbacks.filter(({ taskStatus }) => taskStatus === 'succeed');
		expect(calls).toHaveLength(BURST);
		const start = Date.now();
		const refusals: string[] = [];
		await Promise.all(
			calls.map(async ({ url, rawBody }) => {
				for (;;) {
					const { status, text } = await post(url, rawBody).catch((error: unknown) => ({
						status: 0,
						text: String(error),
					}));
					if (status === 200) return;
					// An n8n that is busy with the others hangs up, or says that its database is not ready. A sender tries again.
					expect([0, 500, 503]).toContain(status);
					refusals.push(`${status} ${text.slice(0, 80)}`);
					await pause(3000);
				}
			}),
		);
		console.log(
			`${BURST} calls at once were answered within ${Date.now() - start} ms, ${refusals.length} times not yet: ${[...new Set(refusals)].join()}`,
		);
		const runs = await untilExecuted(world, id, BURST, 300_000);
		expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['success']));
		const { staticData } = await world.rest.get(
			`/workflows/${id}`,
			z.object({
				staticData: z.record(z.object({ kling: z.object({ tasks: z.array(z.string()) }) })),
			}),
		);
		const { tasks: stored } = Object.values(staticData)[0]!.kling;
		expect(new Set(stored)).toEqual(new Set(tasks.map((task) => `${task} succeed`)));
	}, 600_000);

	it('paths of two workflows never collide, and an unpublished one takes no calls', async () => {
		const { simulator, rest } = world;
		const same = withTriggers({ Trigger: { download: false } });
		const other = withTriggers({ Trigger: { download: false } });
		const one = await publishTriggers(world, same, official());
		const two = await publishTriggers(world, other, official());
		expect(one.urls.Trigger).not.toBe(two.urls.Trigger);
		const tasks = await orderTasks(world, official(), [one.urls.Trigger!, two.urls.Trigger!]);
		await rest.post(`/workflows/${one.id}/deactivate`, {}, z.unknown());
		const deadline = Date.now() + 20_000;
		while ((await post(one.urls.Trigger!, {})).status !== 404) {
			if (Date.now() > deadline) throw new Error('It still takes calls');
			await pause(200);
		}
		for (const task of tasks) simulator.tasks.finish(task);
		await simulator.settled();
		await untilExecuted(world, two.id, 1);
		expect((await executionsOf(world, one.id)).count).toBe(0);

		// Published again, it takes them at the same address.
		await activate(rest, one.id);
		await untilTaken(one.urls.Trigger!);
		const [address] = givenUrls(world);
		expect((await post(address!, done(tasks[0]!))).status).toBe(200);
		await untilExecuted(world, one.id, 1);
	});

	it('a test event comes from the console though nobody listens to "submitted"', async () => {
		const { simulator, rest } = world;
		simulator.settings.webhookSecret = SECRET;
		const own = official();
		const withSecret = { ...own, data: { ...own.data, webhookSecret: SECRET } };
		const workflow = withTriggers({ Trigger: {} });
		const { id, urls } = await publishTriggers(world, workflow, withSecret);
		const testUrl = urls.Trigger!.replace('/webhook/', '/webhook-test/');
		expect(await simulator.testCallback(testUrl)).toBe(404);
		const waiting = await rest.post(
			`/workflows/${id}/run`,
			{ triggerToStartFrom: { name: 'Trigger' }, workflowData: await loadWorkflow(rest, id) },
			z.object({ waitingForWebhook: z.boolean() }),
		);
		expect(waiting.waitingForWebhook).toBe(true);
		expect(await simulator.testCallback(testUrl)).toBe(200);
		const [run] = await untilExecuted(world, id, 1);
		const [item] = (await readExecution(rest, run!.id)).outputs('Trigger')[0] ?? [];
		expect(item!.json).toMatchObject({
			status: 'submitted',
			externalTaskId: expect.stringMatching(/^test-/) as string,
		});
		// The same at the production address starts nothing.
		expect(await simulator.testCallback(urls.Trigger!)).toBe(200);
		await pause(500);
		expect((await executionsOf(world, id)).count).toBe(1);
	});

	it('the two examples: one submits without waiting, the other stores the videos', async () => {
		const { simulator, rest } = world;
		const example = (file: string) => readWorkflow(join(ROOT, 'examples', file));
		const target = join(folder, 'videos');
		mkdirSync(target);
		const text = JSON.stringify(example('store-finished-videos.json'));
		expect(text).toContain('/home/node/.n8n-files');
		const storing = JSON.parse(text.replace('/home/node/.n8n-files', target)) as ReturnType<
			typeof example
		>;
		const { id, urls } = await publishTriggers(world, storing, official());

		const submitting = withParameters(example('submit-without-waiting.json'), NODE_TYPE, {
			options: { callbackUrl: urls['Kling Trigger'] },
		});
		const ready = withWebhook(await wired(rest, submitting, official()), 'e2e-submitting');
		await saveWorkflow(rest, 'e2e-submitting', ready);
		await activate(rest, 'e2e-submitting');
		const workflow = { id: 'e2e-submitting', path: webhookPath(ready) };
		const submitted = await runByWebhook(rest, workflow, {}, 60_000);
		expect(submitted.status).toBe('success');
		const tasks = (submitted.outputs('Kling')[0] ?? []).map(({ json }) => String(json.taskId));
		expect(tasks).toHaveLength(3);
		expect((await executionsOf(world, id)).count).toBe(0);

		for (const task of tasks) simulator.tasks.finish(task);
		const runs = await untilExecuted(world, id, tasks.length);
		expect(runs.map(({ status }) => status)).toEqual(tasks.map(() => 'success'));
		expect(readdirSync(target).sort()).toEqual(tasks.map((task) => `kling-${task}.mp4`).sort());
		for (const task of tasks) {
			const stored = readFileSync(join(target, `kling-${task}.mp4`));
			expect(stored.equals(simulator.videoBytes(task))).toBe(true);
		}
		expect(simulator.ledger.charges).toHaveLength(3);
	});

	// Last, because n8n is another one afterwards.
	it('outlives a restart of n8n between create and callback, and still knows what it has started', async () => {
		const { simulator, n8n, tarball } = world;
		const { id, urls } = await publishTriggers(
			world,
			withTriggers({ Trigger: { download: false } }),
			official(),
		);
		const url = urls.Trigger!;
		const [before, after] = await orderTasks(world, official(), [url, url]);
		simulator.tasks.finish(before!);
		await simulator.settled();
		await untilExecuted(world, id, 1);
		const [address] = givenUrls(world);

		await n8n.stop();
		const { port } = new URL(n8n.baseUrl);
		const userFolder = dirname(n8n.logFile);
		restarted = await startN8n({ userFolder, port: Number(port), tarball, closed: true });
		world.rest = await signIn(restarted.baseUrl, LOGIN);
		await untilTaken(url);

		expect((await post(address!, done(before!))).status).toBe(200);
		simulator.tasks.finish(after!);
		await simulator.settled();
		await untilExecuted(world, id, 2);
		await pause(500);
		expect((await executionsOf(world, id)).count).toBe(2);
	});
});
