/** Videos with a product, and subtitles, of which the service tells by calls: executions that wait for them, and triggers. */
import type { INodeParameters } from 'n8n-workflow';

import { CLIP, rows } from './operations/support';
import { useSimulator, words } from './support';
import { useSuspension } from './suspension';
import { finish, order, started, startTrigger } from './trigger';

const world = useSimulator();
const { suspend, pass, paid } = useSuspension(world);

const CLOTHES = {
	resource: 'video',
	operation: 'clothing-dupe',
	videoUrl: CLIP,
	...rows('https://pictures.example.com/dress.png'),
	productInfo: 'Linen dress',
} satisfies INodeParameters;
const SUBTITLES = {
	resource: 'video',
	operation: 'drama-subtitle',
	videoUrl: CLIP,
} satisfies INodeParameters;

describe('a suspended execution', () => {
	it.each([
		['subtitles, of which the only call comes at the end', SUBTITLES, 3],
		['clothes', CLOTHES, 4],
	])('goes on with all files: %s', async (_what, parameters, files) => {
		const { simulator } = world;
		const { first, whenOver } = await suspend({ parameters });
		expect([first.status, words(first)]).toEqual(['waiting', ' | ']);
		await pass(120);
		const result = await whenOver;
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([{ status: 'succeed', taskId: paid()[0] }]);
		expect(Object.keys(result.output[0]?.binary ?? {})).toHaveLength(files);
		expect(await result.binary()).toEqual(simulator.videoBytes(paid()[0] ?? ''));
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});

describe.each(['klingGlobal', 'aceData'] as const)('a trigger at %s', (service) => {
	it('starts with the video and its images, and tells the kind', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, { service });
		const id = await order(simulator, host, { service, parameters: CLOTHES });
		await finish(simulator, host, id);
		expect(started(host)).toMatchObject([
			{
				taskId: id,
				kind: 'clothing-dupe',
				status: 'succeed',
				videoUrl: expect.stringContaining('/0.mp4') as string,
				images: [{ role: 'product_image' }, { role: 'model_images' }, { role: 'model_images' }],
			},
		]);
	});
});
