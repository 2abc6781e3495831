/** Which parameters the editor shows for each operation, and in which order. */
import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { properties } from '../../nodes/Kling/description';
import { RESOURCES } from '../../nodes/Kling/operations';
import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { FIELDS, OWN_OPTIONS, WAIT, WITHOUT_WATERMARK } from './panelFields';
import { membersOf, operationsOf } from './properties';

const node = new Kling().description;

/** The parameters that are shown when these values are set and all others are left as they are. */
function shown(values: INodeParameters): INodeProperties[] {
	const typed = { typeVersion: 1 };
	const all = NodeHelpers.getNodeParameters(node.properties, values, true, false, typed, node);
	return node.properties.filter((property) =>
		NodeHelpers.displayParameter(all ?? {}, property, typed, node),
	);
}

const namesOf = (properties: INodeProperties[]) =>
	properties.map(({ displayName }) => displayName).join(', ');

const WAIT_OPTIONS = [
	...['Initial Delay (Seconds)', 'Max File Size (MB)', 'Max Tasks in Parallel', 'On Timeout'],
	...['Output Data Field Name', 'Poll Interval (Seconds)', 'Timeout (Minutes)'],
];
/** Of no use where there are no files. */
const OF_FILES = ['Max File Size (MB)', 'Output Data Field Name'];
const GENERATE_OPTIONS = ['Additional Fields (JSON)', 'Callback URL', 'External Task ID'];
/** Their tasks are found by no name, wherever they are made. */
const NEVER_REUSED = ['ai-multi-shot'];
function optionsOf(resource: string, operation: string): string[] {
	const own = OWN_OPTIONS[`${resource}/${operation}`];
	const generates = RESOURCES[resource]?.operations[operation]?.type === 'generate';
	const isMarked = generates && !WITHOUT_WATERMARK.includes(operation);
	return [
		'Simplify',
		...(own ?? []),
		...(generates ? GENERATE_OPTIONS : []),
		...(generates && !NEVER_REUSED.includes(operation) ? ['Reuse Existing Task'] : []),
		...(isMarked ? ['Watermark'] : []),
		...(generates || (resource === 'task' && operation === 'get') ? WAIT_OPTIONS : []).filter(
			(name) => resource !== 'element' || !OF_FILES.includes(name),
		),
	].sort((one, other) => one.localeCompare(other));
}

const OPERATIONS = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.keys(operations).map((operation) => ({ resource, operation })),
);

describe.each(OPERATIONS)('$resource, $operation', ({ resource, operation }) => {
	it('shows these parameters by default', () => {
		const fields = FIELDS[`${resource}/${operation}`];
		expect(namesOf(shown({ resource, operation }))).toBe(`Resource, Operation, ${fields}`);
	});

	it('has these options, in the order of their names', () => {
		const last = shown({ resource, operation }).at(-1);
		expect(last?.name).toBe('options');
		expect(namesOf(membersOf(last!))).toBe(optionsOf(resource, operation).join(', '));
	});
});

/** The members of Options that can be added when these values are set. */
function offered(values: INodeParameters): string[] {
	const options = shown(values).find(({ name }) => name === 'options');
	const typed = { typeVersion: 1 };
	return membersOf(options!)
		.filter((member) => NodeHelpers.displayParameter({}, member, typed, node, values))
		.map(({ name }) => name);
}

describe('options that make sense only with another choice', () => {
	const WAITING = ['initialDelay', 'maxParallel', 'pollInterval', 'timeout'];
	const OF_FILES = ['maxFileSize', 'binaryField'];
	const PRODUCT = ['price', 'sellingPoints', 'targetAudience'];
	it.each<[INodeParameters, string[]]>([
		[{ waitMode: 'poll', download: true }, [...WAITING, 'onTimeout', ...OF_FILES]],
		[{ waitMode: 'poll', download: false }, [...WAITING, 'onTimeout']],
		[{ waitMode: 'suspend', download: true }, [...WAITING, ...OF_FILES]],
		[{ waitMode: 'none', download: true }, []],
	])('of a video, with %j', (values, expected) => {
		const all = [...WAITING, 'onTimeout', ...OF_FILES];
		const found = offered({ resource: 'video', operation: 'text2video', ...values });
		expect(found.filter((name) => all.includes(name)).sort()).toEqual(expected.sort());
	});

	it.each<[string, string, INodeParameters, string[]]>([
		['talking-agent', 'a product', { content: 'alone' }, PRODUCT],
		['talking-agent', 'nobody but the seller', { content: 'product' }, ['speechSpeed']],
		...['binary', 'speech', 'url'].flatMap((soundSource) =>
			['lip-sync', 'avatar'].map((operation): [string, string, INodeParameters, string[]] => [
				operation,
				'a text',
				{ soundSource },
				['speechSpeed'],
			]),
		),
		[
			'image2video',
			'no last frame',
			{ imageTailSource: 'binary' },
			['cameraMovement', 'motionBrush', 'staticMask'],
		],
		// A picture that is given as text may be blank.
		['image2video', 'no last frame', { imageTailSource: 'text' }, []],
		['image-generation', 'no reference image', { imageSource: 'binary' }, ['negativePrompt']],
		['image-generation', 'no reference image', { imageSource: 'text' }, []],
		[
			'image-generation',
			'a reference image',
			{ imageSource: 'none' },
			['humanFidelity', 'imageReference'],
		],
		['text2video', 'no suspended execution', { waitMode: 'suspend' }, ['callbackUrl']],
	])('of %s, what needs %s, not with %j', (operation, _needs, values, refused) => {
		const resource = operation === 'image-generation' ? 'image' : 'video';
		const [[name, value] = ['', '']] = Object.entries(values);
		const all = membersOf(RESOURCES[resource]!.operations[operation]!.options);
		const usual = { resource, operation, waitMode: 'poll', download: true };
		const left = offered({ ...usual, ...values });
		const lost = all.filter((member) => !left.includes(member.name)).map((member) => member.name);
		const perhaps = offered({ ...usual, [name]: `={{ ${JSON.stringify(value)} }}` });
		expect(lost.filter((member) => member !== 'onTimeout').sort()).toEqual(refused);
		// Where only an item tells, all of them are offered, and what does not go together is refused.
		expect(perhaps).toEqual(expect.arrayContaining(refused));
	});

	it('of Task → Get, which may download without waiting', () => {
		const values = { resource: 'task', operation: 'get', waitMode: 'none', download: true };
		expect(offered(values)).toEqual([...OF_FILES, 'simplify']);
	});
});

describe('the tool of an agent', () => {
	const tool = { ...node, name: 'klingTool' };
	const isShown = (part: object, as: typeof node): boolean => {
		const values = { waitMode: 'poll', download: true, resource: 'video', operation: 'text2video' };
		return NodeHelpers.displayParameter(values, part as INodeProperties, { typeVersion: 1 }, as);
	};

	/** Whatever is shown of the video's panel, and of its choices and options. */
	const namesFor = (as: typeof node): string[] =>
		node.properties
			.filter((property) => isShown(property, as))
			.flatMap((property) => [property, ...(property.options ?? [])])
			.filter((part) => isShown(part, as))
			.map((part) => ('value' in part ? String(part.value) : part.name));

	it('is not offered what does nothing for it', () => {
		const lost = namesFor(node).filter((name) => !namesFor(tool).includes(name));
		expect(lost.sort()).toEqual(['binaryField', 'download', 'maxFileSize', 'suspend']);
	});
});

describe('a label', () => {
	const all = (property: INodeProperties): INodeProperties[] => [
		property,
		...membersOf(property).flatMap(all),
	];
	const labels = [node, new KlingTrigger().description]
		.flatMap(({ properties: top }) => top.flatMap(all))
		.filter(({ type }) => type !== 'notice')
		.map(({ displayName }) => displayName);

	it.each([...new Set(labels)])('"%s" has room in the panel', (label) => {
		expect(label.length).toBeLessThanOrEqual(32);
	});
});

describe('what is said of an operation', () => {
	const textOf = (operation: string, label: string) => {
		const { properties: own, options } = RESOURCES.video!.operations[operation]!;
		return [...own, ...membersOf(options)].find(({ displayName }) => displayName === label);
	};

	it.each(['goods-studio', 'talking-agent', 'clothing-dupe', 'drama-subtitle'])(
		'%s: not that a used External Task ID is refused',
		(operation) => {
			expect(textOf(operation, 'External Task ID')?.description).toBe(
				'A name of your own for the task, by which you can find it again. Only official Kling; if empty, the node gives each task a name there.',
			);
		},
	);

	it('text2video: that it is', () => {
		expect(textOf('text2video', 'External Task ID')?.description).toContain(
			'Official Kling refuses one that was used before. Only official Kling and relays; if',
		);
	});

	it.each(['text2video', 'motion-control', 'goods-studio', 'talking-agent', 'clothing-dupe'])(
		'%s: not that 1080p is twice the price',
		(operation) => {
			const [, pro] = textOf(operation, 'Quality')?.options ?? [];
			expect(pro).toMatchObject({ value: 'pro', description: '1080p, costs more' });
		},
	);

	it.each(['multi-image2video', 'omni-video'])('%s: nothing of a model without it', (operation) => {
		const { properties: own, options } = RESOURCES.video!.operations[operation]!;
		expect(JSON.stringify([...own, ...membersOf(options)])).not.toMatch(/v3.turbo/i);
	});

	it.each([
		['text2video', /Only official Kling and relays\.$/],
		['motion-control', /is not downloaded\.$/],
		['goods-studio', /is not downloaded\.$/],
		['drama-subtitle', /is not downloaded\.$/],
	])('%s: who makes a copy with a watermark', (operation, says) => {
		expect(textOf(operation, 'Watermark')?.description).toMatch(says);
	});

	it('virtual-try-on: official Kling and Ace Data Cloud make that copy', () => {
		const { options } = RESOURCES.image!.operations['virtual-try-on']!;
		const watermark = membersOf(options).find(({ name }) => name === 'watermark');
		expect(watermark?.description).toMatch(/Only official Kling and Ace Data Cloud\.$/);
	});

	it.each(['goods-studio', 'talking-agent', 'clothing-dupe', 'drama-subtitle'])(
		'%s: who can use it',
		(operation) => {
			const { description } = RESOURCES.video!.operations[operation]!;
			expect(description).toContain('official Kling with an API key');
			expect(description.includes('Ace Data Cloud')).toBe(operation !== 'drama-subtitle');
		},
	);
});

const GENERATED = OPERATIONS.filter(
	({ resource, operation }) => RESOURCES[resource]?.operations[operation]?.type === 'generate',
);

const hasFiles = ({ operation }: (typeof OPERATIONS)[number]) =>
	!['createFromImages', 'createFromVideo'].includes(operation);

describe('what operations share', () => {
	it.each(['waitMode', 'download'])(
		'stands in the list once for all that make something: %s',
		(name) => {
			const found = node.properties.filter((property) => property.name === name);
			const places = found.map((property) => operationsOf(property).length);
			// Every resource of them with every operation; and Task → Get, which shares Download Result with Generate Speech and Recognize Parts.
			const making = name === 'download' ? GENERATED.filter(hasFiles) : GENERATED;
			const resources = new Set(making.map(({ resource }) => resource)).size;
			expect(places).toContain(resources * making.length);
			expect(places).toContain(name === 'download' ? 3 * 3 : 1);
			expect(places).toHaveLength(2);
		},
	);

	it('is not shown for an operation of the same value in another resource', () => {
		const { task, ...others } = RESOURCES;
		const { get, getMany } = task!.operations;
		// Element → Get waits for nothing, though Task → Get does.
		const element = { ...task!, operations: { get: getMany! } };
		const made = properties({ ...others, task: { ...task!, operations: { get: get! } }, element });
		const shownAt = (name: string) =>
			made.filter((property) => property.name === name).flatMap(operationsOf);
		expect(shownAt('download')).toContain('task/get');
		expect(shownAt('download')).toContain('video/text2video');
		expect(shownAt('download')).not.toContain('element/get');
		expect(shownAt('options')).toContain('element/get');
	});
});

describe('a parameter that n8n demands', () => {
	const isDemanded = (name: string, values: INodeParameters): boolean => {
		const typed = { typeVersion: 1 };
		const matching = node.properties.filter(
			(property) =>
				property.name === name && NodeHelpers.displayParameter(values, property, typed, node),
		);
		expect(matching).toHaveLength(1);
		return matching[0]?.required ?? false;
	};
	const custom = { options: { multiShot: 'customize' } };
	const last = { imageSource: 'text', imageTailSource: 'text' };

	it.each<[string, string, INodeParameters, boolean]>([
		['prompt', 'text2video', {}, true],
		['prompt', 'text2video', { options: { multiShot: 'intelligence' } }, true],
		['prompt', 'text2video', custom, false],
		['prompt', 'omni-video', {}, true],
		['prompt', 'omni-video', custom, false],
		['prompt', 'multi-image2video', {}, true],
		['prompt', 'image2video', {}, false],
		['prompt', 'motion-control', {}, false],
		['image', 'motion-control', { imageSource: 'text' }, true],
		['imageBinary', 'motion-control', { imageSource: 'binary' }, true],
		['image', 'image2video', { imageSource: 'text', imageTailSource: 'none' }, true],
		['image', 'image2video', last, false],
		['imageTail', 'image2video', last, false],
		['imageList', 'multi-image2video', { imagesSource: 'list' }, true],
		['imageList', 'omni-video', { imagesSource: 'list' }, false],
		['videoUrl', 'motion-control', { videoUrlSource: 'url' }, true],
		['videoUrlBinary', 'motion-control', { videoUrlSource: 'binary' }, true],
		['videoUrl', 'omni-video', { videoUrlSource: 'url' }, false],
		['videoId', 'video-to-audio', { videoSource: 'id' }, true],
		['videoUrl', 'video-to-audio', { videoSource: 'url' }, true],
		['soundEffectPrompt', 'video-to-audio', {}, false],
		['avatar', 'talking-agent', { seller: 'preset' }, true],
		['sellerVoice', 'talking-agent', { seller: 'image' }, true],
		['avatarImage', 'talking-agent', { seller: 'image', avatarImageSource: 'text' }, true],
		['productTitle', 'talking-agent', { content: 'product' }, true],
		['imageList', 'talking-agent', { content: 'product', imagesSource: 'list' }, true],
		['imageList', 'clothing-dupe', { imagesSource: 'list' }, true],
		['modelImageList', 'clothing-dupe', { modelImagesSource: 'list' }, false],
		['musicUrl', 'clothing-dupe', { musicUrlSource: 'url' }, false],
		['musicUrlBinary', 'clothing-dupe', { musicUrlSource: 'binary' }, true],
		['effect', 'effects', {}, true],
		['secondImage', 'effects', { effect: 'hug_pro', secondImageSource: 'text' }, true],
		['secondImage', 'effects', { effect: '={{ $json.effect }}', secondImageSource: 'text' }, true],
	])('%s of %s, with %j: %s', (name, operation, values, demanded) => {
		expect(isDemanded(name, { resource: 'video', operation, ...values })).toBe(demanded);
	});
});

const effect = (value: string) => ({ __rl: true, mode: 'list', value });

/** What another choice shows, from the parameter that was changed to the last. */
it.each<[INodeParameters, string]>([
	[{ operation: 'text2video', waitMode: 'none' }, 'Wait for Completion, Options'],
	[{ operation: 'text2video', waitMode: 'suspend' }, WAIT],
	[{ operation: 'text2video', download: false }, 'Download Result, Options'],
	[{ resource: 'task', operation: 'get', waitMode: 'poll' }, WAIT],
	[{ resource: 'task', operation: 'getMany', returnAll: true }, 'Return All, Options'],
	[
		{ operation: 'motion-control', imageSource: 'binary' },
		`Character Image Input Type, Character Image Field, Motion Video Input Type, Motion Video URL, Character Orientation, Prompt, Model, Quality, ${WAIT}`,
	],
	[
		{ operation: 'motion-control', videoUrlSource: 'binary' },
		`Motion Video Input Type, Motion Video Field, Character Orientation, Prompt, Model, Quality, ${WAIT}`,
	],
	[
		{ operation: 'lip-sync', videoSource: 'binary' },
		`Video Input Type, Video Field, Sound Input Type, Text, Voice, Language, ${WAIT}`,
	],
	[
		{ resource: 'voice', operation: 'create', sampleSource: 'binary' },
		`Sample Input Type, Sample Field, ${WAIT}`,
	],
	[
		{ operation: 'video-to-audio', videoSource: 'url' },
		`Video Input Type, Video URL, Sound Effect Prompt, Background Music Prompt, ${WAIT}`,
	],
	...['hug_pro', '={{ $json.effect }}', 'newer_effect'].map((value): [INodeParameters, string] => [
		{ operation: 'effects', effect: effect(value) },
		`Effect, Image Input Type, Image, Second Image (Right) Input Type, Second Image (Right), ${WAIT}`,
	]),
	...['', 'pet_lion_pro', 'pet_lion'].map((value): [INodeParameters, string] => [
		{ operation: 'effects', effect: effect(value) },
		`Effect, Image Input Type, Image, ${WAIT}`,
	]),
	[
		{ operation: 'effects', effect: effect('hug_pro'), secondImageSource: 'binary' },
		`Second Image (Right) Input Type, Second Image (Right) Field, ${WAIT}`,
	],
	[
		{ operation: 'talking-agent', seller: 'image' },
		`Seller, Avatar Image Input Type, Avatar Image, Voice, Script, Content, Quality, Aspect Ratio, ${WAIT}`,
	],
	[
		{ operation: 'talking-agent', seller: 'image', avatarImageSource: 'binary' },
		`Avatar Image Input Type, Avatar Image Field, Voice, Script, Content, Quality, Aspect Ratio, ${WAIT}`,
	],
	[
		{ operation: 'talking-agent', content: 'product' },
		`Content, Product Images Input Type, Product Images, Product Title, Quality, Aspect Ratio, ${WAIT}`,
	],
	[
		{ operation: 'clothing-dupe', imagesSource: 'list', modelImagesSource: 'list' },
		`Model Images Input Type, Model Image List, Quality, Aspect Ratio, Background Music Input Type, Background Music URL, ${WAIT}`,
	],
	[
		{ operation: 'clothing-dupe', modelImagesSource: 'binary' },
		`Model Images Input Type, Model Input Data Field Names, Quality, Aspect Ratio, Background Music Input Type, Background Music URL, ${WAIT}`,
	],
	[
		{ resource: 'image', operation: 'virtual-try-on', garmentSource: 'binary' },
		`Garment Input Type, Garment Field, ${WAIT}`,
	],
	[
		{ operation: 'goods-studio', imagesSource: 'list' },
		`Product Images Input Type, Image List, Product Title, Product Description, Quality, Aspect Ratio, Duration, ${WAIT}`,
	],
	[
		{ operation: 'multi-image2video', imagesSource: 'list' },
		`Images Input Type, Image List, Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, ${WAIT}`,
	],
])('%j shows %s', (values, expected) => {
	const all = shown({ resource: 'video', ...values });
	const changed = all.findIndex(({ name }) => name === Object.keys(values).at(-1));
	expect(namesOf(all.slice(changed))).toBe(expected);
});
