/** The "Test" button of a credential. */
import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestRequestData,
	type ICredentialType,
	type IDataObject,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import type { Class } from './credentialsHelper';
import { NodeTypes, passThrough } from './nodeTypes';
import { setStage } from './stage';

/** What the "Test" button of a credential answers, by the same code path as n8n's credentials tester. */
export async function testCredential(options: {
	credentialType: Class<ICredentialType>;
	data: ICredentialDataDecryptedObject;
	/** The node that names a `testedBy` function, where the credential class has no `test`. */
	node?: INodeType | Class<INodeType>;
}): Promise<INodeCredentialTestResult> {
	const type = new options.credentialType();
	const stage = setStage({
		node: options.node ?? passThrough('noOp', ['main']),
		credentialTypes: [options.credentialType],
		credentials: { [type.name]: options.data },
		mode: 'internal',
	});
	const details = stage.node.credentials?.[type.name];
	const decrypted: ICredentialsDecrypted = {
		id: details?.id ?? '',
		name: details?.name ?? '',
		type: type.name,
		data: stage.credentialsHelper.applyDefaults(type.name, options.data),
	};
	const testedBy = stage.nodeType.description.credentials?.find(
		({ name }) => name === type.name,
	)?.testedBy;
	if (!type.test && typeof testedBy === 'string') {
		const method = stage.nodeType.methods?.credentialTest?.[testedBy];
		if (!method) throw new Error(`The node has no credentialTest method "${testedBy}"`);
		return await method.call(new CredentialTestContext(stage.additionalData), decrypted);
	}
	const test = type.test ?? (testedBy as ICredentialTestRequestData['testRequest'] | undefined);
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };

	const { noOp, node } = {
		noOp: passThrough('noOp', ['main']),
		node: { ...stage.node, parameters: {} },
	};
	const routed: INodeType = {
		...noOp,
		description: {
			...noOp.description,
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const nodeTypes = new NodeTypes();
	nodeTypes.add(node.type, routed);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new ExecuteContext(
		workflow,
		node,
		{ ...stage.additionalData, currentNodeParameters: {} },
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	let answer: INodeExecutionData[][] | undefined;
	try {
		await workflow.expression.acquireIsolate();
		answer = (await new RoutingNode(context, routed, decrypted).runNode()) ?? undefined;
	} catch (caught) {
		const error = caught as Error & {
			cause?: { code?: string; response?: { status: number; statusText?: string } };
		};
		const response = error.cause?.response;
		if (response) {
			for (const rule of test.rules ?? []) {
				if (rule.type === 'responseCode' && rule.properties.value === response.status) {
					return { status: 'Error', message: rule.properties.message };
				}
			}
			return {
				status: 'Error',
				message: response.statusText ?? `Received HTTP status code: ${String(response.status)}`,
			};
		}
		return { status: 'Error', message: error.cause?.code ?? error.message };
	} finally {
		await workflow.expression.releaseIsolate();
	}
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const value = rule.properties.key
			.split('.')
			.reduce<unknown>((at, key) => (at as IDataObject | undefined)?.[key], answer?.[0]?.[0]?.json);
		if (value === rule.properties.value)
			return { status: 'Error', message: rule.properties.message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}
