/** The billing ledgers of the simulated official service. */
import { GOOD_BODY, makeJwt, startWithClient, TEXT2VIDEO, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 50 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const PACKAGE = '/account/billing/package';
const BALANCE = '/account/billing/balance';
const PERIOD = { start_time: 0, end_time: 4e12 };

type Line = Record<string, unknown>;
const ask = async (path: string, body: unknown, key?: string) =>
	await caller.post('klingGlobal', path, body, key);
const linesOf = ({ result }: Record<string, unknown>) => (result as { detail: Line[] }).detail;
const make = async () =>
	String((await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY)).data.task_id);

const filter = (key: string, ...values: unknown[]) => ({ ...PERIOD, filters: [{ key, values }] });

it('tells what was charged, newest first, as texts and numbers', async () => {
	const ids = [await make(), await make()];
	const { data } = await ask(PACKAGE, PERIOD);
	expect(data).toMatchObject({ result: { count: 2 }, next_cursor: '', has_more: false });
	expect(linesOf(data).map(({ task_id }) => task_id)).toEqual(ids.reverse());
	expect(linesOf(data)[0]).toMatchObject({
		deduction_time: String(caller.clock.now()),
		duration: '5',
		deduction_amount: 2,
		unit_before_deduction: 999_998,
		unit_after_deduction: 999_996,
		video_sound: 'off',
		refer_video_input: false,
	});
	expect(linesOf((await ask(BALANCE, PERIOD)).data)).toEqual([]);
});

it('tells money instead, where the account pays so', async () => {
	caller.sim.settings.paysInCash = true;
	await make();
	expect(linesOf((await ask(PACKAGE, PERIOD)).data)).toEqual([]);
	expect(linesOf((await ask(BALANCE, PERIOD)).data)).toMatchObject([
		{ balance_before_deduction: 1000, deduction_amount: 0.28, balance_after_deduction: 999.72 },
	]);
});

it('goes on behind a cursor, beside which no other field counts', async () => {
	const ids = [await make(), await make(), await make()];
	const first = await ask(PACKAGE, { ...PERIOD, limit: 2 });
	expect(first.data).toMatchObject({ result: { count: 2 }, has_more: true });
	const { next_cursor: cursor } = first.data;
	const rest = await ask(PACKAGE, { cursor, limit: 900, start_time: 'never', filters: 7 });
	expect(linesOf(rest.data).map(({ task_id }) => task_id)).toEqual([ids[0]]);
	expect(rest.data).toMatchObject({ has_more: false, next_cursor: '' });
	expect((await ask(BALANCE, { cursor })).json.message).toBe('cursor is invalid');
	expect((await ask(PACKAGE, { cursor: 'x' })).json.message).toBe('cursor is invalid');
});

it.each([
	['package_id', 'sim-pack-video-global-main'],
	['package_name', 'Trial-video-50Con-1Months'],
	['product_type', 'video'],
	['api_key_name', 'key of global-main'],
])('filters by %s', async (key, value) => {
	await make();
	const other = key === 'product_type' ? 'image' : 'other';
	expect(linesOf((await ask(PACKAGE, filter(key, value))).data)).toHaveLength(1);
	expect(linesOf((await ask(PACKAGE, filter(key, other))).data)).toHaveLength(0);
	expect(linesOf((await ask(PACKAGE, filter(key, other, value))).data)).toHaveLength(1);
});

it('tells what was charged in the time that is asked for', async () => {
	await make();
	const now = caller.clock.now();
	const within = async (start_time: number, end_time: number) =>
		linesOf((await ask(PACKAGE, { start_time, end_time })).data).length;
	expect(await within(now, now)).toBe(1);
	expect(await within(0, now - 1)).toBe(0);
	expect(await within(now + 1, now + 2)).toBe(0);
});

it.each<[string, string, unknown, RegExp]>([
	['no time', PACKAGE, {}, /start_time is required/],
	['no end', PACKAGE, { start_time: 0 }, /end_time is required/],
	['a time as text', PACKAGE, { ...PERIOD, start_time: '0' }, /start_time.*long/],
	['parts of a millisecond', PACKAGE, { ...PERIOD, end_time: 1.5 }, /end_time.*long/],
	['an end before the start', PACKAGE, { start_time: 2, end_time: 1 }, /earlier/],
	['a limit that is too high', PACKAGE, { ...PERIOD, limit: 501 }, /between 1 and 500/],
	['a limit as text', PACKAGE, { ...PERIOD, limit: '5' }, /limit/],
	['an unknown filter', PACKAGE, filter('status', 'x'), /filters\[0\].key value 'status'/],
	['a filter of the other ledger', BALANCE, filter('product_type', 'video'), /'product_type'/],
	['an unknown product', PACKAGE, filter('product_type', 'music'), /'music' is invalid/],
	['no value', PACKAGE, filter('api_key_name'), /values must not be empty/],
	['a value that is no text', PACKAGE, filter('api_key_name', 7), /string/],
	['filters that are no list', PACKAGE, { ...PERIOD, filters: { key: 'x' } }, /array/],
	[
		'a pack by name and id',
		PACKAGE,
		{
			...PERIOD,
			filters: [
				{ key: 'package_name', values: ['x'] },
				{ key: 'package_id', values: ['y'] },
			],
		},
		/Only one of/,
	],
])('refuses %s', async (_what, path, body, message) => {
	const answer = await ask(path, body);
	expect(answer.status).toBe(400);
	expect(answer.json.message).toMatch(message);
});

it('is there for API keys and POST alone', async () => {
	const { accessKey, secretKey } = caller.sim.accounts.main('klingGlobal');
	const jwt = makeJwt(accessKey!, secretKey!, caller.clock.now());
	expect((await ask(PACKAGE, PERIOD, jwt)).json).toMatchObject({ code: 1002 });
	expect((await caller.get('klingGlobal', PACKAGE)).json).toMatchObject({ code: 1202 });
	expect((await caller.post('relay', `/kling${PACKAGE}`, PERIOD)).status).toBe(404);
});
