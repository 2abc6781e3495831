/** Task → Get Many at Ace Data Cloud, where the tasks of all kinds stand in one list. */
jest.mock('../../../nodes/shared/clock', () => jest.requireActual<object>('../virtualTime'));

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
	const image = await bench.succeed('image2video', { service, parameters: { image: PICTURE } });
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
