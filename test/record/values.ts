/** What people, expressions and mistakes put into the parameters at the top: good values first, then wrong ones. */
import { jpeg, png } from '../pictures';
import { Failing } from './context';
import {
	BASE64,
	BIG_ID,
	CLIP,
	FILES,
	HEAVY,
	OTHER_PICTURE,
	PICTURE,
	SAMPLE,
	SOUND,
	text,
} from './material';
import type { Values } from './material';
import { OPTION_VALUES, shots } from './optionValues';

const pictureTexts = {
	good: [PICTURE, BASE64, `data:image/png;base64,${BASE64}`, jpeg(640, 480).toString('base64')],
	wrong: [
		'ftp://cdn.example.com/a.png',
		'data',
		png(100, 100).toString('base64'),
		png(3000, 300).toString('base64'),
		text(400),
		BASE64.slice(0, 96),
	],
};

const rows = (...values: unknown[]) => ({ image: values.map((value) => ({ value })) });

/** Parameters that stand at the top. */
export const TOP_VALUES: Readonly<Record<string, Values>> = {
	prompt: {
		good: ['A mug', '在海滩上度假', '<<<voice_1>>> and <<<voice_2>>> <<<image_1>>>', text(500)],
		wrong: [text(501), text(2500), text(2501), '😀'.repeat(2500), 42, new Failing('No such node')],
	},
	model: {
		good: ['kling-v2-6', { mode: 'id', value: 'kling-v3' }, ' kling-v2-6 ', 'kling-v8'],
		wrong: [42, { value: '' }, 'KLING-V3', new Failing('No such field')],
	},
	quality: { good: ['std', 'pro', '4k'], wrong: ['STD', 'ultra', new Failing('No such field')] },
	duration: { good: [5, '10', 3, 15, ' 5 '], wrong: [2, 16, 5.5, 'long', '5s', -5] },
	aspectRatio: {
		good: ['16:9', '9:16', '1:1', '4:3', '21:9', '3:2', '2:3', '3:4'],
		wrong: ['2:1'],
	},
	effect: {
		good: ['hug_pro', 'Hug Pro', { mode: 'list', value: 'kiss_pro' }, 'brand_new'],
		wrong: ['hug', 'celebration', { value: '' }, 42, new Failing('No such field')],
	},
	imageSource: { good: ['text', 'binary', 'none'], wrong: ['file'] },
	image: pictureTexts,
	imageTailSource: { good: ['none', 'text'], wrong: ['binary', 'file'] },
	secondImageSource: { good: ['text', 'binary', 'none'], wrong: ['file'] },
	secondImage: pictureTexts,
	imagesSource: { good: ['rows', 'list', 'binary', 'none'], wrong: ['file'] },
	images: {
		good: [
			rows(PICTURE),
			rows(PICTURE, OTHER_PICTURE, 'data', BASE64),
			{
				image: [
					{ value: PICTURE, role: 'first_frame' },
					{ value: 'photo', role: 'end_frame' },
				],
			},
			{ image: [{ value: PICTURE, role: 'reference' }, { value: OTHER_PICTURE }] },
			{ image: { value: PICTURE } },
		],
		wrong: [
			rows(...Array.from({ length: 5 }, () => PICTURE)),
			rows(...Array.from({ length: 8 }, () => PICTURE)),
			rows('no-such-field'),
			rows(''),
			{ image: [{ value: PICTURE, role: 'end_frame' }] },
			{ image: [{ value: PICTURE, role: 'middle' }] },
		],
	},
	videoId: { good: ['video-1', 'cb6a5273', 42], wrong: [829836802793406600, ' '] },
	videoUrl: { good: [CLIP, 'http://a.example/b.mov?c=d'], wrong: ['data', 'ftp://a/b.mp4'] },
	videoSource: { good: ['id', 'url', 'binary'], wrong: ['file'] },
	videoUrlSource: { good: ['url', 'binary'], wrong: ['id'] },
	musicUrl: { good: ['https://cdn.example.com/m.mp3'], wrong: ['m.mp3'] },
	musicUrlSource: { good: ['url', 'binary'], wrong: ['id'] },
	soundEffectPrompt: { good: ['Wind', '在海滩上的风', text(200)], wrong: [text(201), 42] },
	bgmPrompt: { good: ['Calm piano', text(200)], wrong: [text(201), 42] },
	resultType: { good: ['single', 'series'], wrong: ['both'] },
	expandUp: { good: [0.5, '0.5', 2], wrong: [-0.1, 2.1, 'half'] },
	face: { good: ['longest', 'chosen'], wrong: ['first'] },
	sessionId: { good: ['7', BIG_ID], wrong: [' '] },
	faceId: { good: ['0', 1], wrong: [' '] },
	soundSource: { good: ['binary', 'speech', 'text', 'url'], wrong: ['file'] },
	sound: {
		good: [SOUND, `data:audio/wav;base64,${SOUND}`, 'https://cdn.example.com/voice.mp3'],
		wrong: ['voice.mp3', BASE64, 'ftp://a/b.mp3'],
	},
	audioId: { good: ['a-9', BIG_ID], wrong: [' '] },
	text: { good: ['Hello', '你好', text(120), text(1000)], wrong: [text(1001), ' '] },
	voice: {
		good: ['AOT', 'mengwa-v1', { mode: 'id', value: 'new' }, 'sunny'],
		wrong: [{ value: '' }],
	},
	language: { good: ['auto', 'zh', 'English'], wrong: ['fr'] },
	voiceName: { good: ['Mara', text(20)], wrong: [text(21)] },
	sampleSource: { good: ['url', 'id', 'binary'], wrong: ['file'] },
	sampleUrl: { good: [SAMPLE, `${SAMPLE} `], wrong: ['mara.mp3', `${SAMPLE} ${SAMPLE}`] },
	elementName: { good: ['Mara', '玛拉', text(20)], wrong: [text(21), 42] },
	elementDescription: { good: ['Red coat', text(100)], wrong: [text(101), 42] },
	videoUse: { good: ['base', 'feature'], wrong: ['style'] },
	characterOrientation: { good: ['image', 'video'], wrong: ['camera'] },
	n: { good: [1, 2, 9, '4'], wrong: [0, 10, 2.5] },
	seller: { good: ['preset', 'image', 'Avatar Image'], wrong: ['nobody'] },
	avatar: {
		good: ['Lee (Male)', { mode: 'list', value: 'avatar_mia_female' }, 'avatar_newer'],
		wrong: [{ value: '' }],
	},
	sellerVoice: { good: ['Warm, Rich (Female)', 'newer'], wrong: [{ value: '' }] },
	script: { good: ['Hello', '你好', text(2000)], wrong: [text(2001)] },
	content: { good: ['alone', 'product'], wrong: ['mug'] },
	productInfo: { good: ['Dress', text(2500)], wrong: [text(2501)] },
	modelImagesSource: { good: ['none', 'binary', 'rows', 'list'], wrong: ['file'] },
	targetLanguage: { good: ['en', ' th '], wrong: [['en', 'th']] },
	person: pictureTexts,
	personSource: { good: ['text', 'binary'], wrong: ['none'] },
	garment: pictureTexts,
	productTitle: { good: ['Mug', text(200)], wrong: [text(201), text(501), ' '] },
	productDescription: { good: ['Keeps coffee hot', text(2000)], wrong: [text(2001)] },
	productDuration: { good: ['15', 30, '60 '], wrong: [20, '15s'] },
};

/** Parameters that make sense only together. */
export const TOGETHER: ReadonlyArray<Readonly<Record<string, unknown>>> = [
	...Object.keys({ ...FILES, ...HEAVY, missing: 0, ' data ': 0 }).map((imageBinary) => ({
		imageSource: 'binary',
		imageBinary,
	})),
	{ imageSource: 'none', imageTailSource: 'text', imageTail: PICTURE },
	{ imageSource: 'text', image: PICTURE, imageTailSource: 'text', imageTail: OTHER_PICTURE },
	{ imageSource: 'text', image: '', imageTailSource: 'binary', imageTailBinary: 'photo' },
	{ imageSource: 'text', image: PICTURE, imageTailSource: 'text', imageTail: '' },
	{ imagesSource: 'list', imageList: `${PICTURE}, ${OTHER_PICTURE}` },
	{ imagesSource: 'list', imageList: `${PICTURE}\ndata:image/png;base64,${BASE64}` },
	{ imagesSource: 'list', imageList: [PICTURE, OTHER_PICTURE] },
	{ imagesSource: 'list', imageList: '' },
	{ imagesSource: 'list', imageList: 'nonsense' },
	{ imagesSource: 'binary', imagesBinary: 'data, photo' },
	{ imagesSource: 'binary', imagesBinary: 'data, missing' },
	{ imagesSource: 'binary', imagesBinary: '' },
	{ videoUrl: CLIP, videoUse: 'base' },
	{ videoUrl: CLIP, videoUse: 'feature', options: { keepOriginalSound: true } },
	{ videoUrl: CLIP, videoUse: 'base', options: { keepOriginalSound: false, sound: true } },
	{
		videoUrl: CLIP,
		imagesSource: 'rows',
		images: rows(PICTURE, OTHER_PICTURE, PICTURE, PICTURE, PICTURE),
	},
	{ options: { multiShot: 'customize', shots: OPTION_VALUES.shots?.good[0] }, prompt: '' },
	{ options: { multiShot: 'intelligence', shots: OPTION_VALUES.shots?.good[0] } },
	{ options: { multiShot: 'intelligence' }, prompt: '' },
	{
		options: {
			multiShot: 'customize',
			sound: true,
			voiceIds: '1',
			shots: shots({ prompt: '<<<voice_1>>>', duration: 5 }),
		},
	},
	{
		options: { sound: true, voiceIds: `${BIG_ID},77` },
		prompt: '<<<voice_1>>> <<<voice_2>>>',
		quality: 'pro',
	},
	{ options: { sound: true, voiceIds: '1,2' }, prompt: '<<<voice_1>>>', quality: 'pro' },
	{ options: { sound: true }, quality: 'pro', imageTailSource: 'text', imageTail: PICTURE },
	{ options: { reuseTask: true, externalTaskId: 'order-1' } },
	{ options: { reuseTask: true, additionalFields: '{"external_task_id": "order-1"}' } },
	{
		options: { imageReference: 'subject', humanFidelity: 0.5 },
		imageSource: 'text',
		image: PICTURE,
	},
	{ options: { imageReference: 'face', humanFidelity: 0.5 }, imageSource: 'text', image: PICTURE },
	{ options: { negativePrompt: 'blur' }, imageSource: 'text', image: PICTURE },
	{ options: { elementIds: '160' }, characterOrientation: 'image' },
	{ options: { elementIds: '160,161' }, characterOrientation: 'video' },
	{ options: [] },
	{ options: 'nonsense' },
	{ options: null },
	{ options: new Failing('No such item') },
];
