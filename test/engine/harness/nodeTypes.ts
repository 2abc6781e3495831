/** The node types of the harness's workflow. */
import {
	type IDataObject,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	NodeHelpers,
} from 'n8n-workflow';

export function passThrough(
	name: string,
	outputs: INodeTypeDescription['outputs'],
	properties: INodeProperties[] = [],
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: `${name} of the harness`,
			defaults: { name },
			inputs: ['main'],
			outputs,
			properties,
		},
		async execute(this) {
			const items = this.getInputData();
			if (properties.length === 0) return [items];
			return [
				items.map((_item, index) => ({
					json: { value: this.getNodeParameter('value', index, null) as IDataObject },
					pairedItem: { item: index },
				})),
			];
		},
	};
}

const anyValue: INodeProperties[] = [
	{ displayName: 'Value', name: 'value', type: 'string', default: '' },
];

/** Node types by full name, as n8n registers them. */
export class NodeTypes implements INodeTypes {
	private readonly known = new Map<string, INodeType>([
		['harness.start', passThrough('start', ['main'])],
		['harness.after', passThrough('after', ['main'], anyValue)],
		['harness.failed', passThrough('failed', ['main'])],
		['n8n-nodes-base.noOp', passThrough('noOp', ['main'])],
	]);

	add(fullName: string, node: INodeType): void {
		this.known.set(fullName, node);
	}

	getByName(fullName: string): INodeType {
		const node = this.known.get(fullName);
		if (!node) throw new Error(`Unknown node type "${fullName}"`);
		return node;
	}

	getByNameAndVersion(fullName: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(fullName), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}
