/** The world around the node under test: the workflow, and all that the engine asks n8n's server for. */
import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { CredentialsHelper, type Class } from './credentialsHelper';
import { NodeTypes } from './nodeTypes';
import type { RunOptions } from './options';

const PACKAGE = 'n8n-nodes-kling';
export const START = 'Start';
export const AFTER = 'After';
const FAILED = 'Failed';

let executions = 1000;

export interface Stage {
	node: INode;
	nodeType: INodeType;
	workflow: Workflow;
	credentialsHelper: CredentialsHelper;
	additionalData: IWorkflowExecuteAdditionalData;
	executionId: string;
	stored: { status?: IRun['status'] };
}

function instanceOf<T extends object>(value: T | Class<T>): T {
	return typeof value === 'function' ? new value() : value;
}

function unavailable(what: string) {
	return async () => await Promise.reject(new Error(`The harness has no ${what}`));
}

export function nodeTypeOf({ node }: RunOptions): INodeType {
	return instanceOf(node);
}

/** Builds the workflow around the node and everything the engine asks n8n's server for. */
export function setStage(options: RunOptions): Stage {
	const nodeType = nodeTypeOf(options);
	const typeName = `${PACKAGE}.${nodeType.description.name}`;
	const nodeTypes = new NodeTypes();
	nodeTypes.add(typeName, nodeType);

	const credentialTypes = (options.credentialTypes ?? []).map((type) => new type());
	const credentialsHelper = new CredentialsHelper(
		new Map(credentialTypes.map((type) => [type.name, type])),
	);
	const credentials = Object.fromEntries(
		Object.entries(options.credentials ?? {}).map(([type, data]) => [
			type,
			credentialsHelper.add(type, data),
		]),
	);

	const version = nodeType.description.version;
	const node: INode = {
		id: 'c0ffee00-0000-4000-8000-000000000001',
		name:
			options.nodeName ?? nodeType.description.defaults.name ?? nodeType.description.displayName,
		type: typeName,
		typeVersion: options.typeVersion ?? (Array.isArray(version) ? Math.max(...version) : version),
		position: [200, 0],
		parameters: options.parameters ?? {},
		credentials,
		onError: options.onError,
		continueOnFail: options.continueOnFail,
		retryOnFail: options.retryOnFail,
		maxTries: options.maxTries,
		waitBetweenTries: options.waitBetweenTries ?? 1,
		alwaysOutputData: options.alwaysOutputData,
		executeOnce: options.executeOnce,
	};
	const helper = (
		name: string,
		type: string,
		y: number,
		parameters: INodeParameters = {},
	): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [y, 0],
		parameters,
	});
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const workflow = new Workflow({
		id: options.workflowId ?? 'harness-workflow',
		name: 'Harness',
		nodes: [
			helper(START, 'harness.start', 0),
			node,
			helper(AFTER, 'harness.after', 400, { value: options.after ?? '' }),
			helper(FAILED, 'harness.failed', 600),
		],
		connections: {
			[START]: { main: [to(node.name)] },
			[node.name]: {
				main: options.onError === 'continueErrorOutput' ? [to(AFTER), to(FAILED)] : [to(AFTER)],
			},
		},
		active: true,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: options.timezone },
	});

	const executionId = options.executionId ?? String((executions += 1));
	const hooks = new ExecutionLifecycleHooks(options.mode ?? 'manual', executionId, {
		id: workflow.id,
		name: workflow.name ?? 'Harness',
		active: true,
		isArchived: false,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		createdAt: new Date(0),
		updatedAt: new Date(0),
	} as never);
	// n8n stores what the first of these events says; after Stop a second one may never come.
	const stored: { status?: IRun['status'] } = {};
	hooks.addHandler('workflowExecuteAfter', (run: IRun) => {
		stored.status ??= run.status;
	});
	options.hooks?.(hooks);

	const base = 'http://127.0.0.1:5678';
	const additionalData: IWorkflowExecuteAdditionalData = {
		hooks,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		credentialsHelper,
		executionId,
		currentNodeExecutionIndex: 0,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: options.webhookWaitingBaseUrl ?? `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		workflowId: workflow.id,
		userId: 'harness-user',
		executeWorkflow: unavailable('sub-workflows'),
		getRunExecutionData: async () => await Promise.resolve(undefined),
		getRuntimeCredential: async () => await Promise.resolve(undefined),
		logAiEvent: () => undefined,
		startRunnerTask: unavailable('task runner'),
	};

	return { node, nodeType, workflow, credentialsHelper, additionalData, executionId, stored };
}
