/** Calls of another form than Kling's documents show, made-up ones, and who is given the token: no real call must get lost. */
import { creates, useSimulator } from './support';
import { endedTask, finish, givenAddress, order, post, started, startTrigger } from './trigger';

const world = useSimulator();

/** A new trigger, and a task that has ended without its hearing of it. */
async function unheard(parameters = {}) {
	const { simulator } = world;
	const { id, search } = await endedTask(simulator);
	const host = await startTrigger(simulator, { parameters });
	return { simulator, host, id, address: host.url + search };
}

describe('a status that we do not know', () => {
	it.each([{ task_status: 99 }, { task_status: 'finished' }, { task_status: null }, {}])(
		'%j makes us ask the service',
		async (told) => {
			const { host, id, address } = await unheard();
			expect((await post(host, address, { task_id: id, ...told })).status).toBe(200);
			expect(started(host)).toEqual([expect.objectContaining({ taskId: id, status: 'succeed' })]);
			await post(host, address, { task_id: id, ...told });
			expect(host.executions).toHaveLength(1);
		},
	);

	it('of a task that still runs starts nothing', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host);
		const { status } = await post(host, givenAddress(simulator), { task_id: id, task_status: 99 });
		expect(status).toBe(200);
		expect(host.executions).toEqual([]);
	});

	it('counts as running where nobody asks', async () => {
		const { simulator, host, id, address } = await unheard({
			confirm: false,
			events: ['processing'],
		});
		const before = simulator.ledger.requests.length;
		await post(host, address, { task_id: id, task_status: 99 });
		expect(started(host)).toEqual([expect.objectContaining({ status: 'processing' })]);
		expect(simulator.ledger.requests).toHaveLength(before);
	});
});

it.each([
	[
		'in the envelope of an event',
		(record: object) => ({ id: 'evt_1', status: 'ok', data: record }),
	],
	['in a list', (record: object) => ({ code: 0, data: [record] })],
])('a record %s starts', async (_title, wrapped) => {
	const { host, id, address } = await unheard();
	await post(host, address, wrapped({ task_id: id, task_status: 'succeed' }));
	expect(started(host)).toEqual([expect.objectContaining({ taskId: id, status: 'succeed' })]);
});

it.each(['..', '../image-generation', 'a/b', '\ud800', ''])(
	'an id that is a way to another place asks nobody: %j',
	async (taskId) => {
		const { simulator, host, address } = await unheard();
		const before = simulator.ledger.requests.length;
		const answer = await post(host, address, { task_id: taskId, task_status: 'succeed' });
		expect(answer.status).toBe(400);
		expect(simulator.ledger.requests).toHaveLength(before);
		expect(host.executions).toEqual([]);
	},
);

describe('a callback address among the additional fields', () => {
	it.each([
		['klingGlobal', 'callback_url'],
		['aceData', 'callback_url'],
		['openaiHk', 'notify_hook'],
	] as const)('at %s gets the token too', async (service, field) => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { service });
		const additionalFields = JSON.stringify({ [field]: host.url });
		const id = await order(simulator, host, { service }, { callbackUrl: '', additionalFields });
		const { searchParams } = new URL(givenAddress(simulator));
		expect(searchParams.get('token')).toHaveLength(43);
		expect(searchParams.get('kind')).toBe('text2video');
		await finish(simulator, host, id);
		expect(started(host)).toEqual([expect.objectContaining({ taskId: id, status: 'succeed' })]);
	});

	it.each(['http://127.0.0.1:1/webhook/0e9b0f3a-4b52-4c0f-9d7e-5a3c1f2e8b11/kling', 7])(
		'that is no trigger of this n8n goes as it is: %j',
		async (address) => {
			const { simulator } = world;
			const host = await startTrigger(simulator);
			const additionalFields = JSON.stringify({ notify_hook: address, callback_url: null });
			await order(simulator, host, {}, { callbackUrl: '', additionalFields });
			const body = JSON.parse(creates(simulator).at(-1)?.rawBody ?? '') as object;
			expect(body).toMatchObject({ notify_hook: address, callback_url: null });
		},
	);
});

it('a Webhook node of this n8n is not given the token', async () => {
	const { simulator } = world;
	const host = await startTrigger(simulator);
	const url = host.url.replace(/[^/]+\/kling$/, 'orders/kling');
	await order(simulator, { ...host, url });
	expect(givenAddress(simulator)).toBe(url);
});
