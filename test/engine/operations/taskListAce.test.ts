/** Task → Get Many at Ace Data Cloud, where the tasks of all kinds stand in one list. */
import { CLIP, PICTURE, rows, useBench } from './support';

const bench = useBench({ slots: 2000 });
const service = 'aceData' as const;

async function make(prompt: string): Promise<string> {
	const { json } = await bench.succeed('text2video', {
		service,
		parameters: { prompt, waitMode: 'none' },
	});
	return String(json[0]?.taskId);
}

it('picks the tasks of the kind that was asked for', async () => {
	const text = await make('A fox');
	const image = await bench.succeed('image2video', {
		service,
		parameters: { image: PICTURE, prompt: 'It runs' },
	});
	const omni = await bench.succeed('omni-video', {
		service,
		parameters: { ...rows(PICTURE), prompt: 'The fox of <<<image_1>>>' },
	});
	const motion = await bench.succeed('motion-control', {
		service,
		parameters: { image: PICTURE, videoUrl: CLIP },
	});
	const idsOf = async (taskKind: string) =>
		(await bench.succeed('getMany', { service, parameters: { taskKind } })).json.map(
			({ taskId, kind }) => [taskId, kind],
		);
	expect(await idsOf('text2video')).toEqual([[text, 'text2video']]);
	expect(await idsOf('image2video')).toEqual([[image.json[0]?.taskId, 'image2video']]);
	expect(await idsOf('omni-video')).toEqual([[omni.json[0]?.taskId, 'omni-video']]);
	expect(await idsOf('motion-control')).toEqual([[motion.json[0]?.taskId, 'motion-control']]);
});

it('pages to the end, newest first, or to the limit', async () => {
	const { json } = await bench.succeed('text2video', {
		service,
		items: Array.from({ length: 60 }, (_, n) => ({ n })),
		parameters: { prompt: '=Fox {{ $json.n }}', waitMode: 'none' },
	});
	const newestFirst = json.map(({ taskId }) => taskId).reverse();
	const from = bench.simulator.ledger.requests.length;
	const all = await bench.succeed('getMany', { service, parameters: { returnAll: true } });
	expect(all.json.map(({ taskId }) => taskId)).toEqual(newestFirst);
	expect(bench.simulator.ledger.requests.slice(from)).toMatchObject([
		{ path: '/kling/tasks', rawBody: '{"action":"retrieve_batch","limit":50,"offset":0}' },
		{ path: '/kling/tasks', rawBody: '{"action":"retrieve_batch","limit":50,"offset":50}' },
	]);
	const some = await bench.succeed('getMany', { service, parameters: { limit: 3 } });
	expect(some.json.map(({ taskId }) => taskId)).toEqual(newestFirst.slice(0, 3));
});

describe('a task that another call of the service has made', () => {
	/** Made by calls that are newer than this package, as they stand in the same list. */
	async function foreign(): Promise<string[]> {
		const ids = [await make('Lips'), await make('Goods')];
		const { tasks } = bench.simulator;
		tasks.setTypeWord(ids[0] ?? '', 'newer-call');
		tasks.setTypeWord(ids[1] ?? '', 'other-newer-call');
		tasks.setResultMissing(ids[1] ?? '', 'empty');
		return ids;
	}

	it('is left out of the list, whose pages go on all the same', async () => {
		const first = await make('A fox');
		for (let n = 0; n < 25; n += 1) await foreign();
		const last = await make('An owl');
		const { json } = await bench.succeed('getMany', { service, parameters: { returnAll: true } });
		expect(json.map(({ taskId }) => taskId)).toEqual([last, first]);
	});

	it.each(['find', 'text2video'])('is told by Get as it is, Made By %s', async (taskKind) => {
		for (const taskId of await foreign()) {
			const parameters = { taskId, taskKind };
			const early = await bench.succeed('get', { service, parameters });
			expect(early.json).toMatchObject([{ taskId, status: 'processing', kind: null }]);
		}
	});

	it.each([1, 2])('can be waited for, %i at a time', async (count) => {
		const items = (await foreign()).slice(-count).map((id) => ({ id }));
		const parameters = { taskId: '={{ $json.id }}', waitMode: 'poll', options: { timeout: 3 } };
		const { json } = await bench.succeed('get', { service, items, parameters });
		expect(json.map(({ taskId, status }) => [taskId, status])).toEqual(
			items.map(({ id }) => [id, 'succeed']),
		);
	});
});
