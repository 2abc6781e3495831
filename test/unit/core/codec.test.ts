/** A service with two APIs: the model picks the one that makes a task, and the task is asked for where it was made. */
import type { RequestOf } from '../../../nodes/shared/core/requests';
import type { Codec, Provider } from '../../../nodes/shared/providers';
import {
	encodeCreate,
	encodeGet,
	readCreated,
	readTask,
	refsOf,
} from '../../../nodes/shared/providers/codec';
import { OFFICIAL_CREATED, OFFICIAL_DONE } from './samples';
import { answer, provider } from './support';

const legacy = provider('klingGlobal');

/** The legacy API under other paths, for models of the fourth generation. */
const newer = (codec: Codec): Codec => ({
	...codec,
	api: 'newer',
	serves: (model = '') => model.startsWith('kling-v4'),
	encodeCreate: (request) => ({ ...codec.encodeCreate(request), path: '/newer' }),
	encodeGet: (id) => ({ method: 'GET', path: `/newer/${id}` }),
});

const both: Provider = {
	...legacy,
	codecs: (kind) => {
		const [usual] = legacy.codecs(kind);
		return [{ ...usual, serves: (model = '') => !model.startsWith('kling-v4') }, newer(usual)];
	},
};

const request = (model_name: string): RequestOf<'text2video'> => ({
	kind: 'text2video',
	model_name,
	prompt: 'A fox',
});

it.each([
	['kling-v3', '/v1/videos/text2video', 'legacy'],
	['kling-v4-turbo', '/newer', 'newer'],
])('%s is made at %s', (model, path, api) => {
	const created = request(model);
	expect(encodeCreate(both, created).path).toBe(path);
	expect(readCreated(both, created, answer(OFFICIAL_CREATED)).api).toBe(api);
});

it.each([
	[undefined, '/v1/videos/text2video/7', 'legacy'],
	['legacy', '/v1/videos/text2video/7', 'legacy'],
	['newer', '/newer/7', 'newer'],
	['one that is no more', '/v1/videos/text2video/7', 'legacy'],
])('a task made at %s is asked for at %s', (api, path, readAs) => {
	const ref = { id: '7', kind: 'text2video', api } as const;
	expect(encodeGet(both, ref).path).toBe(path);
	expect(readTask(both, ref, answer(OFFICIAL_DONE)).api).toBe(readAs);
});

it('a task of which only the id is known is looked for once per path', () => {
	expect(refsOf(both, ['text2video', 'image2video'])).toEqual([
		{ kind: 'text2video', api: 'legacy' },
		{ kind: 'text2video', api: 'newer' },
		{ kind: 'image2video', api: 'legacy' },
	]);
	expect(refsOf(provider('aceData'), ['text2video', 'motion-control'])).toHaveLength(1);
});
