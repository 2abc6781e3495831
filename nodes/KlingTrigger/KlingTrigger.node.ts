import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testKlingApi } from '../shared/n8n/testCredential';
import { TRIGGER_PATH } from '../shared/core/callbackUrl';
import { Rejection } from './request/rejection';
import { deliver } from './deliver';
import { handOver } from './handOver';
import { fields } from './parameters';
import { receive } from './receive';

/** What of an answer is used; n8n's types name a web framework that the package does not have. */
interface Answer {
	setHeader(name: string, value: string): void;
	status(code: number): { json(body: object): void };
}

const WHILE_YOU_BUILD =
	'press "Execute step", then send a test from the console of Kling to the Test URL, or run a Kling node whose Callback URL is the Test URL.';

/** Starts a workflow when a service calls about a task. Wiring only: `receive` decides, `deliver` makes the item. */
export class KlingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kling Trigger',
		name: 'klingTrigger',
		icon: { light: 'file:klingTrigger.svg', dark: 'file:klingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].map((event) => event === "succeed" ? "succeeded" : event).join(", ") }}',
		eventTriggerDescription: 'Waiting for a service to call the Test URL',
		activationMessage: 'From now on every call to the Production URL starts this workflow.',
		// n8n's node panel shows this one text for both nodes of the name.
		description:
			'Make videos, images and sounds with Kling AI, and start workflows when they are done',
		defaults: { name: 'Kling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'klingApi', required: true, testedBy: 'testKlingApi' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: TRIGGER_PATH,
			},
		],
		triggerPanel: {
			header: 'Starts when Kling calls',
			executionsHelp: {
				inactive: `<b>While you build:</b> ${WHILE_YOU_BUILD}<br /><br /><b>When it is ready:</b> publish the workflow; from then on every call to the Production URL starts it.`,
				active: `<b>While you build:</b> ${WHILE_YOU_BUILD}<br /><br />The workflow is published: every call to the Production URL starts it, seen in the list of executions only.`,
			},
			activationHint: 'Publish the workflow, so that calls to the Production URL start it.',
		},
		properties: fields,
	};

	methods = { credentialTest: { testKlingApi } };

	/** Services keep no list of whom to call: the address goes along with every task, so there is nothing to register. */
	webhookMethods = {
		default: {
			checkExists: async function (this: IHookFunctions): Promise<boolean> {
				return true;
			},
			create: async function (this: IHookFunctions): Promise<boolean> {
				return true;
			},
			delete: async function (this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	/**
	 * Decides whether a call starts the workflow; n8n answers 200 as soon as the execution is stored. Never throws: n8n would
	 * start an execution out of it.
	 */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const decision = await receive(this);
		if (decision === undefined) return {};
		if (!(decision instanceof Rejection)) return { workflowData: handOver(decision) };
		const { status, message } = decision;
		const answer = this.getResponseObject() as unknown as Answer;
		// The rest of a body that was not read must not be taken for the next request of the connection.
		answer.setHeader('Connection', 'close');
		answer.status(status).json({ message });
		return { noWebhookResponse: true };
	}

	/** Runs in the execution, where a download may take its time and may be retried. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await deliver(this)];
	}
}
