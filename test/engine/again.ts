/** What n8n makes of a failed execution when somebody presses Retry, before it runs it as a new one. */
import { deepCopy } from 'n8n-workflow';
import type { IRunExecutionData } from 'n8n-workflow';

import type { RunResult } from './harness';

export function retriable({ runExecutionData }: RunResult): IRunExecutionData {
	const data = deepCopy(runExecutionData);
	const { runData, lastNodeExecuted = '' } = data.resultData;
	delete data.resultData.error;
	// Only what failed runs again; what went well is kept.
	if (runData[lastNodeExecuted]?.at(-1)?.error) runData[lastNodeExecuted].pop();
	return data;
}
