import { MODELS } from '../../../shared/core/models';
import { prompt } from '../../parameters/basics';
import { elements } from '../../parameters/cited';
import { described, field, offeredUnless } from '../../parameters/field';
import type { Draft } from '../../parameters/field';
import { imageAspectRatio, imageCount, resolutionOf } from '../../parameters/imageOptions';
import { model } from '../../parameters/model';
import { negativePrompt } from '../../parameters/options';
import { picture } from '../../parameters/picture';
import { choice, number } from '../../parameters/types';
import { generation } from '../builders';

const referenceImage = field(
	'image',
	picture({
		displayName: 'Reference Image',
		name: 'image',
		description: 'Where the reference image comes from',
		presence: 'off',
	}),
);

const faceFidelity = field(
	'human_fidelity',
	number({
		displayName: 'Face Fidelity',
		name: 'humanFidelity',
		default: 0.45,
		min: 0,
		max: 1,
		precision: 2,
		description:
			'How closely faces follow the reference, from 0 to 1. Needs Image Reference = Subject.',
	}),
);

const imageFidelity = field(
	'image_fidelity',
	number({
		displayName: 'Image Fidelity',
		name: 'imageFidelity',
		default: 0.5,
		min: 0,
		max: 1,
		precision: 2,
		description: 'How closely the image follows the reference image, from 0 to 1',
	}),
);

const imageReference = field(
	'image_reference',
	choice({
		displayName: 'Image Reference',
		name: 'imageReference',
		default: 'subject',
		description: 'What to take from the reference image; the subject if nothing is set',
		options: [
			{ name: 'Face', value: 'face', description: 'The looks of a face' },
			{ name: 'Subject', value: 'subject', description: 'The whole subject' },
		],
	}),
);

/** Some models refuse a picture without being told what to take from it. */
function impliedReference({ model_name: name, image }: Draft): 'subject' | undefined {
	const asks = typeof name === 'string' && MODELS[name]?.imageReference === true;
	return asks && image !== undefined ? 'subject' : undefined;
}

const WITHOUT_IMAGE = { '/imageSource': ['none'] };

/** Image → Generate. */
export const generateImage = generation('image-generation', {
	name: 'Generate',
	description: 'Make images from a description in words, with or without a reference image',
	action: 'Generate an image',
	fields: [
		prompt({
			placeholder: 'e.g. A rabbit that eats grass, comic style',
			description: 'What the image shows, in at most 2,500 characters (500 at OpenAI-HK)',
			required: true,
		}),
		referenceImage,
		model,
		imageCount(),
		imageAspectRatio({ cinema: '21:9 (Cinema, Not at OpenAI-HK)' }),
	],
	options: [
		elements(),
		offeredUnless(WITHOUT_IMAGE, faceFidelity),
		imageFidelity,
		offeredUnless(WITHOUT_IMAGE, imageReference),
		// A reference that is given as text may be blank for some items.
		offeredUnless(
			{ '/imageSource': ['binary'] },
			described(
				negativePrompt,
				'What to leave out; not together with a reference image. At most 2,500 characters, 200 at OpenAI-HK',
			),
		),
		resolutionOf(),
	],
	read: (draft) => ({
		...draft,
		image_reference: draft.image_reference ?? impliedReference(draft),
	}),
});
