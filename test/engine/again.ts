/** What n8n makes of a failed execution when somebody presses Retry, before it runs it as a new one. */
import { deepCopy } from 'n8n-workflow';
import type { INodeParameters, IRunExecutionData } from 'n8n-workflow';

import type { RunResult } from './harness';

/** `mended`: what the person has changed in the meantime, who retries with the currently saved workflow. */
export function retriable(
	{ runExecutionData }: RunResult,
	mended: INodeParameters = {},
): IRunExecutionData {
	const data = deepCopy(runExecutionData);
	const { runData, lastNodeExecuted = '' } = data.resultData;
	delete data.resultData.error;
	// Only what failed runs again; what went well is kept.
	if (runData[lastNodeExecuted]?.at(-1)?.error) runData[lastNodeExecuted].pop();
	// n8n takes the nodes that wait from the saved workflow.
	for (const { node } of data.executionData?.nodeExecutionStack ?? []) {
		Object.assign(node.parameters, mended);
	}
	return data;
}
