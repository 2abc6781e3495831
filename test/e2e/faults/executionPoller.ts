import { z } from 'zod';
import { newestExecution, type Rest } from '../lib';

const EVERY_MS = 400;
const page = z.object({
	results: z.array(z.object({ id: z.string(), workflowId: z.string(), status: z.string() })),
});
type Seen = z.infer<typeof page>['results'][number];

/** Looks at the newest executions of all workflows together: dozens of tests that each ask for theirs would keep n8n busy. */
export class ExecutionPoller {
	private looking: Promise<Seen[]> | undefined;

	constructor(private readonly rest: () => Rest) {}

	/** Waits until the newest execution of a workflow is one that fits; `what` names that in the error. */
	async until(
		workflowId: string,
		what: string,
		fits: (execution: { id: string; status: string }) => boolean,
		timeoutMs: number,
	): Promise<{ id: string; status: string }> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const newest = await this.newest(workflowId);
			if (newest && fits(newest)) return newest;
			if (Date.now() > deadline) {
				const status = newest?.status ?? 'not started';
				throw new Error(`The execution is ${status} after ${timeoutMs / 1000} s, not ${what}`);
			}
		}
	}

	private async newest(workflowId: string): Promise<{ id: string; status: string } | undefined> {
		const listed = (await this.look()).find((seen) => seen.workflowId === workflowId);
		return listed ?? (await newestExecution(this.rest(), workflowId));
	}

	private async look(): Promise<Seen[]> {
		this.looking ??= new Promise((resolve) => setTimeout(resolve, EVERY_MS)).then(async () => {
			this.looking = undefined;
			const { results } = await this.rest().get('/executions?limit=100', page);
			return results;
		});
		return await this.looking;
	}
}
