/** Runs the nodes by their public classes, and writes down what left and what came out. */
import type { INodeExecutionData } from 'n8n-workflow';

import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { executeContext, noTraces, webhookContext } from './context';
import type { Call, Input, Sent, Told, Traces, World } from './context';
import { resetTime } from './time';

const kling = new Kling();
const klingTrigger = new KlingTrigger();

/** What one run of a node came to: items, or the error that ended it. */
export interface Result extends Traces {
	items: INodeExecutionData[];
	thrown?: object;
}

/** Of an error, what n8n shows and what a workflow may ask for. */
function errorOf(thrown: unknown): object {
	const { name, message, description, httpCode, context } = thrown as Record<string, unknown>;
	return { name, message, description, httpCode, context };
}

async function collected(
	traces: Traces,
	act: () => Promise<INodeExecutionData[][]>,
): Promise<Result> {
	try {
		return { items: (await act()).flat(), ...traces };
	} catch (thrown) {
		return { items: [], thrown: errorOf(thrown), ...traces };
	}
}

/** Runs the Kling node over some items. */
export async function runKling(world: World, inputs: readonly Input[]): Promise<Result> {
	resetTime();
	const traces = noTraces();
	const context = executeContext('Kling', world, inputs, traces);
	return await collected(traces, async () => await kling.execute.call(context));
}

/** What became of a call to the trigger. */
export interface CallResult {
	told: Told;
	webhook: Traces & { handedOver: boolean; noWebhookResponse?: boolean };
	execution?: Result;
}

/** Calls the trigger, and where it starts the workflow, runs it on what it handed over. */
export async function callTrigger(world: World, call: Call): Promise<CallResult> {
	resetTime();
	const told: Told = {};
	const traces = noTraces();
	const { context, answered } = webhookContext(world, call, told, traces);
	const { workflowData, noWebhookResponse } = await klingTrigger.webhook.call(context);
	// n8n answers when the execution is stored; until then an equal call is put off.
	if (workflowData) answered();
	const webhook = { ...traces, handedOver: workflowData !== undefined, noWebhookResponse };
	if (!workflowData) return { told, webhook };
	// n8n stores in between, so that nothing but JSON arrives.
	const stored = JSON.parse(JSON.stringify(workflowData)) as INodeExecutionData[][];
	const inputs = stored.flat().map(({ json }): Input => ({ json, parameters: call.parameters }));
	return { told, webhook, execution: await runTrigger(world, inputs) };
}

/** Runs the trigger as the first node of a workflow. */
export async function runTrigger(world: World, inputs: readonly Input[]): Promise<Result> {
	resetTime();
	const traces = noTraces();
	const context = executeContext('Kling Trigger', world, inputs, traces);
	return await collected(traces, async () => await klingTrigger.execute.call(context));
}

/** A request as a line of the record tells it: where it went, and the body exactly as it was sent. */
export function told({ method, url, body }: Sent): string {
	return `${method ?? ''} ${url}${body === undefined ? '' : ` ${String(body)}`}`;
}

const LONGEST_TEXT = 120;

function shortened(_name: string, value: unknown): unknown {
	if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return value;
	return `${value.slice(0, 40)}… (${value.length} characters)`;
}

/** What was given, short enough to be read. */
export function brief(given: unknown): unknown {
	const text = JSON.stringify(given, shortened) as string | undefined;
	return text === undefined ? null : (JSON.parse(text) as unknown);
}

/**
 * One line of the record, exactly, but for the names that the node makes up for tasks: how they are made may change.
 */
export function exactLineOf(entry: object): string {
	return JSON.stringify(entry).replace(/\bn8n-\d+-[0-9a-f]{16}\b/g, 'n8n-*');
}

/**
 * The same without running numbers, so that one change does not show in all lines behind it: those of the record's own
 * tasks, and that of the item where it is the one that is meant.
 */
export function lineOf(entry: object, index = 0): string {
	return exactLineOf(entry)
		.replaceAll(`"itemIndex":${index}}`, '"itemIndex":"own"}')
		.replaceAll(`"pairedItem":{"item":${index}}`, '"pairedItem":"own"')
		.replace(/\bmade-\d+\b/g, 'made-*');
}
