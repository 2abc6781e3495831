/**
 * Runs one node in n8n's own engine (n8n-core), not in a mock of it: the workflow
 *
 *     Start ──► node under test ──► After (output 0)
 *                              └──► Failed (output 1, with onError: 'continueErrorOutput')
 *
 * goes through `WorkflowExecute`, so that expressions, paired items, retries, the error output, binary data,
 * credentials and Stop behave as they do in n8n. Only the parts that live in n8n's server are stood in for
 * here, and they follow its source: the credentials store and the credential test.
 */
import { Container } from '@n8n/di';
import {
	CredentialTestContext,
	ExecuteContext,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	RoutingNode,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createEmptyRunExecutionData,
	createRunExecutionData,
	deepCopy,
	type ExecutionError,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestRequestData,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IRunData,
	type IRunExecutionData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { type Class, CredentialsHelper } from './credentialsHelper';
import { binaryData, readBinary } from './logsAndFiles';
import { NodeTypes, passThrough } from './nodeTypes';

export { binaryItem, binaryOf, inspect, logged, readBinary, useBinaryMode } from './logsAndFiles';

const PACKAGE = 'n8n-nodes-kling';
const START = 'Start';
const AFTER = 'After';
const FAILED = 'Failed';

export interface RunOptions {
	/** The node under test: its class or an instance. */
	node: INodeType | Class<INodeType>;
	parameters?: INodeParameters;
	/** Input items; plain objects become their `json`. Default: one empty item. */
	items?: Array<INodeExecutionData | IDataObject>;
	/** Credential classes the node may use. */
	credentialTypes?: Array<Class<ICredentialType>>;
	/** Decrypted data by credential type, as a person would have typed it. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	mode?: WorkflowExecuteMode;
	onError?: INode['onError'];
	/** The old switch (nodes made before `onError`); prefer `onError: 'continueRegularOutput'`. */
	continueOnFail?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds, 0 … 5000. n8n reads 0 as its default of 1000, therefore 1 here when retrying. */
	waitBetweenTries?: number;
	alwaysOutputData?: boolean;
	executeOnce?: boolean;
	typeVersion?: number;
	nodeName?: string;
	/** Aborting it presses Stop. */
	abort?: AbortSignal;
	/** Default: a new number per run. Give the same one to continue or repeat an execution. */
	executionId?: string;
	/** What n8n draws for each execution and stores with it. Default: a new one. Give the same one to repeat an execution. */
	resumeToken?: string;
	/** `runExecutionData` of a parked run: goes on with it as n8n does when the time is up. */
	continueFrom?: IRunExecutionData;
	/** With `continueFrom`: what `webhook()` returned; goes on with it as n8n does after a call. */
	resumeWith?: INodeExecutionData[][];
	/** An expression that a node behind output 0 evaluates for each item, e.g. `={{ $('Start').item.json.n }}`. */
	after?: string;
	/** Base of `$execution.resumeUrl`. */
	webhookWaitingBaseUrl?: string;
	workflowId?: string;
	/** The time zone in the workflow's settings. */
	timezone?: string;
	/** Sees every lifecycle event as n8n's server does. */
	hooks?: (hooks: ExecutionLifecycleHooks) => void;
}

export interface RunResult {
	status: IRun['status'];
	/** Outputs of the node under test: `items[0]` regular, `items[1]` error output. */
	items: INodeExecutionData[][];
	/** Shorthand for `items[0]`. */
	output: INodeExecutionData[];
	/** Shorthand for the `json` of `items[0]`. */
	json: IDataObject[];
	/** What the execution failed with: the node's own error object, as n8n keeps and shows it. */
	error?: ExecutionError & IDataObject;
	/** Values of `after`, one per item of output 0. */
	after: unknown[];
	runData: IRunData;
	runExecutionData: IRunExecutionData;
	/** What the node stored with `this.getContext('node')`. */
	context: IDataObject;
	executionId: string;
	run: IRun;
	/** The bytes of `items[0][item].binary[field]`. */
	binary: (item?: number, field?: string) => Promise<Buffer>;
}

export interface StartedRun extends Promise<RunResult> {
	/** What n8n does when a person presses Stop. */
	stop: () => void;
	executionId: string;
}

let executions = 1000;

function instanceOf<T extends object>(value: T | Class<T>): T {
	return typeof value === 'function' ? new value() : value;
}

function toItem(item: INodeExecutionData | IDataObject): INodeExecutionData {
	const { json } = item;
	const isItem =
		typeof json === 'object' &&
		json !== null &&
		Object.keys(item).every((key) =>
			['json', 'binary', 'pairedItem', 'error', 'metadata'].includes(key),
		);
	return isItem ? (item as INodeExecutionData) : { json: item };
}

export interface Stage {
	node: INode;
	nodeType: INodeType;
	workflow: Workflow;
	credentialsHelper: CredentialsHelper;
	additionalData: IWorkflowExecuteAdditionalData;
	executionId: string;
	stored: { status?: IRun['status'] };
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

/** What n8n's server makes of a parked execution when a call has woken it up. */
function wake(data: IRunExecutionData, outputs: INodeExecutionData[][]): void {
	data.waitTill = undefined;
	const entry = data.executionData?.nodeExecutionStack[0];
	if (!entry) throw new Error('Nothing is parked');
	entry.node.disabled = true;
	entry.data.main = outputs;
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
	data.resultData.runData[data.resultData.lastNodeExecuted ?? '']?.pop();
}

/**
 * Calls the node's `webhook()` for a parked execution, by n8n's own context. Resolves with what it returned and the status it
 * answered with by itself, if it did.
 */
export async function callWebhook(
	options: RunOptions,
	parked: IRunExecutionData,
	body: IDataObject,
): Promise<{ result: IWebhookResponseData; status?: number }> {
	const { node, nodeType, workflow, additionalData } = setStage(options);
	const [webhookDescription] = nodeType.description.webhooks ?? [];
	if (!nodeType.webhook || !webhookDescription) throw new Error('The node takes no calls');
	const answered: { status?: number } = {};
	const response = {
		headersSent: false,
		status(code: number) {
			answered.status = code;
			return response;
		},
		end() {
			response.headersSent = true;
		},
	};
	additionalData.httpRequest = { body, headers: {}, params: {}, query: {} } as never;
	additionalData.httpResponse = response as never;
	const context = new WebhookContext(
		workflow,
		node,
		additionalData,
		options.mode ?? 'manual',
		{
			httpMethod: 'POST',
			node: node.name,
			path: '',
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
		},
		[],
		deepCopy(parked),
	);
	await workflow.expression.acquireIsolate();
	try {
		return { result: await nodeType.webhook.call(context), ...answered };
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

/** Starts the node and returns at once; await the returned promise for the result, or `stop()` it. */
export function startNode(options: RunOptions): StartedRun {
	const { node, workflow, additionalData, executionId, stored } = setStage(options);
	const mode = options.mode ?? 'manual';
	let stop: () => void = () => {
		stopped = true;
	};
	let stopped = false;

	const play = async (): Promise<RunResult> => {
		await binaryData();
		let running: ReturnType<WorkflowExecute['processRunExecutionData']>;
		if (options.continueFrom) {
			// n8n stores what it parks; the run that goes on shares no object with the one before.
			const data = deepCopy(options.continueFrom);
			if (options.resumeWith) wake(data, options.resumeWith);
			running = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
		} else {
			const start = workflow.getNode(START);
			if (!start) throw new Error('unreachable');
			const data = createRunExecutionData({
				startData: {},
				resumeToken: options.resumeToken,
				executionData: {
					nodeExecutionStack: [
						{ node: start, data: { main: [(options.items ?? [{}]).map(toItem)] }, source: null },
					],
				},
			});
			running = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
		}
		stop = () => running.cancel();
		if (stopped || options.abort?.aborted) stop();
		options.abort?.addEventListener('abort', stop, { once: true });
		const run = await running;
		options.abort?.removeEventListener('abort', stop);

		const { runData, error } = run.data.resultData;
		const own = runData[node.name]?.at(-1);
		const items = (own?.data?.main ?? []).map((output) => output ?? []);
		const output = items[0] ?? [];
		return {
			status: stored.status ?? run.status,
			items,
			output,
			json: output.map((item) => item.json),
			error: (error ?? own?.error) as RunResult['error'],
			after: (runData[AFTER]?.at(-1)?.data?.main?.[0] ?? []).map((item) => item.json.value),
			runData,
			runExecutionData: run.data,
			context: run.data.executionData?.contextData[`node:${node.name}`] ?? {},
			executionId,
			run,
			binary: async (item = 0, field = 'data') => await readBinary(output[item], field),
		};
	};

	return Object.assign(play(), { stop: () => stop(), executionId });
}

/**
 * Runs the node to its end. Never rejects for a failed node: look at `status` and `error`.
 */
export async function runNode(options: RunOptions): Promise<RunResult> {
	return await startNode(options);
}

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
