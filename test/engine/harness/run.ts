/** Runs the node in the engine, from the start or on from where it was parked. */
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	deepCopy,
	type IDataObject,
	type INodeExecutionData,
	type IRunExecutionData,
} from 'n8n-workflow';

import { binaryData, readBinary } from './logsAndFiles';
import type { RunOptions, RunResult, StartedRun } from './options';
import { AFTER, setStage, START } from './stage';

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
