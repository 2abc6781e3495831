import { z } from 'zod';

import { toKlingError } from '../../core/errors';
import { isJsonObject } from '../../core/json';
import { readAs, refusalOf } from '../response';
import { needCode, readEnvelope } from './envelope';
import type { HttpRequest, HttpResponse, ProbeResult, ResourcePack } from '../types';
import { optionalText, optionalTime } from '../schemas';

/** Official reference: GET /account/costs. Free of charge, at most one call per second; the remaining quantity lags 12 hours. */

const optionalNumber = z.number().optional().catch(undefined);

const pack = z.object({
	resource_pack_id: optionalText,
	resource_pack_name: optionalText,
	resource_pack_type: optionalText,
	status: optionalText,
	total_quantity: optionalNumber,
	remaining_quantity: optionalNumber,
	purchase_time: optionalTime,
	effective_time: optionalTime,
	invalid_time: optionalTime,
});

/** The data repeat code and message of the envelope, and may tell another story. */
const costs = z.object({
	code: optionalText,
	msg: optionalText,
	resource_pack_subscribe_infos: z.array(z.unknown()).nullish(),
});

/** The request for the packs bought between two times in ms. */
export function encodePacks(start: number, end: number): HttpRequest {
	const query = { start_time: Math.round(start), end_time: Math.round(end) };
	return { method: 'GET', path: '/account/costs', query };
}

/** Throws `refused` or `unreadable`. */
export function readPacks(label: string, response: HttpResponse): ResourcePack[] {
	const { json, data } = readEnvelope(label, response);
	needCode(label, response, json);
	const { code, msg, resource_pack_subscribe_infos } = readAs(label, response, costs, data);
	const number = Number(code ?? 0);
	if (number !== 0) {
		throw refusalOf(label, response, { code: Number.isNaN(number) ? code : number, message: msg });
	}
	return (resource_pack_subscribe_infos ?? []).flatMap((entry) => {
		const parsed = pack.safeParse(entry);
		if (!parsed.success || !isJsonObject(entry)) return [];
		const fields = parsed.data;
		return [
			{
				id: fields.resource_pack_id,
				name: fields.resource_pack_name,
				type: fields.resource_pack_type,
				status: fields.status,
				total: fields.total_quantity,
				remaining: fields.remaining_quantity,
				purchasedAt: fields.purchase_time,
				effectiveAt: fields.effective_time,
				expiresAt: fields.invalid_time,
				raw: entry,
			},
		];
	});
}

const USABLE = new Set([undefined, 'online', 'toBeOnline']);

/** Whether a pack is neither used up nor expired, as far as is told. */
export function isUsable({ status }: ResourcePack): boolean {
	return USABLE.has(status);
}

/** What the packs tell about a credential. A service that says "too fast" has accepted the key. Throws `KlingError`. */
export function readCostsProbe(label: string, response: HttpResponse): ProbeResult {
	const accepted = `${label} accepted the key`;
	let packs: ResourcePack[];
	try {
		packs = readPacks(label, response);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.details.busy) return { ok: true, message: accepted };
		throw error;
	}
	if (packs.length === 0) {
		return { ok: true, message: `${accepted}. No resource pack was bought in the last year` };
	}
	const left = packs
		.filter(isUsable)
		.reduce((sum, { remaining }) => sum + (remaining ?? 0), 0);
	return left > 0
		? { ok: true, message: `${accepted}. Units left: ${left}` }
		: {
				ok: false,
				message: `${accepted}, but every resource pack is used up or expired: buy a new one in the API console (the count may lag by 12 hours)`,
			};
}
