import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { clock } from '../../../shared/n8n/clock';
import { KlingError } from '../../../shared/core/errors';
import { simplify } from '../../../shared/n8n/outputParameters';
import { isoTime } from '../../../shared/n8n/itemJson';
import type { ResourcePack } from '../../../shared/providers';
import { asNumber } from '../../parameters/values';
import type { QueryOperation } from '../types';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Text as ms since 1970; in the time zone `zone` unless it names one itself. */
function parseTime(text: string, zone: string): number {
	const read = [DateTime.fromISO(text, { zone }), DateTime.fromSQL(text, { zone })];
	return read.find(({ isValid }) => isValid)?.toMillis() ?? Date.parse(text);
}

/** A date and time as text, number (ms) or luxon object. Throws `invalidInput`. */
function readTime(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	fallback: number,
): number {
	if (value === '' || value === undefined || value === null) return fallback;
	// An expression may give a luxon DateTime or a Date, whose value is the time in ms.
	const plain: unknown = typeof value === 'object' ? value.valueOf() : asNumber(value);
	const time = typeof plain === 'string' ? parseTime(plain, context.getTimezone()) : plain;
	if (typeof time !== 'number' || Number.isNaN(time)) {
		throw new KlingError('invalidInput', `${displayName} must be a date and time`, {
			parameter: displayName,
		});
	}
	return time;
}

function simplifiedPack(pack: ResourcePack): IDataObject {
	return {
		packId: pack.id ?? null,
		name: pack.name ?? null,
		type: pack.type ?? null,
		status: pack.status ?? null,
		total: pack.total ?? null,
		remaining: pack.remaining ?? null,
		purchasedAt: isoTime(pack.purchasedAt),
		effectiveAt: isoTime(pack.effectiveAt),
		expiresAt: isoTime(pack.expiresAt),
	};
}

/** Account → Get Resource Packs. */
export const resourcePacks: QueryOperation = {
	name: 'Get Resource Packs',
	description: 'See the units that were bought and what is left of them (official Kling only)',
	action: 'Get resource packs of an account',
	fields: [
		{
			displayName: 'Bought After',
			name: 'start',
			type: 'dateTime',
			default: '',
			description: 'Only packs bought after this time. If empty, a year before now.',
		},
		{
			displayName: 'Bought Before',
			name: 'end',
			type: 'dateTime',
			default: '',
			description: 'Only packs bought before this time. If empty, now.',
		},
		simplify,
	],
	async runItem({ context, client }, itemIndex) {
		const end = readTime(
			context,
			context.getNodeParameter('end', itemIndex, ''),
			'Bought Before',
			clock.now(),
		);
		const start = readTime(
			context,
			context.getNodeParameter('start', itemIndex, ''),
			'Bought After',
			end - YEAR_MS,
		);
		if (start >= end) {
			throw new KlingError('invalidInput', 'Bought After must be earlier than Bought Before', {
				parameter: 'Bought After',
			});
		}
		const isSimple = context.getNodeParameter('simplify', itemIndex, true);
		return (await client.packs(start, end)).map((pack) => ({
			json: isSimple ? simplifiedPack(pack) : pack.raw,
			pairedItem: { item: itemIndex },
		}));
	},
};
