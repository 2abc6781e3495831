/** Make Views: its API finds a task by its own ID only, and its images come in sets of three. */
import { KEY_PAIR, words } from '../support';

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
});

describe('the images of views', () => {
	const places = [0, 1, 2].flatMap((set) => [0, 1, 2].map((view) => ({ set, view })));
	const asImages = (of: typeof places) => of.map((place, index) => ({ index, ...place }));

	it('tell which of them belong together, also where one is missing', async () => {
		const parameters = { ...VIEWS.parameters, download: false };
		const { json } = await bench.succeed('ai-multi-shot', { parameters });
		const [{ taskId, images }] = json as [{ taskId: string; images: Array<{ url: string }> }];
		expect(images).toMatchObject(asImages(places));

		const urls = images.map(({ url }) => url);
		const sets = [0, 1, 2].map((index) => ({
			index,
			url_1: urls[3 * index],
			url_2: urls[3 * index + 1],
			url_3: index === 1 ? '' : urls[3 * index + 2],
		}));
		const data = { task_id: taskId, task_status: 'succeed', task_result: { images: sets } };
		bench.simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'status', status: 200, body: { code: 0, message: 'SUCCEED', data } },
		});
		const got = await bench.succeed('get', {
			parameters: { taskId, kind: 'ai-multi-shot', download: false },
		});
		const left = places.filter(({ set, view }) => !(set === 1 && view === 2));
		expect(got.json).toMatchObject([{ images: asImages(left) }]);
	});
});
