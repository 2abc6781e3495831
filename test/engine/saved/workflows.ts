/** Saved workflows as they are kept in test/engine/saved/<version>: what n8n stored, and what left when they ran. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type NodeParameterValueType,
} from 'n8n-workflow';

import { Kling } from '../../../nodes/Kling/Kling.node';
import { version } from '../../../package.json';
import { OPTION_VALUES } from '../../record/optionValues';
import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { OPERATIONS } from '../operations/cells';
import { model } from '../kling';
import { CLIP, PICTURE, resourceOf } from '../operations/support';

const { description } = new Kling();
const [PRESET = ''] = KNOWN_ELEMENT_IDS;

/** The node of an operation in which everything differs from its default. Hardly any can run: it has to stay as it is. */
export const EVERYTHING = 'with everything';

/** One workflow that somebody saved: nodes of one operation, each with other parameters. */
export interface SavedWorkflow {
	name: string;
	nodes: INode[];
	connections: object;
	/** By the names of the nodes, and of the services: what left. Nothing where it was refused. */
	sends: Record<string, Record<string, unknown>>;
}

/** The versions of the package that workflows were saved with. */
export const VERSIONS = readdirSync(__dirname, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);

export function readSaved(ofVersion: string): SavedWorkflow[] {
	const folder = join(__dirname, ofVersion);
	return readdirSync(folder).map(
		(file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as SavedWorkflow,
	);
}

/** Keeps a workflow of the present version. Those of a version that was published must stay as they are. */
export function writeSaved(workflow: SavedWorkflow): void {
	const folder = join(__dirname, version);
	mkdirSync(folder, { recursive: true });
	const file = join(folder, `${workflow.name}.json`);
	writeFileSync(file, `${JSON.stringify(workflow, null, '\t')}\n`);
}

/** What n8n stores of parameters: those that are shown and differ from their defaults. */
export function asStored(parameters: INodeParameters, node: Pick<INode, 'typeVersion'>) {
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, parameters, false, false, node, description);
}

/** Some value that is not the default. */
function otherValue(property: INodeProperties): NodeParameterValueType | undefined {
	const { type, default: given, options = [], typeOptions = {} } = property;
	if (type === 'boolean') return given !== true;
	if (type === 'number') {
		const { minValue = 0, maxValue = Infinity } = typeOptions;
		const next = Number(given) + 1;
		return next <= maxValue ? next : minValue;
	}
	if (type === 'options') {
		return (options as INodePropertyOptions[]).find(({ value }) => value !== given)?.value;
	}
	if (type === 'string') return 'text';
	return undefined;
}

/** On these it depends which others are shown. */
const DECIDING = new Set([
	'resource',
	'operation',
	'waitMode',
	'videoSource',
	'sampleSource',
	'seller',
]);

/** A value for every property that these parameters show and do not set. */
function withEverything(parameters: INodeParameters): INodeParameters {
	const node = { typeVersion: 1, parameters };
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, node, description),
	);
	const more: INodeParameters = {};
	for (const property of shown) {
		if (property.name in parameters || DECIDING.has(property.name)) continue;
		if (property.type === 'collection') {
			const members = property.options as INodeProperties[];
			const values = members.map((member) => [member.name, otherValue(member)] as const);
			more[property.name] = Object.fromEntries<INodeParameters[string]>(
				values.filter(([, value]) => value !== undefined),
			);
		} else {
			const value = otherValue(property);
			if (value !== undefined) more[property.name] = value;
		}
	}
	return { ...parameters, ...more };
}

const SHOTS = {
	shot: [
		{ prompt: 'One', duration: 2 },
		{ prompt: 'Two', duration: 3 },
	],
};

/** What goes along with an option that is nothing by itself. */
const PARTNERS: Record<string, INodeParameters> = {
	shots: { prompt: '', duration: 5, options: { multiShot: 'customize', shots: SHOTS } },
	sound: { videoUrl: '' },
	voiceIds: { prompt: 'She says <<<voice_1>>>', options: { sound: true } },
	// Lip sync finds a task by its name only where it is one call.
	reuseTask: {
		...{ face: 'longest', videoSource: 'url', videoUrl: CLIP },
		options: { externalTaskId: 'order-1' },
	},
	humanFidelity: { imageSource: 'text', image: PICTURE },
	imageFidelity: { imageSource: 'text', image: PICTURE },
	imageReference: { imageSource: 'text', image: PICTURE },
	keepOriginalSound: { videoUrl: CLIP, videoUse: 'feature' },
	elementIds: { characterOrientation: 'video' },
	elements: { characterOrientation: 'video' },
	// Sellers speak at three speeds only, try-on has models of its own, and what stands here counts.
	relayModel: { options: { relayModel: 'kolors-virtual-try-on-v1' } },
	speechSpeed: {
		soundSource: 'text',
		text: 'Good day to you',
		content: 'alone',
		options: { speechSpeed: 1.2 },
	},
	voices: { prompt: 'She says <<<voice_1>>>', options: { sound: true } },
};

/** Models that have what others lack. */
const MODELS: INodeParameters[] = [
	{},
	...[
		...['kling-v3', 'kling-v3-omni', 'kling-v2-6', 'kling-v1-6', 'kling-v1-5', 'kling-v1'],
		'kling-4.0',
	].flatMap((name) => ['std', 'pro'].map((quality) => ({ model: model(name), quality }))),
];

/** Each option of the operation with a good value, in nodes of which one at least can run. */
function withEachOption({ imageTail: _, imageTailSource: __, ...usual }: INodeParameters) {
	const node = { typeVersion: 1, parameters: usual };
	const collection = description.properties.find(
		(property) =>
			property.name === 'options' &&
			NodeHelpers.displayParameter(usual, property, node, description),
	);
	return ((collection?.options ?? []) as INodeProperties[]).flatMap(({ name }): Variant[] => {
		const [value] = OPTION_VALUES[name]?.good ?? [];
		if (value === undefined) return [];
		const { options = {}, ...partner } = PARTNERS[name] ?? {};
		const alone = { [name]: value };
		const together = { ...alone, ...(options as INodeParameters) };
		const candidates = MODELS.flatMap((chosen) => [
			{ ...usual, ...chosen, options: alone },
			{ ...usual, ...partner, ...chosen, options: together },
		]) as INodeParameters[];
		// Of one that needs its partner to be shown, n8n stores nothing without it.
		const isStored = (candidate: INodeParameters) =>
			name in ((nodeOf('', candidate).parameters.options ?? {}) as object);
		return [{ name: `with ${name}`, candidates: candidates.filter(isStored) }];
	});
}

/** The reads of elements or voices, and their deletes, by names that no other operation has. */
function ofLibrary(resource: 'element' | 'voice'): Record<string, INodeParameters> {
	const chosen = { [`${resource}Id`]: { __rl: true, mode: 'list', value: PRESET } };
	return {
		[`${resource}-get`]: { resource, operation: 'get', ...chosen },
		[`${resource}-getMany`]: { resource, operation: 'getMany', limit: 2 },
		[`${resource}-delete`]: { resource, operation: 'delete', ...chosen },
	};
}

/** A face that somebody has found before. */
const FACE: INodeParameters = { face: 'chosen', sessionId: '814237883686625348', faceId: '0' };

/** What is asked for now would differ from run to run. */
const OCTOBER: INodeParameters = { from: '2026-10-01T00:00:00Z', until: '2026-11-01T00:00:00Z' };

const QUERIES: Record<string, INodeParameters> = {
	get: { resource: 'task', operation: 'get', taskId: '={{ $json.taskId }}' },
	getMany: { resource: 'task', operation: 'getMany', taskKind: 'text2video', limit: 2 },
	balance: { resource: 'account', operation: 'balance' },
	usage: { resource: 'account', operation: 'usage', limit: 2, ...OCTOBER },
	resourcePacks: { resource: 'account', operation: 'resourcePacks' },
	upload: { resource: 'file', operation: 'upload' },
	speech: { resource: 'audio', operation: 'speech', text: 'Good day to you' },
	recognizeParts: { resource: 'image', operation: 'recognizeParts', image: PICTURE },
	findFaces: { resource: 'video', operation: 'findFaces', videoSource: 'url', videoUrl: CLIP },
	...ofLibrary('element'),
	...ofLibrary('voice'),
};

/** What to save of an operation: parameters, or several of which the first that can run counts. */
export interface Variant {
	name: string;
	candidates: INodeParameters[];
}

/** Every operation with its parameters as usual, each of its options, and a value for everything, in this order. */
export function operationsOfToday(): Array<{ name: string; variants: Variant[] }> {
	const generating = OPERATIONS.map(
		({ operation, parameters, needsVideo, needsFace }): [string, INodeParameters] => {
			const resource = resourceOf(operation);
			const video = needsVideo ? { videoId: '={{ $json.videoId }}' } : {};
			const face = needsFace ? FACE : {};
			return [operation, { resource, operation, ...video, ...face, ...parameters }];
		},
	);
	return [...generating, ...Object.entries(QUERIES)].map(([name, usual]) => ({
		name,
		variants: [
			{ name: 'as usual', candidates: [usual] },
			...withEachOption(usual),
			...(name in QUERIES
				? []
				: [{ name: 'not awaited', candidates: [{ ...usual, waitMode: 'none' }] }]),
			{ name: EVERYTHING, candidates: [withEverything(usual)] },
		],
	}));
}

/** A node with these parameters, as n8n stores it. */
export function nodeOf(name: string, parameters: INodeParameters): INode {
	const node = { id: name, name, type: 'n8n-nodes-kling.kling', typeVersion: 1 };
	const stored = asStored(parameters, node) ?? {};
	return { ...node, position: [0, 0], parameters: stored };
}
