import { images, LINK, runCases, type Case } from './rules';

const [omni, combine, expand, views] = [
	'images/omni-image',
	'images/multi-image2image',
	'images/editing/expand',
	'general/ai-multi-shot',
];
const v3 = { ...images, model_name: 'kling-v3-omni' };
const one = { subject_image_list: [{ subject_image: LINK }] };
const sides = (up: unknown, down: unknown, left: unknown, right: unknown) => ({
	image: LINK,
	up_expansion_ratio: up,
	down_expansion_ratio: down,
	left_expansion_ratio: left,
	right_expansion_ratio: right,
});

const CASES: Case[] = [
	['words alone with O1', omni, { prompt: 'x' }, 'ok'],
	['a series', omni, { ...v3, result_type: 'series', series_amount: 9 }, 'ok'],
	[
		'a series as long as it takes',
		omni,
		{ ...v3, result_type: 'series', series_amount: 'auto' },
		'ok',
	],
	[
		'a series of a text',
		omni,
		{ ...v3, result_type: 'series', series_amount: '4' },
		/number expected/,
	],
	['a series of one', omni, { ...v3, result_type: 'series', series_amount: 1 }, /between 2 and 9/],
	['a series with O1', omni, { prompt: 'x', result_type: 'series' }, /series is not supported/],
	['4K with O1', omni, { prompt: 'x', resolution: '4k' }, /resolution value '4k'/],
	['4K', omni, { ...v3, resolution: '4k' }, 'ok'],
	['no prompt', omni, { model_name: 'kling-v3-omni' }, /prompt is required/],
	['a shape that nothing suggests', omni, { ...v3, aspect_ratio: 'auto' }, /cannot be auto/],
	['eleven images', omni, { ...v3, image_list: Array(11).fill({ image: LINK }) }, /image_list/],
	[
		'images in the form of videos',
		omni,
		{ ...v3, image_list: [{ image_url: LINK }] },
		/image is req/,
	],
	['one subject', combine, one, 'ok'],
	['no subject', combine, { subject_image_list: [] }, /must not be empty/],
	[
		'five subjects',
		combine,
		{ subject_image_list: Array(5).fill({ subject_image: LINK }) },
		/subject_image_list/,
	],
	['another model', combine, { ...one, model_name: 'kling-v3' }, /model_name value 'kling-v3'/],
	['three times as large', expand, sides(0.5, 0.5, 0.25, 0.25), 'ok'],
	['more than that', expand, sides(1, 1, 0.1, 0), /3 times/],
	[
		'a side that is missing',
		expand,
		sides(1, 0, 0, undefined),
		/right_expansion_ratio is required/,
	],
	['a side as text', expand, sides('1', 0, 0, 0), /number expected/],
	['a side that is too long', expand, sides(2.1, 0, 0, 0), /between 0 and 2/],
	['views', views, { element_frontal_image: LINK }, 'ok'],
	['views of nothing', views, {}, /element_frontal_image is required/],
];

runCases(CASES);
