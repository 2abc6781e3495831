/** Account → Get Resource Packs: the period, the output, the limit of one call a second, and who has none. */
import { slept, time } from '../kling';
import { expectNoKeys, words } from '../support';
import { useBench } from './support';

const bench = useBench();

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const OFFICIAL = [
	['klingGlobal', {}],
	['klingGlobal', { authentication: 'accessKey', apiKey: '' }],
	['klingChina', {}],
] as const;

/** The periods that were asked for, in ms. */
function periods(): number[][] {
	return bench.simulator.ledger.requests.map(({ query }) => [
		Number(query.start_time),
		Number(query.end_time),
	]);
}

describe('the request', () => {
	it.each(OFFICIAL)('asks for the last year, %s %j', async (service, credential) => {
		const result = await bench.succeed('resourcePacks', { service, credential: { ...credential } });
		expect(bench.simulator.ledger.requests).toMatchObject([
			{ method: 'GET', path: '/account/costs', rawBody: '', status: 200 },
		]);
		expect(periods()).toEqual([[time.now() - YEAR_MS, time.now()]]);
		expectNoKeys(bench.simulator, result);
	});

	it.each([
		['a text', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00Z'],
		[
			'a moment of an expression',
			'={{ DateTime.fromISO("2026-01-01T00:00:00Z") }}',
			'={{ new Date("2026-02-01T00:00:00Z") }}',
		],
		['milliseconds', '={{ 1767225600000 }}', '={{ "1769904000000" }}'],
	])('takes the period as %s', async (_what, start, end) => {
		await bench.succeed('resourcePacks', { parameters: { start, end } });
		expect(periods()).toEqual([
			[Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-02-01T00:00:00Z')],
		]);
	});

	it.each([
		['2026-01-01T08:00:00', '2026-02-01 08:00:00'],
		['2026-01-01T00:00:00Z', '2026-02-01T08:00:00+08:00'],
	])('means the time zone of the workflow where none is named: %s to %s', async (start, end) => {
		await bench.succeed('resourcePacks', {
			timezone: 'Asia/Shanghai',
			parameters: { start, end },
		});
		expect(periods()).toEqual([
			[Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-02-01T00:00:00Z')],
		]);
	});

	it('goes back a year from the end when there is no start', async () => {
		await bench.succeed('resourcePacks', { parameters: { end: '2026-02-01T00:00:00Z' } });
		const end = Date.parse('2026-02-01T00:00:00Z');
		expect(periods()).toEqual([[end - YEAR_MS, end]]);
	});

	it.each([
		[{ start: 'last spring' }, 'Bought After must be a date and time'],
		[{ end: '={{ true }}' }, 'Bought Before must be a date and time'],
		[{ end: '={{ ({ a: 1 }) }}' }, 'Bought Before must be a date and time'],
		[
			{ start: '2026-03-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
			'Bought After must be earlier than Bought Before',
		],
	])('is refused with %j', async (parameters, says) => {
		await bench.refused('resourcePacks', { parameters, says: [says] });
	});
});

describe('the output', () => {
	it('has one item per pack', async () => {
		const result = await bench.succeed('resourcePacks', {});
		const account = bench.simulator.accounts.of('klingGlobal')[0]?.name ?? '';
		const day = 24 * 60 * 60 * 1000;
		const bought = new Date(time.now() - day).toISOString();
		expect(result.json).toEqual(
			['video', 'image'].map((pack) => ({
				packId: `sim-pack-${pack}-${account}`,
				name: `Trial-${pack}-${pack === 'image' ? 9 : 5}Con-1Months`,
				type: 'decreasing_total',
				status: 'online',
				total: 1_000_000,
				remaining: 1_000_000,
				purchasedAt: bought,
				effectiveAt: bought,
				expiresAt: new Date(time.now() + 30 * day).toISOString(),
			})),
		);
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('is the record of the service when Simplify is off', async () => {
		const result = await bench.succeed('resourcePacks', {
			parameters: { options: { simplify: false } },
		});
		expect(result.json[0]).toMatchObject({
			resource_pack_name: 'Trial-video-5Con-1Months',
			resource_pack_type: 'decreasing_total',
			remaining_quantity: 1_000_000,
			purchase_time: expect.any(Number) as number,
		});
	});

	it.each([
		['no list', '{"code":0,"data":{"code":0,"msg":"ok"}}', []],
		['null for a list', '{"code":0,"data":{"resource_pack_subscribe_infos":null}}', []],
		[
			'a pack that tells little, and one that is none',
			'{"code":0,"data":{"resource_pack_subscribe_infos":[{"resource_pack_name":"Trial","remaining_quantity":"many"},7]}}',
			[{ packId: null, name: 'Trial', remaining: null, purchasedAt: null }],
		],
	])('is right for an answer with %s', async (_what, body, expected) => {
		bench.simulator.faults.add({ action: { kind: 'garbage', body } });
		const result = await bench.succeed('resourcePacks', {});
		expect(result.json).toMatchObject(expected);
		expect(result.json).toHaveLength(expected.length);
	});
});

it('keeps the limit of one call a second by patience', async () => {
	bench.simulator.settings.costsPerSecond = 1;
	const result = await bench.succeed('resourcePacks', { items: [{}, {}, {}] });
	expect(result.json).toHaveLength(6);
	expect(bench.simulator.ledger.requests.map(({ status }) => status)).toEqual([
		200, 429, 200, 429, 200,
	]);
	expect(slept).toEqual([1000, 1000]);
});

it('takes a code inside the data for the refusal that it is', async () => {
	const body = { code: 0, message: 'SUCCEED', data: { code: 1103, msg: 'not for you' } };
	bench.simulator.faults.add({ times: null, action: { kind: 'garbage', body } });
	const result = await bench.run('resourcePacks', {});
	expect(words(result)).toContain('does not let this account use the model or function');
	expect(words(result)).toContain('not for you');
});

it('gives up in clear words when calls come too fast for long', async () => {
	bench.simulator.faults.add({ times: null, action: { kind: 'error', code: 1302 } });
	const result = await bench.run('resourcePacks', {});
	expect(words(result)).toContain('says that its rate limit was reached');
	expect(bench.simulator.ledger.requests).toHaveLength(3);
});

it.each([
	['aceData', 'Ace Data Cloud'],
	['openaiHk', 'OpenAI-HK'],
	['relay', 'The relay'],
	['newApi', 'The relay'],
] as const)('is refused at %s, which does not tell', async (service, label) => {
	await bench.refused('resourcePacks', {
		service,
		parameters: {},
		says: [
			`${label} does not report resource packs`,
			'Only the official Kling API does; see the console of your service',
		],
	});
});
