/** What leaves: every way to a service, every generating operation, and the parameters in all that may go right or wrong. */
import { ACCOUNTS, isCreate, takesAll } from './accounts';
import type { Account } from './accounts';
import type { Input, Parameters, Sent } from './context';
import { chanceOf } from './random';
import { brief, lineOf, runKling, told } from './run';
import { FURTHER_CASES } from './furtherCases';
import { CLIP, FILES, HEAVY, PICTURE, SAMPLE, SOUND, SPEECH, text, WRONG } from './material';
import { OPTION_VALUES } from './optionValues';
import type { Values } from './material';
import { TOGETHER, TOP_VALUES } from './values';

const MODELS = [
	'default',
	'kling-v1',
	'kling-v1-5',
	'kling-v1-6',
	'kling-v2-master',
	'kling-v2',
	'kling-v2-1',
	'kling-v2-1-master',
	'kling-v2-5-turbo',
	'kling-v2-6',
	'kling-v3',
	'kling-v3-omni',
	'kling-video-o1',
	'kling-v9-future',
	'kling-v3-turbo',
	'kling-3.0-omni',
	'kling-4.0',
];
const MODES = ['std', 'pro', '4k'];
const DURATIONS = [3, 5, 7, 10, 15, '5'];
const IMAGE_RATIOS = ['1:1', '16:9', '2:3', '21:9', '3:2', '3:4', '4:3', '9:16'];
const MIXTURES = 250;
/** One of so many cases is in the small record; a prime number, so that no row of a table is left out. */
const SMALL_SHARE = 17;

interface Operation {
	resource: string;
	/** Of its tasks, where that is not its name. */
	kind?: string;
	/** What is entered in every case, unless the case says otherwise. */
	usual: Parameters;
	/** All combinations of these. */
	grid: Readonly<Record<string, readonly unknown[]>>;
	/** What the single values are tried with. */
	settings: readonly Parameters[];
	top: readonly string[];
	options: readonly string[];
}

const EVERYWHERE = [
	'additionalFields',
	'callbackUrl',
	'externalTaskId',
	'reuseTask',
	'simplify',
	'watermark',
];
const SHOTS = ['multiShot', 'shots', 'sound'];
const ELEMENTS = ['elementIds', 'elements'];
const VOICES = ['voiceIds', 'voices'];
const BASICS = ['prompt', 'model', 'quality', 'duration'];
const VIDEO_GRID = { model: MODELS, quality: MODES, duration: DURATIONS };
const VIDEO_SETTINGS: readonly Parameters[] = [
	{},
	{ model: 'kling-v3' },
	{ model: 'kling-v1-5', quality: 'pro' },
	{ model: 'kling-v9-future' },
	{ model: 'kling-v3-turbo' },
	{ model: 'kling-3.0', quality: 'pro' },
];

const NAMED = { elementName: 'Mara', elementDescription: 'Red coat, short hair' };

/** By the operation's name in the editor, which mostly is the kind of its tasks. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
	text2video: {
		resource: 'video',
		usual: { prompt: 'A mug' },
		grid: VIDEO_GRID,
		settings: [...VIDEO_SETTINGS, { model: 'kling-v1' }],
		top: [...BASICS, 'aspectRatio'],
		options: [...EVERYWHERE, ...SHOTS, 'cameraMovement', 'cfgScale', 'negativePrompt', ...VOICES],
	},
	image2video: {
		resource: 'video',
		usual: { image: PICTURE, prompt: 'It turns' },
		grid: VIDEO_GRID,
		settings: [...VIDEO_SETTINGS, { model: 'kling-4.0' }],
		top: [...BASICS, 'image', 'imageSource', 'imageTailSource'],
		options: [
			...EVERYWHERE,
			...SHOTS,
			'aspectRatio',
			'cameraMovement',
			'cfgScale',
			...ELEMENTS,
			'middleFrames',
			'motionBrush',
			'negativePrompt',
			'staticMask',
			...VOICES,
		],
	},
	'multi-image2video': {
		resource: 'video',
		usual: { images: { image: [{ value: PICTURE }, { value: PICTURE }] }, prompt: 'They meet' },
		grid: VIDEO_GRID,
		settings: [{}, { model: 'kling-v1-6', quality: 'pro' }, { model: 'kling-v9-future' }],
		top: [...BASICS, 'aspectRatio', 'images', 'imagesSource'],
		options: [...EVERYWHERE, 'negativePrompt'],
	},
	'omni-video': {
		resource: 'video',
		usual: { prompt: 'Like <<<image_1>>>' },
		grid: VIDEO_GRID,
		settings: [
			{},
			{ model: 'kling-video-o1' },
			{ imagesSource: 'rows', images: { image: [{ value: PICTURE, role: 'first_frame' }] } },
			{ model: 'kling-v9-future' },
			{ model: 'kling-3.0-omni' },
			{ model: 'kling-4.0' },
		],
		top: [
			...BASICS,
			'aspectRatio',
			'images',
			'imagesSource',
			'videoUrl',
			'videoUrlSource',
			'videoUse',
		],
		options: [...EVERYWHERE, ...SHOTS, ...ELEMENTS, 'keepOriginalSound', ...VOICES],
	},
	'video-extend': {
		resource: 'video',
		usual: { videoId: 'video-1' },
		grid: { prompt: ['', 'It goes on'] },
		settings: [{}, { prompt: 'It goes on' }],
		top: ['prompt', 'videoId'],
		options: [...EVERYWHERE, 'aceModel', 'cfgScale', 'negativePrompt'],
	},
	'motion-control': {
		resource: 'video',
		usual: { image: PICTURE, videoUrl: 'https://cdn.example.com/dance.mp4' },
		grid: { model: MODELS, quality: MODES, characterOrientation: ['image', 'video'] },
		settings: [{}, { model: 'kling-v3' }, { model: 'kling-v9-future' }, { model: 'kling-3.0' }],
		top: [
			'prompt',
			'model',
			'quality',
			'image',
			'imageSource',
			'videoUrl',
			'videoUrlSource',
			'characterOrientation',
		],
		options: [...EVERYWHERE, ...ELEMENTS, 'keepOriginalSound'],
	},
	'lip-sync': {
		resource: 'video',
		usual: { face: 'chosen', sessionId: '7', faceId: '0', soundSource: 'url', sound: SOUND },
		grid: { face: ['chosen', 'longest'], sound: [SOUND, 'https://cdn.example.com/voice.mp3'] },
		settings: [{}, { face: 'longest', videoSource: 'url', videoUrl: CLIP }],
		top: ['face', 'sessionId', 'faceId', 'soundSource', 'sound', 'audioId', 'videoId', 'videoUrl'],
		options: [
			...EVERYWHERE,
			...['insertAt', 'originalVolume', 'soundEnd', 'soundStart', 'soundVolume', 'speechSpeed'],
		],
	},
	avatar: {
		resource: 'video',
		usual: { image: PICTURE, soundSource: 'url', sound: SOUND },
		grid: { quality: MODES, sound: [SOUND, 'https://cdn.example.com/voice.mp3'] },
		settings: [
			{},
			{ sound: 'https://cdn.example.com/voice.mp3' },
			{ soundSource: 'text', text: 'Good day to you' },
		],
		top: [
			'prompt',
			'quality',
			'image',
			'imageSource',
			'soundSource',
			'sound',
			'audioId',
			'text',
			'voice',
			'language',
		],
		options: [...EVERYWHERE, 'aceDuration', 'aceModel', 'speechSpeed'],
	},
	'text-to-audio': {
		resource: 'audio',
		usual: { prompt: 'Rain' },
		grid: { duration: [...DURATIONS, 3.5, '4.5 s', 4.55] },
		settings: [{}],
		top: ['prompt', 'duration'],
		options: EVERYWHERE,
	},
	'video-to-audio': {
		resource: 'video',
		usual: { videoId: 'video-1' },
		grid: { soundEffectPrompt: ['', 'Wind'], bgmPrompt: ['', 'Calm piano'] },
		settings: [{}, { videoSource: 'url', videoUrl: CLIP }],
		top: ['videoSource', 'videoId', 'videoUrl', 'soundEffectPrompt', 'bgmPrompt'],
		options: [...EVERYWHERE, 'asmrMode'],
	},
	'omni-image': {
		resource: 'image',
		usual: { prompt: 'Like <<<image_1>>>' },
		grid: {
			model: ['default', 'kling-image-o1', 'kling-v3-omni', 'kling-v9-future'],
			resultType: ['single', 'series'],
			seriesAmount: ['2', 'auto'],
			n: [1, 9],
		},
		settings: [{}, { model: 'kling-v3-omni' }, { imagesSource: 'list', imageList: PICTURE }],
		top: ['prompt', 'model', 'aspectRatio', 'n', 'images', 'imagesSource', 'resultType'],
		options: [...EVERYWHERE, ...ELEMENTS, 'resolution'],
	},
	'multi-image2image': {
		resource: 'image',
		usual: { images: { image: [{ value: PICTURE }, { value: PICTURE }] }, prompt: 'They meet' },
		grid: { model: ['default', 'kling-v2-1', 'kling-v9-future'], n: [1, 9] },
		settings: [{}, { sceneImageSource: 'text', sceneImage: PICTURE }],
		top: ['prompt', 'model', 'aspectRatio', 'n', 'images', 'imagesSource'],
		options: EVERYWHERE,
	},
	expand: {
		resource: 'image',
		usual: { image: PICTURE, expandUp: 0.5 },
		grid: { expandUp: [0, 0.5, 2], expandDown: [0, 1], expandLeft: [0, 0.3], n: [1, 9] },
		settings: [{}, { prompt: 'A beach' }],
		top: ['prompt', 'image', 'imageSource', 'n', 'expandUp'],
		options: EVERYWHERE,
	},
	'ai-multi-shot': {
		resource: 'image',
		usual: { image: PICTURE },
		grid: {},
		settings: [{}],
		top: ['image', 'imageSource'],
		options: EVERYWHERE,
	},
	'virtual-try-on': {
		resource: 'image',
		usual: { person: PICTURE, garment: PICTURE },
		grid: {
			personSource: ['text', 'binary'],
			personBinary: ['photo', 'data'],
			garmentSource: ['text', 'binary'],
			garmentBinary: ['photo', 'missing'],
		},
		settings: [{}],
		top: ['person', 'personSource', 'garment'],
		options: [...EVERYWHERE, 'keepBackground', 'keepFace', 'keepPose', 'relayModel'],
	},
	'goods-studio': {
		resource: 'video',
		usual: { images: { image: [{ value: PICTURE }] }, productTitle: 'Steel mug' },
		grid: {
			quality: ['std', 'pro'],
			productDuration: ['15', '30', '60'],
			aspectRatio: ['16:9', '9:16', '1:1'],
		},
		settings: [{}, { imagesSource: 'list', imageList: `${PICTURE}, ${PICTURE}` }],
		top: [
			...['images', 'imagesSource', 'productTitle', 'productDescription'],
			...['quality', 'aspectRatio', 'productDuration'],
		],
		options: EVERYWHERE,
	},
	effects: {
		resource: 'video',
		usual: { effect: 'hug_pro', image: PICTURE, secondImage: PICTURE },
		grid: {
			effect: ['hug_pro', 'Pet Lion Pro', 'hug', 'dizzydizzy'],
			secondImageSource: ['text', 'none'],
		},
		settings: [{}, { effect: 'pet_lion_pro', secondImageSource: 'none' }],
		top: ['effect', 'image', 'imageSource', 'secondImageSource', 'secondImage'],
		options: [...EVERYWHERE, 'relayModel', 'quality', 'duration'],
	},
	'talking-agent': {
		resource: 'video',
		usual: {
			avatar: 'avatar_lee_male',
			avatarImage: PICTURE,
			sellerVoice: 'female_warm_rich',
			script: 'It does not leak',
			images: { image: [{ value: PICTURE }] },
			productTitle: 'Steel mug',
		},
		grid: { seller: ['preset', 'image'], content: ['alone', 'product'], quality: ['std', 'pro'] },
		settings: [{}, { seller: 'image' }, { content: 'product' }],
		top: [
			...['seller', 'avatar', 'sellerVoice', 'script', 'content', 'images', 'imagesSource'],
			...['productTitle', 'quality', 'aspectRatio'],
		],
		options: [
			...EVERYWHERE,
			...['actionPrompt', 'backgroundMusic', 'polishScript', 'price', 'sellingPoints'],
			...['speechSpeed', 'targetAudience'],
		],
	},
	'clothing-dupe': {
		resource: 'video',
		usual: {
			videoUrl: CLIP,
			images: { image: [{ value: PICTURE }] },
			productInfo: 'Linen dress',
		},
		grid: { quality: ['std', 'pro'], aspectRatio: IMAGE_RATIOS },
		settings: [{}, { modelImagesSource: 'rows', modelImages: { image: [{ value: PICTURE }] } }],
		top: [
			...['videoUrl', 'images', 'imagesSource', 'productInfo', 'modelImagesSource', 'quality'],
			...['aspectRatio', 'musicUrl', 'musicUrlSource'],
		],
		options: [...EVERYWHERE, 'clothingVoice'],
	},
	'drama-subtitle': {
		resource: 'video',
		usual: { videoUrl: CLIP },
		grid: { targetLanguage: ['en', '', 'th'] },
		settings: [{}],
		top: ['videoUrl', 'targetLanguage'],
		options: [...EVERYWHERE, 'glossary', 'charactersPerSecond', 'fontSize', 'margin'],
	},
	createFromImages: {
		resource: 'element',
		kind: 'advanced-custom-elements',
		usual: {
			...NAMED,
			frontImage: PICTURE,
			images: { image: [{ value: PICTURE }] },
		},
		grid: { elementName: ['Mara', text(20), text(21)] },
		settings: [{}, { frontImageSource: 'binary', frontImageBinary: 'photo' }],
		top: ['elementName', 'elementDescription', 'images', 'imagesSource'],
		options: [...EVERYWHERE, 'tags', 'elementVoiceId'],
	},
	createFromVideo: {
		resource: 'element',
		kind: 'advanced-custom-elements',
		usual: { ...NAMED, videoUrl: CLIP },
		grid: { elementName: ['Mara', text(20), text(21)] },
		settings: [{}],
		top: ['elementName', 'elementDescription', 'videoUrl'],
		options: [...EVERYWHERE, 'tags', 'elementVoiceId'],
	},
	create: {
		resource: 'voice',
		kind: 'custom-voices',
		usual: { voiceName: 'Mara', sampleUrl: SAMPLE },
		grid: { voiceName: ['Mara', text(20), text(21)] },
		settings: [{}, { sampleSource: 'id', videoId: 'video-1' }],
		top: ['voiceName', 'sampleSource', 'sampleUrl', 'videoId'],
		options: EVERYWHERE,
	},
	'image-generation': {
		resource: 'image',
		usual: { prompt: 'A rabbit' },
		grid: { model: MODELS, aspectRatio: IMAGE_RATIOS, n: [1, 9] },
		settings: [
			{},
			{ model: 'kling-v1-5', imageSource: 'text', image: PICTURE },
			{ model: 'kling-v3' },
			{ model: 'kling-v9-future' },
		],
		top: ['prompt', 'model', 'aspectRatio', 'n', 'image', 'imageSource'],
		options: [
			...EVERYWHERE,
			...ELEMENTS,
			'humanFidelity',
			'imageFidelity',
			'imageReference',
			'negativePrompt',
			'resolution',
		],
	},
};

export const OPERATION_NAMES = Object.keys(OPERATIONS);

export const KIND_NAMES = [
	...new Set(Object.entries(OPERATIONS).map(([name, { kind = name }]) => kind)),
];

function combinations(grid: Operation['grid']): Parameters[] {
	return Object.entries(grid).reduce<Parameters[]>(
		(found, [name, values]) =>
			found.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
		[{}],
	);
}

const alone = (name: string, value: unknown): Parameters => ({ [name]: value });
const inOptions = (name: string, value: unknown): Parameters => ({ options: { [name]: value } });

/** What is tried for a parameter. Throws where there is nothing: it would be tried with nonsense alone. */
function valuesOf(from: Readonly<Record<string, Values>>, name: string): Values {
	const values = from[name];
	if (values) return values;
	throw new Error(`${name} has no values in test/record/values.ts and optionValues.ts`);
}

/** Every value of every parameter and option by itself. */
function singles({ top, options }: Operation): Parameters[] {
	const all = (names: readonly string[], from: typeof TOP_VALUES, make: typeof alone) =>
		names.flatMap((name) => {
			const { good, wrong = [] } = valuesOf(from, name);
			return [...good, ...wrong, ...WRONG].map((value) => make(name, value));
		});
	return [...all(top, TOP_VALUES, alone), ...all(options, OPTION_VALUES, inOptions), ...TOGETHER];
}

/** Several values at once, most of them good, as chance has it. */
function mixtures(name: string, { top, options, grid }: Operation): Parameters[] {
	const chance = chanceOf(name);
	const pick = (from: typeof TOP_VALUES, member: string): unknown => {
		const { good, wrong = WRONG } = valuesOf(from, member);
		return chance.one(chance.below(12) === 0 && wrong.length > 0 ? wrong : good);
	};
	return Array.from({ length: MIXTURES }, () => {
		const some: Record<string, unknown> = {};
		for (const [member, values] of Object.entries(grid)) some[member] = chance.one(values);
		for (let count = chance.below(3); count > 0; count -= 1) {
			const member = chance.one(top);
			some[member] = pick(TOP_VALUES, member);
		}
		const chosen: Record<string, unknown> = {};
		for (let count = chance.below(5); count > 0; count -= 1) {
			const member = chance.one(options);
			chosen[member] = pick(OPTION_VALUES, member);
		}
		return { ...some, options: chosen };
	});
}

/** All cases of an operation; what is usual is left out. */
function casesOf(name: string, operation: Operation): Parameters[] {
	const tried = singles(operation).flatMap((one) =>
		operation.settings.map((setting) => ({ ...setting, ...one })),
	);
	return [
		...combinations(operation.grid),
		...tried,
		...mixtures(name, operation),
		...(FURTHER_CASES[name] ?? []),
	];
}

/** The files of an item: those that are too heavy, or of another sort, only where they are asked for. */
function filesFor(given: Parameters): Readonly<Record<string, Buffer>> {
	const added = { ...HEAVY, ...SPEECH };
	const asked = Object.entries(added).filter(([name]) => Object.values(given).includes(name));
	return asked.length === 0 ? FILES : { ...FILES, ...Object.fromEntries(asked) };
}

/** The parameters and the options that some case of an operation sets; none where it has no entry. */
export function triedBy(name: string): Record<'parameters' | 'options', ReadonlySet<string>> {
	const operation = OPERATIONS[name];
	const cases = operation ? [operation.usual, ...casesOf(name, operation)] : [];
	const names = (values: readonly unknown[]) =>
		new Set(values.flatMap((one) => (typeof one === 'object' && one ? Object.keys(one) : [])));
	return { parameters: names(cases), options: names(cases.map(({ options }) => options)) };
}

/** Requests by the running number of the create that they led to. */
function leadingTo(sent: readonly Sent[]): Map<number, string[]> {
	const groups = new Map<number, string[]>();
	let open: string[] = [];
	for (const [place, request] of sent.entries()) {
		open.push(told(request));
		if (!isCreate(request)) continue;
		groups.set(place, open);
		open = [];
	}
	return groups;
}

/** The lines for one way to a service and one operation; all cases go through one execution. */
export async function requestLines(
	account: Account,
	place: number,
	name: string,
	full: boolean,
): Promise<string[]> {
	const operation = OPERATIONS[name]!;
	const cases = casesOf(name, operation).filter(
		(_case, index) => full || (index + place) % SMALL_SHARE === 0,
	);
	const fixed = { resource: operation.resource, operation: name, waitMode: 'none' };
	const inputs = cases.map((given): Input => ({
		parameters: { ...operation.usual, ...given, ...fixed },
		binary: filesFor(given),
	}));
	const world = { credential: ACCOUNTS[account], answer: takesAll(account) };
	const { items, sent, hints, thrown } = await runKling(world, inputs);
	const groups = leadingTo(sent);
	const lines = cases.map((given, index) => {
		const item = items[index];
		const made = /\bmade-(\d+)\b/.exec(JSON.stringify(item?.json ?? null))?.[1];
		const requests = made === undefined ? [] : groups.get(Number(made));
		return lineOf({ given: brief(given), sent: requests, item }, index);
	});
	const rest = { items: items.length, sent: sent.length, hints, thrown };
	return [...lines, lineOf(rest)];
}
