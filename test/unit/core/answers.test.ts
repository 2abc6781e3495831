/** The documented answers, one by one: what is read from each. */
import { resultsOf } from '../../../nodes/shared/core/task';
import * as codec from '../../../nodes/shared/providers/codec';
import type { Service } from '../../../nodes/shared/providers';
import { answer, errorOf, provider, readCreated, readTask } from './support';
import * as samples from './samples';

const LEGACY: Service[] = ['klingGlobal', 'klingChina', 'openaiHk', 'relay'];

describe('a create', () => {
	it.each(LEGACY)('in Kling’s own words, %s', (service) => {
		expect(readCreated(service, samples.OFFICIAL_CREATED)).toMatchObject({
			id: '814237883686625347',
			kind: 'text2video',
			status: 'submitted',
			createdAt: 1762157958060,
			results: [],
			raw: samples.OFFICIAL_CREATED,
		});
	});

	it.each([
		['openaiHk', samples.HK_CREATED, 'Cl6Mq2bftxoAAAAAAA_SxQ', 'submitted'],
		['relay', samples.NEW_API_CREATED, 'task_abc', 'submitted'],
		['relay', samples.FLAT_CREATED, 'task_flat', 'processing'],
		['aceData', samples.ACE_CREATED, '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a', 'submitted'],
		['aceData', samples.ACE_CREATED_FULL, '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a', 'submitted'],
	] as const)('in the words of %s', (service, body, id, status) => {
		expect(readCreated(service, body)).toMatchObject({ id, status });
	});

	it('never takes the request id for the task id', () => {
		const error = errorOf(() => readCreated('klingGlobal', { code: 0, request_id: 'r', data: {} }));
		expect(error.kind).toBe('unreadable');
		expect(error.details.maybeCreated).toBe(true);
	});

	it('keeps an id that is written as a number, digit by digit', () => {
		const text = '{"code":0,"data":{"task_id":814237883686625347,"task_status":"submitted"}}';
		expect(
			codec.readCreated(provider('klingGlobal'), { kind: 'text2video' }, answer(text)).id,
		).toBe('814237883686625347');
	});

	it('that claims to be done is believed only after a look', () => {
		expect(readCreated('relay', samples.OFFICIAL_DONE).status).toBe('processing');
	});
});

describe('a finished task', () => {
	const url = samples.VIDEO;

	it('of Kling, with everything', () => {
		expect(readTask('klingGlobal', samples.OFFICIAL_DONE)).toMatchObject({
			id: 'asked-for',
			status: 'succeed',
			message: '',
			externalTaskId: 'order-1',
			results: [{ type: 'video', id: 'v1', url, watermarkUrl: `${url}?watermark`, duration: 5.1 }],
			createdAt: 1725977783786,
			updatedAt: 1725978074639,
			unitsDeducted: '2',
		});
	});

	it('of OpenAI-HK, with images null', () => {
		expect(readTask('openaiHk', samples.HK_VIDEO)).toMatchObject({
			status: 'succeed',
			results: [{ type: 'video', id: 'cb6a5273-e12b-4731-98e7-c6fd45302027', url, duration: 5.1 }],
		});
	});

	it('of OpenAI-HK, with videos null', () => {
		expect(readTask('openaiHk', samples.HK_IMAGE, 'image-generation')).toMatchObject({
			status: 'succeed',
			results: [{ type: 'image', index: 0, url: samples.IMAGE }],
		});
	});

	it('of Ace Data Cloud', () => {
		expect(readTask('aceData', samples.ACE_RECORD)).toMatchObject({
			id: 'asked-for',
			status: 'succeed',
			results: [{ type: 'video', id: '842566592663294013', url, duration: 5.066 }],
			createdAt: 1725977783500,
			updatedAt: 1725978100600,
		});
	});

	it.each([
		['5.041', 5.041],
		[5.041, 5.041],
		['about five', undefined],
		[null, undefined],
	])('with a duration of %j', (duration, expected) => {
		const body = {
			...samples.ACE_RECORD,
			response: { ...samples.ACE_RESULT, duration },
		};
		expect(resultsOf(readTask('aceData', body), 'video')[0]?.duration).toBe(expected);
	});

	it.each([
		['wrapped twice', samples.NEW_API_WRAPPED, { id: 'v1', duration: 5.1 }],
		['of an old version, whose reason is the address', samples.NEW_API_OLD, {}],
		['of a fork', samples.NEW_API_FORK, { id: 'v1', duration: 5.1 }],
		['in OpenAI’s form', samples.OPENAI_VIDEO, {}],
	])('of new-api, %s', (_form, body, more) => {
		expect(readTask('relay', body)).toMatchObject({
			id: 'asked-for',
			status: 'succeed',
			message: '',
			results: [{ type: 'video', url, ...more }],
		});
	});

	it('of new-api: one address is one video', () => {
		expect(readTask('relay', samples.NEW_API_WRAPPED).results).toHaveLength(1);
	});

	it.each([
		['no task_result', undefined],
		['null', null],
		['both lists null', { videos: null, images: null }],
		['empty lists', { videos: [], images: [] }],
		['a video without an address', { videos: [{ id: 'v' }] }],
		['an address that is none', { videos: [{ id: 'v', url: 'pending' }] }],
		['a list that is none', { videos: 'none' }],
	])('without a file (%s) is to be looked at again', (_what, task_result) => {
		const body = { code: 0, data: { task_id: '1', task_status: 'succeed', task_result } };
		const error = errorOf(() => readTask('klingGlobal', body));
		expect(error.message).toContain('its answer holds no link to a result');
		expect(error.details).toMatchObject({ taskId: '1', retryable: true, resultMissing: true });
	});
});

describe('a link that is no web address', () => {
	const LINKS = [
		'file:///data/out/1.mp4',
		'FILE:/data/1.mp4',
		's3://bucket/1.mp4',
		'blob:https://relay.example.com/1',
		'data:text/html;base64,PGI+',
		'data:video/mp4,x',
	];
	const says = (link: string) =>
		`says that the task succeeded, but the link to its result is no web address: "${link}"`;

	it.each(LINKS)('ends the task with a clear reason: %s', (url) => {
		for (const service of LEGACY) {
			const task_result = { videos: [{ id: 'v', url }] };
			const body = { code: 0, data: { task_id: '1', task_status: 'succeed', task_result } };
			const { message, details } = errorOf(() => readTask(service, body));
			expect(message).toContain(says(url));
			expect(details).toMatchObject({ taskId: '1', retryable: false, resultMissing: true });
			expect(details.advice).not.toContain('later');
		}
		const response = { success: true, state: 'succeed', video_url: url };
		const { message } = errorOf(() => readTask('aceData', { id: '1', type: 'videos', response }));
		expect(message).toContain(says(url));
	});

	it('does not matter beside one that is, nor while the task runs', () => {
		const url = 'https://cdn.example.com/1.mp4';
		const videos = [{ url: 's3://bucket/1.mp4' }];
		const read = (task_status: string, more: object) =>
			readTask('relay', { code: 0, data: { task_id: '1', task_status, ...more } });
		expect(read('succeed', { task_result: { videos }, video_url: url }).results).toMatchObject([
			{ url },
		]);
		expect(read('processing', { task_result: { videos } }).results).toEqual([]);
	});

	it('is not looked for in what the request held', () => {
		const data = { task_id: '1', task_status: 'succeed', request: { image: 'file:///1.png' } };
		const { message } = errorOf(() => readTask('relay', { code: 0, data }));
		expect(message).toContain('its answer holds no link');
	});
});

describe('the status', () => {
	it.each([
		['submitted', 'submitted'],
		['NOT_START', 'submitted'],
		['QUEUED', 'submitted'],
		['pending', 'submitted'],
		['processing', 'processing'],
		['IN_PROGRESS', 'processing'],
		['UNKNOWN', 'processing'],
		['reviewing', 'processing'],
		['', 'processing'],
		[undefined, 'processing'],
		[7, 'processing'],
		['failed', 'failed'],
		['FAILURE', 'failed'],
		['fail', 'failed'],
		['error', 'failed'],
	])('%j means %s', (word, status) => {
		const body = { code: 0, data: { task_id: '1', task_status: word } };
		expect(readTask('klingGlobal', body).status).toBe(status);
	});

	it.each(['succeed', 'succeeded', 'success', 'SUCCESS', 'completed'])(
		'%j means succeed',
		(word) => {
			const { data } = samples.OFFICIAL_DONE;
			expect(readTask('relay', { code: 0, data: { ...data, task_status: word } }).status).toBe(
				'succeed',
			);
		},
	);

	const pending = { id: 't', created_at: 1, request: {} };
	it.each([
		[pending, 'submitted'],
		[{ ...pending, started_at: 2 }, 'processing'],
		[{ ...pending, started_at: 2, response: null }, 'processing'],
		[{ ...pending, response: {} }, 'processing'],
		[{ ...pending, response: { success: false } }, 'failed'],
		[{ ...pending, response: { error: { code: 'api_error', message: 'no' } } }, 'failed'],
		[{ ...pending, response: { success: true, state: 'failed' } }, 'failed'],
		[{ ...pending, response: { success: true, state: 'processing' } }, 'processing'],
		[{ ...pending, finished_at: 3 }, 'submitted'],
	])('of Ace Data Cloud in %j is %s', (body, status) => {
		expect(readTask('aceData', body).status).toBe(status);
	});
});

describe('a failed task', () => {
	it.each([
		['klingGlobal', samples.OFFICIAL_FAILED, 'Failure to pass the risk control system'],
		[
			'relay',
			{ code: 'success', data: { task_id: '1', status: 'FAILURE', fail_reason: 'no money' } },
			'no money',
		],
		['aceData', { id: 't', response: { success: false, error: 'fetch failed' } }, 'fetch failed'],
		[
			'aceData',
			{ id: 't', response: { success: false, error: { message: 'fetch failed' } } },
			'fetch failed',
		],
		[
			'aceData',
			{ id: 't', finished_at: 1, response: { code: 'api_error', detail: 'upstream is down' } },
			'upstream is down',
		],
		[
			'aceData',
			{ id: 't', finished_at: 1, response: { detail: 'upstream is down' } },
			'upstream is down',
		],
		['aceData', { id: 't', finished_at: 1, response: { code: 'api_error' } }, 'api_error'],
	] as const)('of %s gives its reason', (service, body, message) => {
		expect(readTask(service, body)).toMatchObject({ status: 'failed', message, results: [] });
	});
});

it.each([
	{ id: 't', started_at: 1, response: { code: 'queued', detail: 'not yet' } },
	{ id: 't', started_at: 1, finished_at: 2, response: { trace_id: 'x' } },
	{ id: 't', started_at: 1, finished_at: 2 },
	{ ...samples.ACE_RECORD, response: undefined },
	{ ...samples.ACE_RECORD, response: null },
])('a record of Ace Data Cloud without a verdict is still running: %j', (body) => {
	expect(readTask('aceData', body).status).toBe('processing');
});

describe('many tasks', () => {
	it('of the new standard', () => {
		const { batch } = provider('klingGlobal');
		expect(batch?.read(answer(samples.UNIFIED_DONE))).toMatchObject([
			{
				id: '814237883686625347',
				status: 'succeed',
				externalTaskId: 'order-1',
				unitsDeducted: '2',
				results: [{ type: 'video', id: 'v1', url: samples.VIDEO, duration: 5.1 }],
			},
			{ id: '814237883686625348', status: 'failed', message: 'risk control' },
		]);
	});

	it.each([
		['a text', [{ charge_type: 'unit', amount: '2.5' }], '2.5'],
		['a number', [{ charge_type: 'unit', amount: 2.5 }], '2.5'],
		[
			'behind money',
			[
				{ charge_type: 'cash', amount: '0.7', currency: 'USD' },
				{ charge_type: 'unit', amount: 2 },
			],
			'2',
		],
		['nothing but money', [{ charge_type: 'cash', amount: '0.7' }], undefined],
	])('tell their units as %s', (_what, billing, unitsDeducted) => {
		const [record] = samples.UNIFIED_DONE.data;
		const body = { ...samples.UNIFIED_DONE, data: [{ ...record, billing }] };
		const [task] = provider('klingGlobal').batch?.read(answer(body)) ?? [];
		expect(task?.unitsDeducted).toBe(unitsDeducted);
	});

	it('of Ace Data Cloud, skipping what is no task', () => {
		const { batch } = provider('aceData');
		const body = { items: [samples.ACE_RECORD, null, {}, 'x'], count: 4 };
		expect(batch?.read(answer(body))).toMatchObject([{ status: 'succeed' }]);
	});

	it.each([{ code: 0, data: {} }, { code: 0, data: 'x' }, {}])('are not read from %j', (body) => {
		expect(errorOf(() => provider('klingGlobal').batch?.read(answer(body))).kind).toBe(
			'unreadable',
		);
		expect(errorOf(() => provider('aceData').batch?.read(answer(body))).kind).toBe('unreadable');
	});
});
