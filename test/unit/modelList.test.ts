/** The list of the Model parameter: what the chosen service serves for the chosen operation. */
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { searchModels } from '../../nodes/Kling/parameters/model';
import { RETIREMENTS } from '../../nodes/shared/core/retiredModels';

/** The values of the list, or with `names` what is shown. */
async function list(operation: string, credential?: IDataObject, filter?: string) {
	const context = {
		getCurrentNodeParameter: () => operation,
		getCredentials: async () => {
			if (!credential) throw new Error('No credential is chosen');
			return await Promise.resolve(credential);
		},
	} as unknown as ILoadOptionsFunctions;
	return (await searchModels.call(context, filter)).results;
}

const values = async (...given: Parameters<typeof list>) =>
	(await list(...given)).map(({ value }) => value);

const OFFICIAL = { service: 'klingGlobal', apiKey: 'key-1' };
const ACE = { service: 'aceData', apiKey: 'key-1' };
const HK = { service: 'openaiHk', apiKey: 'key-1' };

it('names the default of the service', async () => {
	expect((await list('text2video', OFFICIAL))[0]).toEqual({
		name: 'Default: kling-v2-5-turbo',
		value: 'default',
	});
	expect((await list('text2video', HK))[0]?.name).toBe('Default: kling-v1');
});

it('has no model that the service has switched off', async () => {
	const shown = await values('text2video', OFFICIAL);
	for (const { model, group } of RETIREMENTS) {
		if (group !== 'images') expect(shown).not.toContain(model);
	}
	expect(shown).toContain('kling-v3');
});

it.each([
	['Ace Data Cloud, several images', 'multi-image2video', ACE, ['kling-v3-omni', 'kling-video-o1']],
	['OpenAI-HK, from text', 'text2video', HK, ['kling-v1']],
	['OpenAI-HK, from an image', 'image2video', HK, ['kling-v1-5', 'kling-v1']],
])('%s: only what is served there', async (_what, operation, credential, expected) => {
	expect(await values(operation, credential)).toEqual(['default', ...expected]);
});

it.each([
	['Ace Data Cloud makes no images', 'image-generation', ACE],
	['OpenAI-HK takes no model for images', 'image-generation', HK],
	['OpenAI-HK has no motion control', 'motion-control', HK],
])('%s: the list is empty', async (_what, operation, credential) => {
	expect(await values(operation, credential)).toEqual([]);
});

it('says of each model what it costs most to know', async () => {
	const names = (await list('text2video', OFFICIAL)).map(({ name }) => name);
	expect(names).toContain('Kling V3 (kling-v3): 3–15 s, up to 4K, sound');
	expect(names).toContain('Kling V2.5 Turbo (kling-v2-5-turbo): 5 or 10 s');
});

it('is searched by what is shown', async () => {
	expect(await values('text2video', OFFICIAL, ' 4k ')).toEqual(['kling-v3']);
	expect(await values('text2video', OFFICIAL, 'nonsense')).toEqual([]);
});

describe('Kling 3.0 Turbo', () => {
	const PAIR = {
		service: 'klingGlobal',
		authentication: 'accessKey',
		accessKeyId: 'a',
		secretKey: 'b',
	};

	it.each(['text2video', 'image2video'])('is listed for %s with an API key only', async (kind) => {
		expect(await values(kind, OFFICIAL)).toContain('kling-v3-turbo');
		expect(await values(kind, { ...OFFICIAL, service: 'klingChina' })).toContain('kling-v3-turbo');
		expect(await values(kind, PAIR)).not.toContain('kling-v3-turbo');
		expect(await values(kind, PAIR)).toContain('kling-v3');
	});

	it.each(['omni-video', 'motion-control'])('is not listed for %s', async (kind) => {
		expect(await values(kind, OFFICIAL)).not.toContain('kling-v3-turbo');
	});

	it('is found by the name that Kling has for it, and so are others', async () => {
		expect(await values('text2video', OFFICIAL, '3.0 turbo')).toEqual(['kling-v3-turbo']);
		expect(await values('omni-video', OFFICIAL, 'kling-3.0-omni')).toEqual(['kling-v3-omni']);
	});
});

it('has all known models as long as no credential is chosen, or it is incomplete', async () => {
	const all = await values('text2video');
	expect(all).toEqual(expect.arrayContaining(['default', 'kling-v3', 'kling-v1']));
	expect(await values('text2video', { service: 'relay' })).toEqual(all);
	expect((await list('text2video'))[0]?.name).toBe('Default for the Service');
});
