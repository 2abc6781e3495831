import type { IDataObject } from 'n8n-workflow';

import type { Balance } from '../../../shared/core/billing';
import { inBrief } from '../../../shared/core/explain';
import { clock } from '../../../shared/n8n/clock';
import { tell } from '../../../shared/n8n/host';
import { isoTime } from '../../../shared/n8n/itemJson';
import { readSimplify } from '../../../shared/n8n/outputParameters';
import { query } from '../builders';

function simplifiedBalance(balance: Balance): IDataObject {
	return {
		type: balance.type,
		name: balance.name ?? null,
		id: balance.id ?? null,
		unit: balance.unit ?? null,
		remaining: balance.remaining ?? null,
		total: balance.total ?? null,
		asOf: isoTime(balance.asOf),
		effectiveAt: isoTime(balance.effectiveAt),
		expiresAt: isoTime(balance.expiresAt),
	};
}

/** Account → Get Balance. */
export const balance = query({
	name: 'Get Balance',
	description:
		'See what is left to pay with: packs of the last 365 days, whose units may be counted 12 hours late, and cash',
	action: 'Get the balance of an account',
	offeredBy: ({ calls }) => calls.balance !== undefined,
	parameters: [],
	async run({ client, context, itemIndex }) {
		const isSimple = readSimplify(context, itemIndex);
		const { balances, missing } = await client.billing.balances(clock.now());
		if (missing) tell(context, `The cash balance is not known. ${inBrief(missing)}`);
		return balances.map((one) => ({
			json: isSimple ? simplifiedBalance(one) : one.raw,
			pairedItem: { item: itemIndex },
		}));
	},
});
