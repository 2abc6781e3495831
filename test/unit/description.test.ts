/** n8n's rules for what a user sees in the editor, over the real descriptions of the nodes and the credential. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { subtitle } from '../../nodes/Kling/description';
import { RESOURCES } from '../../nodes/Kling/operations';
import { Kling } from '../../nodes/Kling/Kling.node';
import { DUAL_EFFECTS, ONE_IMAGE_EFFECTS } from '../../nodes/shared/core/effects';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { isGroup, isOption, membersOf, operationsOf, placeOf } from './properties';

const ROOT = join(__dirname, '../..');
const node = new Kling().description;
const trigger = new KlingTrigger().description;
const credential = new KlingApi();

interface Place {
	/** Where it stands, for messages: "video/text2video/options/cfgScale". */
	path: string;
	property: INodeProperties;
}

/** A property with all that it holds. */
function all(property: INodeProperties, path: string): Place[] {
	const here = `${path}/${property.name}`;
	return [{ path: here, property }, ...membersOf(property).flatMap((member) => all(member, here))];
}

const PLACES = node.properties.flatMap((property) => all(property, placeOf(property)));
/** A notice is a sentence, not a field. */
const isField = ({ type }: INodeProperties) => type !== 'notice';
const CREDENTIAL_PLACES = credential.properties
	.filter(isField)
	.flatMap((property) => all(property, 'credential'));
const TRIGGER_PLACES = trigger.properties
	.filter(isField)
	.flatMap((property) => all(property, 'trigger'));
const EVERYWHERE = [...PLACES, ...TRIGGER_PLACES, ...CREDENTIAL_PLACES];

const optionsOf = ({ options = [] }: INodeProperties) => options.filter(isOption);
const named = (places: Place[]) => places.map((place) => [place.path, place.property] as const);

/** Words that Title Case leaves small, unless they come first or last. */
const SMALL = new Set([
	'a',
	'an',
	'and',
	'as',
	'at',
	'but',
	'by',
	'for',
	'from',
	'in',
	'into',
	'nor',
	'of',
	'on',
	'or',
	'the',
	'to',
	'up',
	'with',
]);

function isTitleCase(text: string): boolean {
	const spoken = text.split(/[\s(]+/).filter((word) => /^[a-z]/i.test(word));
	return spoken.every((word, place) => /^[A-Z0-9]/.test(word) || (SMALL.has(word) && place > 0));
}

function isSorted(names: string[]): boolean {
	const sorted = [...names].sort((one, other) => one.localeCompare(other));
	return names.join('|') === sorted.join('|');
}

describe('every property', () => {
	it.each(named(EVERYWHERE))('%s has a name in Title Case', (_path, { displayName }) => {
		expect([displayName, isTitleCase(displayName)]).toEqual([displayName, true]);
	});

	// These three speak for themselves, as they do in n8n's own nodes.
	const NEEDING = EVERYWHERE.filter(
		({ property }) => !['resource', 'operation', 'options'].includes(property.name),
	);

	it.each(named(NEEDING))('%s says what it is for', (_path, { description, hint }) => {
		expect((description ?? hint ?? '').length).toBeGreaterThan(10);
	});

	it.each(named(EVERYWHERE))(
		'%s: the description is written as n8n wants it',
		(_path, property) => {
			const { description = '', type } = property;
			expect(description).toBe(description.trim());
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			const sentences = description.split(/[.?!](?:\s|$)/).filter((part) => part.trim() !== '');
			if (sentences.length === 1) expect(description).not.toMatch(/\.$/);
			expect(description).not.toMatch(/<(?!a |\/a>)/);
		},
	);

	it.each(named(EVERYWHERE.filter(({ property }) => property.placeholder)))(
		'%s: the placeholder is an example or an invitation',
		(_path, { placeholder = '', type }) => {
			const isList = type === 'collection' || type === 'fixedCollection';
			expect(placeholder).toMatch(isList ? /^Add [A-Z]/ : /^e\.g\. /);
		},
	);

	it.each(named(EVERYWHERE.filter(({ property }) => optionsOf(property).length >= 5)))(
		'%s: five options or more are sorted',
		(_path, property) => {
			const names = optionsOf(property).map(({ name }) => name);
			expect([names, isSorted(names)]).toEqual([names, true]);
		},
	);

	// Rows of few members have them in the order in which they make sense.
	it.each(
		named(
			EVERYWHERE.filter(
				({ property }) =>
					membersOf(property).length >= (property.type === 'fixedCollection' ? 5 : 1),
			),
		),
	)('%s: what it holds is sorted', (_path, property) => {
		const names = membersOf(property).map(({ displayName }) => displayName);
		expect([names, isSorted(names)]).toEqual([names, true]);
	});

	it.each(named(EVERYWHERE.filter(({ property }) => property.type === 'options')))(
		'%s: the default is one of the options, each with a name of its own',
		(_path, property) => {
			const options = optionsOf(property);
			expect(options.map(({ value }) => value)).toContain(property.default);
			expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
			expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
			for (const { name } of options) expect([name, isTitleCase(name)]).toEqual([name, true]);
			// One word alone leaves something to explain.
			for (const { name, description = '' } of options)
				expect(`${name} ${description}`).toMatch(/\S\s\S|\d/);
		},
	);

	it.each(named(EVERYWHERE.filter(({ property }) => property.type === 'number')))(
		'%s: the default lies within the bounds',
		(_path, { default: value, typeOptions = {} }) => {
			const { minValue = -Infinity, maxValue = Infinity } = typeOptions;
			expect(value).toBeGreaterThanOrEqual(minValue);
			expect(value).toBeLessThanOrEqual(maxValue);
		},
	);
});

describe('resources and operations', () => {
	const choosers = node.properties.filter(({ name }) => ['resource', 'operation'].includes(name));

	it('cannot be expressions', () => {
		expect(choosers.length).toBe(Object.keys(RESOURCES).length + 1);
		for (const { noDataExpression } of choosers) expect(noDataExpression).toBe(true);
	});

	const operations = choosers.flatMap((chooser) =>
		chooser.name === 'operation'
			? optionsOf(chooser).map((option) => [placeOf(chooser).split('/')[0] ?? '', option] as const)
			: [],
	);

	it.each(operations)(
		'%s: an operation says what it does, without the resource in its name',
		(resource, option) => {
			expect(option.action).toMatch(/^[A-Z][^A-Z]*$/);
			expect(option.description).toMatch(/^[A-Z].*[^.]$/);
			expect(option.name.toLowerCase().split(' ')).not.toContain(resource);
		},
	);

	it('lead each to parameters of their own, of different names', () => {
		for (const [resource, { operations: own }] of Object.entries(RESOURCES)) {
			for (const operation of Object.keys(own)) {
				const fields = node.properties.filter((field) =>
					operationsOf(field).includes(`${resource}/${operation}`),
				);
				expect(fields.length).toBeGreaterThan(0);
				const names = fields.map(({ displayName }) => displayName);
				const shownTogether = fields.filter(
					({ displayOptions: { show = {} } = {} }) => Object.keys(show).length === 2,
				);
				expect(new Set(shownTogether.map(({ displayName }) => displayName)).size).toBe(
					shownTogether.length,
				);
				expect(names).not.toContain('');
			}
		}
	});

	it('make, by default, what costs least', () => {
		const modes = PLACES.filter(({ property }) => property.name === 'quality');
		expect(modes.length).toBeGreaterThan(0);
		for (const { path, property } of modes) expect([path, property.default]).toEqual([path, 'std']);
	});
});

describe('the subtitle', () => {
	const subtitleOf = (resource: string, operation: string, resources?: typeof RESOURCES): unknown =>
		runInNewContext(subtitle(resources).replace(/^=\{\{(.*)\}\}$/s, '$1'), {
			$parameter: { resource, operation },
		});

	it.each([
		['video', 'text2video', 'video: from text'],
		['video', 'multi-image2video', 'video: from multiple images'],
		['video', 'video-extend', 'video: extend'],
		['image', 'image-generation', 'image: generate'],
		['audio', 'text-to-audio', 'audio: sound'],
		['video', 'video-to-audio', 'video: add sound'],
		['video', 'lip-sync', 'video: lip sync'],
		['audio', 'speech', 'audio: speech'],
		['element', 'createFromImages', 'element: create from images'],
		['element', 'getMany', 'element: get many'],
		['voice', 'delete', 'voice: delete'],
		['task', 'getMany', 'task: get many'],
	])('names the operation in few words: %s, %s', (resource, operation, expected) => {
		expect(subtitleOf(resource, operation)).toBe(expected);
	});

	it('tells the operations apart, has room on the canvas, and is not what a node is called by its action', () => {
		const all = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
			Object.entries(operations).map(([operation, { action }]) => {
				const text = String(subtitleOf(resource, operation));
				expect(text.length).toBeLessThanOrEqual(32);
				expect(text).not.toBe(action);
				return text;
			}),
		);
		expect(new Set(all).size).toBe(all.length);
	});

	it('is right where two resources have operations of the same value', () => {
		const { task, element: real, ...others } = RESOURCES;
		const element = {
			...real!,
			operations: { getMany: { ...task!.operations.getMany!, name: 'List' } },
		};
		const both = { task: task!, element, ...others };
		expect(subtitleOf('task', 'getMany', both)).toBe('task: get many');
		expect(subtitleOf('element', 'getMany', both)).toBe('element: list');
	});

	it('is one expression', () => {
		expect(subtitle().slice(3, -2)).not.toMatch(/\{\{|\}\}/);
	});
});

/** What a condition may want a property to hold. */
function valuesOf(property: INodeProperties): unknown[] {
	if (property.type === 'boolean') return [true, false];
	if (property.name === 'effect') return ['', ...DUAL_EFFECTS, ...ONE_IMAGE_EFFECTS];
	return optionsOf(property).map(({ value }) => value);
}

describe('conditions', () => {
	/** What a condition may speak of: properties beside it, or at the top. */
	function check(
		property: INodeProperties,
		siblings: INodeProperties[],
		top: INodeProperties[] = siblings,
	): void {
		const { show = {}, hide = {} } = property.displayOptions ?? {};
		for (const [name, values] of [...Object.entries(show), ...Object.entries(hide)]) {
			// Whether an AI agent runs the node.
			if (name === '@tool') continue;
			// A path begins at the top.
			const [first = '', member] = name.replace(/^\//, '').split('.');
			const tops = name.startsWith('/') ? top : siblings;
			const held = tops.filter((sibling) => sibling.name === first);
			const sources = member
				? held.flatMap(membersOf).filter((inner) => inner.name === member)
				: held;
			expect([property.name, name, sources.length > 0]).toEqual([property.name, name, true]);
			const known = sources.flatMap(valuesOf);
			for (const value of values ?? []) {
				if (typeof value !== 'object') expect(known).toContain(value);
			}
		}
		for (const part of property.options ?? []) {
			if (isGroup(part)) for (const member of part.values) check(member, part.values, top);
			else if (!isOption(part)) check(part, membersOf(property), top);
		}
	}

	it('of the node speak of what exists', () => {
		for (const property of node.properties) check(property, node.properties);
	});

	it('of the trigger speak of what exists', () => {
		for (const property of trigger.properties) check(property, trigger.properties);
	});

	it('of the credential speak of what exists', () => {
		for (const property of credential.properties) check(property, credential.properties);
	});
});

describe('the credential', () => {
	it('masks every secret', () => {
		for (const { name, typeOptions } of credential.properties) {
			if (/apiKey|secret|token/i.test(name)) expect(typeOptions?.password).toBe(true);
		}
	});

	/** What a person sees from top to bottom who has chosen a service and one key. */
	function shown(service: string): INodeProperties[] {
		const chosen: Record<string, unknown> = { service, authentication: 'apiKey' };
		return credential.properties.filter(({ displayOptions }) =>
			Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
				(values as unknown[]).includes(chosen[name]),
			),
		);
	}

	it.each<[string, string[]]>([
		[
			'klingGlobal',
			['Service', 'Authentication', 'notice', 'API Key', 'Base URL', 'Webhook Secret'],
		],
		['aceData', ['Service', 'notice', 'API Key', 'Base URL', 'Platform Token', 'Platform URL']],
		['relay', ['Service', 'notice', 'API Key', 'Base URL', 'Path Prefix', 'Key Header']],
	])('asks for the key first, and then where to send it: %s', (service, fields) => {
		const titles = shown(service).map(({ type, displayName }) =>
			type === 'notice' ? type : displayName,
		);
		expect(titles).toEqual([...fields, 'Callback Token']);
	});

	it.each(['klingGlobal', 'klingChina', 'aceData', 'openaiHk', 'relay'])(
		'says where the keys of %s are made, with a link where there is one page',
		(service) => {
			const { displayName = '' } = shown(service).find(({ type }) => type === 'notice') ?? {};
			expect(displayName).toMatch(/^Keys for this service are made in /);
			expect(/<a href="https:\/\/[^"]+" target="_blank">/.test(displayName)).toBe(
				service !== 'relay',
			);
		},
	);

	it('says beside its two other secrets that they are for the trigger', () => {
		for (const wanted of ['webhookSecret', 'callbackToken']) {
			const { hint } = credential.properties.find(({ name }) => name === wanted) ?? {};
			expect(hint).toBe('Only for the Kling Trigger');
		}
	});

	it.each([new Kling(), new KlingTrigger()])(
		'is what $description.name asks for, with a test',
		(asking) => {
			const { credentials } = asking.description;
			expect(credentials).toMatchObject([{ name: credential.name, required: true }]);
			const testedBy = String(credentials?.[0]?.testedBy);
			expect(Object.keys(asking.methods.credentialTest)).toContain(testedBy);
		},
	);
});

const NODES: Array<[string, INodeTypeDescription]> = [
	['Kling', node],
	['KlingTrigger', trigger],
];

describe.each(NODES)('%s in the node panel', (folder, shown) => {
	const file = join(ROOT, 'nodes', folder, `${folder}.node.json`);
	const codex = JSON.parse(readFileSync(file, 'utf8')) as {
		node: string;
		alias: string[];
		categories: string[];
	};

	it.each(['kling', 'video', '可灵', 'ai video'])('it is found by "%s"', (word) => {
		expect(codex.alias).toContain(word);
	});

	it('is named as the package and the node are', () => {
		const { name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
			name: string;
		};
		expect(codex.node).toBe(`${name}.${shown.name}`);
		expect(codex.categories.length).toBeGreaterThan(0);
		// A trigger cannot be a tool.
		expect(shown.usableAsTool).toBe(folder === 'Kling' ? true : undefined);
		expect(shown.subtitle).toBeTruthy();
	});

	it('has two icons that differ, both SVG', () => {
		const { light, dark } = shown.icon as { light: string; dark: string };
		const [one = '', other = ''] = [light, dark].map((icon) =>
			readFileSync(join(ROOT, 'nodes', folder, icon.replace('file:', '')), 'utf8'),
		);
		for (const svg of [one, other]) {
			expect(svg.trim()).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[\s\S]*<\/svg>$/);
			expect(svg).not.toMatch(/<script|<image|href=/);
			const box = /viewBox="0 0 (\d+) (\d+)"/.exec(svg);
			expect(box?.[1]).toBe(box?.[2]);
		}
		expect(one).not.toBe(other);
	});
});

describe('the trigger', () => {
	it('says in one place what to copy where', () => {
		const { type, displayName } = trigger.properties[0]!;
		expect(type).toBe('notice');
		for (const words of ['Production URL', 'Callback URL', 'same credential', 'Publish'])
			expect(displayName).toContain(words);
		const hint = PLACES.find(({ property }) => property.name === 'callbackUrl')?.property;
		expect(hint?.description).toContain('Production URL of a Kling Trigger');
	});

	it('has safe defaults', () => {
		const defaults = Object.fromEntries(
			TRIGGER_PLACES.map(({ property }) => [property.name, property.default]),
		);
		expect(defaults).toMatchObject({
			events: ['succeed', 'failed'],
			confirm: true,
			requireToken: true,
		});
	});
});
