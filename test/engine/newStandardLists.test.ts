/** Tasks of Kling's newer API in lists: no record, filter or name tells which operation made them. */
import type { INodeParameters } from 'n8n-workflow';

import { getMany } from '../../nodes/Kling/operations/task/getMany';
import { model, runKling } from './kling';
import { useSimulator } from './support';

const world = useSimulator();

const make = async (parameters: INodeParameters) => {
	const { simulator } = world;
	const { json } = await runKling({ simulator, parameters: { waitMode: 'none', ...parameters } });
	return String(json[0]?.taskId);
};
const list = async (taskKind: string) => {
	const parameters = { resource: 'task', operation: 'getMany', taskKind, returnAll: true };
	const { json } = await runKling({ simulator: world.simulator, parameters });
	return json.map(({ taskId, kind }) => [taskId, kind]);
};

it('are under All alone, among those of the legacy API', async () => {
	const newer = await make({ model: model('kling-v3-turbo') });
	const older = await make({ model: model('kling-v3') });
	expect(await list('text2video')).toEqual([[older, 'text2video']]);
	const all = await list('all');
	expect(all).toHaveLength(2);
	expect(all).toEqual(
		expect.arrayContaining([
			[newer, null],
			[older, expect.anything()],
		]),
	);
});

it('of which the panel tells', () => {
	const [madeBy] = getMany.properties;
	expect(madeBy?.displayName).toBe('Made By');
	expect(madeBy?.description).toMatch(/newer API of official Kling.* are under All alone/);
});
