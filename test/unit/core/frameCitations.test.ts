/** A prompt that cites a frame: Kling's newer API has no id for frames, which the other one does not ask for. */
import { toKlingError } from '../../../nodes/shared/core/errors';
import type { GenerationRequest } from '../../../nodes/shared/core/requests';
import { providerFor } from '../../../nodes/shared/providers';
import { codecFor } from '../../../nodes/shared/providers/codec';

const MB = 1024 * 1024;
const official = providerFor({ service: 'klingGlobal', prefix: '', authentication: 'apiKey' });

function encoded(more: object) {
	const request = {
		kind: 'image2video',
		model_name: 'kling-v3',
		image: 'https://pictures.example.com/fox.jpg',
		prompt: 'The fox of <<<image_1>>> runs',
		...more,
	} as unknown as GenerationRequest;
	return codecFor(official, request).encodeCreate(request);
}

function refusalOf(more: object) {
	try {
		encoded(more);
	} catch (thrown) {
		const { message, details } = toKlingError(thrown);
		return [message, details.advice];
	}
	return [];
}

it('goes on as it is with a picture for the legacy API', () => {
	expect(encoded({})).toMatchObject({ body: { prompt: 'The fox of <<<image_1>>> runs' } });
});

it('is refused with a larger picture, and told how the other API takes it', () => {
	expect(refusalOf({ image: 'A'.repeat(16 * MB) })).toEqual([
		'Prompt cites <<<image_1>>>, but First Frame and Last Frame cannot be cited with kling-v3 and an image of more than 10 MB',
		'Remove the citation. Or: Make the image smaller than that, or give its web address',
	]);
});

it('is refused with a model of the newer API', () => {
	expect(refusalOf({ model_name: 'kling-v3-turbo' })).toEqual([
		'Prompt cites <<<image_1>>>, but First Frame and Last Frame cannot be cited with kling-v3-turbo',
		'Remove the citation',
	]);
});

it('of what is not there at all tells how many there are', () => {
	expect(refusalOf({ model_name: 'kling-v3-turbo', prompt: 'As <<<voice_1>>> says' })).toEqual([
		'Prompt cites <<<voice_1>>>, but there are 0 of these',
		undefined,
	]);
});
