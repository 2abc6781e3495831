/** What comes out, by what the service answers: to Get, to Get Many, to Get Resource Packs, and to a create. */
import { ACCOUNT_NAMES, ACCOUNTS, isCreate, json, takesAll } from './accounts';
import type { Account, Answer, Answering } from './accounts';
import type { Parameters } from './context';
import { KIND_NAMES } from './requests';
import { lineOf, runKling, told } from './run';
import { COMPLAINTS, idIn, SPOKEN } from './spoken';

const ALL = new Map([...SPOKEN, ...COMPLAINTS]);
/** One of so many is in the small record; a prime number, as no table has that many columns. */
const SMALL_SHARE = 7;

/** One execution, of one item. */
interface Case {
	given: object;
	parameters: Parameters;
	answer: Answering;
	continueOnFail?: boolean;
}

async function lineFor(account: Account, one: Case): Promise<string> {
	const { given, parameters, answer, continueOnFail } = one;
	const world = { credential: ACCOUNTS[account], answer, continueOnFail };
	const { items, sent, hints, thrown } = await runKling(world, [{ parameters }]);
	return lineOf({ given, sent: sent.map(told), items, hints, thrown });
}

async function linesFor(
	account: Account,
	cases: readonly Case[],
	full: boolean,
): Promise<string[]> {
	const lines: string[] = [];
	const place = ACCOUNT_NAMES.indexOf(account);
	for (const [index, one] of cases.entries()) {
		if (full || (index + place) % SMALL_SHARE === 0) lines.push(await lineFor(account, one));
	}
	return lines;
}

const always = (answer: Answer) => () => answer;

/** Task → Get: every answer, for every kind. */
export async function getLines(account: Account, full: boolean): Promise<string[]> {
	const fixed = { resource: 'task', operation: 'get', waitMode: 'none' };
	const cases = [...ALL].flatMap(([name, answer]) =>
		[...KIND_NAMES, 'find', 'nonsense'].flatMap((taskKind) =>
			[true, false].map((simplify): Case => {
				const parameters = { ...fixed, taskId: idIn(answer), taskKind, options: { simplify } };
				return { given: { name, taskKind, simplify }, parameters, answer: always(answer) };
			}),
		),
	);
	return await linesFor(account, cases, full);
}

/** Task → Get where nobody lets the node go on after a failure, and where it is to fetch the files. */
export async function endLines(account: Account, full: boolean): Promise<string[]> {
	const fixed = { resource: 'task', operation: 'get', taskKind: 'text2video' };
	const ids = ['', ' ', null, 42, Number('814237883686625347'), 'order 1/2?', ['a'], {}];
	const cases = [
		...[...ALL].flatMap(([name, answer]) =>
			['none', 'poll'].map((waitMode): Case => {
				const options = { timeout: 1, pollInterval: 20 };
				const parameters = { ...fixed, taskId: idIn(answer), waitMode, options };
				const given = { name, waitMode };
				return { given, parameters, answer: always(answer), continueOnFail: waitMode === 'poll' };
			}),
		),
		...ids.map((taskId): Case => {
			const parameters = { ...fixed, taskId, waitMode: 'none' };
			return { given: { taskId }, parameters, answer: takesAll(account) };
		}),
	];
	return await linesFor(account, cases, full);
}

/** A page of a list, in the form of each service. */
function page(count: number, from: number): Answer {
	const ids = Array.from({ length: count }, (_, place) => `81423788368662${from + place}`);
	return json({
		code: 0,
		data: ids.map((task_id) => ({ task_id, task_status: 'processing', created_at: 1725977783786 })),
		items: ids.map((id) => ({ id, type: 'videos', request: { action: 'text2video' } })),
		count,
	});
}

/** Task → Get Many. */
export async function listLines(account: Account, full: boolean): Promise<string[]> {
	const fixed = { resource: 'task', operation: 'getMany', taskKind: 'text2video' };
	const limits = [1, 3, 50, '20', 501, 0, -1, 2.5, 'all', null, ''];
	const paged = (most: number): Answering => {
		return (_request, place) => page(Math.max(0, Math.min(500, most - place * 500)), place * 500);
	};
	const cases = [
		...[...ALL].flatMap(([name, answer]) =>
			[true, false].map((simplify): Case => {
				const given = { name, simplify };
				const parameters = { ...fixed, options: { simplify } };
				return { given, parameters, answer: always(answer) };
			}),
		),
		...limits.map((limit): Case => ({
			given: { limit },
			parameters: { ...fixed, limit },
			answer: paged(20),
		})),
		...[...KIND_NAMES, 'all', 'find'].map((taskKind): Case => {
			const given = { taskKind, returnAll: true };
			return { given, parameters: { ...fixed, ...given }, answer: paged(1100) };
		}),
	];
	return await linesFor(account, cases, full);
}

/** Account → Get Resource Packs. */
export async function packLines(account: Account, full: boolean): Promise<string[]> {
	const fixed = { resource: 'account', operation: 'resourcePacks' };
	const times = [
		'',
		null,
		'2025-06-01T00:00:00Z',
		1750000000000,
		'1750000000000',
		'soon',
		{},
		'2027-01-01T00:00:00Z',
	];
	const packs = SPOKEN.get('PACKS')!;
	const cases = [
		...[...ALL].flatMap(([name, answer]) =>
			[true, false].map((simplify): Case => {
				const parameters = { ...fixed, options: { simplify } };
				return { given: { name, simplify }, parameters, answer: always(answer) };
			}),
		),
		...times.flatMap((start) =>
			times.map((end): Case => {
				const given = { start, end };
				return { given, parameters: { ...fixed, ...given }, answer: always(packs) };
			}),
		),
	];
	return await linesFor(account, cases, full);
}

/** A create that is answered in every way, while no task can be found afterwards, or exactly this one. */
export async function createLines(account: Account, full: boolean): Promise<string[]> {
	const fixed = { resource: 'video', operation: 'text2video', prompt: 'A mug', waitMode: 'none' };
	const notFound = takesAll(account);
	const found = SPOKEN.get('OFFICIAL_DONE')!;
	const ways: Readonly<Record<string, Parameters>> = {
		plain: {},
		named: { externalTaskId: 'order-1' },
		reused: { externalTaskId: 'order-1', reuseTask: true },
	};
	const cases = [...ALL].flatMap(([name, answer]) =>
		Object.entries(ways).flatMap(([way, options]) =>
			[false, true].map((exists): Case => {
				const parameters = { ...fixed, options: { ...options, timeout: 1 } };
				const answering: Answering = (request, place) =>
					isCreate(request) ? answer : exists ? found : notFound(request, place);
				return { given: { name, way, exists }, parameters, answer: answering };
			}),
		),
	);
	return await linesFor(account, cases, full);
}

/** Video → Extend by the id of a task, which is looked up first. */
export async function extendLines(account: Account): Promise<string[]> {
	const fixed = { resource: 'video', operation: 'video-extend', waitMode: 'none' };
	const takes = takesAll(account);
	const cases = [...ALL].map(([name, answer]): Case => {
		const parameters = { ...fixed, videoId: idIn(answer) };
		const answering: Answering = (request, place) =>
			isCreate(request) ? takes(request, place) : answer;
		return { given: { name }, parameters, answer: answering };
	});
	return await linesFor(account, cases, true);
}
