import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleBody, withExampleInputs } from '../exampleInputs';
import {
	newestVersions,
	readBinary,
	readWorkflow,
	ROOT,
	withParameters,
	type Workflow,
} from '../lib';
import { sheetRows } from '../spreadsheet';
import { NODE_TYPE, runWorkflow, type Setting, withUploads, type World } from '../world';

const EXAMPLES = join(ROOT, 'examples');
/** Run by other tests: the first two need a chat model, the others need each other. */
const ELSEWHERE = [
	'agent-with-avatar.json',
	'agent-with-kling.json',
	'store-finished-videos.json',
	'submit-without-waiting.json',
];

interface Expected {
	/** The node whose output counts. */
	node: string;
	items: number;
	/** Tasks that are made, and paid for. */
	charges: number;
	/** The first row of the spreadsheet, and another one that it has, where the file is one, and no video. */
	sheet?: { head: string[]; row: unknown[] };
	/** Whether they are images, and not videos. */
	isImage?: true;
	/** Whether it needs the uploads of Ace Data Cloud. */
	uploads?: true;
}

const aNumber: unknown = expect.any(Number);

const EXPECTED: Record<string, Expected> = {
	'daily-videos.json': { node: 'Kling', items: 3, charges: 3 },
	'dance-from-form.json': { node: 'Kling', items: 1, charges: 1, uploads: true },
	'download-missing.json': { node: 'Download', items: 1, charges: 0 },
	'effect-from-form.json': { node: 'Kling', items: 1, charges: 1 },
	'expand-then-video.json': { node: 'Animate', items: 1, charges: 2 },
	'extend-video.json': { node: 'Extend Video', items: 1, charges: 2 },
	'image-then-video.json': { node: 'Make Video', items: 1, charges: 2 },
	'monthly-usage-report.json': {
		node: 'Table',
		items: 1,
		charges: 0,
		sheet: {
			head: ['sum_amount', 'count_taskId', 'unit', 'product', 'model'],
			row: [aNumber, aNumber, 'units', 'videos/text2video', 'kling-v2-5-turbo'],
		},
	},
	'motion-transfer.json': { node: 'Kling', items: 1, charges: 1 },
	// Speech, faces and the new video after the first one.
	'new-voice.json': { node: 'Lip Sync', items: 1, charges: 4 },
	'one-character-three-videos.json': { node: 'Make Videos', items: 3, charges: 4 },
	'product-image-to-video.json': { node: 'Kling', items: 1, charges: 1 },
	'product-video-from-form.json': { node: 'Kling', items: 1, charges: 1 },
	'seller-video.json': { node: 'Kling', items: 1, charges: 1 },
	'several-images-to-video.json': { node: 'Kling', items: 1, charges: 1 },
	'speaking-photo.json': { node: 'Kling', items: 1, charges: 2 },
	'suspended-wait.json': { node: 'Kling', items: 3, charges: 3 },
	'text-to-video.json': { node: 'Kling', items: 1, charges: 1 },
	'three-shots.json': { node: 'Kling', items: 1, charges: 1 },
	'try-on-from-form.json': {
		node: 'Kling',
		items: 1,
		charges: 1,
		uploads: true,
		isImage: true,
	},
	'try-on.json': { node: 'Kling', items: 1, charges: 1, isImage: true },
	'video-with-sound.json': { node: 'Add Sound', items: 1, charges: 2 },
};

const files = () => readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));

/** The example as its note wants it, but it looks often: the simulator's tasks take a second. */
function quick(workflow: Workflow): Workflow {
	return withParameters(withExampleInputs(workflow), NODE_TYPE, {
		options: { initialDelay: 1, pollInterval: 1 },
	});
}

/** The first credential, or one of Ace Data Cloud with its platform. */
function settingFor({ settings, simulator }: World, { uploads }: Expected): Setting {
	if (!uploads) return settings[0]!;
	return withUploads(
		settings.find(({ leadsTo }) => leadsTo === 'aceData')!,
		simulator,
	);
}

/** Makes a task at the simulator as somebody else would have, and waits for its end. */
async function makeTask({ simulator }: World, prompt: string): Promise<string> {
	const { baseUrl, apiKey } = simulator.services.klingGlobal;
	const response = await fetch(`${baseUrl}/v1/videos/text2video`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({ model_name: 'kling-v2-5-turbo', prompt }),
	});
	const { data } = (await response.json()) as { data: { task_id: string } };
	simulator.tasks.finish(data.task_id);
	return data.task_id;
}

/** Lets all that was ever charged have been charged in the middle of last month. */
function chargeLastMonth({ simulator }: World): void {
	const now = new Date();
	const time = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15);
	for (const entry of simulator.ledger.deductions) entry.time = time;
}

export function examplesSuite(world: () => World): void {
	describe('examples', () => {
		it('are all run by a test', () => {
			expect(files()).toEqual([...Object.keys(EXPECTED), ...ELSEWHERE].sort());
		});

		it('use the newest version of each node that this n8n has', async () => {
			const newest = await newestVersions(world().rest);
			const used = files().flatMap((file) =>
				readWorkflow(join(EXAMPLES, file)).nodes.map(({ type, typeVersion }) => ({
					file,
					type,
					typeVersion,
				})),
			);
			expect(used).toEqual(
				used.map((node) => ({ ...node, typeVersion: newest.get(node.type) ?? 'unknown' })),
			);
		});

		it.each(Object.entries(EXPECTED))(
			'%s ends with the files it promises',
			async (file, expected) => {
				const { simulator, rest } = world();
				const earlier = [];
				if (file === 'download-missing.json') {
					earlier.push(await makeTask(world(), 'Here already'), await makeTask(world(), 'Missing'));
				}
				if (file === 'monthly-usage-report.json') {
					await makeTask(world(), 'Long ago');
					chargeLastMonth(world());
				}
				const before = simulator.ledger.charges.length;
				const text = JSON.stringify(readWorkflow(join(EXAMPLES, file)));
				const example = JSON.parse(
					text.replace('814237883686625347', earlier[0] ?? ''),
				) as Workflow;
				const body = exampleBody(example);
				const execution = await runWorkflow(
					world(),
					quick(example),
					settingFor(world(), expected),
					body,
				);

				expect(execution.error?.message).toBeUndefined();
				expect(execution.status).toBe('success');
				const items = execution.outputs(expected.node)[0] ?? [];
				expect(items).toHaveLength(expected.items);
				for (const { json, binary } of items) {
					const bytes = await readBinary(rest, binary!.data!);
					if (expected.sheet) {
						const [head, ...rows] = sheetRows(bytes);
						expect(head).toEqual(expected.sheet.head);
						expect(rows).toContainEqual(expected.sheet.row);
						expect(binary!.data!.fileName).toMatch(/^kling-\d{4}-\d\d\.xlsx$/);
						continue;
					}
					const id = String(json.taskId);
					const made = expected.isImage ? simulator.imageBytes(id) : simulator.videoBytes(id);
					expect(bytes.equals(made)).toBe(true);
				}
				if (earlier[1]) expect(items[0]?.json.taskId).toBe(earlier[1]);
				expect(simulator.ledger.charges.length - before).toBe(expected.charges);
			},
		);
	});
}
