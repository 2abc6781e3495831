import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { toKlingError } from '../shared/core/errors';
import { toNodeError } from '../shared/n8n/nodeError';
import { RESUME_PATH } from './suspend/resumeUrl';
import { findOperation, properties, subtitle } from './description';
import { searchEffects } from './parameters/effect';
import { librarySearches } from './parameters/library';
import { searchModels } from './parameters/model';
import { presetSearches } from './parameters/presets';
import { searchSpeechVoices } from './parameters/speech';
import { testKlingApi } from '../shared/n8n/testCredential';
import { callAll } from './run/call';
import { fetchTasks } from './run/waitForTasks';
import { generate } from './run/generate';
import { query } from './run/query';
import { resume } from './suspend/resume';
import { openSession } from '../shared/n8n/session';
import type { Session } from '../shared/n8n/session';

/** One address for all tasks of a suspended execution. */
const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: RESUME_PATH,
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
		// Without it the caller is sent the first item.
		responseData: '',
	},
];

/** Makes videos, images and sounds with Kling, and looks after tasks. Wiring only: what operations do stands in `operations` and `run`. */
export class Kling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kling',
		name: 'kling',
		icon: { light: 'file:kling.svg', dark: 'file:kling.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(),
		description: 'Make videos, images and sounds with Kling AI',
		defaults: { name: 'Kling' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'klingApi', required: true, testedBy: 'testKlingApi' }],
		webhooks: resumeWebhooks,
		waitingNodeTooltip:
			'Waiting for Kling. The workflow continues on its own when all tasks have finished.',
		hints: [
			{
				message:
					'With this setting n8n suspends the execution until the service calls back, which needs an n8n that the service can reach (environment variable WEBHOOK_URL). Tasks that are still running at the timeout come out with <code>timedOut</code> set to true.',
				displayCondition: '={{ $parameter["waitMode"] === "suspend" }}',
				whenToDisplay: 'beforeExecution',
				location: 'ndv',
			},
		],
		properties: properties(),
	};

	methods = {
		credentialTest: { testKlingApi },
		listSearch: {
			searchEffects,
			searchModels,
			searchSpeechVoices,
			...librarySearches,
			...presetSearches,
		},
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
			session = await openSession(this, { signal: this.getExecutionCancelSignal() });
		} catch (thrown) {
			throw toNodeError(this.getNode(), toKlingError(thrown), 0, []);
		}
		switch (operation.type) {
			case 'generate':
				return [await generate(session, operation)];
			case 'task':
				return [await fetchTasks(session, operation)];
			case 'query':
				return [await query(session, operation)];
			case 'call':
				return [await callAll(session, operation)];
		}
	}

	/** Where services call back an execution that was suspended by `execute`. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}
