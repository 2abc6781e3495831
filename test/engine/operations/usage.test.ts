/** Account → Get Usage: exact requests, pages, filters, items, and who may not ask. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import type { INode, INodeParameters } from 'n8n-workflow';

import { model, slept, time } from '../kling';
import { expectNoKeys, KEY_PAIR } from '../support';
import { DAY, iso, PACKAGE, useLedgers } from './billing';

const { bench, asked, make } = useLedgers();

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
