import type { IExecuteFunctions } from 'n8n-workflow';

import { continuesOnFail, isAgentTool } from '../../shared/n8n/agentTool';
import { readOutputSettings } from '../../shared/n8n/outputParameters';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { WaitOptions } from '../../shared/tasks/job';
import { memberOf, parameterReader } from './reader';
import type { ParameterReader } from './reader';
import { boundedNumber, choice } from './types';

/** Parameters of waiting, the same for every operation that ends in a task, and how they are read. */

const DEFAULT_MAX_PARALLEL = 5;
const DEFAULT_TIMEOUT_MIN = 30;

/** The modes in which somebody waits for the result. */
export const AWAITED = ['poll', 'suspend'];
const WHEN_AWAITED = { show: { '/waitMode': AWAITED } };
const FOR_ALL = "The first item's value holds for all.";

const initialDelay = boundedNumber({
	displayName: 'Initial Delay (Seconds)',
	name: 'initialDelay',
	default: 30,
	min: 0,
	max: 3600,
	description: `How long to wait before the first check. If not set, a delay that suits the model. ${FOR_ALL}`,
	displayOptions: WHEN_AWAITED,
});

const maxParallel = boundedNumber({
	displayName: 'Max Tasks in Parallel',
	name: 'maxParallel',
	default: DEFAULT_MAX_PARALLEL,
	min: 1,
	max: 100,
	description: `How many tasks of this node may run at the service at the same time. A trial pack allows 5. ${FOR_ALL}`,
	displayOptions: WHEN_AWAITED,
});

const onTimeout = choice({
	displayName: 'On Timeout',
	name: 'onTimeout',
	default: 'error',
	description: `What to do with a task that is still running at the timeout. ${FOR_ALL}`,
	// A suspended execution always goes on.
	displayOptions: { show: { '/waitMode': ['poll'] } },
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
});

const pollInterval = boundedNumber({
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	default: 10,
	min: 1,
	max: 600,
	description: `How often to check whether the task is done. If not set, every 2 to 10 seconds, less often the longer it takes. ${FOR_ALL}`,
	displayOptions: WHEN_AWAITED,
});

const timeout = boundedNumber({
	displayName: 'Timeout (Minutes)',
	name: 'timeout',
	default: DEFAULT_TIMEOUT_MIN,
	min: 0.1,
	max: 1440,
	precision: 1,
	description: `How long to wait for each task. Busy hours can take more than an hour. ${FOR_ALL}`,
	displayOptions: WHEN_AWAITED,
});

/** Members of Options. */
export const WAIT_OPTIONS = [initialDelay, maxParallel, onTimeout, pollInterval, timeout];

const MODE = {
	displayName: 'Wait for Completion',
	name: 'waitMode',
	noDataExpression: true,
	description: 'When the item goes on to the next node',
};

export const waitMode = choice({
	...MODE,
	default: 'poll',
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
			description: 'Nothing runs meanwhile. Needs an n8n that the service can reach (WEBHOOK_URL).',
			// An agent waits for its tool. Versions of n8n that do not know the condition ignore it.
			displayOptions: { hide: { '@tool': [true] } },
		},
	],
});

/** For an operation that fetches a task which exists. */
export const fetchMode = choice({
	...MODE,
	default: 'none',
	options: [
		{ name: "Don't Wait", value: 'none', description: 'Returns the task as it is now' },
		{
			name: 'Poll Until Done',
			value: 'poll',
			description: 'Returns the task when it is finished; this node asks for it every few seconds',
		},
	],
});

export interface WaitSettings extends WaitOptions {
	/** Overrides the delay by model. */
	initialDelayMs?: number;
}

function readUntil(context: IExecuteFunctions): WaitOptions['until'] {
	const mode = waitMode.read(parameterReader(context, 0));
	if (mode === 'none') return 'created';
	// An agent waits for its tool: there is nothing that could be resumed later.
	return mode === 'suspend' && !isAgentTool(context) ? 'allCreated' : 'finished';
}

/** A number of seconds in ms; undefined where none is given. */
function inMs(seconds: number | undefined): number | undefined {
	return seconds === undefined ? undefined : seconds * 1000;
}

/** Waiting is done once for all items, so the first item's values hold. Throws `invalidInput`. */
export function readWaitSettings(context: IExecuteFunctions): WaitSettings {
	const options = memberOf(parameterReader(context, 0), 'options');
	return {
		until: readUntil(context),
		maxParallel: maxParallel.read(options) ?? DEFAULT_MAX_PARALLEL,
		timeoutMs: (timeout.read(options) ?? DEFAULT_TIMEOUT_MIN) * 60_000,
		unfinishedIsFine: onTimeout.read(options) === 'return',
		stopAtError: !continuesOnFail(context),
		pollIntervalMs: inMs(pollInterval.read(options)),
		initialDelayMs: inMs(initialDelay.read(options)),
	};
}

/** How the item of a task that was just made is put out; no file where nobody waits for it. */
export function readOutput({
	context,
	itemIndex,
}: Pick<ParameterReader, 'context' | 'itemIndex'>): OutputSettings {
	const settings = readOutputSettings(context, itemIndex);
	return readUntil(context) === 'created' ? { simplify: settings.simplify } : settings;
}
