import { LARGEST_PICTURE_MB } from '../../../shared/providers/pictures';
import { modeWithout4k } from '../../parameters/basics';
import { field } from '../../parameters/field';
import { imageAspectRatio } from '../../parameters/imageOptions';
import { pictureList } from '../../parameters/pictureList';
import type { ListedPicture } from '../../parameters/pictureList';
import { preset } from '../../parameters/presets';
import { text } from '../../parameters/types';
import { anyMedia } from '../../parameters/videoFile';
import { generation } from '../builders';

const sourceVideo = field(
	'video_url',
	anyMedia({
		of: 'video',
		title: 'Source Video',
		name: 'videoUrl',
		required: true,
		placeholder: 'e.g. https://example.com/dress.mp4',
		description: 'Where the video comes from that is made again with your product',
		maxMb: 100,
		limits: 'MP4 or MOV, at most 100 MB, 5 to 180 seconds, 24 to 60 frames per second',
	}),
);

const pictures = (listed: ListedPicture[]) => listed.map(({ picture }) => picture);

const productImages = field(
	'product_image_list',
	pictureList({
		displayName: 'Product Images',
		listed: '1 to 5 images of the clothes',
		description: 'Where the images of the clothes come from: 1 to 5',
		limits: {
			words: `JPEG, PNG or WebP, at most ${LARGEST_PICTURE_MB} MB, each side at least 300 pixels`,
			maxMb: LARGEST_PICTURE_MB,
			webp: true,
			anyRatio: true,
		},
	}),
	pictures,
);

const productInfo = field(
	'product_info',
	text({
		displayName: 'Product Information',
		name: 'productInfo',
		rows: 3,
		required: true,
		placeholder: 'e.g. Summer dress, linen, with pockets',
		description: 'What the clothes are, in at most 2,500 characters',
	}),
);

const modelImages = field(
	'model_image_list',
	pictureList({
		of: 'Model',
		listed: 'Up to 5 images of the person who wears the clothes',
		description:
			'Where the images come from of the person who wears the clothes: up to 5. They may be left out.',
		presence: 'off',
		binaryDefault: 'data_1',
	}),
	(listed) => (listed.length > 0 ? pictures(listed) : undefined),
);

const music = field(
	'bgm_url',
	anyMedia({
		of: 'sound',
		title: 'Background Music',
		name: 'musicUrl',
		placeholder: 'e.g. https://example.com/music.mp3',
		description: 'Where the music comes from, if there is any',
		takes: ['audio/mpeg', 'audio/mp4', 'audio/wav'],
		maxMb: 50,
		limits: 'MP3, M4A or WAV, at most 50 MB',
	}),
);

const voice = field(
	'voice_id',
	preset({
		displayName: 'Voice',
		name: 'clothingVoice',
		description:
			'Who speaks about the clothes. With a voice the video may cost more. These voices are others than those of speech and of videos.',
		list: 'searchClothingVoices',
		what: 'a voice',
	}),
);

/** Video → Change Clothes. */
export const clothingVideo = generation('clothing-dupe', {
	name: 'Change Clothes',
	description:
		'Make a video again with your clothes in it (Clothing Dupe, or Apparel, of Kling; official Kling with an API key, or Ace Data Cloud)',
	action: 'Change the clothes in a video',
	fields: [
		sourceVideo,
		productImages,
		productInfo,
		modelImages,
		modeWithout4k,
		imageAspectRatio({ preset: '9:16' }),
		music,
	],
	options: [voice],
});
