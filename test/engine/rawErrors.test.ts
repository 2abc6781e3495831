/** Answers put out as they are, with a field `error`: n8n takes an item with one for a failed try, and would try again. */
import type { INodeParameters } from 'n8n-workflow';

import { runKling } from './kling';
import { answered, useSimulator } from './support';

const world = useSimulator();
const THRICE = { retryOnFail: true, maxTries: 3 };
const RAW: INodeParameters = { download: false, options: { simplify: false } };

const posts = () => world.simulator.ledger.requests.filter(({ method }) => method === 'POST');

/** All answers of a kind are this one. */
function answerAll(method: string, body: object): void {
	const fault = { match: { method }, times: null, action: answered(200, body) };
	world.simulator.faults.add({ service: 'relay', ...fault });
}

it.each([[{ code: 0, message: '' }], [''], [null]])(
	'a finished task with error %j is paid for once',
	async (error) => {
		const { simulator } = world;
		const url = `${simulator.services.relay.baseUrl}/x.mp4`;
		const task = { id: 'video_1', object: 'video', status: 'completed', error, metadata: { url } };
		answerAll('GET', task);
		const result = await runKling({ simulator, service: 'relay', ...THRICE, parameters: RAW });
		expect(result.json).toEqual([{ answer: task }]);
		expect(posts()).toHaveLength(1);
	},
);

it('a task that nobody waits for is ordered once', async () => {
	const { simulator } = world;
	const created = { id: '', task_id: 'task_1', status: 'queued', error: '' };
	answerAll('POST', created);
	const parameters = { ...RAW, waitMode: 'none' };
	const result = await runKling({ simulator, service: 'relay', ...THRICE, parameters });
	expect(result.json).toEqual([{ answer: created }]);
	expect(posts()).toHaveLength(1);
});

it('a speech is paid for once', async () => {
	const { simulator } = world;
	const audios = [
		{ id: '829836802793406551', url: 'https://x.example.com/a.mp3', duration: '3.0' },
	];
	const data = { task_id: '1', task_status: 'succeed', task_result: { audios } };
	answerAll('POST', { code: 0, message: 'ok', error: '', data });
	const parameters = { ...RAW, resource: 'audio', operation: 'speech', text: 'Good day to you' };
	const result = await runKling({ simulator, service: 'relay', ...THRICE, parameters });
	expect(result.json).toEqual([{ answer: { code: 0, message: 'ok', error: '', data } }]);
	expect(posts()).toHaveLength(1);
});
