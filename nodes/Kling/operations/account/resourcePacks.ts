import type { IDataObject } from 'n8n-workflow';

import { refuseParameter } from '../../../shared/core/errors';
import { clock } from '../../../shared/n8n/clock';
import { isoTime } from '../../../shared/n8n/itemJson';
import { readSimplify } from '../../../shared/n8n/outputParameters';
import type { ResourcePack } from '../../../shared/providers';
import { dateTime } from '../../parameters/types';
import { query } from '../builders';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

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

const boughtAfter = dateTime({
	displayName: 'Bought After',
	name: 'start',
	description: 'Only packs bought after this time. If empty, a year before now.',
});

const boughtBefore = dateTime({
	displayName: 'Bought Before',
	name: 'end',
	description: 'Only packs bought before this time. If empty, now.',
});

/** Account → Get Resource Packs. */
export const resourcePacks = query({
	name: 'Get Resource Packs',
	description: 'See the units that were bought and what is left of them (official Kling only)',
	action: 'Get resource packs of an account',
	offeredBy: ({ calls }) => calls.resourcePacks !== undefined,
	parameters: [boughtAfter, boughtBefore],
	async run(item) {
		const end = boughtBefore.read(item) ?? clock.now();
		const start = boughtAfter.read(item) ?? end - YEAR_MS;
		if (start >= end) refuseParameter('Bought After', 'must be earlier than Bought Before');
		const isSimple = readSimplify(item.context, item.itemIndex);
		return (await item.client.call('resourcePacks', { start, end })).map((pack) => ({
			json: isSimple ? simplifiedPack(pack) : pack.raw,
			pairedItem: { item: item.itemIndex },
		}));
	},
});
