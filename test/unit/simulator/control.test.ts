import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { GOOD_BODY, reply, startWithClient, TEXT2VIDEO, type Caller } from './support';

describe('control server', () => {
	let caller: Caller;
	beforeAll(async () => {
		caller = await startWithClient();
	});
	afterEach(() => caller.sim.reset());
	afterAll(async () => await caller.sim.stop());

	const control = async (method: string, path: string, body?: unknown) =>
		await reply(
			await fetch(caller.sim.controlUrl + path, {
				method,
				body: body === undefined ? undefined : JSON.stringify(body),
			}),
		);

	it('tells the services', async () => {
		expect((await control('GET', '/services')).json).toEqual({
			services: caller.sim.services,
			cdnUrl: caller.sim.cdnUrl,
			controlUrl: caller.sim.controlUrl,
		});
	});

	it('does what the API does', async () => {
		const { data } = await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY);
		const id = String(data.task_id);
		expect(JSON.parse((await control('GET', '/tasks')).text)).toMatchObject([
			{ id, status: 'submitted' },
		]);
		await control('POST', '/clock/advance', { ms: 20_000 });
		expect(JSON.parse((await control('GET', '/tasks')).text)).toMatchObject([
			{ status: 'succeed' },
		]);
		await control('POST', '/tasks', { id, action: 'vanish' });
		expect((await caller.get('klingGlobal', `${TEXT2VIDEO}/${id}`)).status).toBe(400);
		expect((await control('GET', '/ledger')).json).toMatchObject({
			charges: [{ taskId: id }],
			requests: [{}, {}],
		});
		await control('POST', '/reset');
		expect((await control('GET', '/ledger')).json).toMatchObject({ charges: [], requests: [] });
	});

	it('takes faults and settings', async () => {
		await control('POST', '/faults', {
			match: { pathPattern: 'text2video$' },
			action: { kind: 'error', code: 5001 },
		});
		expect((await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY)).status).toBe(503);
		expect(JSON.parse((await control('GET', '/faults')).text)).toMatchObject([{ hits: 1 }]);
		await control('DELETE', '/faults');
		expect((await control('GET', '/faults')).text).toBe('[]');
		expect(
			(await control('POST', '/settings', { slots: 1, webhookSecret: 'whsec_YQ==' })).json,
		).toMatchObject({ slots: 1 });
		expect(caller.sim.settings.webhookSecret).toBe('whsec_YQ==');
		caller.sim.reset();
		expect(caller.sim.settings).toMatchObject({ slots: 5, webhookSecret: undefined });
	});

	it('says what is wrong', async () => {
		expect(await control('POST', '/settings', { slotz: 1 })).toMatchObject({
			status: 400,
			json: { error: 'There is no setting slotz' },
		});
		expect((await control('POST', '/faults', {})).status).toBe(400);
		expect((await control('POST', '/clock/advance', { ms: '1' })).status).toBe(400);
		expect((await control('POST', '/tasks', { id: 'x', action: 'finish' })).json.error).toMatch(
			/no task x/,
		);
		expect((await control('GET', '/nothing')).status).toBe(404);
	});

	it('writes large ids out in full', async () => {
		const [id = ''] = KNOWN_ELEMENT_IDS;
		await caller.post(
			'klingGlobal',
			'/v1/videos/image2video',
			`{"element_list":[{"element_id":${id}}]}`,
		);
		expect((await control('GET', '/ledger')).text).toContain(`"element_id":${id}`);
	});
});
