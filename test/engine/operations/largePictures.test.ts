/** Pictures of more than 10 MB, which only Kling's newer API takes: which API they go to, and who refuses them. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { model } from '../kling';
import { CLIP, lastCreate, rows, useBench, type OperationName } from './support';

const bench = useBench();

/** A PNG that is read as one, with so many MB behind its head. */
function large(mb: number): string {
	return png(400, 400, mb * 1024 * 1024 + 64).toString('base64');
}

describe('pictures of more than 10 MB', () => {
	const picture = large(11);

	it.each([
		[
			'a first frame by the default model',
			'image2video',
			{ image: picture, prompt: 'It turns' },
			'/image-to-video/kling-2.5-turbo',
		],
		[
			'a reference',
			'omni-video',
			{ ...rows(picture), prompt: '<<<image_1>>> turns' },
			'/omni-video/kling-3.0-omni',
		],
		[
			'a character',
			'motion-control',
			{ image: picture, videoUrl: CLIP, characterOrientation: 'image' },
			'/motion-control/kling-2.6',
		],
	] as Array<[string, OperationName, INodeParameters, string]>)(
		'are taken as %s',
		async (_what, operation, parameters, path) => {
			await bench.succeed(operation, { parameters });
			expect(lastCreate(bench.simulator).path).toBe(path);
		},
	);

	it.each([
		['with a pair of keys', 'klingGlobal', { authentication: 'accessKey', apiKey: '' }],
		['by a relay', 'relay', undefined],
	] as const)('are refused %s', async (_how, service, credential) => {
		await bench.refused(
			'image2video',
			{
				service,
				parameters: { image: picture, prompt: 'x' },
				says: ['First Frame must have at most 10 MB, but has 11.1 MB', 'up to 50 MB', 'API key'],
			},
			{ credential },
		);
	});

	it.each([
		['a model that only the legacy API has', { model: model('kling-v2-1') }, 'at most 10 MB'],
		[
			'what only the legacy API takes',
			{ options: { negativePrompt: 'blur' } },
			'Negative Prompt does not work with kling-v2-5-turbo (the default model here) and an image of more than 10 MB | Make the image smaller than that, or give its web address',
		],
		[
			'what the model never has',
			{ options: { sound: true } },
			'Sound does not work with kling-v2-5-turbo (the default model here) and an image of more than 10 MB. Models that have it: kling-v3-turbo, ',
		],
		[
			'a name with a comma',
			{ options: { externalTaskId: 'a,b' } },
			'External Task ID must have no comma with kling-v2-5-turbo and an image of more than 10 MB',
		],
	] as Array<[string, INodeParameters, string]>)(
		'are refused with %s',
		async (_what, more, says) => {
			const parameters = { image: picture, prompt: 'x', ...more };
			await bench.refused('image2video', { parameters, says: [says] });
		},
	);

	it('are refused with the sound of a video to follow', async () => {
		await bench.refused('omni-video', {
			parameters: {
				...rows(picture),
				videoUrl: CLIP,
				prompt: 'x',
				options: { keepOriginalSound: true },
			},
			says: [
				'Keep Original Sound works only when the reference video is edited (Edit It) with kling-v3-omni and an image of more than 10 MB',
			],
		});
	});

	it('are refused above 50 MB, and above 10 MB where no API takes more', async () => {
		await bench.refused('image2video', {
			parameters: { image: large(50) },
			says: ['First Frame must have at most 50 MB, but has 50.1 MB'],
		});
		await bench.refused('avatar', {
			parameters: { image: picture, soundSource: 'url', sound: CLIP },
			says: ['must have at most 10 MB, but has 11.1 MB'],
		});
	});
});
