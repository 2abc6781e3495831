import { startReceiver } from './support';
import {
	ADVANCED,
	DAY_MS,
	FACES,
	firstOf,
	mp3,
	TTS,
	HELLO,
	soundSample,
	useSpeakingService,
	wav,
} from './speaking';

const { caller, post, get, audioId, sessionId, videoId } = useSpeakingService();

/** Of a video of 10 s, in which face 0 is seen for 8 s from the start and face 1 from 6 s on. */
const CHOICE = {
	face_id: '0',
	sound_file: 'https://example.com/a-6s.mp3',
	sound_start_time: 0,
	sound_end_time: 4000,
	sound_insert_time: 500,
};
const ask = async (choice: object = {}, more: object = {}) =>
	await post(ADVANCED, {
		session_id: await sessionId(),
		face_choose: [{ ...CHOICE, ...choice }],
		...more,
	});
const made = () => caller().sim.ledger.chargesFor('videos/advanced-lip-sync');

describe('the second of two calls', () => {
	it('makes a video as long as that of the session, and costs by 5 s', async () => {
		const video_id = await videoId({ duration: '10' });
		const session_id = String((await post(FACES, { video_id })).data.session_id);
		const created = await post(ADVANCED, {
			session_id,
			face_choose: [{ ...CHOICE, sound_volume: 2, original_audio_volume: 0 }],
			external_task_id: 'mine',
			watermark_info: { enabled: true },
		});
		expect(created.data).toMatchObject({ task_info: { external_task_id: 'mine' } });
		const id = String(created.data.task_id);
		caller().clock.advance(20_000);
		const told = await get(`${ADVANCED}/${id}`);
		expect(told.data).toMatchObject({
			task_status: 'succeed',
			watermark_info: { enabled: true },
			final_unit_deduction: '1',
			task_info: { parent_video: { id: video_id, duration: '10.1' } },
		});
		expect(firstOf(told, 'videos').duration).toBe('10.1');
		expect(made()).toMatchObject([{ taskId: id, units: 1 }]);
	});

	it('is known by its own id only, which alone it tells', async () => {
		const { data } = await ask({}, { external_task_id: 'mine' });
		expect((await get(`${ADVANCED}/mine`)).json).toMatchObject({ code: 1201 });
		const { data: told } = await get(`${ADVANCED}/${String(data.task_id)}`);
		expect(told.task_info).toEqual({});
		const list = (await get(`${ADVANCED}?pageNum=1&pageSize=30`)).json.data;
		expect(list).toMatchObject([{ task_id: data.task_id, task_info: {} }]);
		expect((await ask({}, { external_task_id: 'mine' })).json.message).toMatch(/already exists/);
	});

	it('calls back with the record', async () => {
		const receiver = await startReceiver();
		await ask({}, { callback_url: receiver.url });
		caller().clock.advance(20_000);
		await caller().sim.settled();
		expect(receiver.received.map(({ body }) => body.task_status)).toEqual([
			'submitted',
			'processing',
			'succeed',
		]);
		expect(receiver.received[2]?.body).toMatchObject({ task_result: { videos: [{}] } });
		await receiver.stop();
	});

	it.each<[string, object]>([
		['a sound that is as long as the cut', { sound_file: 'https://a.test/a-4s.mp3' }],
		['a sound in a WAV', { sound_file: wav(4) }],
		['a sound in an MP3', { sound_file: mp3(4) }],
		['the shortest cut', { sound_end_time: 2000 }],
		['a cut up to the end', { face_id: '1', sound_insert_time: 6000 }],
		['2 s with the face', { sound_insert_time: 6000 }],
		['2 s with the other face', { face_id: '1', sound_insert_time: 4000 }],
		...['cbr.mp3', 'padded.mp3', 'vbr.mp3', 'sound.aac', 'sound.m4a'].map(
			(file): [string, object] => [
				file,
				{ sound_file: soundSample(file).toString('base64'), sound_end_time: 2500 },
			],
		),
	])('takes %s', async (_name, choice) => {
		expect((await ask(choice)).json.message).toBe('SUCCEED');
	});

	it.each<[string, object, RegExp]>([
		['a face of nobody', { face_id: '2' }, /^Face not found in the session: 2$/],
		['a face as a number', { face_id: 0 }, /face_choose\[0\]\.face_id is invalid: string expected/],
		[
			'no sound',
			{ sound_file: '' },
			/^One of face_choose\[0\]\.audio_id and face_choose\[0\]\.sound/,
		],
		['two sounds', { audio_id: 'a' }, /^One of face_choose\[0\]\.audio_id and/],
		['a speech of nobody', { sound_file: '', audio_id: 'a' }, /^Audio not found by id: a$/],
		['a file that is no sound', { sound_file: 'AAAA' }, /only mp3\/wav\/m4a\/aac$/],
		['a data URI', { sound_file: `data:audio/wav;base64,${wav(4)}` }, /not in a valid base64/],
		[
			'more than 5 MB',
			{ sound_file: Buffer.alloc(5 * 1024 * 1024 + 1).toString('base64') },
			/^Audio size must not exceed 5MB$/,
		],
		['a short sound', { sound_file: wav(1.9) }, /audio must be between 2 and 60 seconds/],
		['a long sound', { sound_file: 'https://a.test/a-61s.mp3' }, /between 2 and 60 seconds/],
		['no start', { sound_start_time: undefined }, /sound_start_time is required/],
		['no end', { sound_end_time: undefined }, /sound_end_time is required/],
		['no place', { sound_insert_time: undefined }, /sound_insert_time is required/],
		['a time as text', { sound_end_time: '4000' }, /sound_end_time is invalid: number expected/],
		['half a millisecond', { sound_end_time: 4000.5 }, /sound_end_time is invalid: integer exp/],
		['a negative time', { sound_insert_time: -1 }, /sound_insert_time value '-1' is invalid/],
		['a cut of less than 2 s', { sound_start_time: 2001 }, /must be at least 2000 ms/],
		['an end after the sound', { sound_end_time: 6001 }, /exceeds the audio, which has 6000 ms/],
		['an end after the video', { sound_insert_time: 6001 }, /after the video, which has 10000 ms/],
		['too little of the face', { sound_insert_time: 6001, sound_end_time: 3000 }, /at least 2000/],
		['too little of the other face', { face_id: '1', sound_insert_time: 3999 }, /overlap with/],
		['a loud sound', { sound_volume: 2.1 }, /sound_volume value '2.1' is invalid: must be between/],
		['a volume as text', { original_audio_volume: '1' }, /original_audio_volume is invalid: numb/],
	])('refuses %s', async (_name, choice, message) => {
		const answer = await ask(choice);
		expect(answer.status).toBe(400);
		expect(answer.json.message).toMatch(message);
		expect(made()).toEqual([]);
	});

	it.each<[string, object, RegExp]>([
		['no session', { session_id: '' }, /^session_id is required$/],
		['a session as a number', { session_id: 55 }, /session_id is invalid: string expected/],
		['a session of nobody', { session_id: '55' }, /^Session not found by id: 55$/],
		['no face', { face_choose: [] }, /^face_choose must not be empty$/],
		['two faces', { face_choose: [CHOICE, CHOICE] }, /number of face_choose must not exceed 1/],
		['a face that is no list', { face_choose: CHOICE }, /face_choose is invalid: array expected/],
	])('refuses %s', async (_name, more, message) => {
		expect((await ask({}, more)).json.message).toMatch(message);
		expect(made()).toEqual([]);
	});

	it('forgets a session after a day', async () => {
		const session_id = await sessionId();
		caller().clock.advance(DAY_MS);
		expect((await ask({}, { session_id })).status).toBe(200);
		caller().clock.advance(1);
		expect((await ask({}, { session_id })).json.message).toMatch(/^The session has expired$/);
	});

	it('takes a speech of the last 30 days, and no more of it than there is', async () => {
		const audio_id = await audioId({ text: 'x'.repeat(32) });
		const choice = { sound_file: undefined, audio_id };
		expect((await ask({ ...choice, sound_end_time: 4001 })).json.message).toMatch(/4000 ms/);
		caller().clock.advance(30 * DAY_MS);
		expect((await ask(choice)).status).toBe(200);
		caller().clock.advance(1);
		expect((await ask(choice)).json.message).toMatch(/^The audio is more than 30 days old$/);
	});

	it('knows no speech, and no session, of another account', async () => {
		const body = { session_id: await sessionId(), face_choose: [CHOICE] };
		expect((await post(ADVANCED, body, 'klingChina')).json.message).toMatch(/Session not found/);
		const { id } = firstOf(await post(TTS, HELLO, 'klingChina'), 'audios');
		const mine = await ask({ sound_file: '', audio_id: id });
		expect(mine.json.message).toMatch(/Audio not found/);
	});
});

describe('the one call', () => {
	const PATH = '/kling/v1/videos/lip-sync';
	const SPOKEN = {
		mode: 'text2video',
		video_url: 'https://example.com/a-7s.mp4',
		text: HELLO.text,
		voice_id: 'AOT',
		voice_language: 'en',
	};
	const SOUNDING = {
		mode: 'audio2video',
		video_url: 'https://example.com/a.mp4',
		audio_type: 'url',
		audio_url: 'https://example.com/a-6s.mp3',
	};

	it('is gone at official Kling', async () => {
		const path = PATH.slice('/kling'.length);
		for (const answer of [
			await post(path, { input: SPOKEN }),
			await get(path),
			await get(`${path}/1`),
		])
			expect(answer).toMatchObject({ status: 404, json: { code: 1202 } });
	});

	it('makes a video at a relay, where nothing else is taken', async () => {
		const body = { input: SPOKEN, external_task_id: 'mine', watermark_info: { enabled: true } };
		const created = await post(PATH, body, 'relay');
		const id = String(created.data.task_id);
		caller().clock.advance(20_000);
		const told = await get(`${PATH}/${id}`, 'relay');
		expect(firstOf(told, 'videos').duration).toBe('7.1');
		expect(told.data).toMatchObject({ task_info: {}, final_unit_deduction: '1' });
		expect(told.data).not.toHaveProperty('watermark_info');
		expect((await get(`${PATH}/mine`, 'relay')).json.code).toBe(1201);
	});

	it('tells the video that it is made of', async () => {
		const path = '/kling/v1/videos/text2video';
		const source = await post(path, { model_name: 'kling-v2-6', prompt: 'x' }, 'relay');
		caller().clock.advance(20_000);
		const told = await get(`${path}/${String(source.data.task_id)}`, 'relay');
		const { id } = firstOf(told, 'videos');
		const input = { ...SOUNDING, video_url: '', video_id: id };
		const { data } = await post(PATH, { input }, 'relay');
		expect((await get(`${PATH}/${String(data.task_id)}`, 'relay')).data).toMatchObject({
			task_info: { parent_video: { id } },
		});
	});

	it.each<[string, unknown, RegExp]>([
		['nothing', undefined, /^input is required$/],
		['a flat body', 'audio2video', /input is invalid: object expected/],
		['no mode', { ...SPOKEN, mode: '' }, /^input\.mode is required$/],
		['the mode of the quality', { ...SPOKEN, mode: 'std' }, /input\.mode value 'std'/],
		['no video', { ...SPOKEN, video_url: '' }, /^One of input\.video_id and input\.video_url/],
		['11 s', { ...SPOKEN, video_url: 'https://a.test/a-11s.mp4' }, /between 2 and 10 seconds/],
		['no text', { ...SPOKEN, text: '' }, /^input\.text is required$/],
		['a long text', { ...SPOKEN, text: 'x'.repeat(121) }, /input\.text exceeds .* 120 characters/],
		['no voice', { ...SPOKEN, voice_id: '' }, /^input\.voice_id is required$/],
		['a voice of nobody', { ...SPOKEN, voice_id: 'x' }, /^Voice id not found$/],
		[
			'the language that is meant',
			{ ...SPOKEN, voice_language: '' },
			/'zh' is invalid: AOT speaks/,
		],
		['a high speed', { ...SPOKEN, voice_speed: 2.1 }, /input\.voice_speed value '2.1'/],
		['a sound of no kind', { ...SOUNDING, audio_type: '' }, /^input\.audio_type is required$/],
		['no address', { ...SOUNDING, audio_url: '' }, /^input\.audio_url is required$/],
		['no file', { ...SOUNDING, audio_type: 'file' }, /^input\.audio_file is required$/],
		['a file as address', { ...SOUNDING, audio_url: wav(3) }, /input\.audio_url value/],
		[
			'an address as file',
			{ ...SOUNDING, audio_type: 'file', audio_file: SOUNDING.audio_url },
			/not in a valid base64/,
		],
		['a short sound', { ...SOUNDING, audio_type: 'file', audio_file: wav(1) }, /between 2 and 60/],
	])('refuses %s', async (_name, input, message) => {
		const answer = await post(PATH, { input }, 'relay');
		expect(answer.status).toBe(400);
		expect(answer.json.message).toMatch(message);
		expect(caller().sim.ledger.charges).toEqual([]);
	});

	it('takes Kling’s own videos of 5 and 10 s only', async () => {
		const path = '/kling/v1/videos/text2video';
		const body = { model_name: 'kling-v3', prompt: 'x', duration: '7' };
		const source = await post(path, body, 'relay');
		caller().clock.advance(20_000);
		const told = await get(`${path}/${String(source.data.task_id)}`, 'relay');
		const input = { ...SPOKEN, video_url: '', video_id: firstOf(told, 'videos').id };
		expect((await post(PATH, { input }, 'relay')).json.message).toMatch(/must be 5 or 10 seconds/);
	});

	it('is unknown to other resellers', async () => {
		expect((await post(PATH, { input: SPOKEN }, 'openaiHk')).status).toBe(404);
		expect((await post(PATH, { input: SPOKEN }, 'newApi')).text).toContain('404 Not Found');
	});
});
