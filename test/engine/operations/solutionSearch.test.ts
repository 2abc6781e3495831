/** Task → Get without Made By, of what the API of all tasks shows of Kling's solutions: which places are asked. */
import type { INodeParameters } from 'n8n-workflow';

import { CLIP, PICTURE, rows, useBench } from './support';
import type { OperationName } from './support';

const bench = useBench();

const gets = () =>
	bench.simulator.ledger.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);

it.each<[OperationName, INodeParameters]>([
	['drama-subtitle', { videoUrl: CLIP }],
	['clothing-dupe', { videoUrl: CLIP, ...rows(PICTURE), productInfo: 'Linen dress' }],
])('what only %s makes is looked for there, and nowhere else', async (operation, parameters) => {
	const { simulator } = bench;
	simulator.settings.showsSolutionsAmongTasks = true;
	const made = await bench.succeed(operation, {
		parameters: { ...parameters, waitMode: 'none' },
	});
	const taskId = String(made.json[0]?.taskId);
	simulator.tasks.finish(taskId);
	simulator.ledger.requests.length = 0;
	const { json } = await bench.succeed('get', { parameters: { taskId, download: false } });
	expect(json).toMatchObject([{ taskId, kind: operation, status: 'succeed' }]);
	expect(gets()).toEqual(['/tasks', '/solutions']);
});

it('it is told as it was seen where that place does not know it', async () => {
	const { simulator } = bench;
	simulator.settings.showsSolutionsAmongTasks = true;
	const made = await bench.succeed('drama-subtitle', {
		parameters: { videoUrl: CLIP, waitMode: 'none' },
	});
	const taskId = String(made.json[0]?.taskId);
	simulator.tasks.finish(taskId);
	simulator.faults.add({
		match: { method: 'GET', path: '/solutions' },
		times: null,
		action: { kind: 'status', status: 200, body: { code: 0, data: [] } },
	});
	const { json } = await bench.succeed('get', { parameters: { taskId, download: false } });
	expect(json).toMatchObject([{ taskId, kind: null, status: 'succeed' }]);
});
