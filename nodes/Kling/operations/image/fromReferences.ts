import { LABELS } from '../../../shared/core/words';
import { prompt } from '../../parameters/basics';
import { elements } from '../../parameters/cited';
import { field } from '../../parameters/field';
import { imageAspectRatio, imageCount, resolutionOf } from '../../parameters/imageOptions';
import { model } from '../../parameters/model';
import { pictureList } from '../../parameters/pictureList';
import { choice } from '../../parameters/types';
import { generation } from '../builders';

const images = field(
	'image_list',
	pictureList({
		description: 'Where the reference images come from: up to 10, elements included',
		presence: 'off',
	}),
	(list) => (list.length > 0 ? list.map(({ picture }) => ({ image: picture })) : undefined),
);

const result = field(
	'result_type',
	choice({
		displayName: 'Result',
		name: 'resultType',
		default: 'single',
		description: 'Whether the images stand alone or belong together',
		options: [
			{
				name: LABELS.result_type.series,
				value: 'series',
				description: 'Images that belong together, such as four seasons; not with O1',
			},
			{
				name: LABELS.result_type.single,
				value: 'single',
				description: 'One image, or several tries of it',
			},
		],
	}),
);

const amounts = [2, 3, 4, 5, 6, 7, 8, 9].map((amount) => String(amount));

const seriesAmount = field(
	'series_amount',
	choice({
		displayName: 'Images in the Series',
		name: 'seriesAmount',
		default: '2',
		description: 'How many images the series has. Each is paid for.',
		displayOptions: { show: { resultType: ['series'] } },
		options: [
			...amounts.map((amount) => ({ name: amount, value: amount })),
			{ name: 'Auto', value: 'auto', description: 'As many as the prompt tells of' },
		],
	}),
	(amount) => (amount === 'auto' ? amount : Number(amount)),
);

const aspectRatio = imageAspectRatio({
	more: [{ name: 'Auto', value: 'auto', description: 'As the prompt and the references suggest' }],
});

/** Image → Generate From References. */
export const imageFromReferences = generation('omni-image', {
	name: 'Generate From References',
	description:
		'Make or edit images from several images and elements, also as a series (Kling Omni)',
	action: 'Generate image from references',
	fields: [
		prompt({
			placeholder: 'e.g. The cat of <<<image_1>>> in the room of <<<image_2>>>',
			description:
				'What the image shows, in at most 2,500 characters. Cite reference images as &lt;&lt;&lt;image_1&gt;&gt;&gt; in their order.',
			required: true,
		}),
		images,
		model,
		result,
		imageCount({ show: { resultType: ['single'] } }),
		seriesAmount,
		aspectRatio,
	],
	options: [
		elements(),
		resolutionOf([
			{
				name: '4K',
				value: '4k',
				description: 'About 4,000 pixels, at twice the price; not with O1',
			},
		]),
	],
	// What is not shown keeps its value in the panel.
	read: ({ n, series_amount, ...draft }) => ({
		...draft,
		...(draft.result_type === 'series' ? { series_amount } : { n }),
	}),
});
