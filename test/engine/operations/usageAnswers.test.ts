/** Account → Get Usage where the answers of the service are odd, or do not end. */
import { words } from '../support';
import { PACKAGE, page, useLedgers } from './billing';

const { bench, asked, answers } = useLedgers();

describe('Get Usage', () => {
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
});
