/** A task that ends, at every service: each trigger starts once for its own, and says nothing secret. */
import { readFileSync } from 'node:fs';
import { readExecution } from '../lib';
import { type Setting, TITLES, type World } from '../world';
import {
	expectNoMoreThan,
	givenUrls,
	orderTasks,
	post,
	publishTriggers,
	SECRET,
	settingOf,
	succeeded,
	untilExecuted,
	withTriggers,
} from './workflows';

const NEW_API = 'a new-api relay';

/** Triggers by what they trust in. */
const TRUST: Record<string, Record<string, unknown>> = {
	'Token and API': { download: false },
	'Token only': { download: false, confirm: false },
	'API only': { download: false, more: { requireToken: false } },
	Nothing: { download: false, confirm: false, more: { requireToken: false } },
};
const SIGNED = { Signature: { download: false, more: { requireSignature: true } } };

interface Service {
	title: string;
	triggers: typeof TRUST;
	/** What the account posts; the second official one posts the form of the new standard. */
	form?: 'unified';
	signs: boolean;
	/** Whether the ids in calls can be asked about. new-api's own ids are not those that the call names. */
	confirms: boolean;
}

const SERVICES = TITLES.map((title): Service => {
	const signs = title.startsWith('Kling official');
	return {
		title,
		signs,
		triggers: signs ? { ...TRUST, ...SIGNED } : TRUST,
		form: title === 'Kling official, China' ? 'unified' : undefined,
		confirms: title !== NEW_API,
	};
});

/** Everything that the executions of a workflow put out, with the name of the trigger. */
async function itemsOf(world: World, runs: Array<{ id: string }>, names: string[]) {
	const items: Array<Record<string, unknown>> = [];
	for (const run of runs) {
		const execution = await readExecution(world.rest, run.id);
		expect(execution.status).toBe('success');
		for (const name of names)
			for (const { json } of execution.outputs(name)[0] ?? []) items.push({ name, ...json });
	}
	return items;
}

function expectGivenUrls(world: World): void {
	for (const url of givenUrls(world)) {
		const { searchParams } = new URL(url);
		expect(searchParams.get('token')).toHaveLength(43);
		expect(searchParams.get('kind')).toBe('text2video');
	}
}

function expectNoSecretsInLog(world: World, { data }: Setting): void {
	const log = readFileSync(world.n8n.logFile, 'utf8');
	const token = new URL(givenUrls(world)[0]!).searchParams.get('token')!;
	const secrets = [token, SECRET, data.apiKey, data.secretKey].filter(Boolean);
	expect(secrets.length).toBeGreaterThan(2);
	for (const secret of secrets) expect(log).not.toContain(secret);
}

export function servicesSuite(world: () => World): void {
	describe.each(SERVICES)('with $title', ({ title, triggers, form, signs, confirms }) => {
		/** The secret is there in any case; the service uses it if it signs. */
		function ownSetting(): Setting {
			const { settings } = world().simulator;
			if (form) settings.officialCallbackForm = form;
			if (signs) settings.webhookSecret = SECRET;
			const own = settingOf(world(), title);
			return { ...own, data: { ...own.data, webhookSecret: SECRET } };
		}

		it('starts once per task, however much it trusts, and not for strangers', async () => {
			const { simulator } = world();
			const own = ownSetting();
			const { id, urls } = await publishTriggers(world(), withTriggers(triggers), own);
			const names = Object.keys(urls);
			expect(new Set(Object.values(urls)).size).toBe(Object.keys(triggers).length);
			const tasks = await orderTasks(world(), own, Object.values(urls));
			expectGivenUrls(world());

			for (const task of tasks) simulator.tasks.finish(task);
			await simulator.settled();
			const starting = names.filter((name) => confirms || !name.includes('API'));
			const runs = await untilExecuted(world(), id, starting.length);
			const items = await itemsOf(world(), runs, names);
			expect(items.map(({ name }) => name).sort()).toEqual([...starting].sort());
			expect(items.map(({ status }) => status)).toEqual(items.map(() => 'succeed'));
			const triggerOf = new Map(tasks.map((task, index) => [task, names[index]!]));
			if (confirms)
				expect(items.map(({ taskId }) => triggerOf.get(String(taskId)))).toEqual(
					items.map(({ name }) => name),
				);

			// A stranger who knows the address, and no more.
			const stranger = await post(urls['Token and API']!, succeeded(tasks[0]!));
			expect(stranger.status).toBe(401);
			expect((await post(urls['API only']!, succeeded('900000000000000001'))).status).toBe(404);
			await expectNoMoreThan(world(), id, starting.length);
			expectNoSecretsInLog(world(), own);
		});

		it('starts for a failed task with the reason', async () => {
			const { simulator, rest } = world();
			const own = settingOf(world(), title);
			const trigger = withTriggers({ Trigger: { confirm: confirms } });
			const { id, urls } = await publishTriggers(world(), trigger, own);
			const [task] = await orderTasks(world(), own, Object.values(urls));
			simulator.tasks.fail(task!, 'risk control');
			const [run] = await untilExecuted(world(), id, 1);
			const [item] = (await readExecution(rest, run!.id)).outputs('Trigger')[0] ?? [];
			expect(item!.json).toMatchObject({ status: 'failed', message: 'risk control' });
			expect(item!.binary).toBeUndefined();
		});
	});
}
