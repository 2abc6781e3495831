/** Account → Get Balance at official Kling: exact requests, items, and who is told what. */
import { time } from '../kling';
import { expectNoKeys, KEY_PAIR, words } from '../support';
import { BALANCE, DAY, iso, useLedgers } from './billing';
import { hints } from './support';

const { bench, asked, make, answers } = useLedgers();

describe('Get Balance', () => {
	const pack = (kind: 'video' | 'image', remaining: number) => ({
		type: 'pack',
		name: `Trial-${kind}-${kind === 'image' ? 9 : 1000}Con-1Months`,
		id: `sim-pack-${kind}-${bench.simulator.accounts.main('klingGlobal').name}`,
		unit: 'units',
		remaining,
		total: 1_000_000,
		asOf: iso(time.now() - DAY / 2),
		effectiveAt: expect.stringMatching(/^20\d\d-.*Z$/) as string,
		expiresAt: iso(time.now() + 30 * DAY),
	});
	beforeEach(() => {
		bench.simulator.settings.imageSlots = 9;
	});

	it('tells packs alone where no money was ever used', async () => {
		await make(1);
		const result = await bench.succeed('balance');
		expect(result.json).toEqual([pack('video', 999_998), pack('image', 999_998)]);
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		const now = time.now();
		expect(asked(BALANCE)).toEqual([
			{ start_time: now - 30 * DAY, end_time: now, limit: 500 },
			{ start_time: now - 365 * DAY, end_time: now, limit: 500 },
		]);
		expectNoKeys(bench.simulator, result);
	});

	it('tells the money that was left after the newest deduction', async () => {
		const { settings } = bench.simulator;
		settings.paysInCash = true;
		await make(2);
		const at = time.now();
		time.advance(DAY);
		const { json } = await bench.succeed('balance');
		expect(json.slice(2)).toEqual([
			{
				type: 'cash',
				name: 'recharge',
				id: null,
				unit: 'USD',
				remaining: 999.44,
				total: null,
				asOf: iso(at),
				effectiveAt: null,
				expiresAt: null,
			},
		]);
		expect(asked(BALANCE)).toHaveLength(1);
	});

	it('finds the newest of each kind of money in any order, with numbers as text', async () => {
		const line = (at: number, after: number | string, cash_type = 'gift') => ({
			deduction_time: String(at),
			balance_after_deduction: after,
			cash_type,
			currency: 'CNY',
		});
		const lines = [
			line(1.8e12, '7.5'),
			line(1.9e12, 5, 'recharge'),
			line(1.9e12, '4.25', 'recharge'),
			line(1.85e12, 6.5),
			{ ...line(1.99e12, 1), balance_after_deduction: null },
		];
		answers(BALANCE, { code: 0, data: { result: { detail: lines, count: 5 }, has_more: false } });
		const { json } = await bench.succeed('balance');
		expect(json.slice(2)).toMatchObject([
			{ type: 'cash', name: 'gift', unit: 'CNY', remaining: 6.5, asOf: iso(1.85e12) },
			{ type: 'cash', name: 'recharge', unit: 'CNY', remaining: 4.25, asOf: iso(1.9e12) },
		]);
	});

	it('says so where nothing is left', async () => {
		const { apiKey } = bench.simulator.accounts.byName('global-empty')!;
		const { json } = await bench.succeed('balance', { credential: { apiKey } });
		expect(json).toEqual([
			{
				type: 'pack',
				name: null,
				id: null,
				unit: 'units',
				remaining: 0,
				total: 0,
				asOf: iso(time.now() - DAY / 2),
				effectiveAt: null,
				expiresAt: null,
			},
		]);
		const raw = await bench.succeed('balance', {
			credential: { apiKey },
			parameters: { options: { simplify: false } },
		});
		expect(raw.json).toMatchObject([
			{ code: 0, resource_pack_subscribe_infos: expect.any(Array) as object },
		]);
	});

	it('puts out the records of the service where nothing is simplified', async () => {
		bench.simulator.settings.paysInCash = true;
		await make(1);
		const { json } = await bench.succeed('balance', {
			parameters: { options: { simplify: false } },
		});
		expect(json).toMatchObject([
			{ resource_pack_type: 'decreasing_total', remaining_quantity: 1_000_000 },
			{ resource_pack_type: 'decreasing_total' },
			{ currency: 'USD', balance_after_deduction: 999.72 },
		]);
	});

	it('tells packs alone to a key pair, which may not read ledgers', async () => {
		const { json } = await bench.succeed('balance', { credential: KEY_PAIR });
		expect(json.map(({ type }) => type)).toEqual(['pack', 'pack']);
		expect(bench.simulator.ledger.requests.map(({ path }) => path)).toEqual(['/account/costs']);
	});

	it('says beside the packs why the money is not known', async () => {
		bench.simulator.faults.add({
			match: { path: BALANCE },
			times: null,
			action: { kind: 'error', code: 1103 },
		});
		const result = await bench.succeed('balance');
		expect(result.json).toHaveLength(2);
		expect(hints(result)).toEqual([
			expect.stringMatching(/^The cash balance is not known. Kling \(global\) .*1103/) as string,
		]);
		expect(asked(BALANCE)).toHaveLength(1);
	});

	it('fails where the money could be told a little later', async () => {
		bench.simulator.faults.add({
			match: { path: BALANCE },
			times: null,
			action: { kind: 'error', code: 1302 },
		});
		expect(words(await bench.run('balance'))).toContain('says that its rate limit was reached');
		expect(asked(BALANCE)).toHaveLength(3);
	});

	it.each([
		['openaiHk', 'OpenAI-HK does not tell what is left'],
		['relay', 'The relay does not tell what is left'],
	] as const)('is refused at %s', async (service, says) => {
		const parameters = {};
		await bench.refused('balance', {
			service,
			parameters,
			says: [says, 'See the console of your service'],
		});
	});
});
