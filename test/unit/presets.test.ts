/** The lists of ready-made sellers and voices, and what may be typed instead. */
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { preset, presetSearches } from '../../nodes/Kling/parameters/presets';
import type { ParameterReader } from '../../nodes/Kling/parameters/reader';
import { AVATARS, CLOTHING_VOICES, SELLER_VOICES } from '../../nodes/shared/core/sellers';

const context = {} as ILoadOptionsFunctions;

const avatar = preset({
	displayName: 'Avatar',
	name: 'avatar',
	description: 'Who speaks',
	list: 'searchAvatars',
	what: 'an avatar',
});

function read(given: unknown): string | undefined {
	return avatar.read({ value: () => given } as unknown as ParameterReader);
}

it.each([
	['searchAvatars', 15, 'Adam (Male)', 'avatar_adam_male'],
	['searchSellerVoices', 9, 'Bright, Engaging (Female)', 'female_bright_engaging'],
	['searchClothingVoices', 10, 'Calm Sales Man', 'calm_sales_man'],
] as const)('%s gives %d, sorted by name', async (list, count, name, value) => {
	const { results } = await presetSearches[list].call(context);
	expect(results).toHaveLength(count);
	expect(results[0]).toEqual({ name, value });
	const names = results.map((entry) => entry.name);
	expect(names).toEqual([...names].sort());
	expect(new Set(results.map((entry) => entry.value)).size).toBe(count);
});

it('is searched by names and ids', async () => {
	const found = async (filter: string) =>
		(await presetSearches.searchAvatars.call(context, filter)).results.map(({ name }) => name);
	expect(await found('CARTOON')).toEqual(['Toto (Cartoon)']);
	expect(await found('avatar_lee')).toEqual(['Lee (Male)']);
	expect(await found('nobody')).toEqual([]);
});

it.each([
	['avatar_lee_male', 'avatar_lee_male'],
	['Lee (Male)', 'avatar_lee_male'],
	[' lee (male) ', 'avatar_lee_male'],
	[{ __rl: true, mode: 'list', value: 'avatar_mia_female' }, 'avatar_mia_female'],
	['avatar_newer_female', 'avatar_newer_female'],
	['', undefined],
])('%j is read as %j', (given, id) => {
	expect(read(given)).toBe(id);
});

it('has ids as Kling writes them', () => {
	for (const { id } of AVATARS) expect(id).toMatch(/^avatar_[a-z]+_(male|female|cartoon)$/);
	for (const { id } of SELLER_VOICES) expect(id).toMatch(/^(male|female)_[a-z]+_[a-z]+$/);
	for (const { id } of CLOTHING_VOICES) expect(id).toMatch(/^[a-z]+_sales_(man|woman|boy|girl)$/);
});
