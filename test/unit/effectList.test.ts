/** The list of the Effect parameter: readable, searchable, and the same effects that the service documents. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { Kling } from '../../nodes/Kling/Kling.node';
import {
	DUAL_EFFECTS,
	EFFECTS_AS_OF,
	effectTitle,
	imagesOf,
	ONE_IMAGE_EFFECTS,
	retirementOf,
	SINGLE_EFFECTS,
} from '../../nodes/shared/core/effects';
import { DUAL_SCENES, ENDED_SCENES, SINGLE_SCENES } from '../simulator/validate/scenes';

const { searchEffects } = new Kling().methods.listSearch;

async function list(filter?: string, credential?: IDataObject) {
	const context = {
		getCredentials: async () => {
			if (!credential) throw new Error('No credential is chosen');
			return await Promise.resolve(credential);
		},
	} as unknown as ILoadOptionsFunctions;
	return (await searchEffects.call(context, filter)).results;
}

const values = async (filter?: string, credential?: IDataObject) =>
	(await list(filter, credential)).map(({ value }) => value);

it('has all effects that are documented, by their titles', async () => {
	const all = await list();
	expect(all).toHaveLength(218);
	expect(all.map(({ value }) => value).sort()).toEqual([...DUAL_SCENES, ...SINGLE_SCENES].sort());
	const names = all.map(({ name }) => name.replace(/ \(.*/, '').toLowerCase());
	expect(names).toEqual([...names].sort());
	expect(new Set(names).size).toBe(names.length);
});

it('knows of which effects are made of two images', () => {
	expect([...DUAL_EFFECTS].sort()).toEqual([...DUAL_SCENES].sort());
	expect([...SINGLE_EFFECTS].sort()).toEqual([...SINGLE_SCENES].sort());
	expect([imagesOf('hug_pro'), imagesOf('pet_dance'), imagesOf('constructor')]).toEqual([
		2,
		1,
		undefined,
	]);
});

it('shows what it costs most to know', async () => {
	const names = (await list()).map(({ name }) => name);
	for (const name of [
		'Hug Pro (hug_pro): two images',
		'Pet Lion Pro (pet_lion_pro): one image',
		'Tennis Trend 9:16 (tennis_trend_9_16): one image',
		'3D Cartoon 2 (3d_cartoon_2): one image',
		'DJ Pet (dj_pet): one image',
	]) {
		expect(names).toContain(name);
	}
});

it.each([
	['hug pro', ['hug_pro', 'tiger_hug_pro']],
	[' HUG_PRO ', ['hug_pro', 'tiger_hug_pro']],
	['Two kiss', ['eternal_kiss', 'kiss_pro', 'snow_night_kiss']],
	['9:16', ['football_live_9_16', 'korean_baseball_9_16', 'magic_world_vlog_9_16']],
	['nonsense', []],
])('is searched for "%s"', async (filter, expected) => {
	expect((await values(filter)).slice(0, 3)).toEqual(expected.slice(0, 3));
});

it('has all of two images under "two images"', async () => {
	expect((await values('two images')).sort()).toEqual([...DUAL_EFFECTS].sort());
});

it.each([
	['klingGlobal', 218],
	['aceData', 0],
	['openaiHk', 0],
])('at %s has %d entries', async (service, count) => {
	expect(await values('', { service, apiKey: 'key-1' })).toHaveLength(count);
});

describe('an effect that is gone', () => {
	it('is not listed, and what replaces it is', async () => {
		const all = await values();
		for (const gone of ENDED_SCENES) {
			expect(all).not.toContain(gone);
			expect(retirementOf(gone)).toBeDefined();
			const { successor, images } = retirementOf(gone) ?? {};
			if (successor !== undefined) {
				expect(all).toContain(successor);
				expect(imagesOf(successor)).toBe(images);
			}
		}
		expect(retirementOf('hug')).toEqual({ on: '2026-01-30', images: 2, successor: 'hug_pro' });
		expect(retirementOf('hug_pro')).toBeUndefined();
		expect(ONE_IMAGE_EFFECTS).toContain('magic_match_tree');
		expect(retirementOf('constructor')).toBeUndefined();
	});
});

it('tells its day in the panel', () => {
	const { description } = new Kling().description.properties.find(({ name }) => name === 'effect')!;
	expect(description).toContain(EFFECTS_AS_OF);
	expect(effectTitle('hug_pro')).toBe('Hug Pro');
});

it('has the effects that the example of a form offers, all of one image', () => {
	const file = join(__dirname, '../../examples/effect-from-form.json');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as {
		nodes: Array<{
			parameters: {
				formFields?: { values: Array<{ fieldOptions?: { values: Array<{ option: string }> } }> };
			};
		}>;
	};
	const fields = nodes.flatMap(({ parameters }) => parameters.formFields?.values ?? []);
	const offered = fields.flatMap(({ fieldOptions }) => fieldOptions?.values ?? []);
	expect(offered.length).toBeGreaterThan(1);
	const titles = SINGLE_EFFECTS.map(effectTitle);
	for (const { option } of offered) expect(titles).toContain(option);
});
