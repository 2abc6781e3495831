/** Several tasks that are waited for together: when they are asked for, by how many requests, and what comes out. */
import { ACCOUNTS, isCreate, json, takesAll } from './accounts';
import type { Account, Answering } from './accounts';
import type { Parameters, Sent } from './context';
import { exactLineOf, runKling, told } from './run';

const VIDEO = 'https://cdn.example.com/result.mp4';

/** One task in all forms at once, so that each service reads its own. */
function taskOf(id: string, status: string): object {
	const isOver = status === 'succeed';
	const videos = isOver ? [{ id: `v-${id}`, url: VIDEO, duration: '5' }] : [];
	const response = { success: true, state: status, task_id: id, video_url: isOver ? VIDEO : null };
	return { id, task_id: id, task_status: status, task_result: { videos }, response };
}

function idsIn({ url, body }: Sent): string[] {
	const asked = url.includes('task_ids=') ? decodeURIComponent(url) : `${url} ${String(body)}`;
	return asked.match(/\b(made-\d+|7\d{15})\b/g) ?? [];
}

/** A service at which each task is done at its third look, and the second one fails. */
function worksOn(account: Account): Answering {
	const takes = takesAll(account);
	const looks = new Map<string, number>();
	const made: string[] = [];
	const look = (id: string): object => {
		const count = (looks.get(id) ?? 0) + 1;
		looks.set(id, count);
		if (count < 3) return taskOf(id, 'processing');
		return taskOf(id, id === made[1] ? 'failed' : 'succeed');
	};
	return (request, place) => {
		if (isCreate(request)) {
			made.push(`made-${place}`);
			return takes(request, place);
		}
		const asked = idsIn(request);
		for (const id of asked) if (!made.includes(id)) made.push(id);
		const tasks = (asked.length > 0 ? asked : made).map(look);
		const isList = asked.length !== 1 || request.url.includes('task_ids=');
		const one = tasks[0] ?? {};
		return json({ ...one, code: 0, data: isList ? tasks : one, items: tasks, count: tasks.length });
	};
}

async function lineFor(account: Account, given: object, inputs: Parameters[]): Promise<string> {
	const works = worksOn(account);
	const times: number[] = [];
	let begin = 0;
	const answer: Answering = (request, place) => {
		if (place === 0) begin = Date.now();
		times.push(Date.now() - begin);
		return works(request, place);
	};
	const world = { credential: ACCOUNTS[account], answer };
	const { items, sent, thrown } = await runKling(
		world,
		inputs.map((parameters) => ({ parameters })),
	);
	// To the millisecond: chance is fixed, so that the pace is the same each time.
	return exactLineOf({ given, sent: sent.map(told), times, items, thrown });
}

const SETTINGS: readonly Parameters[] = [
	{},
	{ options: { simplify: false } },
	{ options: { pollInterval: 5, initialDelay: 1 } },
	{ options: { maxParallel: 1 } },
	{ options: { timeout: 0.1, onTimeout: 'return', initialDelay: 4 } },
	{ options: { timeout: 0 } },
	{ options: { maxParallel: 'many' } },
	{ options: { pollInterval: 0.5 } },
	{ waitMode: 'nonsense', options: { binaryField: 'video' } },
];

/** Creates and looks of one, three and seven items, by various settings. */
export async function waitLines(account: Account): Promise<string[]> {
	const create = { resource: 'video', operation: 'text2video', waitMode: 'poll' };
	const get = { resource: 'task', operation: 'get', waitMode: 'poll' };
	const lines: string[] = [];
	for (const setting of SETTINGS) {
		for (const count of [1, 3, 7]) {
			const places = Array.from({ length: count }, (_, place) => place);
			const creates = places.map((place) => ({ ...create, prompt: `Mug ${place}`, ...setting }));
			lines.push(await lineFor(account, { create: count, setting }, creates));
			for (const taskKind of ['text2video', 'find']) {
				const gets = places.map((place) => ({
					...get,
					taskId: `700000000000000${place}`,
					taskKind,
					...setting,
				}));
				lines.push(await lineFor(account, { get: count, taskKind, setting }, gets));
			}
		}
	}
	return lines;
}
