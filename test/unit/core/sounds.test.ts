/** The answers about sounds, as the documents of Kling show them, and what relays may make of them. */
import * as codec from '../../../nodes/shared/providers/codec';
import type { JsonObject } from '../../../nodes/shared/core/json';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { Task } from '../../../nodes/shared/core/task';
import { taskJson } from '../../../nodes/shared/n8n/itemJson';
import { answer, provider } from './support';

const ID = '814237883686625347';
const MP3 = 'https://cdn.example.com/1.mp3';
const WAV = 'https://cdn.example.com/1.wav';
const MP4 = 'https://cdn.example.com/1.mp4';

const record = (task_result: JsonObject, more: JsonObject = {}) => ({
	code: 0,
	message: 'SUCCEED',
	request_id: 'r',
	data: {
		task_id: ID,
		task_status: 'succeed',
		task_status_msg: '',
		task_info: { external_task_id: 'rain-1', ...more },
		task_result,
		final_unit_deduction: '0.25',
		created_at: 1762157958060,
		updated_at: 1762157962060,
	},
});
const AUDIO = { id: 'b1', url_mp3: MP3, url_wav: WAV, duration_mp3: '5.5', duration_wav: '5.5' };

function read(body: unknown, kind: Kind = 'text-to-audio'): Task {
	return codec.readTask(provider('klingGlobal'), { id: ID, kind }, answer(body));
}

function item(task: Task, kind: Kind): JsonObject {
	return taskJson(task, { kind, simplify: true });
}

const TOLD = { type: 'audio', id: 'b1', url: MP3, wavUrl: WAV, duration: 5.5 };

it('Text to Audio', () => {
	const task = read(record({ audios: [AUDIO] }));
	expect(task.results).toEqual([TOLD]);
	expect(item(task, 'text-to-audio')).toEqual({
		taskId: ID,
		externalTaskId: 'rain-1',
		kind: 'text-to-audio',
		model: null,
		quality: null,
		prompt: null,
		status: 'succeed',
		message: '',
		audioUrl: MP3,
		wavUrl: WAV,
		audioId: 'b1',
		duration: 5.5,
		audios: [{ id: 'b1', url: MP3, wavUrl: WAV, duration: 5.5 }],
		createdAt: '2025-11-03T08:19:18.060Z',
		updatedAt: '2025-11-03T08:19:22.060Z',
		unitsDeducted: 0.25,
	});
});

it('Video to Audio: the video with its sound, not the one that it was made of', () => {
	const parent_video = { id: 'p', url: 'https://cdn.example.com/silent.mp4', duration: '5' };
	const made = { videos: [{ id: 'v1', url: MP4, duration: '5.1' }], audios: [AUDIO] };
	const task = read(record(made, { parent_video }), 'video-to-audio');
	expect(task.results).toEqual([{ type: 'video', id: 'v1', url: MP4, duration: 5.1 }, TOLD]);
	expect(item(task, 'video-to-audio')).toMatchObject({
		videoUrl: MP4,
		videoId: 'v1',
		duration: 5.1,
		videos: [{ id: 'v1', url: MP4, duration: 5.1, watermarkUrl: null }],
		audioUrl: MP3,
		wavUrl: WAV,
		audioId: 'b1',
		audios: [{ duration: 5.5 }],
	});
});

it('the record of the new standard', () => {
	const output = {
		type: 'audio',
		id: 'b1',
		mp3_url: MP3,
		wav_url: WAV,
		mp3_duration: '5.5',
		wav_duration: '5.5',
	};
	const body = {
		code: 0,
		data: [{ id: ID, status: 'succeeded', message: '', outputs: [output], billing: [] }],
	};
	const [task] = provider('klingGlobal').batch?.read(answer(body)) ?? [];
	expect(task?.results).toEqual([TOLD]);
});

it('a callback of which nobody knows the kind tells all that was made', () => {
	const made = { videos: [{ id: 'v1', url: MP4, duration: '5.1' }], audios: [AUDIO] };
	const claim = provider('klingGlobal').readCallback(record(made).data);
	expect(claim && taskJson(claim, { kind: undefined, simplify: true })).toMatchObject({
		kind: null,
		videoUrl: MP4,
		duration: 5.1,
		audioUrl: MP3,
		audios: [{ duration: 5.5 }],
	});
});

describe('what an answer repeats of the request is no sound', () => {
	it('beside a video that was given one', () => {
		const body = { task_id: ID, task_status: 'succeed', audio_url: WAV, video_url: MP4 };
		expect(provider('relay').readCallback(body)?.results).toMatchObject([{ url: MP4 }]);
		expect(read({ code: 0, data: body }, 'text2video').results).toMatchObject([
			{ type: 'video', url: MP4 },
		]);
	});

	it('while the task runs', () => {
		const body = { task_id: ID, task_status: 'processing', audio_url: MP3 };
		expect(read({ code: 0, data: body }).results).toEqual([]);
	});
});

it('a bare link is a sound where the kind makes one', () => {
	const url = 'https://cdn.example.com/file?id=7';
	const body = { code: 'success', message: '', data: { task_id: ID, status: 'succeeded', url } };
	expect(read(body).results).toMatchObject([{ type: 'audio', url }]);
	expect(read(body, 'video-to-audio').results).toMatchObject([{ type: 'video', url }]);
});

it('a sound that an answer holds itself', () => {
	const url = 'data:audio/mpeg;base64,SUQz';
	const body = { code: 0, data: { task_id: ID, task_status: 'succeed', task_result: { url } } };
	expect(read(body).results).toMatchObject([{ type: 'audio', url }]);
});
