import { type Execution, readBinary, type OutputItem } from '../lib';
import { BY, type Cell, PROMPTS } from './cell';
import { AFTER, FAILED, KLING } from './workflow';

/** What a failed execution tells a person, in one text. */
export function words({ error }: Execution): string {
	return `${error?.message ?? ''} | ${error?.description ?? ''}`;
}

export function expectSuccess(execution: Execution): void {
	expect({ status: execution.status, error: execution.error?.message }).toEqual({
		status: 'success',
		error: undefined,
	});
}

function expectTraced(items: readonly OutputItem[] = [], prompts: readonly string[]): void {
	expect(items.map(({ json }) => [json.of, json.by])).toEqual(
		prompts.map((prompt) => [prompt, BY]),
	);
}

/** The items of the node's first output, each linked to the item it came from. */
export function itemsOut(execution: Execution, prompts: readonly string[] = PROMPTS): OutputItem[] {
	expectSuccess(execution);
	expectTraced(execution.outputs(AFTER)[0], prompts);
	return execution.outputs(KLING)[0] ?? [];
}

/** The items of the error output, the same. */
export function itemsFailed(execution: Execution, prompts: readonly string[]): OutputItem[] {
	expectSuccess(execution);
	expectTraced(execution.outputs(FAILED)[0], prompts);
	return execution.outputs(KLING)[1] ?? [];
}

/** The task that was made for a prompt; there must be exactly one. */
export function taskFor({ simulator }: Cell, prompt: string) {
	const tasks = simulator.tasks.all().filter(({ request }) => request.prompt === prompt);
	expect(tasks).toHaveLength(1);
	return tasks[0]!;
}

/** The item is the very video that was made for this prompt, with its file. */
export async function expectVideo(cell: Cell, item: OutputItem, prompt: string): Promise<void> {
	const { id } = taskFor(cell, prompt);
	expect(item.json).toMatchObject({ taskId: id, status: 'succeed' });
	expect(item.json.timedOut).toBeUndefined();
	expect(item.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
	const bytes = await readBinary(cell.host.rest, item.binary!.data!);
	expect(bytes.equals(cell.simulator.videoBytes(id))).toBe(true);
}

/** Every item is the very video that was made of it, charged once. */
export async function expectVideos(
	cell: Cell,
	execution: Execution,
	prompts: readonly string[] = PROMPTS,
): Promise<OutputItem[]> {
	const items = itemsOut(execution, prompts);
	expect(items).toHaveLength(prompts.length);
	for (const [index, item] of items.entries()) await expectVideo(cell, item, prompts[index]!);
	expect(cell.simulator.ledger.charges).toHaveLength(prompts.length);
	return items;
}

/** The task made for that prompt as it was last known, for somebody else to wait for. */
export function expectTimedOut(cell: Cell, { json, binary }: OutputItem, prompt: string): void {
	expect(json).toMatchObject({ taskId: taskFor(cell, prompt).id, timedOut: true });
	expect(['submitted', 'processing']).toContain(json.status);
	expect(binary).toBeUndefined();
}

/** One item per task came out at the deadline, with its id and its last known status. */
export function expectHandedOn(
	cell: Cell,
	execution: Execution,
	prompts: readonly string[] = PROMPTS,
): OutputItem[] {
	const items = itemsOut(execution, prompts);
	for (const [index, item] of items.entries()) expectTimedOut(cell, item, prompts[index]!);
	expect(cell.simulator.ledger.charges).toHaveLength(prompts.length);
	return items;
}

/** An item that failed, and says why and which task it is about. */
export function expectFailure(
	cell: Cell,
	item: OutputItem | undefined,
	prompt: string,
	expected: { kind: string; says: RegExp },
): void {
	expect(item?.json).toMatchObject({
		error: {
			message: expect.stringMatching(expected.says) as string,
			kind: expected.kind,
			taskId: taskFor(cell, prompt).id,
		},
	});
}

export function expectFailed(execution: Execution, says: RegExp): void {
	expect(execution.status).toBe('error');
	expect(words(execution)).toMatch(says);
}
