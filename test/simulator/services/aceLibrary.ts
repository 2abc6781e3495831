import type { Account } from '../accounts';
import { uuid } from '../ids';
import { findKept, keptOf, legacyKept, PRESETS, type Known } from '../library';
import { Refusal } from '../refusal';
import type { Answer } from '../types';
import type { Fields } from '../validate/fields';
import type { KeptType } from '../validate/order';
import type { World } from '../world';
import { deleteKept } from './officialLibrary';

/** POST /kling/voices and /kling/elements at Ace Data Cloud, which has not published them: the answers are guessed. */

const ACTIONS = ['list', 'presets', 'retrieve', 'delete', 'create'] as const;
const LARGEST_PAGE = 500;
const DEFAULT_PAGE = 30;

/** An element or a voice by its id at Ace Data Cloud, which is text. */
export function aceKept(world: World, known: Known): Record<string, unknown> {
	const { element_id: _elementId, voice_id: _voiceId, ...told } = legacyKept(world, known);
	return { [`${known.kept.type}_id`]: known.id, ...told };
}

/** The answer to a call that makes nothing; undefined for a create. */
export function aceLibrary(
	world: World,
	fields: Fields,
	account: Account,
	endpoint: 'voices' | 'elements',
): Answer | undefined {
	const type: KeptType = endpoint === 'voices' ? 'voice' : 'element';
	const action = fields.text('action', { required: true, oneOf: ACTIONS });
	if (action === 'create') {
		if (type === 'voice') return undefined;
		throw new Refusal(5001, 'Custom element creation is unavailable');
	}
	if (action === 'list' || action === 'presets') {
		const page = fields.integer('page_num', { min: 1, max: 1000 }) ?? 1;
		const size = fields.integer('page_size', { min: 1, max: LARGEST_PAGE }) ?? DEFAULT_PAGE;
		const all = action === 'presets' ? PRESETS[type] : keptOf(world, account.name, type).reverse();
		const items = all
			.filter(({ kept }) => !kept.deleted)
			.slice((page - 1) * size, page * size)
			.map((known) => aceKept(world, known));
		return { status: 200, json: { success: true, items, trace_id: uuid() } };
	}
	const id = fields.text('id', { required: true }) ?? '';
	if (action === 'delete') {
		const word = type === 'element' ? 'Element' : 'Voice';
		deleteKept(world, account, { type, id, word });
		return { status: 200, json: { success: true, id, trace_id: uuid() } };
	}
	const known = findKept(world, account.name, type, id);
	if (!known) throw new Refusal(1203, `${type} ${id} not found`);
	return { status: 200, json: { success: true, data: aceKept(world, known), trace_id: uuid() } };
}
