import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { toKlingError } from '../shared/errors';
import { toNodeError } from '../shared/output/nodeError';
import { findOperation, properties, subtitle } from './description';
import { searchModels } from './fields/model';
import { testKlingApi } from './methods/testCredential';
import { generate } from './run/generate';
import { query } from './run/query';
import { openSession } from './run/session';
import type { Session } from './run/session';

export class Kling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kling',
		name: 'kling',
		icon: { light: 'file:kling.svg', dark: 'file:kling.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(),
		description: 'Make videos and images with Kling AI',
		defaults: { name: 'Kling' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'klingApi', required: true, testedBy: 'testKlingApi' }],
		properties: properties(),
	};

	methods = {
		credentialTest: { testKlingApi },
		listSearch: { searchModels },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const name = this.getNodeParameter('operation', 0);
		const operation = findOperation(resource, name);
		if (!operation) {
			throw new NodeOperationError(
				this.getNode(),
				`There is no operation "${name}" for "${resource}"`,
			);
		}
		let session: Session;
		try {
			session = await openSession(this);
		} catch (thrown) {
			throw toNodeError(this.getNode(), toKlingError(thrown), 0, []);
		}
		return [
			'readRequest' in operation
				? await generate(session, operation)
				: await query(session, operation),
		];
	}
}
