/** What a run in the harness is given, and what it tells. */
import type { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ExecutionError,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IRunData,
	IRunExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { Class } from './credentialsHelper';

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
