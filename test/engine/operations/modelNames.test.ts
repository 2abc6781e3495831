/** Models by the names that other APIs have for them, and old ones that only relays still have. */
import { model } from '../kling';
import { hints, PICTURE, rows, useBench } from './support';

const bench = useBench();

describe("the names of Kling's newer API at Ace Data Cloud", () => {
	it.each([
		['kling-3.0-turbo', 'kling-v3-turbo'],
		['kling-3.0', 'kling-v3'],
		['kling-3.0-omni', 'kling-v3-omni'],
		['kling-o1', 'kling-o1'],
		['kling-2.6', 'kling-v2-6'],
		['kling-2.5-turbo', 'kling-v2-5-turbo'],
	])('%s is sent as %s', async (typed, sent) => {
		const parameters = { prompt: 'A fox', model: model(typed) };
		const body = await bench.wire('text2video', 'aceData', parameters);
		expect(body.model).toBe(sent);
	});

	it('are of the models that they stand for: a negative prompt is refused by one that takes none', async () => {
		await bench.refused('text2video', {
			service: 'aceData',
			parameters: {
				prompt: 'A fox',
				model: model('kling-3.0-turbo'),
				options: { negativePrompt: 'blur' },
			},
			says: ['Negative Prompt does not work with kling-3.0-turbo'],
		});
	});
});

describe('the older kling-v2 for several images', () => {
	const parameters = { ...rows(PICTURE), prompt: 'The two', model: model('kling-v2') };

	it('makes them at relays', async () => {
		const body = await bench.wire('multi-image2image', 'relay', parameters);
		expect(body.model_name).toBe('kling-v2');
	});

	it('is only announced to have ended at official Kling, which has the last word', async () => {
		const result = await bench.succeed('multi-image2image', { parameters });
		expect(hints(result).join()).toContain('kling-v2');
	});
});
