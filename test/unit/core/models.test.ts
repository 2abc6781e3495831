import { stringifyJson } from '../../../nodes/shared/core/json';
import { encodeCreate } from '../../../nodes/shared/providers/codec';
import { checkModel } from '../../../nodes/shared/core/modelRules';
import { ALL_KINDS, KINDS } from '../../../nodes/shared/core/kinds';
import { initialDelaySeconds, MODELS, modelsFor } from '../../../nodes/shared/core/models';
import { servedModels } from '../../../nodes/shared/core/modelService';
import { checkRequest } from '../../../nodes/shared/providers/checkRequest';
import { ALL_PROVIDERS } from '../../../nodes/shared/providers';
import { retirementAt, RETIREMENTS } from '../../../nodes/shared/core/retiredModels';
import type { Service } from '../../../nodes/shared/core/services';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { GenerationRequest } from '../../../nodes/shared/core/requests';
import { MODES } from '../../../nodes/shared/core/operations/fields';
import { errorOf, provider } from './support';

const LONG = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const SHORT = [5, 10];

/** Kling's capability map: text to video, image to video, modes, seconds, sound, several shots. */
const MAP: Array<[string, boolean, boolean, string[], number[], boolean, boolean]> = [
	['kling-v1', true, true, ['std', 'pro'], SHORT, false, false],
	['kling-v1-5', false, true, ['std', 'pro'], SHORT, false, false],
	['kling-v1-6', true, true, ['std', 'pro'], SHORT, false, false],
	// It has one quality, whatever is chosen.
	['kling-v2-master', true, true, ['std', 'pro'], SHORT, false, false],
	['kling-v2-1', false, true, ['std', 'pro'], SHORT, false, false],
	['kling-v2-1-master', true, true, ['std', 'pro'], SHORT, false, false],
	['kling-v2-5-turbo', true, true, ['std', 'pro'], SHORT, false, false],
	['kling-v2-6', true, true, ['std', 'pro'], SHORT, true, false],
	['kling-v3', true, true, ['std', 'pro', '4k'], LONG, true, true],
];

it('a model of one quality is not told a mode', () => {
	for (const provider of ALL_PROVIDERS) {
		const { service } = provider;
		const bodyOf = (model_name: string) =>
			encodeCreate(provider, { kind: 'text2video', model_name, prompt: 'x', mode: 'std' }).body;
		expect(`${service}: ${stringifyJson(bodyOf('kling-v2-master'))}`).not.toContain('"mode"');
		expect(bodyOf('kling-v2-1-master')).toHaveProperty('mode', 'std');
		for (const unknown of ['kling-v9', 'toString', '__proto__']) {
			expect(bodyOf(unknown)).toHaveProperty('mode', 'std');
		}
	}
});

/** Whether a request with these fields is let through. */
function passes(fields: Record<string, unknown>): boolean {
	try {
		const request = { kind: 'text2video', prompt: 'x', ...fields };
		checkModel(request as unknown as GenerationRequest, provider('relay'));
		return true;
	} catch {
		return false;
	}
}

describe.each(MAP)('%s', (model_name, text, image, modes, seconds, sound, shots) => {
	it('serves the kinds of the map', () => {
		expect(passes({ model_name })).toBe(text);
		expect(passes({ kind: 'image2video', model_name })).toBe(image);
	});

	const kind = text ? 'text2video' : 'image2video';

	it('takes the modes of the map', () => {
		expect(MODES.filter((mode) => passes({ kind, model_name, mode }))).toEqual(modes);
	});

	it('takes the durations of the map', () => {
		const all = Array.from({ length: 20 }, (_, index) => index + 1);
		expect(all.filter((duration) => passes({ kind, model_name, duration }))).toEqual(seconds);
	});

	it('has sound and several shots as the map says', () => {
		expect(passes({ kind, model_name, mode: 'pro', sound: 'on' })).toBe(sound);
		expect(passes({ kind, model_name, sound: 'off' })).toBe(true);
		expect(passes({ kind, model_name, multi_shot: true, shot_type: 'intelligence' })).toBe(shots);
	});
});

describe('camera movement', () => {
	const simple = { type: 'simple', config: { zoom: 1 } };

	it.each([
		['text2video', 'kling-v1', 'std', 5, simple, true],
		['text2video', 'kling-v1', 'pro', 5, simple, false],
		['text2video', 'kling-v1', 'std', 10, simple, false],
		['image2video', 'kling-v1', 'std', 5, simple, false],
		['image2video', 'kling-v1-5', 'pro', 5, simple, true],
		['image2video', 'kling-v1-5', 'std', 5, simple, false],
		['image2video', 'kling-v1-5', 'pro', 5, { type: 'down_back' }, false],
		['text2video', 'kling-v2-6', 'pro', 5, simple, false],
		['text2video', 'kling-v3', 'pro', 5, simple, true],
		['image2video', 'kling-v3', 'pro', 5, simple, false],
	])('%s with %s in %s, %i s', (kind, model_name, mode, duration, camera_control, works) => {
		expect(passes({ kind, model_name, mode, duration, camera_control })).toBe(works);
	});
});

it.each([
	['kling-v2-6', 'image2video', true],
	['kling-v3', 'image2video', true],
	['kling-v3-omni', 'omni-video', false],
])('voices of %s', (model_name, kind, work) => {
	const voices = { voice_list: [{ voice_id: 'a' }], sound: 'on', prompt: '<<<voice_1>>>' };
	expect(passes({ kind, model_name, mode: 'pro', ...voices })).toBe(work);
});

it('says nothing about models it does not know', () => {
	for (const model_name of ['kling-v9', 'toString', '__proto__', 'constructor']) {
		expect(passes({ model_name, mode: '4k', duration: 99, sound: 'on', multi_shot: true })).toBe(
			true,
		);
	}
});

describe('what to say of a model for something else', () => {
	const said = (kind: Kind, model_name: string, service: Service = 'relay') =>
		errorOf(() =>
			checkModel({ kind, model_name } as unknown as GenerationRequest, provider(service)),
		).message;

	it('names models that would work, and only those', () => {
		for (const kind of ALL_KINDS) {
			const served = servedModels(provider('relay'), kind);
			const others = Object.entries(MODELS).filter(
				([id, { onlyAt }]) => !onlyAt && !served.includes(id),
			);
			for (const [id] of others) {
				const message = said(kind, id);
				expect(message).toContain(`Model ${id} does not offer ${KINDS[kind].title}`);
				expect(message).toMatch(`. Models that do: ${served.join(', ')}`);
			}
		}
	});

	it.each([
		[
			'text2video',
			'kling-v3-omni',
			'relay',
			'. With it use Video → Generate From Multiple Images or Video → Generate From Mixed References.',
		],
		[
			'image2video',
			'kling-v3-omni',
			'klingGlobal',
			'. With it use Video → Generate From Multiple Images or Video → Generate From Mixed References.',
		],
		['text2video', 'kling-v2-1', 'relay', '. With it use Video → Generate From Image.'],
		[
			'omni-video',
			'kling-v2-6',
			'relay',
			'. With it use Video → Generate From Text or Video → Generate From Image.',
		],
		['video-extend', 'kling-v2-6', 'aceData', 'Video → Extend at Ace Data Cloud. Models that do'],
		['text2video', 'kling-v2', 'relay', 'Video → Generate From Text. Models that do'],
	] as const)('%s with %s at %s: names the operation', (kind, model, service, words) => {
		expect(said(kind, model, service)).toContain(words);
	});

	it('leaves out what is switched off, and what probably is, unless nothing else is left', () => {
		expect(said('image2video', 'kling-v3-omni', 'klingGlobal')).toMatch(
			/Models that do: kling-v3-turbo, kling-v3, kling-v2-6, kling-v2-5-turbo$/,
		);
		expect(said('multi-image2video', 'kling-v3', 'klingGlobal')).toMatch(
			/Models that do: kling-video-o1, kling-v3-omni$/,
		);
		expect(said('image-generation', 'kling-v2-6', 'klingGlobal')).toMatch(
			/Models that do: kling-v3, kling-v2-1$/,
		);
	});
});

describe('models of Ace Data Cloud', () => {
	const says = (kind: string, model_name: string) => {
		const request = { kind, model_name, prompt: 'x', image: 'https://x.example/1.png' };
		const picture = kind === 'image2video' ? {} : { image: undefined };
		try {
			checkRequest(provider('aceData'), {
				...request,
				...picture,
			} as unknown as GenerationRequest);
			return 'fine';
		} catch (thrown) {
			return (thrown as Error).message;
		}
	};

	it.each([
		['text2video', 'kling-v2-1'],
		['text2video', 'kling-v1-5'],
		['image2video', 'kling-v2-1'],
		['image2video', 'kling-v1-5'],
		['video-extend', 'kling-v2-6'],
	])('%s: %s is not one of them', (kind, model) => {
		expect(says(kind, model)).toMatch(
			new RegExp(`Model ${model} does not offer .+ at Ace Data Cloud.* Models that do: kling-v`),
		);
	});

	it.each([
		['text2video', 'kling-v2-master'],
		['text2video', 'kling-v3-omni'],
		['image2video', 'kling-v2-5-turbo'],
		['image2video', 'kling-v9'],
		['text2video', 'kling-v3-turbo'],
		['video-extend', 'kling-v2-5-turbo'],
		['motion-control', 'kling-v9'],
	])('%s: %s is let through', (kind, model) => {
		expect(says(kind, model)).toBe('fine');
	});

	it('named as able to do something are those that it has', () => {
		const wish = { kind: 'image2video', model_name: 'kling-v2-6', prompt: 'x', mode: 'pro' };
		const request = {
			...wish,
			multi_shot: true,
			shot_type: 'intelligence',
			image: 'https://x.y/z',
		};
		expect(
			errorOf(() => checkRequest(provider('aceData'), request as unknown as GenerationRequest))
				.message,
		).toMatch(/Models that have it: kling-v3, kling-v3-omni$/);
	});
});

it.each(RETIREMENTS)('the end of $model is that of a model of the table', ({ model, group }) => {
	const isServed = (kind: Kind) =>
		ALL_PROVIDERS.some((service) => servedModels(service, kind).includes(model));
	const kinds = ALL_KINDS.filter((kind) => modelsFor(kind).includes(model) || isServed(kind));
	expect(kinds.map((kind) => KINDS[kind].group)).toContain(group ?? 'videos');
});

it('every default model serves its kind at its service', () => {
	for (const { service, defaultModels, models = {} } of ALL_PROVIDERS) {
		for (const kind of ALL_KINDS) {
			const model = defaultModels[kind];
			if (model === undefined) continue;
			expect(models[kind] ?? modelsFor(kind)).toContain(model);
			expect(retirementAt(service, kind, model)).toBeUndefined();
		}
	}
});

it('the first look comes well before a video can be expected to be late', () => {
	for (const kind of ALL_KINDS) {
		for (const model of [...modelsFor(kind), 'kling-v9']) {
			expect(initialDelaySeconds(kind, model)).toBeGreaterThanOrEqual(5);
			expect(initialDelaySeconds(kind, model)).toBeLessThanOrEqual(60);
		}
	}
});
