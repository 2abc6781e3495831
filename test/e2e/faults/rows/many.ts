import { expectSuccess } from '../expect';
import type { Row } from '../rows';
import { AFTER } from '../workflow';

const ITEMS = Array.from({ length: 200 }, (_, index) => `Video ${index}`);

/** 200 items at an account with a few slots: what is refused for want of one is queued, and nothing is made twice. */
export const manyRows: Row[] = [
	{
		name: '200 items, and fewer slots than Max Tasks in Parallel',
		heavy: true,
		simulator: () => ({ slots: 90 }),
		async check(cell) {
			const { simulator } = cell;
			// The last tasks must not be over before n8n has stored the suspended execution of 200 items.
			simulator.settings.taskSeconds = cell.mode === 'poll' ? 4 : 15;
			const execution = await cell.run({
				prompts: ITEMS,
				parameters: { download: false },
				options: { maxParallel: 100, pollInterval: 3 },
			});
			expectSuccess(execution);
			const out = execution.outputs(AFTER)[0] ?? [];
			expect(out.map(({ json }) => json.of)).toEqual(ITEMS);
			const made = new Map(simulator.tasks.all().map(({ request, id }) => [request.prompt, id]));
			expect(out.map(({ json }) => json.taskId)).toEqual(ITEMS.map((prompt) => made.get(prompt)));
			expect(out.every(({ json }) => json.status === 'succeed')).toBe(true);
			expect(simulator.ledger.charges).toHaveLength(ITEMS.length);
		},
	},
];
