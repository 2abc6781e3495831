/** Sample answers of the services, read to the end: what the item says, and what a task is whose kind nobody told. */
import * as codec from '../../nodes/shared/providers/codec';
import type { Kind } from '../../nodes/shared/core/kinds';
import { taskJson } from '../../nodes/shared/n8n/itemJson';
import { answer, provider as providerOf } from './core/support';

const VIDEO_URL = 'https://cdn.example.com/kling/0_raw_video_1.mp4';
const IMAGE_URL = 'https://cdn.example.com/kling/0_raw_image_0.png';

describe('OpenAI-HK', () => {
	it('a finished video, with null for its images and the seconds as text', () => {
		const id = 'CmZ4r2bfunIAAAAAABDEJw';
		const videoId = 'cb6a5273-e12b-4731-98e7-c6fd45302027';
		const task = codec.readTask(
			providerOf('openaiHk'),
			{ id, kind: 'text2video' },
			answer({
				code: 0,
				message: '成功',
				request_id: id,
				data: {
					task_id: id,
					task_status: 'succeed',
					task_status_msg: '',
					created_at: 1725977783786,
					updated_at: 1725978074639,
					task_result: { images: null, videos: [{ id: videoId, url: VIDEO_URL, duration: '5.1' }] },
				},
			}),
		);
		expect(taskJson(task, { kind: 'text2video', simplify: true })).toEqual({
			taskId: id,
			externalTaskId: null,
			kind: 'text2video',
			model: null,
			quality: null,
			prompt: null,
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
		expect(taskJson(task, { kind: 'motion-control', simplify: true })).toMatchObject({
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
			'could not be read',
		);
		expect(() => codec.readTask(provider, { id, kind: 'text2video' }, answer(song))).toThrow(
			'could not be read',
		);
	});
});
