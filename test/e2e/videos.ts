import type { Simulator } from '../simulator';
import { type Execution, type OutputItem, readBinary, type Rest } from './lib';

/** What the node made in an execution, which must have gone well. */
export function itemsOf(execution: Execution): OutputItem[] {
	expect({ status: execution.status, error: execution.error?.message }).toEqual({
		status: 'success',
		error: undefined,
	});
	return execution.outputs('Kling')[0] ?? [];
}

/** Each item holds the very video that was made for its prompt, in order. */
export async function expectVideos(
	{ simulator, rest }: { simulator: Simulator; rest: Rest },
	items: OutputItem[],
	prompts: string[],
): Promise<void> {
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(prompts.map((_, item) => ({ item })));
	for (const [index, { json, binary }] of items.entries()) {
		const taskId = String(json.taskId);
		// The first that speaks of the task is its create; looks may be POSTs too.
		const create = simulator.ledger.requests.find((request) => request.taskId === taskId);
		expect(create?.rawBody).toContain(prompts[index]);
		const bytes = await readBinary(rest, binary!.data!);
		expect(bytes.equals(simulator.videoBytes(taskId))).toBe(true);
	}
}
