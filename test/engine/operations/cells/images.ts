/** The rows of what makes images. */
import { model } from '../../kling';
import { OTHER_PICTURE, PICTURE, rows } from '../support';
import type { Operation } from './types';

const TRY_ON = [
	{ type: 'product_image', url: OTHER_PICTURE },
	{ type: 'person_image', url: PICTURE },
];

export const IMAGE_ROWS: Operation[] = [
	{
		operation: 'image-generation',
		makes: 'two images',
		path: 'images/generations',
		parameters: { prompt: 'A rabbit', n: 2, aspectRatio: '4:3' },
		bodies: {
			official: { model_name: 'kling-v2-1', prompt: 'A rabbit', n: 2, aspect_ratio: '4:3' },
			openaiHk: { prompt: 'A rabbit', n: 2, aspect_ratio: '4:3' },
		},
	},
	{
		operation: 'omni-image',
		makes: 'two images',
		path: 'images/omni-image',
		parameters: {
			...rows(PICTURE),
			prompt: '<<<image_1>>> in summer and in winter',
			model: model('kling-v3-omni'),
			resultType: 'series',
			seriesAmount: '2',
			aspectRatio: 'auto',
		},
		bodies: {
			official: {
				model_name: 'kling-v3-omni',
				image_list: [{ image: PICTURE }],
				prompt: '<<<image_1>>> in summer and in winter',
				result_type: 'series',
				series_amount: 2,
				aspect_ratio: 'auto',
			},
		},
	},
	{
		operation: 'multi-image2image',
		makes: 'two images',
		path: 'images/multi-image2image',
		parameters: {
			...rows(PICTURE, OTHER_PICTURE),
			prompt: 'They meet',
			styleImageSource: 'text',
			styleImage: PICTURE,
			n: 2,
			aspectRatio: '1:1',
		},
		bodies: {
			official: {
				model_name: 'kling-v2-1',
				subject_image_list: [{ subject_image: PICTURE }, { subject_image: OTHER_PICTURE }],
				prompt: 'They meet',
				style_image: PICTURE,
				n: 2,
				aspect_ratio: '1:1',
			},
		},
	},
	{
		operation: 'expand',
		makes: 'two images',
		path: 'images/editing/expand',
		parameters: { image: PICTURE, expandLeft: 0.4, expandRight: 0.4, prompt: 'A beach', n: 2 },
		bodies: {
			official: {
				image: PICTURE,
				up_expansion_ratio: 0,
				down_expansion_ratio: 0,
				left_expansion_ratio: 0.4,
				right_expansion_ratio: 0.4,
				prompt: 'A beach',
				n: 2,
			},
		},
	},
	{
		operation: 'ai-multi-shot',
		nameless: true,
		makes: 'nine images',
		path: 'general/ai-multi-shot',
		parameters: { image: PICTURE },
		bodies: { official: { element_frontal_image: PICTURE } },
	},
	{
		operation: 'virtual-try-on',
		makes: 'an image',
		path: 'images/kolors-virtual-try-on',
		solution: 'virtual_try_on',
		acePath: '/kling/virtual-try-on',
		parameters: { person: PICTURE, garment: OTHER_PICTURE, options: { keepPose: false } },
		at: { relay: { options: {} } },
		bodies: {
			official: { contents: TRY_ON, settings: { keep_pose: false } },
			relay: {
				model_name: 'kolors-virtual-try-on-v1',
				human_image: PICTURE,
				cloth_image: OTHER_PICTURE,
			},
			aceData: { contents: TRY_ON, settings: { keep_pose: false }, async: true },
		},
	},
];
