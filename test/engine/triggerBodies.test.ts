/** The Kling Trigger and each service's own callbacks: a task of the Kling node starts the workflow, once, with the same item. */
import { parseJson } from '../../nodes/shared/core/json';
import { expectNoKeys, useSimulator, WAYS } from './support';
import { finish, givenAddress, order, started, startTrigger } from './trigger';
import { runKling } from './kling';

const world = useSimulator();

/** new-api passes on the callback of whom it buys from, with an id that it does not know itself. */
const CONFIRMING = WAYS.filter(({ service }) => service !== 'newApi');

describe.each(WAYS)('with $way', (way) => {
	const { service } = way;
	const credential = 'credential' in way ? way.credential : undefined;
	const setting = { service, credential };
	const confirm = service !== 'newApi';

	it('a finished task starts the workflow once, with its token', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { ...setting, parameters: { confirm } });
		const id = await order(simulator, host, setting);
		await finish(simulator, host, id);

		expect(host.answers.every(({ status }) => status === 200)).toBe(true);
		expect(started(host)).toEqual([
			expect.objectContaining({
				taskId: service === 'newApi' ? simulator.tasks.get(id)?.upstreamId : id,
				status: 'succeed',
				kind: 'text2video',
				videoUrl: expect.stringMatching(/^http/) as string,
			}),
		]);
		const token = new URL(givenAddress(simulator)).searchParams.get('token') ?? '';
		expect(token).toHaveLength(43);
		expect(JSON.stringify(host.executions)).not.toContain(token);
		expect(host.staticData).not.toContain(token);
	});

	it('a failed task starts it with the reason', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { ...setting, parameters: { confirm } });
		const id = await order(simulator, host, setting);
		await finish(simulator, host, id, 'fail');
		expect(started(host)).toEqual([
			expect.objectContaining({ status: 'failed', videoUrl: null, message: 'risk control' }),
		]);
	});

	it('a call without the token starts nothing and asks nobody', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { ...setting, parameters: { confirm } });
		const elsewhere = 'http://127.0.0.1:1/webhook-waiting';
		const id = await order(simulator, { ...host, webhookWaitingBaseUrl: elsewhere }, setting);
		expect(givenAddress(simulator)).toBe(host.url);
		const before = simulator.ledger.requests.length;
		await finish(simulator, host, id);
		expect(host.answers.length).toBeGreaterThan(0);
		expect(host.answers.map(({ status }) => status)).toEqual(host.answers.map(() => 401));
		expect(simulator.ledger.requests.length).toBe(before);
		expect(host.executions).toEqual([]);
	});

	it('without trust in tokens or the API, the body alone counts', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, {
			...setting,
			parameters: { confirm: false, more: { requireToken: false } },
		});
		const elsewhere = 'http://127.0.0.1:1/webhook-waiting';
		const id = await order(simulator, { ...host, webhookWaitingBaseUrl: elsewhere }, setting);
		const before = simulator.ledger.requests.length;
		await finish(simulator, host, id);
		expect(simulator.ledger.requests.length).toBe(before);
		expect(started(host)).toEqual([expect.objectContaining({ status: 'succeed', kind: null })]);
	});
});

describe.each(CONFIRMING)('the item, with $way', (way) => {
	const { service } = way;
	const credential = 'credential' in way ? way.credential : undefined;
	const setting = { service, credential };

	it.each([true, false])('is that of Task → Get (Simplify %s)', async (simplify) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { ...setting, parameters: { more: { simplify } } });
		const id = await order(simulator, host, setting);
		await finish(simulator, host, id);
		const got = await runKling({
			simulator,
			...setting,
			parameters: {
				resource: 'task',
				operation: 'get',
				taskId: id,
				options: { simplify },
				download: false,
			},
		});
		const [item] = started(host);
		// What changes with every request.
		const stable = (json: unknown) => JSON.stringify({ ...(json as object), request_id: '' });
		expect(stable(item)).toBe(stable(got.json[0]));
		expectNoKeys(simulator, got);
	});
});

it('an answer that repeats the request does not tell the token', async () => {
	const { simulator } = world;
	const setting = { service: 'aceData' } as const;
	const host = await startTrigger(simulator, {
		...setting,
		parameters: { more: { simplify: false } },
	});
	const id = await order(simulator, host, setting);
	await finish(simulator, host, id);
	expect(JSON.stringify(started(host))).toContain('/kling?token=*****');
});

describe('official callbacks of the new standard', () => {
	it.each([true, false])('are understood (Confirm With API %s)', async (confirm) => {
		const { simulator } = world;
		simulator.settings.officialCallbackForm = 'unified';
		const host = await startTrigger(simulator, { parameters: { confirm } });
		const id = await order(simulator, host, {}, { externalTaskId: 'order-77' });
		await finish(simulator, host, id);
		expect(started(host)).toEqual([
			expect.objectContaining({ taskId: id, status: 'succeed', externalTaskId: 'order-77' }),
		]);
	});

	it('keep an id that exceeds a number', async () => {
		const { simulator } = world;
		simulator.settings.officialCallbackForm = 'unified';
		const host = await startTrigger(simulator, { parameters: { confirm: false } });
		const id = await order(simulator, host);
		await finish(simulator, host, id);
		expect(parseJson(id)).toBe(id);
		expect(started(host)[0]?.taskId).toBe(id);
	});
});
