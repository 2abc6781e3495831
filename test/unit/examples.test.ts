/** Every example workflow loads, and speaks of parameters that exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type {
	INode,
	INodeProperties,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';

import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { membersOf, operationsOf } from './properties';

const ROOT = join(__dirname, '../..');
const descriptions = new Map(
	[new Kling(), new KlingTrigger()].map(({ description }) => [
		`n8n-nodes-kling.${description.name}`,
		description,
	]),
);

function descriptionOf({ type }: INode): INodeTypeDescription {
	// For agents, n8n makes a node of another name of it.
	const description = descriptions.get(type.replace(/Tool$/, ''));
	if (!description) throw new Error(`There is no node ${type}`);
	return description;
}

interface Workflow {
	name: string;
	nodes: INode[];
	/** By node, kind of connection and output. */
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
}

const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));

it('there are examples', () => {
	expect(examples.length).toBeGreaterThan(0);
});

describe.each(examples)('the example %s', (file) => {
	const workflow = JSON.parse(readFileSync(join(ROOT, 'examples', file), 'utf8')) as Workflow;
	const own = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-kling.'));

	/** Names below a value that the description does not know. */
	function strangers(
		value: NodeParameterValueType | object,
		known: INodeProperties[],
		path: string,
	): string[] {
		return Object.entries(value as object).flatMap(([name, inner]: [string, unknown]) => {
			const property = known.find((candidate) => candidate.name === name);
			if (!property) return [`${path}.${name}`];
			if (property.type !== 'collection' || typeof inner !== 'object' || inner === null) return [];
			return strangers(inner, membersOf(property), `${path}.${name}`);
		});
	}

	it('uses the node, and only parameters that exist', () => {
		expect(own.length).toBeGreaterThan(0);
		for (const used of own) {
			const { name, parameters } = used;
			const { resource, operation } = parameters;
			const index = `${String(resource)}/${String(operation)}`;
			const known = descriptionOf(used).properties.filter((property) =>
				operationsOf(property).some((shown) =>
					['*/*', `${String(resource)}/*`, index].includes(shown),
				),
			);
			expect(strangers(parameters, known, name)).toEqual([]);
		}
	});

	it('has nothing that n8n marks as an issue', () => {
		for (const example of own) {
			const node = descriptionOf(example);
			expect(NodeHelpers.getNodeParametersIssues(node.properties, example, node)).toBeNull();
		}
	});

	it('leaves the addresses of its triggers to n8n, so that they are secret and nobody else has them', () => {
		for (const node of workflow.nodes) expect(node).not.toHaveProperty('webhookId');
		for (const example of own) {
			const imported = { ...example };
			NodeHelpers.resolveNodeWebhookId(imported, descriptionOf(example));
			expect(imported.webhookId).toMatch(/^[0-9a-f]{8}-.{27}$/);
		}
	});

	it('holds no credential and connects nodes that exist', () => {
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const [from, outputs] of Object.entries(workflow.connections)) {
			expect(names).toContain(from);
			const targets = Object.values(outputs)
				.flat()
				.flatMap((output) => output ?? []);
			for (const { node: to } of targets) expect(names).toContain(to);
		}
		for (const { credentials } of workflow.nodes) {
			for (const used of Object.values(credentials ?? {})) expect(used.id ?? '').toBe('');
		}
	});
});
