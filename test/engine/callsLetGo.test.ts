/** A call may hold a picture of 10 MB: it is let go as soon as it was answered, and not kept until the run ends. */
jest.mock('../../nodes/shared/tasks/payOnce', () => {
	const actual = jest.requireActual<typeof PayOnce>('../../nodes/shared/tasks/payOnce');
	return {
		...actual,
		payOnce: async (...args: Parameters<typeof actual.payOnce>) => {
			await mockLook(args[4]);
			return await actual.payOnce(...args);
		},
	};
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INodeParameters } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Kling/operations';
import type * as PayOnce from '../../nodes/shared/tasks/payOnce';
import { useBench } from './operations/support';
import type { OperationName } from './operations/support';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** As many as are paid for at the same time. */
const AT_ONCE = 5;
const ITEMS = 9;

interface ToItem {
	toItem: (...args: unknown[]) => Promise<unknown>;
}

const bench = useBench();
let inputs: Array<WeakRef<object>> = [];
/** How many inputs could be reached, whenever another one was about to be sent. */
let reachable: number[] = [];

/** Nothing that was looked at in this turn can be collected before the next. */
async function countReachable(): Promise<number> {
	await new Promise((resolve) => setImmediate(resolve));
	collectGarbage();
	return inputs.filter((input) => input.deref() !== undefined).length;
}

async function mockLook(input: object): Promise<void> {
	inputs.push(new WeakRef(input));
	reachable.push(await countReachable());
}

beforeEach(() => {
	inputs = [];
	reachable = [];
});

const items = Array.from({ length: ITEMS }, (_, at) => ({ at }));
const CALLS: Array<[OperationName, string, INodeParameters]> = [
	['recognizeParts', 'image', { image: '=https://pictures.example.com/{{ $json.at }}.jpg' }],
	['speech', 'audio', { text: '=Item {{ $json.at }}' }],
	[
		'findFaces',
		'video',
		{ videoSource: 'url', videoUrl: '=https://pictures.example.com/{{ $json.at }}.mp4' },
	],
];

describe.each(CALLS)('%s', (operation, resource, parameters) => {
	const call = { items, parameters: { ...parameters, download: false } };

	it('keeps the inputs of those only that are under way', async () => {
		const { json } = await bench.succeed(operation, call);
		expect(json).toHaveLength(ITEMS);
		expect(reachable).toHaveLength(ITEMS);
		expect(Math.max(...reachable)).toBeLessThanOrEqual(AT_ONCE);
	});

	it('keeps none when items are put out', async () => {
		const made = RESOURCES[resource]!.operations[operation] as unknown as ToItem;
		const { toItem } = made;
		const kept: number[] = [];
		const spy = jest.spyOn(made, 'toItem').mockImplementation(async (...args) => {
			kept.push(await countReachable());
			return await toItem(...args);
		});
		await bench.succeed(operation, call);
		spy.mockRestore();
		expect(kept).toEqual(Array(ITEMS).fill(0));
	});
});
