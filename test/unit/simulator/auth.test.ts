import { GOOD_BODY, makeJwt, startWithClient, TEXT2VIDEO, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 50 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

describe('who may', () => {
	const clock = () => caller.clock.now();
	const ask = async (token: string, path = TEXT2VIDEO) =>
		await caller.get('klingGlobal', path, token);
	const jwt = (claims: Record<string, unknown> = {}, secret = 'sim-global-secret-key') =>
		makeJwt('sim-global-access-key', secret, clock(), claims);

	it('takes API keys and signed tokens', async () => {
		expect((await ask('sim-global-key')).status).toBe(200);
		expect((await ask(jwt())).status).toBe(200);
	});

	it.each([
		['a junk key', () => 'junk', 1002, /expected to have 3 parts, but got 0/],
		['a key of the other region', () => 'sim-china-key', 1002, /3 parts/],
		['a wrong signature', () => jwt({}, 'other'), 1002, /signature/],
		['an unknown access key', () => jwt({ iss: 'nobody' }), 1002, /access key/],
		['a token from the future', () => jwt({ nbf: clock() / 1000 + 30 }), 1003, /nbf/],
		['an expired token', () => jwt({ exp: clock() / 1000 - 1 }), 1004, /expired/],
		['a token that lives too long', () => jwt({ exp: clock() / 1000 + 4000 }), 1002, /exp/],
	])('refuses %s', async (_name, token, code, message) => {
		const answer = await ask(token());
		expect(answer).toMatchObject({ status: 401, json: { code } });
		expect(answer.json.message).toMatch(message);
	});

	it('refuses a call without Authorization', async () => {
		const response = await fetch(caller.sim.services.klingGlobal.baseUrl + TEXT2VIDEO);
		expect(response.status).toBe(401);
		expect(await response.json()).toMatchObject({ code: 1001 });
	});

	it('lets tokens expire while a client polls', async () => {
		const token = jwt();
		expect((await ask(token)).status).toBe(200);
		caller.clock.advance(1_800_000);
		expect((await ask(token)).json.code).toBe(1004);
	});

	it('wants an API key for the new standard', async () => {
		const answer = await ask(jwt(), '/tasks?task_ids=1');
		expect(answer).toMatchObject({ status: 401, json: { code: 1002 } });
		expect(answer.json.message).toMatch(/does not support AK\/SK/);
	});

	it.each([
		['empty', 1102],
		['arrears', 1101],
		['abnormal', 1100],
	])('refuses an account that is %s', async (word, code) => {
		const answer = await caller.post(
			'klingGlobal',
			TEXT2VIDEO,
			GOOD_BODY,
			`sim-global-${word}-key`,
		);
		expect(answer).toMatchObject({ status: 429, json: { code } });
		expect(caller.sim.ledger.charges).toHaveLength(0);
	});

	it('never writes a key into the ledger', async () => {
		await ask('sim-global-key');
		expect(caller.sim.ledger.requests[0]?.headers.authorization).toMatch(
			/^Bearer api-key [0-9a-f]{8}$/,
		);
		await ask(jwt());
		expect(caller.sim.ledger.requests[1]?.headers.authorization).toMatch(/^Bearer jwt /);
		expect(JSON.stringify(caller.sim.ledger.snapshot())).not.toContain('sim-global-key');
	});
});
