/** How requests are put into the words of Kling's newer API. */
import fc from 'fast-check';

import { examples } from '../../depth';
import { KlingError } from '../../../nodes/shared/core/errors';
import type { JsonBody } from '../../../nodes/shared/core/json';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { RequestDraft } from '../../../nodes/shared/core/requests';
import { ALL_PROVIDERS } from '../../../nodes/shared/providers';
import { checkRequest } from '../../../nodes/shared/providers/checkRequest';
import { encodeCreate } from '../../../nodes/shared/providers/codec';
import { idsFor } from '../../../nodes/shared/providers/newStandard/citations';
import { isNewerOnly } from '../../../nodes/shared/providers/newStandard/models';
import { errorOf, provider } from './support';

describe('names of models', () => {
	it.each([
		'kling-v3-turbo',
		'kling-3.0-turbo',
		'kling-3.0',
		'kling-3.0-omni',
		'kling-o1',
		'kling-2.6',
		'kling-2.5-turbo',
		'kling-4.0',
		'kling-4.0-flash',
		'kling-10.25-ultra2',
	])('%s goes to the newer API', (name) => {
		expect(isNewerOnly(name)).toBe(true);
	});

	it.each([
		'kling-v3',
		'kling-v3-omni',
		'kling-video-o1',
		'kling-image-o1',
		'kling-image-4.0',
		'kling-v2-5-turbo',
		'kling-v9.0',
		'kling-3',
		'kling-3.0/../tasks',
		'kling-3.0?x',
		'kling-3.0-',
		'Kling 3.0',
		'constructor',
		'',
	])('%s does not', (name) => {
		expect(isNewerOnly(name)).toBe(false);
	});
});

describe('ids', () => {
	const word = fc.constantFrom('image', 'image_0', 'image_01', 'image_011', 'a', 'aimage_01', 'b');
	const mentions = fc.array(fc.oneof(word, fc.stringMatching(/^\w{1,8}$/)), { maxLength: 5 });

	it('are no part of another, nor of any other word with an @', () => {
		fc.assert(
			fc.property(mentions, fc.integer({ min: 1, max: 10 }), (words, count) => {
				const prompt = words.map((one) => `@${one}`).join(' ');
				const ids = idsFor({ image: count, element: 3, video: 1, voice: 2 }, [prompt]);
				const all = [
					...Array.from({ length: count }, (_, index) => ids.of('image', index + 1)),
					...[1, 2, 3].map((number) => ids.of('element', number)),
					ids.of('video', 1),
				];
				for (const id of all) {
					expect(all.filter((other) => other.includes(id))).toEqual([id]);
					expect(words.filter((one) => one.startsWith(id))).toEqual([]);
				}
			}),
			{ numRuns: examples(200) },
		);
	});

	it('stand where the citations stood, and nothing else is changed', () => {
		const ids = idsFor({ image: 2, element: 1 }, ['']);
		const cite = (text: string) => ids.cite(text, 'Prompt');
		expect(cite('<<<image_2>>>, <<<element_1>>>!')).toBe('@image_02, @element_01!');
		expect(cite('<<<image_1>>>s <<<image_1>>>走')).toBe('@image_01 s @image_01 走');
		expect(cite('<<<image_1>>>élan，<<<image_2>>>，')).toBe('@image_01 élan，@image_02，');
		expect(cite('<<image_1>> <<<hero>>> $& $1')).toBe('<<image_1>> <<<hero>>> $& $1');
		for (const wrong of ['<<<image_3>>>', '<<<image_0>>>', '<<<voice_1>>>']) {
			expect(errorOf(() => cite(wrong)).message).toContain(`Prompt cites ${wrong}`);
		}
	});
});

/** All numbers in a body. */
function numbersIn(value: JsonBody): number[] {
	if (typeof value === 'number') return [value];
	if (Array.isArray(value)) return value.flatMap(numbersIn);
	return typeof value === 'object' && value !== null
		? Object.values(value as Record<string, JsonBody>).flatMap(numbersIn)
		: [];
}

const text = fc
	.stringMatching(/^[\w ;,@<>]{1,40}$/)
	.map((given) => `x${given.replaceAll('<<<', '')}`);
const draft = fc.record(
	{
		kind: fc.constantFrom('text2video', 'image2video', 'omni-video'),
		model_name: fc.constantFrom('kling-v3-turbo', 'kling-3.0', 'kling-3.0-omni', 'kling-5.0'),
		prompt: text,
		image: fc.constant('https://a.example.com/a.png'),
		mode: fc.constantFrom('std', 'pro'),
		duration: fc.integer({ min: 3, max: 15 }),
		sound: fc.constantFrom('on', 'off'),
		multi_shot: fc.boolean(),
		shot_type: fc.constantFrom('customize', 'intelligence'),
		multi_prompt: fc.array(
			fc.record({ index: fc.constant(1), prompt: text, duration: fc.integer({ min: 1, max: 5 }) }),
			{ minLength: 1, maxLength: 6 },
		),
		external_task_id: fc.constant('a'),
		extra: fc.constantFrom({}, { settings: { seed: 1 } }, { options: { x: 1 } }),
	},
	{ requiredKeys: ['kind', 'model_name', 'prompt', 'image'] },
);

/** What leaves for a draft; undefined where it is refused. */
function sentOf({ image, ...rest }: RequestDraft) {
	const official = provider('klingGlobal');
	try {
		const request = parseRequest(rest.kind === 'image2video' ? { ...rest, image } : rest);
		checkRequest(official, request);
		return encodeCreate(official, request);
	} catch (thrown) {
		expect(thrown).toBeInstanceOf(KlingError);
		return undefined;
	}
}

it('whatever is taken leaves with whole numbers, no unknown group, and shots that fill it', () => {
	let taken = 0;
	fc.assert(
		fc.property(draft, (given) => {
			const sent = sentOf(given);
			if (!sent) return;
			const { body, path } = sent;
			taken += 1;
			expect(path).toMatch(/^\/(text-to-video|image-to-video|omni-video)\/kling-\d\.0/);
			const { settings, options, prompt, contents, ...more } = body as Record<string, JsonBody>;
			expect(more).toEqual({});
			expect(options ?? {}).toMatchObject(given.external_task_id ? { external_task_id: 'a' } : {});
			for (const number of numbersIn(settings)) expect(Number.isInteger(number)).toBe(true);
			const words = String(prompt ?? (contents as Array<{ text?: string }>)[0]?.text);
			if (!given.multi_shot || given.shot_type !== 'customize') return;
			const shots = words.split(';').filter((shot) => shot.trim() !== '');
			const total = shots.reduce((sum, shot) => sum + Number(shot.split(',')[1]), 0);
			expect(total).toBe((settings as { duration: number }).duration);
		}),
		{ numRuns: examples(300) },
	);
	expect(taken).toBeGreaterThan(20);
});

it('no service but official Kling with an API key has it', () => {
	const has = ALL_PROVIDERS.filter((one) => one.codecs('text2video').length > 1);
	expect(has.map(({ service }) => service)).toEqual(['klingGlobal', 'klingChina']);
});
