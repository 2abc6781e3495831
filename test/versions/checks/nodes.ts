/** What else the node is for: pictures, earlier tasks, the account, and a tool of an agent. */
import { Cell, call } from '../../e2e/faults/cell';
import { expectSuccess } from '../../e2e/faults/expect';
import { agentRow } from '../../e2e/faults/rows/suspended';
import { klingNode, webhook } from '../../e2e/faults/workflow';
import { readBinary, type Workflow } from '../../e2e/lib';
import { type Check, TITLE } from '../check';

/** Kling nodes by their names, each taking what the one before has put out. */
const CHAIN = {
	Picture: { resource: 'image', operation: 'image-generation', prompt: 'A lighthouse' },
	Video: {
		resource: 'video',
		operation: 'image2video',
		prompt: 'Waves roll in',
		imageSource: 'binary',
		imageBinary: 'data',
	},
	Get: { resource: 'task', operation: 'get', taskId: '={{ $json.taskId }}' },
	List: { resource: 'task', operation: 'getMany', taskKind: 'image2video' },
	Packs: { resource: 'account', operation: 'resourcePacks' },
};

function chain(path: string, credential: { id: string; name: string }): Workflow {
	const kling = Object.entries(CHAIN).map(([name, parameters]) => ({
		...klingNode({ mode: 'poll', parameters }, credential),
		id: name,
		name,
	}));
	const nodes = [webhook(path), ...kling];
	const connections = Object.fromEntries(
		kling.map(({ name }, index) => [
			nodes[index]!.name,
			{ main: [[{ node: name, type: 'main', index: 0 }]] },
		]),
	);
	return { name: path, nodes, connections, settings: { executionOrder: 'v1' } };
}

export const nodeChecks: Check[] = [
	{
		name: 'Image, video from its file, get, list, resource packs · official, key pair',
		async run({ host, environments }) {
			const environment = await environments.acquire(TITLE['official, key pair']);
			const { simulator } = environment;
			simulator.settings.taskSeconds = 1;
			const execution = await (await call(host, await environment.save(chain), {})).over();
			expectSuccess(execution);
			const only = (name: string) => (execution.outputs(name)[0] ?? [])[0]!;
			expect(only('Picture').binary?.data).toMatchObject({ mimeType: 'image/png' });
			const { taskId } = only('Video').json;
			for (const name of ['Video', 'Get']) {
				expect(only(name).json).toMatchObject({ taskId, status: 'succeed' });
				const bytes = await readBinary(host.rest, only(name).binary!.data!);
				expect(bytes.equals(simulator.videoBytes(String(taskId)))).toBe(true);
			}
			expect(only('List').json).toMatchObject({ taskId });
			expect(only('Packs').json).toMatchObject({ packId: expect.any(String) as string });
			expect(simulator.ledger.charges).toHaveLength(2);
		},
	},
	{
		name: 'AI Agent calls the tool (scripted model)',
		async run({ environments }) {
			const environment = await environments.acquire(TITLE.official);
			await agentRow.check(new Cell(environment, 'suspend'));
		},
	},
];
