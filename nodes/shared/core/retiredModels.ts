import { KINDS } from './kinds';
import type { Kind } from './kinds';
import type { Service } from './services';

/** Models that a service runs no more, or is said to run no more. */
export interface Retirement {
	model: string;
	/** Of what: the group of kinds, as in `KINDS`; absent: of everything. */
	group?: 'videos' | 'images';
	services: readonly Service[];
	/** A day; or where it was seen, as sentences go on behind "in". */
	since: string;
	/** Whether the service itself has refused it. If not, it is sent: the service has the last word. */
	certain: boolean;
	/** Where that is said. */
	source: string;
}

const OFFICIAL = ['klingGlobal', 'klingChina'] as const satisfies readonly Service[];

/** By one who resells them. They are missing from <https://kling.ai/document-api> since then, where no notice was seen. */
const ANNOUNCED = {
	services: OFFICIAL,
	since: '2026-09-15',
	certain: false,
	source: 'https://github.com/Comfy-Org/docs/pull/1326',
} as const;

const announced = (group: 'videos' | 'images', ...models: string[]): Retirement[] =>
	models.map((model) => ({ model, group, ...ANNOUNCED }));

export const RETIREMENTS: readonly Retirement[] = [
	{
		model: 'kling-v1',
		services: OFFICIAL,
		since: 'September 2026 or before',
		certain: true,
		// A call was answered so.
		source: 'https://github.com/aself101/kling-api',
	},
	...announced('videos', 'kling-v1-5', 'kling-v1-6', 'kling-v2-master'),
	...announced('videos', 'kling-v2-1', 'kling-v2-1-master'),
	...announced('images', 'kling-v2', 'kolors-virtual-try-on-v1', 'kolors-virtual-try-on-v1-5'),
	// No announcement names it.
	{ ...ANNOUNCED, model: 'kling-v1-5', group: 'images', source: 'https://kling.ai/document-api' },
];

/** What is known of the end of a model at a service, as far as a kind goes. */
export function retirementAt(
	service: Service,
	kind: Kind,
	model: string | undefined,
): Retirement | undefined {
	return RETIREMENTS.find(
		(one) =>
			one.model === model &&
			one.services.includes(service) &&
			(one.group ?? KINDS[kind].group) === KINDS[kind].group,
	);
}
