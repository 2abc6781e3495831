/** Where the editor says which models know something, it says what the table of models says. */
import type { INodeProperties } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Kling/operations';
import { isKind } from '../../nodes/shared/core/kinds';
import type { Kind } from '../../nodes/shared/core/kinds';
import { MODELS, modelsFor } from '../../nodes/shared/core/models';
import type { Limit, Model } from '../../nodes/shared/core/models';
import type { FieldName } from '../../nodes/shared/core/requests';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import { isOption, membersOf } from './properties';

type Has = (model: Model, kind: Kind) => Limit | undefined;
const flag = (has: boolean | undefined) => (has ? {} : undefined);

/** By the name of the parameter, or of the parameter and one of its values. */
const KNOWN: Record<string, Has> = {
	duration: ({ durations }) => flag(durations.some((length) => length % 5 !== 0)),
	'quality 4k': ({ modes }) => flag(modes.includes('4k')),
};

/** Options, by the name of the parameter, and the field of the request. */
const OPTIONS: Record<string, { has: Has; field: FieldName }> = {
	cameraMovement: { has: ({ camera }, kind) => camera?.[kind], field: 'camera_control' },
	elementIds: { has: ({ elements }) => flag(elements), field: 'element_list' },
	imageReference: { has: ({ imageReference }) => flag(imageReference), field: 'image_reference' },
	middleFrames: { has: ({ middleFrames }) => flag(middleFrames), field: 'middle_frames' },
	motionBrush: { has: ({ masks }) => masks, field: 'dynamic_masks' },
	multiShot: { has: ({ multiShot }) => flag(multiShot), field: 'multi_shot' },
	sound: { has: ({ sound }) => sound, field: 'sound' },
	staticMask: { has: ({ masks }) => masks, field: 'static_mask' },
	voiceIds: { has: ({ voices }) => voices, field: 'voice_list' },
};

const NAME = /\b(?:V\d(?:\.\d)?(?: Omni| Turbo| Master)?|O1)\b/g;
const ID = /\bkling-[\w-]+(?: \([^)]+\))?/g;

interface Said {
	place: string;
	kind: Kind;
	name: string;
	text: string;
}

function textsOf(kind: Kind, property: INodeProperties): Said[] {
	const { name, description = '', options = [] } = property;
	const said = (of: string, text = ''): Said => ({ place: `${kind}: ${of}`, kind, name: of, text });
	const values = options.filter(isOption);
	return [
		said(name, description),
		...values.map(({ value, ...option }) => said(`${name} ${String(value)}`, option.description)),
		...(property.type === 'collection' ? membersOf(property) : []).flatMap((member) =>
			textsOf(kind, member),
		),
	];
}

const all = Object.values(RESOURCES)
	.flatMap(({ operations }) => Object.entries(operations))
	.flatMap(([kind, { properties, options }]) =>
		isKind(kind) ? [...properties, options].flatMap((property) => textsOf(kind, property)) : [],
	);
const isAbout = (list: object) => all.filter(({ name }) => Object.hasOwn(list, name));
const cases = (texts: Said[]) => texts.map((said) => [said.place, said] as const);
const models = Object.entries(MODELS);

it.each([KNOWN, OPTIONS])('all parameters of the list are there', (list) => {
	expect([...new Set(isAbout(list).map(({ name }) => name))].sort()).toEqual(
		Object.keys(list).sort(),
	);
});

it.each(cases(isAbout(KNOWN)))('%s', (_place, { kind, name, text }) => {
	const has = KNOWN[name]!;
	const namesFor = (kinds: readonly Kind[]) =>
		models
			.filter(([, model]) => kinds.some((each) => model.kinds.includes(each) && has(model, each)))
			.map(([, model]) => model.name.replace('Kling ', ''));
	const told: readonly string[] = text.match(NAME) ?? [];
	const anywhere = namesFor(['text2video', 'image2video', 'omni-video', kind]);
	expect(namesFor([kind]).filter((model) => !told.includes(model))).toEqual([]);
	expect(told.filter((model) => !anywhere.includes(model))).toEqual([]);
});

it.each(cases(isAbout(OPTIONS)))('%s', (_place, { kind, name, text }) => {
	const { has, field } = OPTIONS[name]!;
	const takers = ALL_PROVIDERS.filter(({ offers }) => offers[kind]?.includes(field));
	const served = models.filter(([id]) =>
		takers.some(({ models: own }) => (own[kind] ?? modelsFor(kind)).includes(id)),
	);
	const knowing = served.flatMap(([id, model]) => {
		const { modes = [], durations = [] } = has(model, kind) ?? { modes: ['none'] };
		if (modes.join() === 'none') return [];
		const words = { std: 'Standard', pro: 'Professional', '4k': '4K', none: '' };
		const limits = [
			...modes.map((mode) => words[mode]),
			...durations.map((length) => `${length} s`),
		];
		return limits.length > 0 ? `${id} (${limits.join(', ')})` : id;
	});
	if (knowing.length === 0 && served.length > 0) {
		expect(text).toContain('. Only with kling-4.0, at official Kling with an API key.');
		return;
	}
	const [works = '', not = ''] = text.slice(text.search(/Works with|$/)).split('; not with ');
	const isKnownByAll = knowing.length === served.length;
	expect((works.match(ID) ?? []).sort()).toEqual(isKnownByAll ? [] : knowing.sort());

	const defaults = new Set(takers.flatMap(({ defaultModels }) => defaultModels[kind] ?? []));
	const refusing = [...defaults].filter((id) => !has(MODELS[id]!, kind));
	if (refusing.length === 0) expect(not).toBe('');
	else if (refusing.length === defaults.size) expect(not).toBe('the default model.');
	else expect(not.match(ID)).toEqual(refusing);
});
