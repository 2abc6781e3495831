import { png } from '../../../pictures';
import { type Execution, type OutputItem, readBinary } from '../../lib';
import { TITLES } from '../../world';
import { type Cell, PROMPTS } from '../cell';
import { expectFailed, itemsFailed, itemsOut } from '../expect';
import { ACE, type Row } from '../rows';
import { LOST } from './chains';

/** Kling's newer API and its Solutions, which have paths, words and queries of their own, and files that are uploaded first. */

const API_KEY = [TITLES[0]];
const APART = { onError: 'continueErrorOutput' };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 200 };
const [GOOD, BAD] = [PROMPTS[0]!, '[fail] A boat'];

interface Api {
	what: string;
	create: string;
	query: string;
	/** Of the node; the text of the item is in them. */
	parameters: Record<string, unknown>;
}

export const APIS: Api[] = [
	{
		what: 'newer API',
		create: '/text-to-video/kling-3.0-turbo',
		query: '/tasks',
		parameters: { model: { __rl: true, mode: 'name', value: 'kling-v3-turbo' } },
	},
	{
		what: 'Solutions',
		create: '/solutions/e-commerce/goods_studio',
		query: '/solutions',
		parameters: {
			operation: 'goods-studio',
			imagesSource: 'rows',
			images: { image: [{ value: 'https://simulator.invalid/mug.jpg' }] },
			productTitle: '={{ $json.prompt }}',
		},
	},
];

export const postsTo = ({ simulator }: Cell, path: string) =>
	simulator.ledger.requests.filter((request) => request.method === 'POST' && request.path === path);

/** The item has the file of a task that was made in this cell. Tells its id. */
async function videoOf({ simulator, host }: Cell, { json, binary }: OutputItem): Promise<string> {
	expect(json).toMatchObject({ status: 'succeed' });
	const taskId = String(json.taskId);
	const bytes = await readBinary(host.rest, binary!.data!);
	expect(bytes.equals(simulator.videoBytes(taskId))).toBe(true);
	return taskId;
}

/** Each item is a video of its own, charged once. */
export async function expectOwnVideos(cell: Cell, execution: Execution): Promise<void> {
	const items = itemsOut(execution);
	const ids = await Promise.all(items.map(async (item) => await videoOf(cell, item)));
	expect([...ids].sort()).toEqual(cell.simulator.ledger.charges.map(({ taskId }) => taskId).sort());
	expect(ids).toHaveLength(PROMPTS.length);
}

function rowsOf({ what, create, query, parameters }: Api): Row[] {
	const match = { method: 'POST', path: create };
	return [
		{
			name: `${what}: four looks fail in a row`,
			titles: API_KEY,
			async check(cell) {
				const looks = { method: 'GET', path: query };
				const faults = [
					cell.fault({ kind: 'html' }, { match: looks }),
					cell.fault({ kind: 'dropBefore' }, { match: looks }),
					cell.fault({ kind: 'error', code: 1302 }, { match: looks }),
					cell.fault({ kind: 'error', code: 5000 }, { match: looks }),
				];
				await expectOwnVideos(cell, await cell.run({ parameters }));
				expect(faults.map(({ hits }) => hits)).toEqual([1, 1, 1, 1]);
			},
		},
		...LOST.map(([how, action]): Row => ({
			name: `${what}: the answer to the create is lost by ${how}: found`,
			titles: API_KEY,
			async check(cell) {
				cell.fault(action, { match });
				await expectOwnVideos(cell, await cell.run({ parameters }));
				expect(postsTo(cell, create)).toHaveLength(PROMPTS.length);
			},
		})),
		{
			name: `${what}: a task fails, by the error output`,
			titles: API_KEY,
			async check(cell) {
				const prompts = [GOOD, BAD];
				const execution = await cell.run({ prompts, parameters, settings: APART });
				await videoOf(cell, itemsOut(execution, [GOOD])[0]!);
				const [failed] = itemsFailed(execution, [BAD]);
				const [, second] = cell.simulator.ledger.charges;
				expect(failed?.json).toMatchObject({
					error: { kind: 'taskFailed', taskId: second?.taskId },
				});
			},
		},
		{
			name: `${what}: button Retry after the second create was refused: the first is not paid again`,
			titles: API_KEY,
			async check(cell) {
				cell.fault({ kind: 'error', code: 1102 }, { match, after: 1 });
				const run = await cell.start({ parameters });
				const failed = await run.over();
				expectFailed(failed, /balance/);
				await expectOwnVideos(cell, await cell.retry(run, failed));
				expect(postsTo(cell, create)).toHaveLength(PROMPTS.length + 1);
			},
		},
	];
}

const UPLOAD = '/api/v1/files/';
/** One picture for both items, which Ace Data Cloud takes as an address only. */
const FROM_FILE = {
	operation: 'image2video',
	imageSource: 'text',
	image: png(400, 400).toString('base64'),
};

const uploadRows: Row[] = [
	{
		name: 'the upload of a picture is answered by 502, once: uploaded, and the videos made',
		titles: [ACE],
		async check(cell) {
			const fault = cell.fault({ kind: 'html' }, { match: { method: 'POST', path: UPLOAD } });
			await expectOwnVideos(cell, await cell.run({ parameters: FROM_FILE }));
			expect(fault.hits).toBe(1);
			expect(cell.simulator.ledger.uploads).toHaveLength(1);
		},
	},
	{
		name: 'the upload of a picture is refused: nothing is made',
		titles: [ACE],
		async check(cell) {
			const action = { kind: 'status', status: 403, body: { detail: 'No.' } } as const;
			cell.fault(action, { match: { method: 'POST', path: UPLOAD }, times: null });
			const execution = await cell.run({ parameters: FROM_FILE });
			expectFailed(execution, /not uploaded, so nothing was made and nothing was charged/);
			expect(cell.creates()).toEqual([]);
			expect(cell.simulator.ledger.charges).toEqual([]);
		},
	},
	{
		name: 'Retry On Fail after the create with an uploaded picture was refused: the other is not paid again',
		titles: [ACE],
		async check(cell) {
			cell.fault({ kind: 'error', code: 1102 }, { match: cell.createMatch, after: 1 });
			const options = { parameters: FROM_FILE, settings: RETRY };
			await expectOwnVideos(cell, await cell.run(options));
			expect(cell.creates()).toHaveLength(PROMPTS.length + 1);
		},
	},
];

export const newerApiRows: Row[] = [...APIS.flatMap(rowsOf), ...uploadRows];
