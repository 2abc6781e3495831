import type { Account } from '../accounts';
import { officialTaskId } from '../ids';
import { findKept, presetRecord, PRESETS } from '../library';
import { badValue, Refusal } from '../refusal';
import type { ApiRequest, JsonObject, TaskKind } from '../types';
import { Fields } from '../validate/fields';
import type { KeptType } from '../validate/order';
import type { World } from '../world';
import { pageOf } from './officialQueries';

/** The calls for elements and voices that are no creates: GET and POST /v1/general/… */

const LISTS: Readonly<Record<string, KeptType>> = {
	'/v1/general/advanced-presets-elements': 'element',
	'/v1/general/presets-voices': 'voice',
};

/** Both paths reach the same library of elements. */
const DELETES: Readonly<Record<string, KeptType>> = {
	'/v1/general/delete-elements': 'element',
	'/v1/general/delete-advanced-elements': 'element',
	'/v1/general/delete-voices': 'voice',
};

/** The longest page of voices is longer than any other. */
export function largestPage(kind: TaskKind | KeptType): number {
	return kind === 'voice' || kind === 'general/custom-voices' ? 1000 : 500;
}

/** Who calls, and what with; asked for only where the path is one of these. */
interface Call {
	account: () => Account;
	body: () => JsonObject;
}

/** What such a call is answered with as `data`; undefined for any other path. */
export function libraryData(
	world: World,
	request: Pick<ApiRequest, 'path' | 'method' | 'query'>,
	{ account, body }: Call,
): { data: unknown } | undefined {
	const { path, method } = request;
	const listed = Object.hasOwn(LISTS, path) ? LISTS[path] : undefined;
	const deleted = Object.hasOwn(DELETES, path) ? DELETES[path] : undefined;
	if (!listed && !deleted) return undefined;
	if (method !== (listed ? 'GET' : 'POST')) throw new Refusal(1202);
	const owner = account();
	if (listed) {
		const page = pageOf([...PRESETS[listed]].reverse(), request.query, largestPage(listed));
		const time = world.clock.now();
		return { data: page.map((preset) => presetRecord(world, preset, time)) };
	}
	return deleted && { data: remove(world, new Fields(body()), owner, deleted) };
}

/** Some deletes are answered with a task, others with nothing but success. */
function remove(world: World, fields: Fields, account: Account, type: KeptType): unknown {
	const id = fields.text(`${type}_id`, { required: true }) ?? '';
	const word = type === 'element' ? 'Element' : 'Voice';
	deleteKept(world, account, { type, id, word });
	return type === 'voice' ? { task_id: officialTaskId(), task_status: 'succeed' } : undefined;
}

/** Deletes what a task of the account keeps, once. */
export function deleteKept(
	world: World,
	account: Account,
	{ type, id, word }: { type: KeptType; id: string; word: string },
): void {
	const known = findKept(world, account.name, type, id);
	if (!known) throw badValue(`${word} not found: ${id}`);
	if (!known.task) throw badValue(`${word} ${id} is a preset and can not be deleted`);
	if (known.kept.deleted) throw badValue(`${word} already be deleted for id: ${id}`);
	known.kept.deleted = true;
}
