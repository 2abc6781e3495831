/** An account with elements and voices, for the tests of both. */
import type { INodeParameters } from 'n8n-workflow';

import { KNOWN_ELEMENT_IDS } from '../../simulator';
import type { ServiceName, Simulator } from '../../simulator';
import { officialTaskId } from '../../simulator/ids';
import type { Kept, KeptType } from '../../simulator/validate/order';
import type { RunResult } from '../harness';
import { OTHER_PICTURE, PICTURE, rows } from './support';
import type { Bench } from './support';

export const [PRESET = ''] = KNOWN_ELEMENT_IDS;
export const LIKE_OFFICIAL = ['klingGlobal', 'klingChina', 'relay'] as const;
export const WITH_LIBRARY = [...LIKE_OFFICIAL, 'aceData'] as const;
export const TYPES = ['element', 'voice'] as const;

/** A value of a list that is picked from, as the editor stores it. */
export const picked = (value: string, mode = 'list'): INodeParameters => ({
	__rl: true,
	mode,
	value,
});

const KEPT: Record<KeptType, Kept> = {
	element: {
		type: 'element',
		name: 'Mara',
		description: 'Red coat',
		referenceType: 'image_refer',
		frontalImage: PICTURE,
		referImages: [OTHER_PICTURE],
		tags: ['o_102'],
	},
	voice: { type: 'voice', name: 'Mara', referImages: [], tags: [] },
};

/** What the account of a service has made before, without a charge. */
export function keep(
	{ tasks, accounts, clock }: Simulator,
	type: KeptType,
	more: Partial<Kept> = {},
	service: ServiceName = 'klingGlobal',
): { id: string; taskId: string } {
	const [id, taskId] = [officialTaskId(), officialTaskId()];
	const { name: account } = accounts.main(service);
	const kind = type === 'element' ? 'general/advanced-custom-elements' : 'general/custom-voices';
	tasks.create(
		{
			...{ id: taskId, service, account, kind, request: {}, modelName: '', mode: '' },
			...{ seconds: 5, images: 0, units: 0, watermark: false, runMs: 0 },
			kept: { ...KEPT[type], ...more },
		},
		[id],
	);
	clock.now();
	return { id, taskId };
}

/** The parameters of an element from images. */
export const elementFrom = (): INodeParameters => ({
	elementName: 'Mara',
	elementDescription: 'Red coat, short hair',
	frontImage: PICTURE,
	...rows(OTHER_PICTURE),
});

/** Looks at a library, and what left for it. */
export function libraryOf(bench: Bench) {
	return {
		run: async (
			type: KeptType,
			operation: 'get' | 'getMany' | 'delete',
			parameters: INodeParameters = {},
			service: ServiceName = 'klingGlobal',
		): Promise<RunResult> =>
			await bench.run(operation, { service, parameters: { resource: type, ...parameters } }),
		sent: () =>
			bench.simulator.ledger.requests.map(({ method, path, query, rawBody }) => ({
				method,
				path,
				...(Object.keys(query).length > 0 ? { query } : {}),
				...(rawBody === '' ? {} : { body: JSON.parse(rawBody) as unknown }),
			})),
	};
}
