/** Account → Get Balance and Get Usage: exact requests, pages, filters, items, and who may not ask. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import type { INode, INodeParameters } from 'n8n-workflow';

import { model, slept, time } from '../kling';
import { expectNoKeys, words } from '../support';
import { bodyOf, hints, useBench } from './support';

const bench = useBench({ slots: 1000 });

const DAY = 24 * 60 * 60_000;
const HALF_A_DAY = DAY / 2;
const PACKAGE = '/account/billing/package';
const BALANCE = '/account/billing/balance';
const KEY_PAIR = { authentication: 'accessKey', apiKey: '' };

/** The questions to a ledger. */
const asked = (path: string) =>
	bench.simulator.ledger.requests
		.filter((request) => request.path === path)
		.map(({ rawBody }) => bodyOf(rawBody));

const account = (service: 'klingGlobal' | 'klingChina' = 'klingGlobal') =>
	bench.simulator.accounts.main(service);

const iso = (at: number) => new Date(at).toISOString();

/** Makes things to be found in the ledgers. */
async function make(count: number, more: INodeParameters = {}): Promise<string[]> {
	const { json } = await bench.succeed('text2video', {
		items: Array.from({ length: count }, (_, index) => ({ index })),
		parameters: {
			prompt: '=A fox {{ $json.index }}',
			model: model('kling-v2-6'),
			waitMode: 'none',
			...more,
		},
	});
	return json.map(({ taskId }) => String(taskId));
}

/** A page of the service, with so many lines and what stands beside them. */
const page = (lines: number, beside: object, more: object = {}) => ({
	code: 0,
	data: {
		result: {
			detail: Array.from({ length: lines }, (_, index) => ({ task_id: `t${index}`, ...more })),
			count: lines,
		},
		...beside,
	},
});

const answers = (path: string, body: object, times: number | null = null) =>
	bench.simulator.faults.add({
		match: { path },
		times,
		action: { kind: 'status', status: 200, body },
	});

describe('Get Balance', () => {
	const pack = (kind: 'video' | 'image', remaining: number) => ({
		type: 'pack',
		name: `Trial-${kind}-${kind === 'image' ? 9 : 1000}Con-1Months`,
		id: `sim-pack-${kind}-${account().name}`,
		unit: 'units',
		remaining,
		total: 1_000_000,
		asOf: iso(time.now() - HALF_A_DAY),
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
				asOf: iso(time.now() - HALF_A_DAY),
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

describe('Get Usage', () => {
	it('lists units, newest first, with tidy fields', async () => {
		const [first] = await make(1, { quality: 'pro', options: { sound: true } });
		const at = time.now();
		time.advance(DAY);
		const [second] = await make(1, { duration: 10 });
		const result = await bench.succeed('usage');
		const shared = {
			ledger: 'packs',
			unit: 'units',
			product: 'videos/text2video',
			model: 'kling-v2-6',
			hasVideoInput: false,
			hasVoiceControl: false,
			apiKeyName: 'key of global-main',
			productType: 'video',
			packId: 'sim-pack-video-global-main',
			cashType: null,
		};
		expect(result.json).toEqual([
			{
				...shared,
				deductedAt: iso(at + DAY),
				amount: 4,
				before: 999_996.5,
				after: 999_992.5,
				listPrice: 0.56,
				taskId: second,
				resolution: '720p',
				duration: 10,
				sound: 'off',
			},
			{
				...shared,
				deductedAt: iso(at),
				amount: 3.5,
				before: 1_000_000,
				after: 999_996.5,
				listPrice: 0.49,
				taskId: first,
				resolution: '1080p',
				duration: 5,
				sound: 'native',
			},
		]);
		const now = time.now();
		expect(asked(PACKAGE)).toEqual([{ start_time: now - 30 * DAY, end_time: now, limit: 50 }]);
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expectNoKeys(bench.simulator, result);
	});

	it('lists money, at China as well', async () => {
		bench.simulator.settings.paysInCash = true;
		await bench.succeed('text2video', {
			service: 'klingChina',
			parameters: { prompt: 'A fox', model: model('kling-v2-6'), waitMode: 'none' },
		});
		const { json } = await bench.succeed('usage', {
			service: 'klingChina',
			parameters: { ledger: 'cash' },
		});
		expect(json).toMatchObject([
			{
				ledger: 'cash',
				amount: 0.28,
				unit: 'USD',
				before: 1000,
				after: 999.72,
				cashType: 'recharge',
				apiKeyName: 'key of china-main',
				productType: null,
				packId: null,
			},
		]);
	});

	it('puts out the records of the service where nothing is simplified', async () => {
		const [taskId] = await make(1);
		const { json } = await bench.succeed('usage', {
			parameters: { options: { simplify: false } },
		});
		expect(json).toMatchObject([
			{
				task_id: taskId,
				deduction_time: String(time.now()),
				duration: '5',
				unit_after_deduction: 999_998,
			},
		]);
	});

	it('takes a time, and days in the time zone of the workflow', async () => {
		await bench.succeed('usage', {
			timezone: 'Asia/Shanghai',
			parameters: { from: '2026-10-01T00:00:00', until: '={{ 1793462400000 }}' },
		});
		expect(asked(PACKAGE)).toMatchObject([
			{ start_time: Date.parse('2026-10-01T00:00:00+08:00'), end_time: 1793462400000 },
		]);
	});

	it('follows the cursor, which stands alone, to the last page', async () => {
		const ids = await make(5);
		const cursors = () => asked(PACKAGE).map((body) => Object.keys(body).join(' '));
		const few = await bench.succeed('usage', { parameters: { limit: 2 } });
		expect(few.json.map(({ taskId }) => taskId)).toEqual([ids[4], ids[3]]);
		expect(cursors()).toEqual(['start_time end_time limit']);

		bench.simulator.ledger.requests.length = 0;
		const { deductions } = bench.simulator.ledger;
		const [sample] = deductions;
		deductions.push(...Array.from({ length: 1000 }, () => ({ ...sample! })));
		const all = await bench.succeed('usage', { parameters: { returnAll: true } });
		expect(all.json).toHaveLength(1005);
		expect(cursors()).toEqual(['start_time end_time limit', 'cursor', 'cursor']);
		expect(asked(PACKAGE)[0]).toMatchObject({ limit: 500 });
	});

	it.each<[string, INodeParameters, unknown]>([
		[
			'names of keys as text',
			{ apiKeyNames: 'key of global-main, other' },
			[{ key: 'api_key_name', values: ['key of global-main', 'other'] }],
		],
		[
			'names of keys as a list',
			{ apiKeyNames: '={{ ["key of global-main"] }}' },
			[{ key: 'api_key_name', values: ['key of global-main'] }],
		],
		[
			'types of products',
			{ productTypes: ['video', 'try-on'] },
			[{ key: 'product_type', values: ['video', 'try-on'] }],
		],
		[
			'a pack by its name',
			{ packName: 'Trial-video-1000Con-1Months' },
			[{ key: 'package_name', values: ['Trial-video-1000Con-1Months'] }],
		],
		[
			'a pack by its ID',
			{ packId: 'sim-pack-video-global-main' },
			[{ key: 'package_id', values: ['sim-pack-video-global-main'] }],
		],
	])('filters by %s', async (_what, filters, sent) => {
		await make(1);
		const found = await bench.succeed('usage', { parameters: { filters } });
		expect(asked(PACKAGE)).toMatchObject([{ filters: sent }]);
		expect(found.json).toHaveLength(1);
	});

	it('finds nothing where a filter does not fit', async () => {
		await make(1);
		const parameters = { filters: { productTypes: ['image'], apiKeyNames: 'nobody' } };
		expect((await bench.succeed('usage', { parameters })).json).toEqual([]);
	});

	it.each<[INodeParameters, string]>([
		[
			{ filters: { packId: 'a', packName: 'b' } },
			'Pack ID cannot be given together with Pack Name',
		],
		[
			{ ledger: '={{ "cash" }}', filters: { productTypes: ['video'] } },
			'Filters by pack or product need Ledger = Resource Packs',
		],
		[
			{ filters: { productTypes: ['music'] } },
			'Product Types must be image, try-on or video, not "music"',
		],
		[{ ledger: 'gold' }, 'Ledger must be cash (Cash Balance) or packs (Resource Packs)'],
		[{ limit: 0 }, 'Limit must be a whole number from 1 to 500000, not 0'],
		[{ from: 'last month' }, 'From must be a date and time'],
		[
			{ from: '2026-03-01T00:00:00Z', until: '2026-02-01T00:00:00Z' },
			'From must be earlier than Until',
		],
	])('is refused with %j', async (parameters, says) => {
		await bench.refused('usage', { parameters, says: [says] });
	});

	it.each([
		['klingGlobal', KEY_PAIR, 'Kling (global)'],
		['aceData', {}, 'Ace Data Cloud'],
		['openaiHk', {}, 'OpenAI-HK'],
		['relay', {}, 'The relay'],
	] as const)('is refused at %s with %j', async (service, credential, label) => {
		await bench.refused(
			'usage',
			{
				service,
				parameters: {},
				says: [
					`${label} does not show its billing ledgers with this credential`,
					'Only official Kling has them, and only for an API key',
				],
			},
			{ credential: { ...credential } },
		);
	});

	describe('a ledger that does not end', () => {
		const DOES_NOT_END = 'The billing ledger of Kling (global) does not end';

		it('because a cursor comes back', async () => {
			answers(PACKAGE, page(3, { has_more: true, next_cursor: 'again' }));
			const result = await bench.run('usage', { parameters: { returnAll: true } });
			expect(words(result)).toContain(DOES_NOT_END);
			expect(asked(PACKAGE)).toHaveLength(2);
		});

		it('because page after page is empty', async () => {
			for (let cursor = 0; cursor < 30; cursor += 1) {
				answers(PACKAGE, page(0, { has_more: true, next_cursor: `c${cursor}` }), 1);
			}
			const result = await bench.run('usage', { parameters: { returnAll: true } });
			expect(words(result)).toContain(DOES_NOT_END);
			expect(asked(PACKAGE)).toHaveLength(11);
		});

		it('is none where enough was found before', async () => {
			answers(PACKAGE, page(3, { has_more: true, next_cursor: 'again' }));
			const { json } = await bench.succeed('usage', { parameters: { limit: 5 } });
			expect(json).toHaveLength(5);
		});

		it('is none because of one empty page', async () => {
			answers(PACKAGE, page(0, { has_more: true, next_cursor: 'a' }), 1);
			answers(PACKAGE, page(2, { has_more: false, next_cursor: '' }), 1);
			expect((await bench.succeed('usage')).json).toHaveLength(2);
		});
	});

	it.each([
		['no list, but a count', { result: { count: 0 }, has_more: false }, 0],
		['null for the list', { result: { detail: null, count: 0 } }, 0],
		['a line that is none', { result: { detail: [7, { task_id: 'x' }] } }, 1],
	])('is right for an answer with %s', async (_what, data, count) => {
		answers(PACKAGE, { code: 0, data });
		expect((await bench.succeed('usage')).json).toHaveLength(count);
	});

	it('tells null for what is not told, or is of another type', async () => {
		const odd = {
			task_id: 'x',
			deduction_time: 'soon',
			deduction_amount: '1.50',
			unit_after_deduction: '-0.5',
			list_price: {},
			duration: 'long',
			refer_video_input: 'yes',
		};
		answers(PACKAGE, page(1, {}, odd));
		const { json } = await bench.succeed('usage');
		expect(json).toMatchObject([
			{
				deductedAt: null,
				amount: 1.5,
				after: -0.5,
				listPrice: null,
				duration: null,
				hasVideoInput: null,
			},
		]);
	});

	it.each([
		['no ledger', {}, 'it holds no ledger'],
		['something else for the list', { result: { detail: 'none' } }, 'its ledger is no list'],
		['more to come, but no cursor', { result: { detail: [] }, has_more: true }, 'where it goes on'],
	])('cannot be read with %s', async (_what, data, says) => {
		answers(PACKAGE, { code: 0, data });
		expect(words(await bench.run('usage'))).toContain(says);
		expect(asked(PACKAGE)).toHaveLength(3);
	});

	it('asks in the example for last month, in the time zone of the workflow', async () => {
		const text = readFileSync(
			join(__dirname, '../../../examples/monthly-usage-report.json'),
			'utf8',
		);
		const { nodes } = JSON.parse(text) as { nodes: INode[] };
		const { parameters = {} } = nodes.find(({ name }) => name === 'Get Usage') ?? {};
		await make(1);
		const thisMonth = DateTime.now().setZone('Asia/Shanghai').startOf('month');
		const lastMonth = thisMonth.minus({ months: 1 });
		for (const entry of bench.simulator.ledger.deductions) {
			entry.time = thisMonth.toMillis() - 1;
		}
		const { json } = await bench.succeed('usage', { timezone: 'Asia/Shanghai', parameters });
		expect(json).toMatchObject([{ model: 'kling-v2-6', amount: 2 }]);
		expect(asked(PACKAGE)).toEqual([
			{ start_time: lastMonth.toMillis(), end_time: thisMonth.toMillis(), limit: 500 },
		]);
	});

	it('is asked again after a failure that may pass', async () => {
		await make(1);
		bench.simulator.faults.add({
			match: { path: PACKAGE },
			times: 2,
			action: { kind: 'status', status: 503 },
		});
		expect((await bench.succeed('usage')).json).toHaveLength(1);
		expect(slept.slice(-2)).toEqual([1000, 3000]);
	});
});
