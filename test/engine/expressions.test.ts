/** An expression that fails for one item: before its task is made, or, worse, after. */
import type { INodeParameters } from 'n8n-workflow';

import { runKling } from './kling';
import { errorOf, told, useSimulator } from './support';

const world = useSimulator();

/** Fails for the items that say so. */
const failing = (good: string) => `={{ $json.bad ? $('Nowhere').first().json.x : ${good} }}`;

describe('an expression that fails', () => {
	const items = [{ words: 'a fox' }, { words: 'a cat', bad: true }, { words: 'an owl' }];
	const parameters = { prompt: '={{ $json.words }}' };
	const LATE: Array<[string, INodeParameters]> = [
		['Simplify', { options: { simplify: failing('true') } }],
		['Output Data Field Name', { options: { binaryField: failing('"data"') } }],
	];

	it.each(LATE)('in %s after the task was made: the error tells its ID', async (_name, more) => {
		const { simulator } = world;
		const result = await runKling({ simulator, items, parameters: { ...parameters, ...more } });
		const [first, second, third] = simulator.ledger.charges;
		expect(result.status).toBe('error');
		expect(told(result).context).toMatchObject({ itemIndex: 1 });
		expect(told(result).context.taskId).toBe(second?.taskId);
		if (second) {
			expect(told(result).description).toContain(`item 0: ${first?.taskId}`);
			expect(told(result).description).toContain(`item 2: ${third?.taskId}`);
		}
	});

	it.each(LATE)('in %s of one item spoils that item alone', async (_name, more) => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			items,
			parameters: { ...parameters, ...more },
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ status: 'succeed' },
			{ error: { message: expect.any(String) as string, itemIndex: 1 } },
			{ status: 'succeed' },
		]);
		const [, second, third] = simulator.ledger.charges;
		expect(errorOf(result, 1).taskId).toBe(third ? second?.taskId : null);
	});

	it('in the prompt of one item spoils that item alone', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			items,
			parameters: { prompt: failing('$json.words') },
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ status: 'succeed' },
			{ error: { message: "Referenced node doesn't exist", taskId: null, itemIndex: 1 } },
			{ status: 'succeed' },
		]);
		expect(simulator.ledger.charges).toHaveLength(2);
	});
});
