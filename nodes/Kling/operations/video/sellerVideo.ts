import { refuseParameter } from '../../../shared/core/errors';
import { fieldName } from '../../../shared/core/requests';
import type { RequestDraft } from '../../../shared/core/requests';
import { aspectRatioOf, modeWithout4k } from '../../parameters/basics';
import { field, offeredUnless, propertiesOf } from '../../parameters/field';
import type { Draft, Field } from '../../parameters/field';
import { picture } from '../../parameters/picture';
import { pictureList } from '../../parameters/pictureList';
import { preset } from '../../parameters/presets';
import { choice, lines, number, text, trimmedText, yesNo } from '../../parameters/types';
import { generation } from '../builders';

const READY_MADE = 'preset';
const IMAGE = 'image';

const seller = choice({
	displayName: 'Seller',
	name: 'seller',
	default: READY_MADE,
	description: 'Who speaks in the video',
	options: [
		{ name: 'Avatar', value: READY_MADE, description: 'One of Kling, with a voice of its own' },
		{ name: 'Avatar Image', value: IMAGE, description: 'The person in an image' },
	],
});

const avatar = preset({
	displayName: 'Avatar',
	name: 'avatar',
	required: true,
	description: 'The person who speaks',
	list: 'searchAvatars',
	what: 'an avatar',
	displayOptions: { show: { seller: [READY_MADE] } },
});

const avatarImage = picture({
	displayName: 'Avatar Image',
	name: 'avatarImage',
	description: 'Where the image of the person comes from',
	hide: { seller: [READY_MADE] },
});

const voice = preset({
	displayName: 'Voice',
	name: 'sellerVoice',
	required: true,
	description:
		'The voice of the person. These voices are others than those of speech and of videos.',
	list: 'searchSellerVoices',
	what: 'a voice',
	displayOptions: { hide: { seller: [READY_MADE] } },
});

const whoSpeaks: Field = {
	properties: propertiesOf([seller, avatar, avatarImage, voice]),
	async read(item) {
		if (seller.read(item) !== IMAGE) return { avatar_id: avatar.read(item) };
		return { avatar_image: await avatarImage.read(item), voice_id: voice.read(item) };
	},
};

const script = field(
	'speech_script',
	text({
		displayName: 'Script',
		name: 'script',
		rows: 4,
		required: true,
		placeholder: 'e.g. Your coffee stays hot for six hours',
		description:
			'What the person says, in at most 2,000 characters. It decides how long the video is.',
	}),
);

const ALONE = 'alone';
const PRODUCT = 'product';

const content = choice({
	displayName: 'Content',
	name: 'content',
	default: ALONE,
	description: 'What the video shows',
	options: [
		{ name: 'Seller Alone', value: ALONE, description: 'The creator mode of Kling' },
		{
			name: 'Seller With a Product',
			value: PRODUCT,
			description: 'The product mode of Kling, which costs more',
		},
	],
});

const productImages = pictureList({
	displayName: 'Product Images',
	listed: '1 to 5 images of the product',
	description: 'Where the images of the product come from: 1 to 5',
	binaryDefault: 'data_1',
	hide: { content: [ALONE] },
});

const productTitle = trimmedText({
	displayName: 'Product Title',
	name: 'productTitle',
	required: true,
	placeholder: 'e.g. Steel mug, 400 ml',
	description: 'What the product is called, in at most 500 characters',
	displayOptions: { hide: { content: [ALONE] } },
});

const whatIsShown: Field = {
	properties: propertiesOf([content, productImages, productTitle]),
	async read(item): Promise<Draft> {
		if (content.read(item) === ALONE) return {};
		const images = await productImages.read(item);
		return {
			ref_image_list: images.map(({ picture: image }) => image),
			goods_title: productTitle.read(item) ?? '',
		};
	},
};

const price = field(
	'goods_price',
	trimmedText({
		displayName: 'Price',
		name: 'price',
		placeholder: 'e.g. 19.90 EUR',
		description: 'What the product costs, in words of your own. Only with a product.',
	}),
);

const targetAudience = field(
	'goods_target_audience',
	lines({
		displayName: 'Target Audience',
		name: 'targetAudience',
		rows: 2,
		placeholder: 'e.g. Commuters',
		description: 'Who is to buy the product: up to 20, one to a line. Only with a product.',
	}),
);

const sellingPoints = field(
	'goods_selling_point',
	lines({
		displayName: 'Selling Points',
		name: 'sellingPoints',
		rows: 3,
		placeholder: 'e.g. Does not leak',
		description: 'What speaks for the product: up to 20, one to a line. Only with a product.',
	}),
);

const actionPrompt = field(
	'action_prompt',
	text({
		displayName: 'Action Prompt',
		name: 'actionPrompt',
		rows: 2,
		placeholder: 'e.g. Points at the camera at the end',
		description: 'How the person moves, in at most 2,500 characters',
	}),
);

const polishScript = field(
	'allow_polish',
	yesNo({
		displayName: 'Polish Script',
		name: 'polishScript',
		default: false,
		description: 'Whether Kling may change the words of the script',
	}),
);

const music = field(
	'bgm_enabled',
	yesNo({
		displayName: 'Background Music',
		name: 'backgroundMusic',
		default: false,
		description: 'Whether there is music besides the voice',
	}),
);

const speechRate = field(
	'speech_rate',
	number({
		displayName: 'Speech Speed',
		name: 'speechSpeed',
		default: 1,
		min: 0.8,
		max: 1.2,
		precision: 1,
		description: 'How fast the script is spoken: 0.8, 1 or 1.2. Not with a product.',
	}),
);

/** Options about a product where none is shown, by the field of the request. Throws `invalidInput`. */
function checkProduct(draft: RequestDraft): RequestDraft {
	const isShown = draft.goods_title !== undefined;
	const alone = (['goods_price', 'goods_selling_point', 'goods_target_audience'] as const).find(
		(name) => !isShown && draft[name] !== undefined,
	);
	if (alone) {
		refuseParameter(fieldName(draft.kind, alone), 'needs Content = Seller With a Product');
	}
	return draft;
}

/** Video → Make Seller Talk. */
export const sellerVideo = generation('talking-agent', {
	name: 'Make Seller Talk',
	description:
		'Make a person talk about a product, or about anything else (Kling Video Commerce; official Kling with an API key, or Ace Data Cloud)',
	action: 'Make a seller talk',
	fields: [
		whoSpeaks,
		script,
		whatIsShown,
		modeWithout4k,
		aspectRatioOf(
			[
				{ name: '16:9 (Landscape)', value: '16:9' },
				{ name: '9:16 (Portrait)', value: '9:16' },
			],
			'9:16',
		),
	],
	options: [
		actionPrompt,
		music,
		polishScript,
		...[price, sellingPoints, targetAudience].map((option) =>
			offeredUnless({ '/content': [ALONE] }, option),
		),
		offeredUnless({ '/content': [PRODUCT] }, speechRate),
	],
	read: checkProduct,
});
