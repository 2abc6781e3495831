/** Which parameters the editor shows for each operation, and in which order. */
import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { properties } from '../../nodes/Kling/description';
import { RESOURCES } from '../../nodes/Kling/operations';
import { Kling } from '../../nodes/Kling/Kling.node';
import { operationsOf } from './properties';

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

const WAIT = 'Wait for Completion, Wait Options, Download Result, Output Data Field Name, Simplify';

/** What is shown below Resource and Operation, and what Options holds. */
const PANELS: Record<string, { fields: string; options?: string }> = {
	'account/resourcePacks': { fields: 'Bought After, Bought Before, Simplify' },
	'image/image-generation': {
		fields: `Prompt, Model, Number of Images, Aspect Ratio, Reference Image Source, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Callback URL, Element IDs, External Task ID, Face Fidelity, Image Fidelity, Image Reference, Negative Prompt, Resolution, Reuse Existing Task, Watermark',
	},
	'task/get': { fields: 'Task ID, Made By, Wait for Completion, Simplify' },
	'task/getMany': { fields: 'Made By, Return All, Limit, Simplify' },
	'video/image2video': {
		fields: `First Frame Source, First Frame, Prompt, Model, Quality, Duration (Seconds), Last Frame Source, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Aspect Ratio, Callback URL, Camera Movement, CFG Scale, Element IDs, External Task ID, Motion Brush, Multi-Shot, Negative Prompt, Reuse Existing Task, Shots, Sound, Static Mask, Voice IDs, Watermark',
	},
	'video/motion-control': {
		fields: `Character Image Source, Character Image, Motion Video URL, Character Orientation, Prompt, Model, Quality, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Callback URL, Element IDs, External Task ID, Keep Original Sound, Reuse Existing Task, Watermark',
	},
	'video/multi-image2video': {
		fields: `Images Source, Images, Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Callback URL, External Task ID, Negative Prompt, Reuse Existing Task, Watermark',
	},
	'video/omni-video': {
		fields: `Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, Images Source, Reference Video URL, Reference Video Use, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Callback URL, Element IDs, External Task ID, Keep Original Sound, Multi-Shot, Reuse Existing Task, Shots, Sound, Watermark',
	},
	'video/text2video': {
		fields: `Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Callback URL, Camera Movement, CFG Scale, External Task ID, Multi-Shot, Negative Prompt, Reuse Existing Task, Shots, Sound, Voice IDs, Watermark',
	},
	'video/video-extend': {
		fields: `Video ID, Prompt, Options, ${WAIT}`,
		options:
			'Additional Fields (JSON), Callback URL, CFG Scale, External Task ID, Model (Ace Data Cloud), Negative Prompt, Reuse Existing Task, Watermark',
	},
};

const OPERATIONS = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.keys(operations).map((operation) => ({ resource, operation })),
);

describe.each(OPERATIONS)('$resource, $operation', ({ resource, operation }) => {
	const panel = PANELS[`${resource}/${operation}`];

	it('shows these parameters by default', () => {
		expect(namesOf(shown({ resource, operation }))).toBe(`Resource, Operation, ${panel?.fields}`);
	});

	it('has these options', () => {
		const options = shown({ resource, operation }).find(({ name }) => name === 'options')?.options;
		expect(options && namesOf(options as INodeProperties[])).toBe(panel?.options);
	});
});

describe('what operations share', () => {
	it('stands once in the list', () => {
		for (const name of ['waitOptions', 'download', 'binaryField', 'simplify']) {
			expect([name, node.properties.filter((property) => property.name === name)]).toEqual([
				name,
				[expect.anything()],
			]);
		}
	});

	it('is not shown for an operation of the same value in another resource', () => {
		const { task, ...others } = RESOURCES;
		const { get, getMany } = task!.operations;
		// Element → Get waits for nothing, though Task → Get does.
		const element = { ...task!, operations: { get: getMany! } };
		const made = properties({ ...others, task: { ...task!, operations: { get: get! } }, element });
		const shownAt = (name: string) =>
			made.filter((property) => property.name === name).flatMap(operationsOf);
		expect(shownAt('waitOptions')).toContain('task/get');
		expect(shownAt('waitOptions')).toContain('video/text2video');
		expect(shownAt('waitOptions')).not.toContain('element/get');
		expect(shownAt('simplify')).toContain('element/get');
	});
});

/** What another choice shows, from the parameter that was changed to the last. */
it.each<[INodeParameters, string]>([
	[{ operation: 'text2video', waitMode: 'none' }, 'Wait for Completion, Simplify'],
	[{ operation: 'text2video', waitMode: 'suspend' }, WAIT],
	[{ operation: 'text2video', download: false }, 'Download Result, Simplify'],
	[{ resource: 'task', operation: 'get', waitMode: 'poll' }, WAIT],
	[{ resource: 'task', operation: 'getMany', returnAll: true }, 'Return All, Simplify'],
	[
		{ operation: 'motion-control', imageSource: 'binary' },
		`Character Image Source, Character Image: Input Data Field Name, Motion Video URL, Character Orientation, Prompt, Model, Quality, Options, ${WAIT}`,
	],
	[
		{ operation: 'multi-image2video', imagesSource: 'list' },
		`Images Source, Image List, Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, Options, ${WAIT}`,
	],
])('%j shows %s', (values, expected) => {
	const all = shown({ resource: 'video', ...values });
	const changed = all.findIndex(({ name }) => name === Object.keys(values).at(-1));
	expect(namesOf(all.slice(changed))).toBe(expected);
});
