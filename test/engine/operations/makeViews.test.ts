/** Make Views: its API finds a task by its own ID only, and its images come in sets of three. */
import { words } from '../support';
import { KEY_PAIR } from './speaking';
import { PICTURE, useBench } from './support';

const bench = useBench();

const VIEWS = { parameters: { image: PICTURE } };
const posts = () => bench.simulator.ledger.requests.filter(({ method }) => method === 'POST');
const fail = (kind: 'dropAfter' | 'errorAfter' | 'dropBefore') =>
	bench.simulator.faults.add({ match: { method: 'POST' }, times: null, action: { kind } });

describe('an order of views without a clear answer', () => {
	it.each(['dropAfter', 'errorAfter'] as const)(
		'is found among all tasks with an API key (%s)',
		async (kind) => {
			fail(kind);
			const { json } = await bench.succeed('ai-multi-shot', VIEWS);
			expect(json).toMatchObject([{ status: 'succeed', kind: 'ai-multi-shot' }]);
			expect(posts()).toHaveLength(1);
		},
	);

	it.each(['dropAfter', 'errorAfter'] as const)(
		'stays unclear with a key pair, and is sent once (%s)',
		async (kind) => {
			fail(kind);
			const call = { ...VIEWS, credential: KEY_PAIR, retryOnFail: true, maxTries: 3 };
			const result = await bench.run('ai-multi-shot', call);
			expect(words(result)).toContain('made and charged');
			expect(posts()).toHaveLength(1);
			bench.owe(1);
		},
	);

	it('is not sent again because nobody knows it', async () => {
		fail('dropBefore');
		const result = await bench.run('ai-multi-shot', VIEWS);
		expect(words(result)).toContain('made and charged');
		expect(posts()).toHaveLength(1);
	});

	it('cannot be taken from an earlier run by its name', async () => {
		await bench.refused('ai-multi-shot', {
			parameters: { ...VIEWS.parameters, options: { externalTaskId: 'v-1', reuseTask: true } },
			says: ['Reuse Existing Task', 'found by its own ID only'],
		});
	});
});
