import { badValue } from '../refusal';
import type { Fields } from './fields';
import type { Order, ValidationContext } from './order';
import { addressOf, fileOf, readContents, readSettings, textOf, textsIn } from './solutions';
import type { ContentRule } from './solutions';

// The rules of the Solutions API for videos with a person, and for subtitles. Ace Data Cloud has the first two.

const AVATARS = [
	...['vivian_female', 'lee_male', 'chenjing_female', 'zhaochen_male', 'wanglei_male'],
	...['eva_female', 'oliver_male', 'elena_female', 'adam_male', 'anna_female', 'rajput_male'],
	...['mia_female', 'river_male', 'marcus_male', 'toto_cartoon'],
].map((name) => `avatar_${name}`);

const SELLER_VOICES = [
	...['male_calm_informative', 'female_clear_rational', 'female_gentle_soothing'],
	...['female_bright_engaging', 'male_crisp_persuasive', 'female_intelligent_narrative'],
	...['male_clear_professional', 'male_energetic_sporty', 'female_warm_rich'],
];

const CLOTHING_VOICES = [
	...['energetic_sales_girl', 'gentle_sales_woman', 'crisp_sales_girl', 'mature_sales_woman'],
	...['calm_sales_woman', 'soft_sales_woman', 'energetic_sales_boy', 'enthusiastic_sales_man'],
	...['steady_sales_man', 'calm_sales_man'],
];

const OF_PRODUCT = [
	...['ref_image', 'goods_title', 'goods_price', 'goods_target_audience', 'goods_selling_point'],
];
const SPEECH_RATES = [0.8, 1, 1.2];
const CLOTHING_RATIOS = ['9:16', '2:3', '3:4', '1:1', '4:3', '3:2', '16:9', '21:9'];
const RESOLUTIONS = ['720p', '1080p'];

/** A script says so many in a second. */
const CHARACTERS_PER_SECOND = 8;
/** Of a video whose address does not tell its length. */
const UNTOLD_SECONDS = 10;

/** Units per second, in the order of the resolutions. Those of Ace Data Cloud are documented, and 1.4 times as many. */
const UNITS = {
	creator: [1, 1.2],
	product: [1.4, 1.6],
	clothes: [1.3, 1.7],
	spokenClothes: [1.7, 2],
	subtitles: [0.1],
} as const;
const ACE_FACTOR = 1.4;

/** Who asks: Ace Data Cloud takes addresses only, and counts in credits. */
export interface Asking {
	isAce?: boolean;
}

type Bare = Omit<Order, 'watermark' | 'externalTaskId' | 'callbackUrl'>;

interface Made {
	rates: readonly number[];
	resolution?: string;
	seconds: number;
	prompt: string;
}

function videoOf({ rates, resolution, seconds, prompt }: Made, { isAce }: Asking): Bare {
	const rate = rates[Math.max(RESOLUTIONS.indexOf(resolution ?? ''), 0)] ?? 0;
	const units = rate * Math.ceil(seconds) * (isAce ? ACE_FACTOR : 1);
	return {
		modelName: '',
		mode: '',
		seconds,
		images: 0,
		units: Number(units.toFixed(2)),
		prompt,
	};
}

function upTo(max: number, read: ContentRule['read'], min = 0): ContentRule {
	return { min, max, read };
}

/** A text that is not empty, or one of a few words. */
function word(member: 'text' | 'voice_id', oneOf?: readonly string[]): ContentRule['read'] {
	return (content) => void content.text(member, { required: true, oneOf });
}

/** POST /solutions/talking_agent: in creator mode, or with anything of a product in product mode. */
export function sellerVideo(fields: Fields, asking: Asking = {}): Bare {
	const file = asking.isAce ? addressOf : fileOf;
	const contents = readContents(fields, {
		avatar_image: upTo(1, file),
		avatar_id: upTo(1, word('text', AVATARS)),
		speech_script: upTo(1, textOf(2000), 1),
		ref_image: upTo(5, file),
		goods_title: upTo(1, textOf(500)),
		goods_price: upTo(1, textOf(256)),
		goods_target_audience: upTo(20, word('text')),
		goods_selling_point: upTo(20, word('text')),
	});
	const has = (type: string) => (contents.get(type) ?? []).length > 0;
	const settings = readSettings(fields);
	const voice = settings.text('voice_id', { oneOf: SELLER_VOICES });
	if (has('avatar_image') === has('avatar_id')) {
		throw badValue('One of avatar_image and avatar_id is required');
	}
	if (has('avatar_image') && voice === undefined) throw badValue('settings.voice_id is required');
	if (has('avatar_id') && voice !== undefined) {
		throw badValue('settings.voice_id is not supported with avatar_id');
	}
	const isProduct = OF_PRODUCT.some(has);
	for (const type of isProduct ? ['ref_image', 'goods_title'] : []) {
		if (!has(type)) throw badValue(`contents must have one of type ${type} in product mode`);
	}
	const rate = settings.number('speech_rate', { min: 0.8, max: 1.2 });
	if (rate !== undefined && !SPEECH_RATES.includes(rate)) {
		throw settings.invalid('speech_rate', rate);
	}
	if (rate !== undefined && isProduct) {
		throw badValue('settings.speech_rate is not supported in product mode');
	}
	const resolution = settings.text('resolution', { oneOf: RESOLUTIONS });
	settings.text('aspect_ratio', { oneOf: ['9:16', '16:9'] });
	settings.text('action_prompt', { max: 2500 });
	for (const name of ['allow_polish', 'bgm_enabled']) settings.flag(name);
	const prompt = textsIn(contents, 'speech_script');
	const said = Array.from(prompt).length / CHARACTERS_PER_SECOND / (rate ?? 1);
	const seconds = Number(Math.max(said, 1).toFixed(3));
	const rates = isProduct ? UNITS.product : UNITS.creator;
	return videoOf({ rates, resolution, seconds, prompt }, asking);
}

function sourceSeconds(contents: ReadonlyMap<string, Fields[]>, context: ValidationContext) {
	const [source] = contents.get('source_video') ?? [];
	return context.lengthAt(source?.text('url') ?? '')?.seconds ?? UNTOLD_SECONDS;
}

/** POST /solutions/e-commerce/clothing_dupe */
export function clothingVideo(
	fields: Fields,
	context: ValidationContext,
	asking: Asking = {},
): Bare {
	const file = asking.isAce ? addressOf : fileOf;
	const contents = readContents(fields, {
		product_info: upTo(1, textOf(2500), 1),
		source_video: upTo(1, addressOf, 1),
		product_image: upTo(5, file, 1),
		model_image: upTo(5, file),
		bgm: upTo(1, addressOf),
		voice: upTo(1, word('voice_id', CLOTHING_VOICES)),
	});
	const seconds = sourceSeconds(contents, context);
	if (seconds < 5 || seconds > 180) {
		throw badValue('The duration of source_video must be between 5 and 180 seconds');
	}
	const settings = readSettings(fields);
	const resolution = settings.text('resolution', { oneOf: RESOLUTIONS });
	settings.text('aspect_ratio', { oneOf: CLOTHING_RATIOS });
	const rates = contents.get('voice')?.length ? UNITS.spokenClothes : UNITS.clothes;
	const prompt = textsIn(contents, 'product_info');
	return videoOf({ rates, resolution, seconds, prompt }, asking);
}

/** POST /solutions/drama_subtitle */
export function translatedSubtitles(fields: Fields, context: ValidationContext): Bare {
	const contents = readContents(fields, {
		source_video: upTo(1, addressOf, 1),
		glossary: upTo(200, (term) => {
			for (const member of ['source', 'target']) term.text(member, { required: true, max: 100 });
		}),
	});
	const seconds = sourceSeconds(contents, context);
	if (seconds > 300) throw badValue('The duration of source_video must not exceed 300 seconds');
	const settings = readSettings(fields);
	settings.number('target_cps', { min: 10, max: 20 });
	settings.text('target_language');
	settings.integer('margin_v', { min: 1, max: 4096 });
	settings.integer('font_size', { min: 1, max: 512 });
	// `[fail]` and `[refuse]` work in what people write.
	const prompt = (contents.get('glossary') ?? []).map((term) => term.text('target')).join(' ');
	return videoOf({ rates: UNITS.subtitles, seconds, prompt }, {});
}
