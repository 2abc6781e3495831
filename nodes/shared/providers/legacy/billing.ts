import { z } from 'zod';

import type { Balance, Deduction, DeductionPage, DeductionQuery, Ledger } from '../../core/billing';
import { isJsonObject } from '../../core/json';
import type { Json, JsonBody } from '../../core/json';
import { unreadable } from '../response';
import { optionalAmount, optionalSeconds, optionalText, optionalTime } from '../schemas';
import type { Calls, HttpResponse, Provider } from '../types';
import { readEnvelope } from './envelope';
import { encodePacks, isUsable, readPacks } from './resourcePacks';

/**
 * Official reference: POST /account/billing/package and /account/billing/balance, for API keys only. A cursor stands for all
 * other fields of the request.
 */

const PATHS: Readonly<Record<Ledger, string>> = {
	packs: '/account/billing/package',
	cash: '/account/billing/balance',
};

/** What one page may have at most. */
export const MOST_DEDUCTIONS = 500;

/** The counts of packs are told half a day late. */
const PACKS_LAG_MS = 12 * 60 * 60_000;

const yesNo = z.boolean().optional().catch(undefined);

const detail = z.object({
	deduction_time: optionalTime,
	task_id: optionalText,
	product_function: optionalText,
	model_name: optionalText,
	resolution: optionalText,
	duration: optionalSeconds,
	video_sound: optionalText,
	refer_video_input: yesNo,
	voice_control: yesNo,
	api_key_name: optionalText,
	deduction_amount: optionalAmount,
	list_price: optionalAmount,
	currency: optionalText,
	cash_type: optionalText,
	balance_before_deduction: optionalAmount,
	balance_after_deduction: optionalAmount,
	product_type: optionalText,
	package_id: optionalText,
	unit_before_deduction: optionalAmount,
	unit_after_deduction: optionalAmount,
});

function deductionIn(entry: Json, ledger: Ledger): Deduction[] {
	if (!isJsonObject(entry)) return [];
	const fields = detail.parse(entry);
	const isCash = ledger === 'cash';
	return [
		{
			at: fields.deduction_time,
			taskId: fields.task_id,
			product: fields.product_function,
			model: fields.model_name,
			resolution: fields.resolution,
			duration: fields.duration,
			sound: fields.video_sound,
			hasVideoInput: fields.refer_video_input,
			hasVoiceControl: fields.voice_control,
			apiKeyName: fields.api_key_name,
			amount: fields.deduction_amount,
			unit: isCash ? fields.currency : 'units',
			before: isCash ? fields.balance_before_deduction : fields.unit_before_deduction,
			after: isCash ? fields.balance_after_deduction : fields.unit_after_deduction,
			listPrice: fields.list_price,
			cashType: fields.cash_type,
			productType: fields.product_type,
			packId: fields.package_id,
			raw: entry,
		},
	];
}

const cursor = z.string().min(1).max(10_000);

/** Throws `refused` or `unreadable`, also where more is to come and nobody knows how to ask for it. */
function readPage(label: string, ledger: Ledger, response: HttpResponse): DeductionPage {
	const { data } = readEnvelope(label, response);
	const { result, has_more, next_cursor } = isJsonObject(data) ? data : {};
	if (!isJsonObject(result)) throw unreadable(label, response, 'it holds no ledger');
	const { detail: entries = null } = result;
	if (entries !== null && !Array.isArray(entries)) {
		throw unreadable(label, response, 'its ledger is no list');
	}
	const deductions = (entries ?? []).flatMap((entry) => deductionIn(entry, ledger));
	const isLast = has_more === false || has_more === 'false';
	const next = cursor.safeParse(next_cursor);
	if (isLast || (!next.success && (has_more ?? null) === null)) return { deductions };
	if (!next.success) throw unreadable(label, response, 'it does not tell where it goes on');
	return { deductions, next: next.data };
}

function filtersOf({
	apiKeyNames,
	productTypes,
	packName,
	packId,
}: DeductionQuery): Array<{ key: string; values: string[] }> {
	const wanted = {
		api_key_name: apiKeyNames,
		product_type: productTypes,
		package_name: packName === undefined ? undefined : [packName],
		package_id: packId === undefined ? undefined : [packId],
	};
	return Object.entries(wanted).flatMap(([key, values]) => (values ? [{ key, values }] : []));
}

function encodePage({
	limit,
	cursor: next,
	...query
}: Calls['deductions']['input']): Record<string, JsonBody> {
	if (next !== undefined) return { cursor: next };
	const filters = filtersOf(query);
	return {
		start_time: Math.round(query.start),
		end_time: Math.round(query.end),
		limit: Math.min(limit, MOST_DEDUCTIONS),
		...(filters.length > 0 ? { filters } : {}),
	};
}

/** The ledgers, which a JWT made of access key and secret key may not read. */
export function ledgerCalls(label: string): Pick<Provider['calls'], 'deductions'> {
	return {
		deductions: {
			encode: (input) => ({ method: 'POST', path: PATHS[input.ledger], body: encodePage(input) }),
			read: (response, { ledger }) => readPage(label, ledger, response),
		},
	};
}

/** The packs that can still be used; one of nothing where there is none, since that is what somebody has to know. */
function packBalances(label: string, response: HttpResponse, now: number): Balance[] {
	const asOf = now - PACKS_LAG_MS;
	const packs = readPacks(label, response)
		.filter(isUsable)
		.map(({ id, name, total, remaining, effectiveAt, expiresAt, raw }): Balance => {
			const times = { asOf, effectiveAt, expiresAt };
			return { type: 'pack', id, name, unit: 'units', remaining, total, ...times, raw };
		});
	if (packs.length > 0) return packs;
	const { data } = readEnvelope(label, response);
	const raw = isJsonObject(data) ? data : {};
	return [{ type: 'pack', unit: 'units', remaining: 0, total: 0, asOf, raw }];
}

/** What is left in the packs that were bought in the year before. */
export function balanceCall(label: string, periodMs: number): Provider['calls']['balance'] {
	return {
		encode: ({ now }) => encodePacks(now - periodMs, now),
		read: (response, { now }) => packBalances(label, response, now),
	};
}
