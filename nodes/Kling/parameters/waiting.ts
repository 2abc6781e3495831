import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { outputFields, readOutputSettings } from '../../shared/n8n/outputParameters';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { WaitOptions } from '../../shared/tasks/job';
import { continuesOnFail, isAgentTool } from '../../shared/n8n/agentTool';
import { asNumber, boundedNumber, readCollection } from './values';

/** Parameters of waiting, the same for every operation that ends in a task, and how they are read. */

const DEFAULT_POLL_INTERVAL_S = 10;
const DEFAULT_TIMEOUT_MIN = 30;
const DEFAULT_MAX_PARALLEL = 5;

const waitOptionMembers: INodeProperties[] = [
	{
		displayName: 'First Look After (Seconds)',
		name: 'firstLook',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3600 },
		default: 30,
		description:
			'When to ask for the first time. If not set, a sensible delay for the model is used.',
	},
	{
		displayName: 'If Time Runs Out',
		name: 'onTimeout',
		type: 'options',
		default: 'error',
		description: 'What to do with a task that is still running at the time-out',
		options: [
			{
				name: 'Fail With an Error',
				value: 'error',
				description: 'The error carries the task ID',
			},
			{
				name: 'Return the Unfinished Task',
				value: 'return',
				description: 'The item has timedOut set to true; fetch the task later with Task → Get',
			},
		],
	},
	{
		displayName: 'Max Tasks in Parallel',
		name: 'maxParallel',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: DEFAULT_MAX_PARALLEL,
		description:
			'How many tasks of this node may run at the service at the same time. A trial pack allows 5.',
	},
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 600 },
		default: DEFAULT_POLL_INTERVAL_S,
		description:
			'How often to ask whether the task is done. If not set, every 2 to 10 seconds, less often the longer it takes.',
	},
	{
		displayName: 'Time-Out (Minutes)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 1440, numberPrecision: 1 },
		default: DEFAULT_TIMEOUT_MIN,
		description: 'How long to wait for each task. Busy hours can take more than an hour.',
	},
];

export const waitMode: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitMode',
	type: 'options',
	noDataExpression: true,
	default: 'poll',
	description: 'When the item goes on to the next node',
	options: [
		{
			name: "Don't Wait",
			value: 'none',
			description: 'At once, with the task ID; fetch the result later with Task → Get',
		},
		{
			name: 'Poll Until Done',
			value: 'poll',
			description: 'When the result is there; this node asks for it every few seconds',
		},
		{
			name: 'Suspend Execution Until Callback',
			value: 'suspend',
			description:
				'When the service has called back; nothing runs meanwhile, and a restart of n8n does no harm. The service must be able to reach this n8n.',
		},
	],
};

const AWAITED = { waitMode: ['poll', 'suspend'] };

export const waitOptions: INodeProperties = {
	displayName: 'Wait Options',
	name: 'waitOptions',
	type: 'collection',
	placeholder: 'Add Wait Option',
	default: {},
	description: 'How long and how often to look. The values of the first item hold for all.',
	displayOptions: { show: AWAITED },
	options: waitOptionMembers,
};

/** What follows the wait mode in every operation that ends in a task. */
export const afterWaitMode: INodeProperties[] = [waitOptions, ...outputFields(AWAITED)];

/** What a generating operation ends with. */
export const waitFields: INodeProperties[] = [waitMode, ...afterWaitMode];

export interface WaitSettings extends WaitOptions {
	/** Overrides the delay by model. */
	firstLookMs?: number;
}

function readUntil(context: IExecuteFunctions): WaitOptions['until'] {
	const mode = context.getNodeParameter('waitMode', 0, 'poll');
	if (mode === 'none') return 'created';
	// An agent waits for its tool: there is nothing that could be resumed later.
	return mode === 'suspend' && !isAgentTool(context) ? 'allCreated' : 'finished';
}

/** A number of seconds in ms, under the name of a setting; nothing where none is given. Throws `invalidInput`. */
function secondsOf<Name extends string>(
	value: unknown,
	name: Name,
	title: string,
	min: number,
	max: number,
): Partial<Record<Name, number>> {
	if (asNumber(value) === undefined) return {};
	const setting = { [name]: boundedNumber(value, title, min, min, max) * 1000 };
	return setting as Record<Name, number>;
}

/** Waiting is done once for all items, so the first item's values hold. Throws `invalidInput`. */
export function readWaitSettings(context: IExecuteFunctions): WaitSettings {
	const options = readCollection(context, 'waitOptions', 0);
	const timeout = boundedNumber(
		options.timeout,
		'Time-Out (Minutes)',
		DEFAULT_TIMEOUT_MIN,
		0.1,
		1440,
	);
	return {
		until: readUntil(context),
		maxParallel: boundedNumber(
			options.maxParallel,
			'Max Tasks in Parallel',
			DEFAULT_MAX_PARALLEL,
			1,
			100,
		),
		timeoutMs: timeout * 60_000,
		unfinishedIsFine: options.onTimeout === 'return',
		stopAtError: !continuesOnFail(context),
		...secondsOf(options.pollInterval, 'pollIntervalMs', 'Poll Interval (Seconds)', 1, 600),
		...secondsOf(options.firstLook, 'firstLookMs', 'First Look After (Seconds)', 0, 3600),
	};
}

/** How the item of one input item shall look; there is no file where nobody waits for it. */
export function readItemSettings(context: IExecuteFunctions, itemIndex: number): OutputSettings {
	const { simplify, binaryField } = readOutputSettings(context, itemIndex);
	return readUntil(context) === 'created' ? { simplify } : { simplify, binaryField };
}
