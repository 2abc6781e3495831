import { join } from 'node:path';
import { z } from 'zod';
import { readWorkflow, ROOT, type Workflow, withParameters } from '../../lib';
import { SPEAKS_TO_IT, startChatModel } from '../../lib/chatModel';
import { unflatten } from '../../lib/flatted';
import { CREDENTIAL_TYPE, NODE_TYPE, TITLES } from '../../world';
import { newestRun, bodyFor, BY, call, type Cell, PROMPTS } from '../cell';
import { expectFailed, expectSuccess, expectVideo, expectVideos } from '../expect';
import { type Row } from '../rows';
import { AFTER, itemsThroughKling, KLING, klingNode, START, startedBy, webhook } from '../workflow';

const ONE = [TITLES[0]];
const SUB = 'Sub-workflow';
const AGENT = '@n8n/n8n-nodes-langchain.agent';
const MODEL = '@n8n/n8n-nodes-langchain.lmChatOpenAi';

/** Versions of these nodes that every n8n from 1.94 on has. */
const COMMON = { agent: 1.7, model: 1.2 };

const node = (name: string, type: string, typeVersion: number, parameters = {}) => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});

/** A workflow for the button "Execute workflow", whose trigger has pinned data for two videos. */
async function saveManual(cell: Cell): Promise<string> {
	const { id } = await cell.environment.save((name, credential) => ({
		...startedBy(
			node(START, 'n8n-nodes-base.manualTrigger', 1),
			name,
			itemsThroughKling(klingNode({ mode: 'suspend' }, credential)),
		),
		pinData: { [START]: [{ json: { body: bodyFor(PROMPTS) } }] },
	}));
	return id;
}

const upTo = (nodeName: string) => ({ destinationNode: { nodeName, mode: 'inclusive' } });
const rawRunData = z.object({ resultData: z.object({ runData: z.record(z.unknown()) }) });

async function execute(cell: Cell, workflowId: string, how: object, before?: string) {
	await cell.host.rest.post(`/workflows/${workflowId}/run`, how, z.unknown());
	return newestRun(cell.host, workflowId, before);
}

function subWorkflow(workflowId: string): Pick<Workflow, 'nodes' | 'connections'> {
	const parameters = {
		workflowId: { __rl: true, mode: 'id', value: workflowId },
		options: { waitForSubWorkflow: true },
	};
	return { nodes: [node(SUB, 'n8n-nodes-base.executeWorkflow', 1.2, parameters)], connections: {} };
}

/** The example of an agent, with a stand-in for the model, started by a webhook. */
function agentWorkflow(
	path: string,
	{ kling, model }: Record<'kling' | 'model', { id: string; name: string }>,
): Workflow {
	const example = readWorkflow(join(ROOT, 'examples', 'agent-with-kling.json'));
	const asked = { promptType: 'define', text: '={{ $json.body.by }}' };
	const suspend = { waitMode: 'suspend', options: { initialDelay: 1, pollInterval: 1 } };
	const spoken = withParameters(example, MODEL, SPEAKS_TO_IT);
	const wired = withParameters(withParameters(spoken, AGENT, asked), NODE_TYPE, suspend);
	const nodes = wired.nodes.map((one) => {
		if (one.type === `${NODE_TYPE}Tool`)
			return { ...one, credentials: { [CREDENTIAL_TYPE]: kling } };
		if (one.type === MODEL)
			return { ...one, typeVersion: COMMON.model, credentials: { openAiApi: model } };
		if (one.type === AGENT) return { ...one, typeVersion: COMMON.agent };
		return one.name === 'Chat' ? { ...webhook(path), name: 'Chat' } : one;
	});
	return { ...wired, nodes };
}

export const agentRow: Row = {
	name: 'a tool of an agent is not suspended but polls',
	titles: ONE,
	modes: ['suspend'],
	async check(cell) {
		const { environment, host, simulator } = cell;
		const model = await startChatModel({ Prompt: PROMPTS[0], Aspect_Ratio: '9:16' });
		try {
			const name = `Model of ${environment.setting.title}`;
			const data = { apiKey: 'sk-scripted', url: model.baseUrl };
			const credential = { name, type: 'openAiApi', data };
			const { id } = await host.rest.post('/credentials', credential, z.object({ id: z.string() }));
			const workflow = await environment.save((path, kling) =>
				agentWorkflow(path, { kling, model: { id, name } }),
			);
			const execution = await (await call(host, workflow, { by: BY })).over();
			expectSuccess(execution);
			const [charge] = simulator.ledger.charges;
			expect(simulator.ledger.charges).toHaveLength(1);
			expect(JSON.stringify(execution.outputs('Agent'))).toContain(charge?.taskId);
			expect(simulator.ledger.callbacks).toEqual([]);
			expect(cell.queries().length).toBeGreaterThan(0);
		} finally {
			await model.stop();
		}
	},
};

export const suspendedRows: Row[] = [
	{
		name: 'a sub-workflow that is suspended: its parent waits and gets the items',
		titles: ONE,
		modes: ['suspend'],
		async check(cell) {
			const { environment, host } = cell;
			const trigger = node(START, 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
				inputSource: 'passthrough',
			});
			const child = await environment.save((name, credential) =>
				startedBy(trigger, name, itemsThroughKling(klingNode({ mode: 'suspend' }, credential))),
			);
			const parent = await environment.save((path) =>
				startedBy(webhook(path), path, subWorkflow(child.id)),
			);
			const run = await call(host, parent, bodyFor(PROMPTS));
			await newestRun(host, child.id).reaches('waiting');
			await run.reaches('waiting');
			await expectVideos(cell, await newestRun(host, child.id).over());
			const execution = await run.over();
			expectSuccess(execution);
			const items = execution.outputs(SUB)[0] ?? [];
			expect(items.map(({ json }) => [json.of, json.status])).toEqual(
				PROMPTS.map((prompt) => [prompt, 'succeed']),
			);
			expect(cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
		},
	},
	{
		name: 'Execute workflow pressed in the editor',
		titles: ONE,
		modes: ['suspend'],
		async check(cell) {
			const run = await execute(cell, await saveManual(cell), {
				triggerToStartFrom: { name: START },
			});
			await run.reaches('waiting');
			await expectVideos(cell, await run.over());
		},
	},
	{
		name: 'Execute step pressed in the editor',
		titles: ONE,
		modes: ['suspend'],
		async check(cell) {
			const { host } = cell;
			const id = await saveManual(cell);
			const first = await execute(cell, id, {
				triggerToStartFrom: { name: START },
				...upTo('Items'),
			});
			const { id: before } = await first.over();
			const { data } = await host.rest.get(`/executions/${before}`, z.object({ data: z.string() }));
			const { runData } = rawRunData.parse(unflatten(data)).resultData;
			const run = await execute(cell, id, { runData, ...upTo(KLING) }, before);
			await run.reaches('waiting');
			const execution = await run.over();
			expectSuccess(execution);
			const items = execution.outputs(KLING)[0] ?? [];
			expect(items).toHaveLength(PROMPTS.length);
			for (const [index, item] of items.entries()) await expectVideo(cell, item, PROMPTS[index]!);
			expect(execution.outputs(AFTER)).toEqual([]);
			expect(cell.simulator.ledger.charges).toHaveLength(PROMPTS.length);
		},
	},
	agentRow,
	{
		name: 'a service outside cannot call an n8n on 127.0.0.1: refused before anything is sent',
		modes: ['suspend'],
		async check(cell) {
			const { environment, host, setting, simulator } = cell;
			const outside = 'kling-api.example.com';
			const { baseUrl } = simulator.services[setting.leadsTo];
			const [field = ''] =
				Object.entries(setting.data).find(([, value]) => value === baseUrl) ?? [];
			const credential = await environment.saveCredential({ [field]: `https://${outside}` });
			const workflow = await environment.save((path) =>
				startedBy(
					webhook(path),
					path,
					itemsThroughKling(klingNode({ mode: 'suspend' }, credential)),
				),
			);
			const execution = await (await call(host, workflow, bodyFor(PROMPTS))).over();
			expectFailed(execution, /cannot call this n8n back at http:.*WEBHOOK_URL/s);
			expect(host.asked().filter((asked) => asked.includes(outside))).toEqual([]);
			expect(simulator.ledger.requests).toEqual([]);
		},
	},
];
