/** Where the editor says which models know something, it says what the table of models says. */
import type { INodeProperties } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Kling/operations';
import { isKind, KINDS } from '../../nodes/shared/core/kinds';
import type { Kind } from '../../nodes/shared/core/kinds';
import { MODELS, modelsFor } from '../../nodes/shared/core/models';
import type { Limit, Model } from '../../nodes/shared/core/models';
import type { FieldName, GenerationRequest } from '../../nodes/shared/core/requests';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import type { Provider } from '../../nodes/shared/providers';
import { checkRequest } from '../../nodes/shared/providers/checkRequest';
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

const PICTURE = 'https://pictures.example.com/fox.jpg';

/** What is asked for with each option. */
const ASKED: Record<string, object> = {
	cameraMovement: { camera_control: { type: 'simple', config: { zoom: 5 } } },
	elementIds: { element_list: [{ element_id: '1' }] },
	imageReference: { image_reference: 'subject' },
	motionBrush: { dynamic_masks: [] },
	multiShot: { multi_shot: true, shot_type: 'customize' },
	sound: { sound: 'on' },
	staticMask: { static_mask: PICTURE },
	voiceIds: { voice_list: [{ voice_id: '1' }], sound: 'on' },
};

/** Whether a service takes a model with an option, in some quality and length. */
function isTaken(provider: Provider, kind: Kind, model_name: string, asked: object) {
	const passes = (more: object) => {
		const request = { kind, model_name, prompt: 'x', image: PICTURE, ...more };
		try {
			checkRequest(provider, request as unknown as GenerationRequest);
			return true;
		} catch {
			return false;
		}
	};
	const sizes = (['std', 'pro'] as const).flatMap((mode) =>
		[5, 10].map((duration) => ({ mode, duration })),
	);
	const sized = KINDS[kind].result === 'video' ? sizes : [{}];
	return sized.some((size) => passes({ ...size, ...asked }));
}

const CALLED: Partial<Record<string, string>> = {
	'Kling (global)': 'official Kling',
	'Kling (China)': 'official Kling',
	'The relay': 'relays',
};

it.each(cases(isAbout(OPTIONS)))('%s, at the services that take it', (_place, said) => {
	const { kind, name, text } = said;
	const { field } = OPTIONS[name]!;
	const takers = ALL_PROVIDERS.filter(({ offers }) => offers[kind]?.includes(field));
	const nameOf = ({ label }: Provider) => CALLED[label] ?? label;
	const all = [...new Set(takers.map(nameOf))];
	const [, works = ''] = /Works with ([^;.]+)/.exec(text) ?? [];
	if (text.includes('Only with kling-4.0')) return;
	if (works === '') {
		const refused = takers.flatMap((provider) =>
			(provider.models[kind] ?? modelsFor(kind))
				.filter((id) => !isTaken(provider, kind, id, ASKED[name]!))
				.map((id) => `${id} at ${nameOf(provider)}`),
		);
		expect([text, refused]).toEqual([text, []]);
		return;
	}
	for (const [id, { onlyAt }] of models) {
		// Of a model that is not known there, nothing is said.
		const knowing = takers.filter(({ service }) => onlyAt?.includes(service) ?? true);
		const taking = knowing.filter((provider) => isTaken(provider, kind, id, ASKED[name]!));
		const services = [...new Set(taking.map(nameOf))];
		const [told] = works.match(new RegExp(`${id}(?![\\w-])( \\([^)]+\\))?`)) ?? [];
		const places = all.filter((service) => told?.includes(service));
		const toldOf = told?.includes('not at ')
			? all.filter((service) => !places.includes(service))
			: places.length > 0
				? places
				: all;
		expect([id, ...(told === undefined ? [] : toldOf)].sort()).toEqual([id, ...services].sort());
	}
});

it.each(cases(isAbout(OPTIONS)))('%s, in its limits, and with the defaults', (_place, said) => {
	const { kind, name, text } = said;
	const { has, field } = OPTIONS[name]!;
	const takers = ALL_PROVIDERS.filter(({ offers }) => offers[kind]?.includes(field));
	if (
		takers.length > 0 &&
		!models.some(([, model]) => model.kinds.includes(kind) && has(model, kind))
	) {
		expect(text).toContain('. Only with kling-4.0, at official Kling with an API key.');
		return;
	}
	const [works = '', not = ''] = text.slice(text.search(/Works with|$/)).split('; not with ');
	for (const told of works.match(ID) ?? []) {
		const [id = ''] = told.split(' ');
		const { modes = [], durations = [] } = has(MODELS[id]!, kind) ?? {};
		const words = { std: 'Standard', pro: 'Professional', '4k': '4K' };
		const limits = [...modes.map((mode) => words[mode]), ...durations.map((each) => `${each} s`)];
		const inBrackets = told
			.replace(/^\S+ ?/, '')
			.replace(/[()]/g, '')
			.split(', ');
		const isPlace = (part: string) => /official Kling|relays|Ace Data Cloud|OpenAI-HK/.test(part);
		expect(inBrackets.filter((part) => part !== '' && !isPlace(part))).toEqual(limits);
	}
	const defaults = new Set(takers.flatMap(({ defaultModels }) => defaultModels[kind] ?? []));
	const refusing = [...defaults].filter((id) => !has(MODELS[id]!, kind));
	if (refusing.length === 0) expect(not).toBe('');
	else if (refusing.length === defaults.size) expect(not).toBe('the default model.');
	else expect(not.match(ID)).toEqual(refusing);
});
