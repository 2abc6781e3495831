/** The limits that hold at every service, and what a request becomes on the wire. */
import * as codec from '../../../nodes/shared/providers/codec';
import fc from 'fast-check';

import { examples } from '../../depth';
import { KlingError } from '../../../nodes/shared/core/errors';
import { isJsonObject, stringifyJson } from '../../../nodes/shared/core/json';
import { ALL_KINDS } from '../../../nodes/shared/core/kinds';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { checkRequest } from '../../../nodes/shared/providers/checkRequest';
import { fieldsOf, parseRequest } from '../../../nodes/shared/core/requests';
import type { FieldName, RequestDraft } from '../../../nodes/shared/core/requests';
import { DIALECTS, errorOf, provider } from './support';

const draft = (fields: Partial<Record<FieldName, unknown>>): RequestDraft => ({
	kind: 'text2video',
	model_name: 'kling-v3',
	prompt: 'x',
	...fields,
});
const said = (fields: Partial<Record<FieldName, unknown>>) =>
	errorOf(() => checkRequest(provider('klingGlobal'), parseRequest(draft(fields)))).message;
const shot = (duration: unknown, prompt: unknown = 'x') => ({ index: 1, prompt, duration });

it('a character counts as one at services with limits of their own, too', () => {
	const hk = (prompt: string) =>
		checkRequest(provider('openaiHk'), parseRequest(draft({ model_name: 'kling-v1', prompt })));
	expect(() => hk('🎬'.repeat(500))).not.toThrow();
	expect(errorOf(() => hk('🎬'.repeat(501))).message).toContain(
		'at most 500 characters at OpenAI-HK, not 501',
	);
});

describe('text to video', () => {
	it.each([
		{ prompt: 'x'.repeat(2500) },
		{ prompt: '🎬'.repeat(2500) },
		{ negative_prompt: 'x'.repeat(2500) },
		{ cfg_scale: 0 },
		{ cfg_scale: 1 },
		{ mode: '4k' },
		{ aspect_ratio: '1:1' },
		{ duration: 15 },
		{ camera_control: { type: 'simple', config: { zoom: -10 } } },
		{ camera_control: { type: 'simple', config: { zoom: 0.5, pan: 0 } } },
		{ camera_control: { type: 'forward_up' } },
		{
			voice_list: [{ voice_id: '1' }, { voice_id: '2' }],
			sound: 'on',
			prompt: '<<<voice_1>>> <<<voice_2>>>',
		},
		{ multi_shot: true, shot_type: 'intelligence' },
		{
			prompt: undefined,
			multi_shot: true,
			shot_type: 'customize',
			multi_prompt: [shot(5)],
			duration: 5,
		},
		{
			prompt: undefined,
			multi_shot: true,
			shot_type: 'customize',
			multi_prompt: [shot(5, 'x'.repeat(512))],
		},
		{ callback_url: 'https://a.example.com/hook?x=1' },
		{ external_task_id: 'a' },
	])('takes %j', (fields) => {
		expect(parseRequest(draft(fields))).toMatchObject({ kind: 'text2video' });
	});

	it.each([
		[{ prompt: undefined }, 'Prompt must not be empty'],
		[{ prompt: ' ' }, 'Prompt must not be empty'],
		[{ prompt: 5 }, 'Prompt must be text, not 5'],
		[{ prompt: 'x'.repeat(4838) }, 'Prompt must have at most 2500 characters, not 4838'],
		[{ prompt: '🎬'.repeat(2501) }, 'Prompt must have at most 2500 characters, not 2501'],
		[{ negative_prompt: 'x'.repeat(2501) }, 'Negative Prompt must have at most 2500 characters'],
		[{ cfg_scale: -0.1 }, 'CFG Scale must be a number from 0 to 1, not -0.1'],
		[{ cfg_scale: '0.5' }, 'CFG Scale must be a number from 0 to 1, not "0.5"'],
		[{ cfg_scale: NaN }, 'CFG Scale must be a number from 0 to 1'],
		[{ mode: 'hd' }, 'Quality must be std (Standard), pro (Professional) or 4k, not "hd"'],
		[{ aspect_ratio: '4:3' }, 'Aspect Ratio must be 16:9, 9:16 or 1:1, not "4:3"'],
		[{ duration: 0 }, 'Duration must be a whole number of seconds'],
		[{ duration: 5.5 }, 'Duration must be a whole number of seconds, not 5.5'],
		[{ model_name: ' ' }, 'Model must not be empty'],
		[
			{ camera_control: { type: 'simple' } },
			'Camera Movement needs an axis and an amount for Simple',
		],
		[
			{ camera_control: { type: 'down_back', config: { zoom: 1 } } },
			'Camera Movement needs an axis',
		],
		[
			{ camera_control: { type: 'simple', config: { zoom: 1, pan: 1 } } },
			'Camera Movement needs exactly one axis',
		],
		[
			{ camera_control: { type: 'simple', config: { zoom: 10.1 } } },
			'Camera Movement must be a number from -10 to 10, not 10.1',
		],
		[
			{ camera_control: { type: 'simple', config: { spin: 1 } } },
			'Camera Movement must have one of the axes',
		],
		[
			{ voice_list: [1, 2, 3].map((id) => ({ voice_id: String(id) })) },
			'Voices (or Voice IDs) must be at most 2, not 3',
		],
		[
			{ multi_shot: true, shot_type: 'customize' },
			'Shots must contain 1 to 6 shots when Multi-Shot is Custom',
		],
		[
			{ multi_shot: true, shot_type: 'customize', multi_prompt: [] },
			'Shots must contain 1 to 6 shots, not 0',
		],
		[
			{ multi_shot: true, shot_type: 'customize', multi_prompt: Array(7).fill(shot(1)) },
			'Shots must contain 1 to 6 shots, not 7',
		],
		[
			{ multi_shot: true, shot_type: 'customize', multi_prompt: [shot(0)] },
			'Shots must be a whole number of seconds',
		],
		[
			{ multi_shot: true, shot_type: 'customize', multi_prompt: [shot(5, 'x'.repeat(513))] },
			'Shots must have at most 512 characters, not 513',
		],
		[
			{ multi_shot: true, shot_type: 'customize', multi_prompt: [shot(4)], duration: 5 },
			'Shots last 4 s together, but Duration is 5 s',
		],
		[{ callback_url: 'a.example.com' }, 'Callback URL must be a web address'],
		[{ external_task_id: '' }, 'External Task ID must not be empty'],
		[{ external_task_id: '..' }, 'External Task ID must be a name that can be asked for, not ".."'],
	])('refuses %j', (fields, message) => {
		expect(said(fields)).toContain(message);
	});
});

const anything = fc.oneof(
	fc.string(),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
	fc.constant([]),
	fc.object(),
);
const FIELDS = [...new Set(ALL_KINDS.flatMap(fieldsOf))];

describe('any draft of any kind', () => {
	it('is taken or refused in words, and what is taken can be sent to every service that offers it', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ALL_KINDS),
				fc.dictionary(fc.constantFrom(...FIELDS), anything, { maxKeys: 6 }),
				(kind: Kind, fields) => {
					try {
						const request = parseRequest({ kind, model_name: 'kling-v3', prompt: 'x', ...fields });
						for (const dialect of DIALECTS) {
							if (!dialect.offers[kind]) continue;
							const { body, path, method } = codec.encodeCreate(dialect, request);
							expect([method, path[0]]).toEqual(['POST', '/']);
							expect(isJsonObject(JSON.parse(stringifyJson(body)))).toBe(true);
						}
					} catch (thrown) {
						if (!(thrown instanceof KlingError)) throw thrown;
						expect(thrown.kind).toMatch(/^(invalidInput|notOffered)$/);
						expect(thrown.message).toMatch(/^[A-Z].{8,}/);
					}
				},
			),
			{ numRuns: examples(1000) },
		);
	});
});

describe('what leaves', () => {
	it('never holds the names of our own: kind and extra', () => {
		const request = parseRequest(draft({ extra: { new_field: 1 } }));
		for (const dialect of DIALECTS) {
			const { body } = codec.encodeCreate(dialect, request);
			expect(body).toMatchObject({ new_field: 1 });
			expect(body).not.toHaveProperty('kind');
			expect(body).not.toHaveProperty('extra');
		}
	});

	it.each([
		['klingGlobal', '/v1/videos/text2video'],
		['klingChina', '/v1/videos/text2video'],
		['openaiHk', '/kling/v1/videos/text2video'],
		['relay', '/kling/v1/videos/text2video'],
		['aceData', '/kling/videos'],
	] as const)('goes to the path of %s', (service, path) => {
		expect(codec.encodeCreate(provider(service), parseRequest(draft({}))).path).toBe(path);
	});

	it('asks for a task at the place where it was made, with the id escaped', () => {
		const ref = { id: 'a/b ?c', kind: 'image2video' } as const;
		expect(codec.encodeGet(provider('relay'), ref)).toEqual({
			method: 'GET',
			path: '/kling/v1/videos/image2video/a%2Fb%20%3Fc',
		});
		expect(codec.encodeGet(provider('aceData'), ref)).toEqual({
			method: 'POST',
			path: '/kling/tasks',
			body: { action: 'retrieve', id: 'a/b ?c' },
		});
	});

	it.each(DIALECTS.map((dialect) => [dialect.label, dialect] as const))(
		'no id leads to another path at %s',
		(_label, dialect) => {
			for (const kind of ALL_KINDS.filter((one) => dialect.offers[one])) {
				const { path } = codec.encodeGet(dialect, { id: '../x/y?z#%2f', kind });
				const usual = codec.encodeGet(dialect, { id: 'x', kind }).path;
				expect(path.split('/')).toHaveLength(usual.split('/').length);
				expect(path).not.toMatch(/[?#]|%(?![0-9A-F]{2})/);
			}
		},
	);

	it('asks for many tasks as the services want it', () => {
		expect(provider('klingGlobal').batch?.encode(['1', '2'], { kind: 'text2video' })).toEqual({
			method: 'GET',
			path: '/tasks',
			query: { task_ids: '1,2' },
		});
		expect(provider('aceData').batch?.encode(['1', '2'], { kind: 'text2video' })).toMatchObject({
			method: 'POST',
			path: '/kling/tasks',
			body: { action: 'retrieve_batch', ids: ['1', '2'] },
		});
		expect(provider('klingGlobal').batch?.maxIds).toBe(20);
		expect(provider('relay').batch).toBeUndefined();
	});
});

it('what a service does not have is refused with those that have it', () => {
	const request = parseRequest(draft({ external_task_id: 'order-1' }));
	const error = errorOf(() => checkRequest(provider('aceData'), request));
	expect(error.kind).toBe('notOffered');
	expect(error.message).toContain('Kling (global)');
	expect(error.message).not.toMatch(/do: .*Ace Data Cloud/);
});
