/** What is left of a paid result whose files cannot be fetched: the item that failed holds all that it would have told. */
import type { INodeParameters } from 'n8n-workflow';

import { words } from '../support';
import { WITH_FILES } from './cells';
import { PICTURE, sourceOf, useBench } from './support';

const bench = useBench();

type Json = Record<string, unknown>;

const loseFiles = (times: number | null = null) =>
	bench.simulator.faults.add({
		service: 'cdn',
		times,
		action: { kind: 'status', status: 404 },
	});

/** What an item tells of its task, and not of what it has made. */
const OF_THE_TASK =
	'taskId externalTaskId kind model quality prompt status message createdAt updatedAt unitsDeducted'.split(
		' ',
	);

describe.each(WITH_FILES)('the files of $operation', (row) => {
	const { operation } = row;

	it('are lost, and their links are in the item that failed', async () => {
		const source = await sourceOf(bench, row, 'klingGlobal');
		const parameters: INodeParameters = { ...row.parameters, ...source };
		loseFiles();
		const { json } = await bench.run(operation, {
			parameters,
			onError: 'continueRegularOutput',
		});
		bench.owe(1);
		const { error } = json[0] as { error: Json };
		expect(error).toMatchObject({ kind: 'download', httpStatus: 404 });
		const { json: items } = await bench.run('get', {
			parameters: { taskId: String(error.taskId), kind: operation, download: false },
		});
		const [item = {}] = items as Json[];
		const made = Object.keys(item).filter((field) => !OF_THE_TASK.includes(field));
		expect(made.some((field) => field.endsWith('Url'))).toBe(true);
		expect(error).toMatchObject(Object.fromEntries(made.map((field) => [field, item[field]])));
	});
});

it('of several images, one that is lost takes no link along', async () => {
	const { json: made } = await bench.succeed('image-generation', {
		parameters: { prompt: 'A fox', n: 3, download: false },
	});
	const { taskId, images } = made[0] as { taskId: string; images: Array<{ url: string }> };
	expect(images).toHaveLength(3);
	const [, , last = { url: '' }] = images;
	bench.simulator.faults.add({
		service: 'cdn',
		match: { path: new URL(last.url).pathname },
		times: null,
		action: { kind: 'status', status: 404 },
	});
	const { json } = await bench.run('get', {
		parameters: { taskId, kind: 'image-generation' },
		onError: 'continueRegularOutput',
	});
	expect(json).toMatchObject([{ error: { imageUrl: images[0]?.url, images } }]);
});

describe('what was paid for without a task', () => {
	it.each([
		['speech', { text: 'Good day to you' }],
		['recognizeParts', { image: PICTURE }],
	] as const)('is not to be fetched by a task: %s', async (operation, parameters) => {
		loseFiles();
		const result = await bench.run(operation, { parameters: { ...parameters } });
		bench.owe(1);
		expect(words(result)).not.toContain('Task → Get');
		expect(words(result)).not.toContain('The task itself');
		expect(words(result)).toContain('Paid already: the ');
		expect(words(result)).toContain('Retry this execution to fetch it once more; the link is http');
	});

	it('has its parts in the item that failed', async () => {
		loseFiles();
		const { json } = await bench.run('recognizeParts', {
			parameters: { image: PICTURE },
			onError: 'continueRegularOutput',
		});
		bench.owe(1);
		const { error } = json[0] as { error: { parts?: Json[] } };
		expect(error.parts).toHaveLength(4);
		for (const part of error.parts ?? []) {
			expect(part).toEqual({
				part: expect.any(String) as string,
				isContained: true,
				url: expect.stringMatching(/^http/) as string,
			});
		}
	});
});
