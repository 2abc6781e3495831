/** The answers about effects, as the documents of Kling show them and as relays may repeat the request in them. */
import * as codec from '../../../nodes/shared/providers/codec';
import type { Json, JsonObject } from '../../../nodes/shared/core/json';
import type { Task } from '../../../nodes/shared/core/task';
import { parseRequest } from '../../../nodes/shared/core/requests';
import { taskJson } from '../../../nodes/shared/n8n/itemJson';
import { answer, errorOf, provider } from './support';

const ID = '814237883686625347';
const MP4 = 'https://cdn.example.com/1.mp4';
const MARKED = 'https://cdn.example.com/1-marked.mp4';
const LEFT = 'https://cdn.example.com/left.png';
const RIGHT = 'https://cdn.example.com/right.png';

const TIMES = { created_at: 1762157958060, updated_at: 1762157962060 };

function record(more: JsonObject): JsonObject {
	const task_info = { external_task_id: 'hug-1' };
	const data = { task_id: ID, task_info, task_status: 'succeed', ...TIMES, ...more };
	return { code: 0, message: 'SUCCEED', data };
}

function read(body: unknown): Task {
	return codec.readTask(provider('klingGlobal'), { id: ID, kind: 'effects' }, answer(body));
}

const item = (task: Task): JsonObject => taskJson(task, { kind: 'effects', simplify: true });

it('a video without a length', () => {
	const videos = [{ id: 'v1', url: MP4, watermark_url: MARKED }];
	const task = read(record({ task_result: { videos }, final_unit_deduction: '2' }));
	expect(item(task)).toEqual({
		taskId: ID,
		externalTaskId: 'hug-1',
		kind: 'effects',
		model: null,
		quality: null,
		prompt: null,
		status: 'succeed',
		message: '',
		videoUrl: MP4,
		videoId: 'v1',
		duration: null,
		videos: [{ id: 'v1', url: MP4, duration: null, watermarkUrl: MARKED }],
		createdAt: '2025-11-03T08:19:18.060Z',
		updatedAt: '2025-11-03T08:19:22.060Z',
		unitsDeducted: 2,
	});
});

it.each(['', null])('a video without a mark: %j', (watermark_url) => {
	const videos = [{ id: 'v1', url: MP4, watermark_url }];
	expect(item(read(record({ task_result: { videos } })))).toMatchObject({
		videos: [{ url: MP4, watermarkUrl: null }],
	});
});

it('the length of the older form', () => {
	const videos = [{ id: 'v1', url: MP4, duration: '5.1' }];
	expect(item(read(record({ task_result: { videos } })))).toMatchObject({ duration: 5.1 });
});

it.each<[string, Json]>([
	['one image', { image: LEFT }],
	['two images', { images: [LEFT, RIGHT] }],
])('the request that is repeated is no result: %s', (_what, input) => {
	const echo = { effect_scene: 'hug_pro', input, ...(input as JsonObject) };
	const running = read(record({ task_status: 'processing', ...echo }));
	expect(running).toMatchObject({ status: 'processing', results: [] });
	const videos = [{ id: 'v1', url: MP4 }];
	expect(read(record({ ...echo, task_result: { videos } })).results).toMatchObject([{ url: MP4 }]);
});

it('the record of the new standard', () => {
	const { batch } = provider('klingGlobal');
	const outputs = [{ type: 'video', id: 'v1', url: MP4, watermark_url: '' }];
	const unified = { id: ID, status: 'succeeded', external_id: 'hug-1', outputs, billing: [] };
	const [task] = batch!.read(answer({ code: 0, message: 'SUCCEED', data: [unified] }));
	expect(item(task!)).toMatchObject({ videoUrl: MP4, videoId: 'v1', duration: null });
});

it.each([
	[{}, 'Effect must be chosen'],
	[{ effect_scene: ' ' }, 'Effect must be chosen'],
	[{ effect_scene: 7 }, 'Effect must be chosen'],
	[{ effect_scene: 'hug_pro', image: LEFT, mode: '4k' }, 'Quality must be std'],
	[
		{ effect_scene: 'pet_dance', image: LEFT, duration: 7 },
		'Duration must be 5 or 10 seconds, not 7',
	],
	[
		{ effect_scene: 'pet_dance', image: LEFT, duration: 5.5 },
		'Duration must be 5 or 10 seconds, not 5.5',
	],
	[{ effect_scene: 'hug_pro', image: LEFT }, 'Second Image (Right) must be given for hug_pro'],
	[
		{ effect_scene: 'pet_dance', image: LEFT, second_image: RIGHT },
		'Second Image (Right) must be None for pet_dance',
	],
])('the request %j is refused', (fields, message) => {
	expect(errorOf(() => parseRequest({ kind: 'effects', ...fields })).message).toContain(message);
});

it.each(['brand_new', 'constructor', '__proto__'])(
	'how many images %s wants is left to the service',
	(effect_scene) => {
		for (const second_image of [undefined, RIGHT]) {
			const draft = { kind: 'effects', effect_scene, image: LEFT, second_image } as const;
			expect(parseRequest(draft)).toMatchObject({ effect_scene });
		}
	},
);
