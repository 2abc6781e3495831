import type { IDataObject } from 'n8n-workflow';

import type { Deduction, DeductionQuery, Ledger } from '../../../shared/core/billing';
import { refuseParameter } from '../../../shared/core/errors';
import { clock } from '../../../shared/n8n/clock';
import { isoTime } from '../../../shared/n8n/itemJson';
import { readSimplify } from '../../../shared/n8n/outputParameters';
import { asNames } from '../../parameters/lists';
import { limit, readCount, returnAll } from '../../parameters/many';
import { optionsOf } from '../../parameters/reader';
import type { ItemReader } from '../../parameters/reader';
import {
	anything,
	choice,
	choices,
	collection,
	dateTime,
	id,
	trimmedText,
} from '../../parameters/types';
import { query } from '../builders';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

const PACKS: Ledger = 'packs';

const ledger = choice({
	displayName: 'Ledger',
	name: 'ledger',
	default: PACKS,
	description: 'What was deducted from',
	options: [
		{ name: 'Cash Balance', value: 'cash' satisfies Ledger, description: 'Money of the account' },
		{ name: 'Resource Packs', value: PACKS, description: 'Units bought in advance' },
	],
});

const from = dateTime({
	displayName: 'From',
	name: 'from',
	description: 'Only what was deducted after this time. If empty, 30 days before Until.',
});

const until = dateTime({
	displayName: 'Until',
	name: 'until',
	description: 'Only what was deducted before this time. If empty, now.',
});

const ofPacks = { displayOptions: { show: { '/ledger': [PACKS] } } };

const apiKeyNames = anything({
	displayName: 'API Key Names',
	name: 'apiKeyNames',
	placeholder: 'e.g. shop, newsletter',
	description: 'Only what these API keys were used for, by their names in the console of Kling',
});

const packId = id({
	displayName: 'Pack ID',
	name: 'packId',
	description: 'Only what was taken from this pack',
	...ofPacks,
});

const packName = trimmedText({
	displayName: 'Pack Name',
	name: 'packName',
	description: 'Only what was taken from packs of this name',
	...ofPacks,
});

const productTypes = choices({
	displayName: 'Product Types',
	name: 'productTypes',
	description: 'Only what was taken from packs of these types',
	options: [
		{ name: 'Image', value: 'image' },
		{ name: 'Try-On', value: 'try-on' },
		{ name: 'Video', value: 'video' },
	],
	...ofPacks,
});

const FILTERS = {
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	description: 'Only what all of these let through',
};

/** The filters of an item. Throws `invalidInput` for those that the ledger lacks: without them the report would be of all. */
function readFilters(item: ItemReader, wanted: Ledger): Partial<DeductionQuery> {
	const filters = optionsOf(item, FILTERS);
	const names = asNames(apiKeyNames.read(filters), 'API Key Names');
	const ofPack = {
		packId: packId.read(filters),
		packName: packName.read(filters),
		productTypes: productTypes.read(filters),
	};
	const isFiltered = Object.values(ofPack).some((one) => one !== undefined);
	if (isFiltered && wanted !== PACKS) {
		refuseParameter('Filters', 'by pack or product need Ledger = Resource Packs');
	}
	if (ofPack.packId !== undefined && ofPack.packName !== undefined) {
		refuseParameter('Pack ID', 'cannot be given together with Pack Name');
	}
	return { ...ofPack, apiKeyNames: names.length > 0 ? names : undefined };
}

/** The same fields for both ledgers; `null` where one does not tell. */
function simplifiedDeduction(deduction: Deduction, from: Ledger): IDataObject {
	return {
		deductedAt: isoTime(deduction.at),
		ledger: from,
		amount: deduction.amount ?? null,
		unit: deduction.unit ?? null,
		before: deduction.before ?? null,
		after: deduction.after ?? null,
		listPrice: deduction.listPrice ?? null,
		taskId: deduction.taskId ?? null,
		product: deduction.product ?? null,
		model: deduction.model ?? null,
		resolution: deduction.resolution ?? null,
		duration: deduction.duration ?? null,
		sound: deduction.sound ?? null,
		hasVideoInput: deduction.hasVideoInput ?? null,
		hasVoiceControl: deduction.hasVoiceControl ?? null,
		apiKeyName: deduction.apiKeyName ?? null,
		productType: deduction.productType ?? null,
		packId: deduction.packId ?? null,
		cashType: deduction.cashType ?? null,
	};
}

function readQuery(item: ItemReader): DeductionQuery {
	const wanted = ledger.read(item) === 'cash' ? 'cash' : PACKS;
	const end = until.read(item) ?? clock.now();
	const start = from.read(item) ?? end - MONTH_MS;
	if (start >= end) refuseParameter('From', 'must be earlier than Until');
	return { ledger: wanted, start, end, ...readFilters(item, wanted) };
}

/** Account → Get Usage. */
export const usage = query({
	name: 'Get Usage',
	description: 'List what was deducted, task by task (official Kling only, with an API key)',
	action: 'Get the usage of an account',
	offeredBy: ({ calls }) => calls.deductions !== undefined,
	parameters: [
		ledger,
		from,
		until,
		returnAll,
		limit,
		{
			properties: [collection(FILTERS, [apiKeyNames, packId, packName, productTypes])],
		},
	],
	async run(item) {
		const asked = readQuery(item);
		const count = readCount(item);
		const isSimple = readSimplify(item.context, item.itemIndex);
		const deductions = await item.client.billing.deductions(asked, count);
		return deductions.map((one) => ({
			json: isSimple ? simplifiedDeduction(one, asked.ledger) : one.raw,
			pairedItem: { item: item.itemIndex },
		}));
	},
});
