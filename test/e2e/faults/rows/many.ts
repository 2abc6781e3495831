import { expectSuccess } from '../expect';
import type { Row } from '../rows';
import { AFTER } from '../workflow';

/** More than twice as many as there are slots. */
const COUNT = 100;
const SLOTS = 45;
const ITEMS = Array.from({ length: COUNT }, (_, index) => `Video ${index}`);

/** Many items at an account with a few slots: what is refused for want of one is queued, and nothing is made twice. */
export const manyRows: Row[] = [
	{
		name: `${COUNT} items, and fewer slots than Max Tasks in Parallel`,
		heavy: true,
		simulator: () => ({ slots: SLOTS }),
		async check(cell) {
			const { simulator } = cell;
			// The last tasks must not be over before n8n has stored the suspended execution of all items.
			simulator.settings.taskSeconds = cell.mode === 'poll' ? 4 : 15;
			const execution = await cell.run({
				prompts: ITEMS,
				parameters: { download: false },
				options: { maxParallel: COUNT / 2, pollInterval: 3 },
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
