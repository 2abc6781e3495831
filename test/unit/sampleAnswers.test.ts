/** The sample answers that the services print on their pages, read as the one record that everything ends in. */
import * as codec from '../../nodes/shared/providers/codec';
import type { Kind } from '../../nodes/shared/core/kinds';
import { taskJson } from '../../nodes/shared/n8n/itemJson';
import {
	ALL_PROVIDERS,
	type HttpResponse,
	type Provider,
	type Service,
} from '../../nodes/shared/providers';
import type { Task } from '../../nodes/shared/core/task';
import { OFFICIAL_CREATED } from './core/samples';

const simplifiedJson = (task: Task, kind: Kind) =>
	taskJson(task, { kind, simplify: true, secrets: [] });

function providerOf(service: Service): Provider {
	const found = ALL_PROVIDERS.find((provider) => provider.service === service);
	if (!found) throw new Error(`There is no provider for ${service}`);
	return found;
}

const answer = (body: unknown, status = 200): HttpResponse => ({
	status,
	headers: { 'content-type': 'application/json' },
	text: JSON.stringify(body),
});

const VIDEO_URL = 'https://cdn.example.com/kling/0_raw_video_1.mp4';
const IMAGE_URL = 'https://cdn.example.com/kling/0_raw_image_0.png';

describe('OpenAI-HK', () => {
	const provider = providerOf('openaiHk');
	const envelope = (id: string, data: object) =>
		answer({ code: 0, message: '成功', request_id: id, data: { task_id: id, ...data } });

	it.each<Kind>(['image-generation', 'text2video', 'image2video'])('a new %s task', (kind) => {
		const id = 'Cl6Mq2bftxoAAAAAAA_SxQ';
		const times = { created_at: 1725974776706, updated_at: 1725974776706 };
		const task = codec.readCreated(
			provider,
			{ kind },
			envelope(id, { task_status: 'submitted', ...times }),
		);
		expect(task).toMatchObject({
			id,
			kind,
			status: 'submitted',
			message: '',
			results: [],
		});
		expect(simplifiedJson(task, kind)).toMatchObject({
			taskId: id,
			status: 'submitted',
			createdAt: '2024-09-10T13:26:16.706Z',
		});
	});

	it('a finished picture, with null for its videos', () => {
		const id = 'Clo_MGbfunoAAAAAABB5XA';
		const task = codec.readTask(
			provider,
			{ id, kind: 'image-generation' },
			envelope(id, {
				task_status: 'succeed',
				task_status_msg: '',
				created_at: 1725977118293,
				updated_at: 1725977125849,
				task_result: { images: [{ index: 0, url: IMAGE_URL }], videos: null },
			}),
		);
		expect(task).toMatchObject({
			status: 'succeed',
			results: [{ type: 'image', index: 0, url: IMAGE_URL }],
			createdAt: 1725977118293,
			updatedAt: 1725977125849,
		});
		expect(simplifiedJson(task, 'image-generation').imageUrl).toBe(IMAGE_URL);
	});

	it('a finished video, with null for its images and the seconds as text', () => {
		const id = 'CmZ4r2bfunIAAAAAABDEJw';
		const videoId = 'cb6a5273-e12b-4731-98e7-c6fd45302027';
		const task = codec.readTask(
			provider,
			{ id, kind: 'text2video' },
			envelope(id, {
				task_status: 'succeed',
				task_status_msg: '',
				created_at: 1725977783786,
				updated_at: 1725978074639,
				task_result: { images: null, videos: [{ id: videoId, url: VIDEO_URL, duration: '5.1' }] },
			}),
		);
		expect(simplifiedJson(task, 'text2video')).toEqual({
			taskId: id,
			externalTaskId: null,
			kind: 'text2video',
			status: 'succeed',
			message: '',
			videoUrl: VIDEO_URL,
			videoId,
			duration: 5.1,
			videos: [{ id: videoId, url: VIDEO_URL, duration: 5.1, watermarkUrl: null }],
			createdAt: '2024-09-10T14:16:23.786Z',
			updatedAt: '2024-09-10T14:21:14.639Z',
			unitsDeducted: null,
		});
	});
});

describe('a relay', () => {
	const provider = providerOf('relay');

	it.each<Kind>(['text2video', 'multi-image2video'])(
		'a new %s task, with nothing in its task info',
		(kind) => {
			const task = codec.readCreated(provider, { kind }, answer(OFFICIAL_CREATED));
			expect(task).toMatchObject({
				id: '814237883686625347',
				kind,
				status: 'submitted',
				createdAt: 1762157958060,
				results: [],
			});
			expect(task.externalTaskId).toBeUndefined();
		},
	);

	it('a task id that came as a number keeps its digits', () => {
		const text = '{"code":0,"data":{"task_id":814237883686625347,"task_status":"submitted"}}';
		expect(
			codec.readCreated(provider, { kind: 'text2video' }, { status: 200, headers: {}, text }).id,
		).toBe('814237883686625347');
	});
});

describe('Ace Data Cloud', () => {
	const provider = providerOf('aceData');
	const id = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';
	const result = {
		success: true,
		video_id: '842566592663294013',
		video_url: VIDEO_URL,
		duration: '5.066',
		state: 'succeed',
		task_id: id,
	};

	it.each<Kind>(['text2video', 'motion-control'])(
		'a new %s task, when it does not block',
		(kind) => {
			expect(
				codec.readCreated(provider, { kind }, answer({ task_id: id, trace_id: id })),
			).toMatchObject({
				id,
				kind,
				status: 'submitted',
				results: [],
			});
		},
	);

	it('an answer that holds the finished video already is awaited like any other', () => {
		expect(codec.readCreated(provider, { kind: 'motion-control' }, answer(result))).toMatchObject({
			id,
			status: 'submitted',
		});
	});

	it('the finished video as the list of tasks tells it, the long id digit by digit', () => {
		const record = {
			_id: '6745',
			id,
			type: 'motion',
			created_at: 1757000000.5,
			started_at: 1757000001,
			finished_at: 1757000318,
			elapsed: 317.1,
			request: { mode: 'std' },
			response: result,
		};
		const task = codec.readTask(provider, { id, kind: 'motion-control' }, answer(record));
		expect(simplifiedJson(task, 'motion-control')).toMatchObject({
			taskId: id,
			status: 'succeed',
			videoUrl: VIDEO_URL,
			videoId: '842566592663294013',
			duration: 5.066,
			createdAt: '2025-09-04T15:33:20.500Z',
			updatedAt: '2025-09-04T15:38:38.000Z',
		});
		expect(provider.batch?.read(answer({ items: [record], count: 1 }))).toMatchObject([
			{ id, status: 'succeed', kind: 'motion-control' },
		]);
	});

	it.each<[Kind, object]>([
		['image2video', { request: { action: 'image2video', start_image_url: IMAGE_URL } }],
		['video-extend', { request: { action: 'extend' } }],
		['motion-control', { type: 'motion' }],
		['omni-video', { request: { action: 'text2video', image_list: [{ image_url: IMAGE_URL }] } }],
		['omni-video', { request: { action: 'text2video', video_list: [{ video_url: VIDEO_URL }] } }],
		['text2video', { request: { action: 'text2video', image_list: [], video_list: null } }],
		['text2video', {}],
	])('a task whose kind nobody told is one of %s when its record reads %j', (kind, record) => {
		const task = codec.readTask(
			provider,
			{ id, kind: 'text2video' },
			answer({ id, type: 'videos', ...record }),
		);
		expect(task.kind).toBe(kind);
	});

	it('a task of several pictures stays what it was made as', () => {
		const request = { action: 'text2video', image_list: [{ image_url: IMAGE_URL }] };
		expect(
			codec.readTask(provider, { id, kind: 'multi-image2video' }, answer({ id, request })).kind,
		).toBe('multi-image2video');
	});

	it('the sample of another product that its page shows by mistake is no task', () => {
		const song = {
			data: [{ id: '75d8e08f-b25f-450e-9496-7b52e393098b', title: 'A song' }],
			success: true,
		};
		expect(() => codec.readCreated(provider, { kind: 'text2video' }, answer(song))).toThrow(
			'cannot be understood',
		);
		expect(() => codec.readTask(provider, { id, kind: 'text2video' }, answer(song))).toThrow(
			'cannot be understood',
		);
	});
});
