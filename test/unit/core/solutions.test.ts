/** The Solutions API: the samples of its pages, what is read of the answers, and where a task is asked for. */
import type { JsonObject } from '../../../nodes/shared/core/json';
import { isKind } from '../../../nodes/shared/core/kinds';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { parseRequest } from '../../../nodes/shared/core/requests';
import { providerFor } from '../../../nodes/shared/providers';
import { checkRequest } from '../../../nodes/shared/providers/checkRequest';
import * as codec from '../../../nodes/shared/providers/codec';
import { answer, errorOf, provider } from './support';

const PRODUCT = 'https://ex.test/c.png';
const PERSON = 'https://ex.test/p.png';
const MUG = 'https://ex.test/mug.png';

const TRY_ON = { kind: 'virtual-try-on', human_image: PERSON, cloth_image: PRODUCT } as const;
const GOODS = {
	kind: 'goods-studio',
	ref_image_list: [MUG],
	goods_title: 'Steel mug',
	mode: 'std',
	aspect_ratio: '9:16',
	duration: 15,
} as const;

/** As JSON: what is undefined does not leave. */
const bodyAt = (
	service: 'klingGlobal' | 'aceData' | 'relay',
	draft: Parameters<typeof parseRequest>[0],
) => {
	const { path, body } = codec.encodeCreate(provider(service), parseRequest(draft));
	return { path, body: JSON.parse(JSON.stringify(body)) as unknown };
};

describe('what leaves', () => {
	const contents = [
		{ type: 'product_image', url: PRODUCT },
		{ type: 'person_image', url: PERSON },
	];
	const goods = {
		contents: [
			{ type: 'ref_image', url: MUG },
			{ type: 'goods_title', text: 'Steel mug' },
		],
		settings: { resolution: '720p', aspect_ratio: '9:16', duration: 15 },
	};

	it('is what the pages of official Kling show', () => {
		expect(bodyAt('klingGlobal', { ...TRY_ON, keep_pose: false })).toEqual({
			path: '/solutions/virtual_try_on',
			body: { contents, settings: { keep_pose: false } },
		});
		expect(bodyAt('klingGlobal', GOODS)).toEqual({
			path: '/solutions/e-commerce/goods_studio',
			body: goods,
		});
	});

	it('has the rest in options, which are left out where nothing is in them', () => {
		const more = {
			callback_url: 'https://n8n.example.com/hook',
			external_task_id: 'order-1',
			watermark_info: { enabled: true },
			extra: { seed: 7 },
		};
		expect(bodyAt('klingGlobal', { ...GOODS, ...more }).body).toEqual({
			...goods,
			options: {
				callback_url: 'https://n8n.example.com/hook',
				external_task_id: 'order-1',
				watermark: { enabled: true },
			},
			seed: 7,
		});
	});

	it('is flat at Ace Data Cloud', () => {
		const more = {
			watermark_info: { enabled: true },
			callback_url: 'https://n8n.example.com/hook',
		};
		expect(bodyAt('aceData', { ...GOODS, ...more })).toEqual({
			path: '/kling/goods-studio',
			body: {
				...goods,
				watermark: true,
				callback_url: 'https://n8n.example.com/hook',
				async: true,
			},
		});
		expect(bodyAt('aceData', TRY_ON)).toEqual({
			path: '/kling/virtual-try-on',
			body: { contents, async: true },
		});
	});

	it('is what it was at relays', () => {
		const model_name = 'kolors-virtual-try-on-v1-5';
		expect(bodyAt('relay', { ...TRY_ON, model_name })).toEqual({
			path: '/kling/v1/images/kolors-virtual-try-on',
			body: { model_name, human_image: PERSON, cloth_image: PRODUCT },
		});
	});
});

describe('what is refused at official Kling', () => {
	const refusal = (more: object) =>
		errorOf(() => bodyAt('klingGlobal', { ...GOODS, ...more })).message;

	it('is a name with a comma, which would be asked for as two', () => {
		expect(refusal({ external_task_id: 'order,17' })).toBe(
			'External Task ID must have no comma for Video → Present Product, not "order,17"',
		);
		expect(refusal({ extra: { external_task_id: 'order,17' } })).toBe(
			'Additional Fields (JSON) must have no comma in external_task_id for Video → Present Product, not "order,17"',
		);
	});

	it.each(['off', null, [{}]])('are options that are no object: %j', (options) => {
		expect(refusal({ extra: { options } })).toMatch(
			/^Additional Fields \(JSON\) must have an object as options, not /,
		);
	});
});

describe('a watermark of the additional fields', () => {
	const enabled = { enabled: true };

	it.each([{ watermark_info: enabled }, { watermark: enabled }, { watermark: true }])(
		'is an option: %j',
		(extra) => {
			expect(bodyAt('klingGlobal', { ...GOODS, extra }).body).toEqual({
				...(bodyAt('klingGlobal', GOODS).body as object),
				options: { watermark: enabled },
			});
			const dress = {
				kind: 'clothing-dupe',
				video_url: 'https://ex.test/dress.mp4',
				product_image_list: [PRODUCT],
				product_info: 'Linen dress',
			} as const;
			expect(bodyAt('klingGlobal', { ...dress, extra }).body).toMatchObject({
				options: { watermark_info: enabled },
			});
		},
	);
});

describe('what is read at official Kling', () => {
	const official = provider('klingGlobal');
	const link = 'https://cdn.ex.test/0.png';
	const ref = { id: '9001', kind: 'virtual-try-on', api: 'solutions' } as const;
	const output = { type: 'image', url: link, watermark_url: '' };
	const billing = [{ charge_type: 'unit', amount: '32', package_type: 'image' }];

	it.each([
		['of one page', { id: '9001', status: 'submitted', external_id: 'order-1' }],
		['of another', { task_id: '9001', status: 'submitted', external_id: 'order-1' }],
	])('is the task of a create in the words %s', (_page, data) => {
		const response = answer({ code: 0, message: 'SUCCEED', request_id: 'r-1', data });
		expect(codec.readCreated(official, { kind: 'virtual-try-on' }, response)).toMatchObject({
			id: '9001',
			kind: 'virtual-try-on',
			api: 'solutions',
			status: 'submitted',
			externalTaskId: 'order-1',
		});
	});

	it.each([
		['of one page', { id: '9001', status: 'succeeded' }],
		['of another', { task_id: '9001', status: 'succeed' }],
	])('is the result in the words %s', (_page, words) => {
		const record = { ...words, outputs: [output], billing, create_time: 1790000000000 };
		const task = codec.readTask(official, ref, answer({ code: 0, data: [record] }));
		expect(task).toMatchObject({
			id: '9001',
			kind: 'virtual-try-on',
			status: 'succeed',
			unitsDeducted: '32',
			results: [{ type: 'image', url: link }],
		});
	});

	it('is why it failed', () => {
		const record = { id: '9001', status: 'failed', message: 'No person was found', outputs: [] };
		const task = codec.readTask(official, ref, answer({ code: 0, data: [record] }));
		expect(task).toMatchObject({ status: 'failed', message: 'No person was found', results: [] });
	});

	it('is nothing where the list does not hold the task', () => {
		const other = { id: '9002', status: 'succeeded', outputs: [output] };
		for (const data of [[], [other]]) {
			const error = errorOf(() => codec.readTask(official, ref, answer({ code: 0, data })));
			expect(error.kind).toBe('notFound');
		}
	});

	it('is a call in either words', () => {
		const record = { status: 'succeeded', external_id: 'order-1', outputs: [output], billing };
		for (const id of [{ id: '9001' }, { task_id: '9001' }]) {
			const body = JSON.parse(JSON.stringify({ ...id, ...record })) as JsonObject;
			expect(official.readCallback(body)).toMatchObject({
				id: '9001',
				status: 'succeed',
				externalTaskId: 'order-1',
				results: [{ type: 'image', url: link }],
			});
		}
	});
});

describe('a record of Ace Data Cloud with a type that nobody knows', () => {
	const ace = provider('aceData');
	const id = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';
	const read = (kind: Kind, data: object) =>
		codec.readTask(
			ace,
			{ id, kind },
			answer({ id, type: 'goods_studio', response: { success: true, data } }),
		);

	it('is of the kind that was asked for, if that has a type of its own', () => {
		const task = read('goods-studio', { video_url: 'https://cdn.ex.test/mug' });
		expect(task).toMatchObject({ kind: 'goods-studio', status: 'succeed' });
		const error = errorOf(() => read('goods-studio', { link: 'https://cdn.ex.test/mug' }));
		expect(error).toMatchObject({ kind: 'unreadable', details: { resultMissing: true } });
	});

	it('is none of ours where any task was asked for', () => {
		expect(read('text2video', { link: 'https://cdn.ex.test/mug' }).kind).toBeUndefined();
	});
});

describe('what is read at Ace Data Cloud', () => {
	const ace = provider('aceData');
	const id = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';
	const link = 'https://cdn.ex.test/mug';

	/** The page says of the links no more than that they are in `data`. */
	it.each([
		['a link', link],
		['a list of links', [link]],
		['an object', { video_url: link, duration: '15.1' }],
		['a list of objects', [{ type: 'video', url: link }]],
		['an object of a list', { videos: [{ url: link }] }],
		['outputs', { outputs: [{ type: 'video', url: link }] }],
	])('is a video in data as %s', (_form, data) => {
		const response = { success: true, task_id: id, data, usage: 35.7 };
		const record = { id, type: 'goods-studio', created_at: 1790000000.5, response };
		const request = { contents: [{ type: 'ref_image', url: MUG }] };
		const task = codec.readTask(ace, { id, kind: 'text2video' }, answer({ ...record, request }));
		expect(task).toMatchObject({
			id,
			kind: 'goods-studio',
			status: 'succeed',
			results: [{ type: 'video', url: link }],
		});
		expect(task.results).toHaveLength(1);
		expect(ace.readCallback(response)).toMatchObject({ id, status: 'succeed' });
	});

	it.each([
		['a list of links', [link]],
		['an object', { image_url: link }],
		['a list of objects', [{ url: link }]],
	])('is an image in data as %s', (_form, data) => {
		const response = { success: true, task_id: id, data };
		const record = { id, type: 'virtual-try-on', response };
		const task = codec.readTask(ace, { id, kind: 'virtual-try-on' }, answer(record));
		expect(task).toMatchObject({ status: 'succeed', results: [{ type: 'image', url: link }] });
	});
});

describe('where a task is asked for', () => {
	const official = provider('klingGlobal');
	const kinds = (official.solutions?.kinds ?? []).filter(isKind);

	it.each(kinds)('%s: at /solutions, by its own ID or by its name', (kind) => {
		const ref = { id: 'x', kind };
		const query = (name: string) => ({ method: 'GET', path: '/solutions', query: { [name]: 'x' } });
		expect(codec.encodeGet(official, ref)).toEqual(query('task_ids'));
		expect(codec.encodeGet(official, { ...ref, byName: true })).toEqual(query('external_task_ids'));
		expect(codec.refsOf(official, [kind, 'text2video'])).toEqual([
			{ kind, api: 'solutions' },
			{ kind, api: 'solutions', byName: true },
			{ kind: 'text2video', api: 'legacy' },
		]);
		expect(codec.findsByName(official, { kind })).toBe(true);
		expect(codec.hasUniqueName(official, { kind })).toBe(false);
		expect(codec.hasUniqueName(official, { kind: 'text2video' })).toBe(true);
	});

	it('a task without a kind of ours: at the API that it comes from', () => {
		const ref = { id: 'x', kind: 'text2video', api: 'solutions' } as const;
		expect(codec.encodeGet(official, ref).path).toBe('/solutions');
		expect(codec.encodeGet(official, { ...ref, api: 'tasks' }).path).toBe('/tasks');
	});

	it('many: one API at a time', () => {
		const { batch } = official;
		const groups = (['text2video', 'goods-studio'] as const).map((kind) => {
			const api = codec.apiOf(official, { kind } as never);
			return batch?.groupOf({ kind, api });
		});
		expect(new Set(groups).size).toBe(2);
		expect(batch?.encode(['1', '2'], { kind: 'goods-studio', api: 'solutions' })).toEqual({
			method: 'GET',
			path: '/solutions',
			query: { task_ids: '1,2' },
		});
	});
});

describe('a pair of keys', () => {
	const pair = providerFor({ service: 'klingChina', prefix: '', authentication: 'accessKey' });

	it.each(['virtual-try-on', 'goods-studio'] as const satisfies readonly Kind[])(
		'does not have %s, and is told what to do',
		(kind) => {
			const request = parseRequest(kind === 'goods-studio' ? GOODS : TRY_ON);
			const error = errorOf(() => checkRequest(pair, request));
			expect(error.kind).toBe('notOffered');
			expect(error.message).toMatch(
				/^Kling \(China\) offers .* only with an API key, not with an access key and a secret key$/,
			);
			expect(error.details.advice).toContain('Choose API Key as Authentication');
			expect(pair.offers[kind]).toBeUndefined();
		},
	);
});
