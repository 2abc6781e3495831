/** The answers about speech, faces, parts, lips and avatars, as the documents show them, and in forms that others make of them. */
import type { Json } from '../../../nodes/shared/core/json';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { taskJson } from '../../../nodes/shared/n8n/itemJson';
import * as codec from '../../../nodes/shared/providers/codec';
import type { Calls, PaidCall } from '../../../nodes/shared/providers';
import { readKept } from '../../../nodes/shared/providers/keptAnswers';
import { answer, errorOf, provider } from './support';

const ID = '814237883686625347';
const URL = 'https://cdn.example.com/1';

function read<N extends PaidCall>(name: N, body: unknown): Calls[N]['output'] {
	const call = provider('klingGlobal').calls[name];
	if (!call) throw new Error(`There is no ${name}`);
	// What was asked says nothing about these.
	return call.read(answer(body), {});
}

const SPEECH = {
	code: 0,
	data: {
		task_id: '71',
		task_status: 'succeed',
		task_result: { audios: [{ id: 'a-9', url: `${URL}.mp3`, duration: '1.4' }] },
		final_unit_deduction: '0.05',
	},
};

describe('speech', () => {
	it('is read as Kling tells it', () => {
		expect(read('speech', SPEECH)).toEqual({
			audioId: 'a-9',
			url: `${URL}.mp3`,
			duration: 1.4,
			unitsDeducted: '0.05',
			raw: SPEECH,
		});
	});

	it.each<[string, object]>([
		['without the envelope', SPEECH.data],
		['within another envelope', { code: 'success', data: SPEECH }],
		['without an id of the task', { code: 0, data: { ...SPEECH.data, task_id: undefined } }],
		[
			'with a number for the length',
			{ data: { task_result: { audios: [{ id: 'a-9', url: `${URL}.mp3`, duration: 1.4 }] } } },
		],
	])('is read %s', (_what, body) => {
		expect(read('speech', body)).toMatchObject({
			audioId: 'a-9',
			url: `${URL}.mp3`,
			duration: 1.4,
		});
	});

	it.each<[string, unknown]>([
		['no sound', { code: 0, data: { task_status: 'succeed', task_result: { audios: [] } } }],
		['a sound without a link', { code: 0, data: { task_result: { audios: [{ id: 'a-9' }] } } }],
		['no object', { code: 0, data: 'fine' }],
		['nothing', ''],
	])('is not made out of %s', (_what, body) => {
		expect(errorOf(() => read('speech', body)).kind).toBe('unreadable');
	});
});

const FACES = {
	code: 0,
	data: {
		session_id: '55',
		final_unit_deduction: '0.05',
		face_data: [
			{ face_id: '0', face_image: `${URL}.png`, start_time: 0, end_time: 5200 },
			{ face_id: '1', face_image: '', start_time: 6000, end_time: 9940 },
		],
	},
};

describe('faces', () => {
	const TWO = [
		{ id: '0', imageUrl: `${URL}.png`, start: 0, end: 5200 },
		{ id: '1', imageUrl: undefined, start: 6000, end: 9940 },
	];

	it('are read as Kling tells them', () => {
		expect(read('faces', FACES)).toEqual({
			sessionId: '55',
			faces: TWO,
			unitsDeducted: '0.05',
			raw: FACES,
		});
	});

	it('are read with ids that are numbers, also long ones, and times that are text', () => {
		const text = `{"data":{"session_id":829836802793406551,"face_data":[{"face_id":7,"start_time":"1","end_time":"2500"}]}}`;
		expect(read('faces', text)).toMatchObject({
			sessionId: '829836802793406551',
			faces: [{ id: '7', start: 1, end: 2500 }],
		});
	});

	it.each<[string, unknown]>([
		['an empty list', []],
		['null', null],
		['nothing', undefined],
		[
			'a list of other things',
			[{ face_id: '0' }, 'face', { face_id: '1', start_time: -1, end_time: 5 }],
		],
	])('are none where there is %s', (_what, face_data) => {
		expect(read('faces', { data: { session_id: '55', face_data } }).faces).toEqual([]);
	});

	it('need a session', () => {
		const error = errorOf(() => read('faces', { code: 0, data: { face_data: [] } }));
		expect(error).toMatchObject({ kind: 'unreadable', details: { maybeCreated: true } });
	});

	it('of an answer without end are not all kept, nor is that answer', () => {
		const face_data = Array.from({ length: 2000 }, () => FACES.data.face_data[0]);
		const found = read('faces', { data: { session_id: '55', face_data } });
		expect(found.faces).toHaveLength(200);
		expect(found.raw).toBeUndefined();
	});
});

const PARTS = {
	code: 0,
	data: {
		task_result: {
			images: [
				{ type: 'object_seg', is_contain: true, url: `${URL}.png` },
				{ type: 'face_seg', is_contain: false, url: '' },
			],
		},
		final_unit_deduction: '0.1',
	},
};

describe('parts', () => {
	const TWO = [
		{ name: 'object', isContained: true, url: `${URL}.png` },
		{ name: 'face', isContained: false, url: undefined },
	];

	it('are read as Kling tells them', () => {
		expect(read('parts', PARTS)).toEqual({ parts: TWO, unitsDeducted: '0.1', raw: PARTS });
	});

	it.each<[string, unknown]>([
		['without the envelope', PARTS.data],
		['without the result around them', { code: 0, data: PARTS.data.task_result }],
		['within another envelope', { code: 'success', data: PARTS }],
	])('are read %s', (_what, body) => {
		expect(read('parts', body).parts).toEqual(TWO);
	});

	it('have no link where they are not there, nor one that cannot be fetched', () => {
		const images = [
			{ type: 'head_seg', is_contain: false, url: `${URL}.png` },
			{ type: 'hat', is_contain: true, url: 'soon' },
		];
		expect(read('parts', { data: { task_result: { images } } }).parts).toEqual([
			{ name: 'head', isContained: false, url: undefined },
			{ name: 'hat', isContained: true, url: undefined },
		]);
	});

	it.each<[unknown, boolean]>([
		['true', true],
		['1', true],
		[1, true],
		[undefined, true],
		['false', false],
		['0', false],
		[0, false],
	])('are there or not, also where that is told as %j', (is_contain, isContained) => {
		const images = [{ type: 'object_seg', is_contain, url: `${URL}.png` }];
		const url = isContained ? `${URL}.png` : undefined;
		expect(read('parts', { data: { task_result: { images } } }).parts).toEqual([
			{ name: 'object', isContained, url },
		]);
	});

	it('are not there where neither that nor a link is told', () => {
		const images = [{ type: 'object_seg', url: '' }];
		expect(read('parts', { data: { task_result: { images } } }).parts).toEqual([
			{ name: 'object', isContained: false, url: undefined },
		]);
	});

	it.each<[string, unknown]>([
		['an empty list', { code: 0, data: { task_result: { images: [] } } }],
		['null', { code: 0, data: { task_result: null } }],
		['nothing', { code: 0 }],
		['other things', { code: 0, data: { task_result: { images: [7, {}] } } }],
	])('are not made out of %s', (_what, body) => {
		const error = errorOf(() => read('parts', body));
		expect(error).toMatchObject({ kind: 'unreadable', details: { maybeCreated: true } });
	});

	it('of an image that Kling does not take are told as a failure', () => {
		const data = { task_status: 'failed', task_status_msg: 'risk control' };
		expect(errorOf(() => read('parts', { code: 0, data }))).toMatchObject({
			kind: 'taskFailed',
			details: { serviceMessage: 'risk control' },
		});
	});

	it('of an answer without end are not all kept, nor is that answer', () => {
		const images = Array.from({ length: 2000 }, () => PARTS.data.task_result.images[0]);
		const found = read('parts', { data: { task_result: { images } } });
		expect(found.parts).toHaveLength(50);
		expect(found.raw).toBeUndefined();
	});
});

it('what is kept is read back as it was', () => {
	const stored = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;
	const [speech, faces] = [read('speech', SPEECH), read('faces', FACES)];
	const parts = read('parts', PARTS);
	expect(readKept('parts', stored(parts))).toEqual(stored(parts));
	expect(readKept('speech', stored(speech))).toEqual(stored(speech));
	expect(readKept('faces', stored(faces))).toEqual(stored(faces));
	for (const odd of [null, {}, 'x', { url: 7 }, { sessionId: '5' }]) {
		expect(readKept('speech', odd)).toBeUndefined();
		expect(readKept('faces', odd)).toBeUndefined();
		expect(readKept('parts', odd)).toBeUndefined();
	}
});

function itemOf(service: 'klingGlobal' | 'relay' | 'aceData', kind: Kind, body: Json) {
	const task = codec.readTask(provider(service), { id: ID, kind }, answer(body));
	return taskJson(task, { kind, simplify: true });
}

const parent = { id: 'v1', url: `${URL}-parent.mp4`, duration: '10.0' };
const made = (task_info: Json): Json => ({
	code: 0,
	data: {
		task_id: ID,
		task_status: 'succeed',
		task_info,
		task_result: {
			videos: [{ id: 'v7', url: `${URL}.mp4`, watermark_url: '', duration: '10.1' }],
		},
		watermark_info: { enabled: false },
		final_unit_deduction: '1',
	},
});
const VIDEO = { videoUrl: `${URL}.mp4`, videoId: 'v7', duration: 10.1, unitsDeducted: 1 };

it.each<[string, 'klingGlobal' | 'relay', Kind, Json]>([
	[
		'lip sync, without the video it was made of',
		'klingGlobal',
		'lip-sync',
		made({ parent_video: parent }),
	],
	['lip sync in one call', 'relay', 'lip-sync', made({ parent_video: parent })],
	['an avatar', 'klingGlobal', 'avatar', made({ external_task_id: 'x' })],
])('%s', (_what, service, kind, body) => {
	expect(itemOf(service, kind, body)).toMatchObject({
		kind,
		status: 'succeed',
		...VIDEO,
		videos: [{ id: 'v7' }],
	});
});

describe('Ace Data Cloud', () => {
	const aceRecord = (type: string, response: Json): Json => ({
		id: ID,
		type,
		created_at: 1762157958,
		finished_at: 1762158275,
		request: { video_url: `${URL}-parent.mp4`, image_url: `${URL}.png`, audio_url: `${URL}.mp3` },
		response,
	});
	const done = {
		success: true,
		task_id: ID,
		video_id: '1',
		video_url: `${URL}.mp4`,
		state: 'succeed',
	};

	it.each<[Kind, string, Json, number]>([
		['lip-sync', 'lip-sync', { ...done, duration: '4.966' }, 4.966],
		['lip-sync', 'videos', { ...done, duration: 4.966 }, 4.966],
		['avatar', 'talking-photo', { ...done, source_video_url: `${URL}-source.mp4`, duration: 5 }, 5],
	])('tells of %s as %s', (kind, type, response, duration) => {
		expect(itemOf('aceData', kind, aceRecord(type, response))).toMatchObject({
			kind,
			status: 'succeed',
			videoUrl: `${URL}.mp4`,
			videoId: '1',
			duration,
			videos: [{ url: `${URL}.mp4` }],
		});
	});

	it('tells of a failure', () => {
		const response = {
			success: false,
			error: { code: 'api_error', message: 'no face' },
			task_id: ID,
		};
		expect(itemOf('aceData', 'lip-sync', aceRecord('lip-sync', response))).toMatchObject({
			status: 'failed',
			message: expect.stringContaining('no face') as string,
			videoUrl: null,
		});
	});
});
