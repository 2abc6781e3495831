import { aspectRatio, modeWithout4k } from '../../parameters/basics';
import { field } from '../../parameters/field';
import { pictureList } from '../../parameters/pictureList';
import { choice, text } from '../../parameters/types';
import { generation } from '../builders';

const images = field(
	'ref_image_list',
	pictureList({
		displayName: 'Product Images',
		listed: '1 to 5 images of the product',
		description: 'Where the images of the product come from: 1 to 5',
	}),
	(list) => list.map(({ picture }) => picture),
);

const title = field(
	'goods_title',
	text({
		displayName: 'Product Title',
		name: 'productTitle',
		required: true,
		placeholder: 'e.g. Steel mug, 400 ml',
		description: 'What the product is, in at most 200 characters',
	}),
);

const about = field(
	'goods_description',
	text({
		displayName: 'Product Description',
		name: 'productDescription',
		rows: 4,
		placeholder: 'e.g. Keeps coffee hot for six hours',
		description:
			'What is to be known of the product, in at most 2,000 characters. May be left empty.',
	}),
);

const LENGTHS = ['15', '30', '60'];

const duration = field(
	'duration',
	choice({
		displayName: 'Duration',
		name: 'productDuration',
		default: '15',
		description: 'How long the video is. Each second costs.',
		options: LENGTHS.map((length) => ({ name: `${length} Seconds`, value: length })),
	}),
	Number,
);

/** Video → Present Product. */
export const presentProduct = generation('goods-studio', {
	name: 'Present Product',
	description:
		'Make a video that shows a product, from its images and a text (Kling Goods Studio; official Kling with an API key, or Ace Data Cloud)',
	action: 'Present a product',
	fields: [images, title, about, modeWithout4k, aspectRatio, duration],
	options: [],
});
