import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import type { Kind } from '../shared/core/kinds';
import { isKind } from '../shared/core/kinds';
import { TASK_STATUSES } from '../shared/core/task';
import type { TaskStatus } from '../shared/core/task';
import { download, fileOptions, kindOptions, simplify } from '../shared/n8n/outputParameters';
import { asYesNo } from '../shared/n8n/values';

/** All that has to be done, in one place; README and the Kling node's Callback URL say the same. */
const STEPS = [
	'1. Copy the Production URL (above, under Webhook URLs) into a Kling node, at Options → Callback URL. The service must be able to reach it: set WEBHOOK_URL of n8n to a public address.',
	'2. Choose the same credential in both nodes: the secret token is then added by itself.',
	"3. Set Wait for Completion of the Kling node to Don't Wait.",
	'4. Publish this workflow.',
];

/** In a notice n8n keeps links and lists only, and strikes out every other tag, line breaks included. */
const HOW_TO_CONNECT = `To connect:<ul>${STEPS.map((step) => `<li>${step}</li>`).join('')}</ul>`;

/** The name of the Options; `options` stands for something else, see Raw Body. */
export const MORE = 'more';

export const fields: INodeProperties[] = [
	{
		displayName: HOW_TO_CONNECT,
		name: 'howToConnect',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['succeed', 'failed'],
		description:
			'What has to happen to a task. Ace Data Cloud reports only the end, as official Kling does for Translate Subtitles. A test event comes whatever you choose here.',
		options: [
			{
				name: 'Succeeded',
				value: 'succeed',
				action: 'When a video, image or sound is ready',
				description: 'The video, image or sound is there',
			},
			{
				name: 'Failed',
				value: 'failed',
				action: 'When a task fails',
				description: 'The task ended without a result',
			},
			{
				name: 'Processing',
				value: 'processing',
				action: 'When a task starts processing',
				description: 'The service began to work on it',
			},
			{
				name: 'Submitted',
				value: 'submitted',
				action: 'When a task is submitted',
				description: 'The service took the task',
			},
		],
	},
	{
		displayName: 'Confirm With API',
		name: 'confirm',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask the service for the task and put out what it says, instead of believing the call. Turn it off only for relays that call with an ID they do not know themselves (new-api).',
	},
	download,
	{
		displayName: 'Options',
		name: MORE,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'Which tasks, how strict to be with callers, and what to put out',
		options: [
			{
				displayName: 'Made By',
				name: 'kinds',
				type: 'multiOptions',
				default: [],
				description:
					'Start only for tasks of these operations; none chosen means all. Multi-Image to Video lets Omni Video in, too, where the same models make both. A task whose operation is not known does not start then.',
				options: kindOptions,
			},
			...fileOptions(),
			{
				displayName: 'Require Secret Token',
				name: 'requireToken',
				type: 'boolean',
				default: true,
				description:
					'Whether to refuse calls whose address lacks the secret token of the credential. A valid signature counts as much. Without either, anybody who knows the address can make this node look.',
			},
			{
				displayName: 'Require Signature',
				name: 'requireSignature',
				type: 'boolean',
				default: false,
				description:
					'Whether to refuse calls that are not signed with the Webhook Secret of the credential. A signature that is there is always checked. Only official Kling signs, and it does not say whether it signs for tasks of the Kling node, so try it first.',
			},
			simplify,
		],
	},
	{
		// By this name and value n8n leaves the body as it came, so that we answer what is no JSON, and what is too long.
		displayName: 'Raw Body',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];

/** What the trigger starts for, and what a call has to prove. */
export interface TriggerSettings {
	events: ReadonlySet<TaskStatus>;
	/** Empty: all. */
	kinds: ReadonlySet<Kind>;
	confirm: boolean;
	requireToken: boolean;
	requireSignature: boolean;
	/** Somebody executes the step in the editor and waits for a test event. */
	isTest: boolean;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A switch that makes the trigger stricter: a value that is neither yes nor no counts as on, since nobody would see a refusal. */
function isStrict(value: unknown, preset: boolean): boolean {
	try {
		return asYesNo(value, '') ?? preset;
	} catch {
		return true;
	}
}

/** Reads what decides about a call. */
export function readSettings(context: IWebhookFunctions): TriggerSettings {
	const given: unknown = context.getNodeParameter(MORE, {});
	const options = (typeof given === 'object' && given !== null ? given : {}) as Record<
		string,
		unknown
	>;
	const events = listOf(context.getNodeParameter('events', ['succeed', 'failed']));
	return {
		events: new Set(TASK_STATUSES.filter((status) => events.includes(status))),
		kinds: new Set(listOf(options.kinds).filter(isKind)),
		confirm: isStrict(context.getNodeParameter('confirm', true), true),
		requireToken: isStrict(options.requireToken, true),
		requireSignature: isStrict(options.requireSignature, false),
		isTest: context.getMode() === 'manual',
	};
}
