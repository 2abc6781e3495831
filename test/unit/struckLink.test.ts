/** A result whose link held a secret: whoever takes the link from the item is told that it was changed. */
import type { Task } from '../../nodes/shared/core/task';
import type { OutputSettings } from '../../nodes/shared/n8n/outputParameters';
import { taskItem } from '../../nodes/shared/n8n/items';

const LINK = 'https://cdn.example.com/v.mp4';
const SAID = /^Task 7: The link to the result held a secret of the credential.*console/;

interface Told {
	hints: Array<{ message: string; location?: string }>;
	logged: string[];
}

/** Makes the item of a task with one video in an execution, or where a service calls a suspended one. */
async function made(
	{ url = LINK, status = 'succeed' }: Partial<Task & { url: string }>,
	output: OutputSettings = { simplify: true },
	isExecution = true,
): Promise<Told & { failed: boolean }> {
	const told: Told = { hints: [], logged: [] };
	const context = {
		logger: { warn: (text: string) => told.logged.push(text) },
		helpers: { httpRequest: async () => await Promise.resolve({ statusCode: 404 }) },
		...(isExecution && { addExecutionHints: (hint: Told['hints'][0]) => told.hints.push(hint) }),
	};
	const connection = { service: 'relay', baseUrl: 'https://relay.example.com' };
	const session = { context, connection } as unknown as Parameters<typeof taskItem>[0];
	const task: Task = {
		id: '7',
		status,
		message: '',
		results: [
			{ type: 'video', url: LINK },
			{ type: 'video', url },
		],
		raw: null,
	};
	const delivery = { task, kind: undefined, itemIndex: 0, timedOut: false, output };
	const failed = await taskItem(session, delivery).then(
		() => false,
		() => true,
	);
	return { ...told, failed };
}

const struck = { url: `${LINK}?key=*****` };

it.each([true, false])(
	'is told beside the items of an execution (Simplify: %s)',
	async (simplify) => {
		const { hints, logged } = await made(struck, { simplify });
		expect(hints).toEqual([
			{ message: expect.stringMatching(SAID) as string, location: 'outputPane' },
		]);
		expect(logged).toEqual([]);
	},
);

it('is told in the log where n8n takes no hints', async () => {
	const { logged } = await made(struck, { simplify: true }, false);
	expect(logged).toEqual([expect.stringMatching(SAID)]);
});

it('is left to the download, where there is one', async () => {
	const told = await made(struck, { simplify: true, binaryField: 'data' });
	expect(told).toEqual({ hints: [], logged: [], failed: true });
});

it('is no matter where nothing was struck out', async () => {
	expect(await made({})).toEqual({ hints: [], logged: [], failed: false });
});
