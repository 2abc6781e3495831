import { SPEECH_VOICES } from '../../simulator';
import { HELLO, TTS, useSpeakingService, firstOf } from './speaking';

const { caller, post, get } = useSpeakingService();

it('speaks at once, for money, and serves the sound', async () => {
	const answer = await post(TTS, HELLO);
	const id = String(answer.data.task_id);
	const { url, duration } = firstOf(answer, 'audios');
	expect(answer.json).toMatchObject({ code: 0, message: 'SUCCEED' });
	expect(answer.data).toMatchObject({
		task_status: 'succeed',
		task_status_msg: '',
		final_unit_deduction: '0.05',
		created_at: caller().clock.now(),
	});
	expect(duration).toBe('2');
	expect(caller().sim.ledger.chargesFor('audio/tts')).toEqual([
		{
			time: caller().clock.now(),
			service: 'klingGlobal',
			account: 'global-main',
			taskId: id,
			kind: 'audio/tts',
			units: 0.05,
		},
	]);
	const file = await fetch(url ?? '');
	expect(file.headers.get('content-type')).toBe('audio/mpeg');
	expect(Buffer.from(await file.arrayBuffer())).toEqual(caller().sim.audioBytes(id));
});

it('has no query and no list', async () => {
	const { data } = await post(TTS, HELLO);
	for (const path of [TTS, `${TTS}/${String(data.task_id)}`])
		expect(await get(path)).toMatchObject({ status: 404, json: { code: 1202 } });
	expect(await post(`${TTS}/1`, HELLO)).toMatchObject({ status: 404, json: { code: 1202 } });
});

it.each([
	[
		'a Chinese text',
		{ text: '你好，世界。早', voice_id: 'mengwa-v1', voice_language: 'zh' },
		'1.8',
	],
	['a fast one', { voice_speed: 2 }, '1'],
	['one too fast, as fast as can be', { voice_speed: 9 }, '1'],
	['one too slow, as slow as can be', { voice_speed: 0.1 }, '2.5'],
])('tells the length of %s', async (_name, more, duration) => {
	expect(firstOf(await post(TTS, { ...HELLO, ...more }), 'audios').duration).toBe(duration);
});

it.each<[string, object, RegExp]>([
	['no text', { text: '' }, /^text is required$/],
	['1001 characters', { text: '字'.repeat(1001) }, /^text exceeds the maximum length of 1000/],
	['a number as text', { text: 5 }, /text is invalid: string expected/],
	['no voice', { voice_id: undefined }, /^voice_id is required$/],
	['a voice of another catalogue', { voice_id: '829836802793406551' }, /^Voice id not found$/],
	['no language', { voice_language: undefined }, /^voice_language is required$/],
	['another language', { voice_language: 'de' }, /voice_language value 'de'/],
	['a language the voice does not speak', { voice_language: 'zh' }, /'zh' is invalid: AOT speaks/],
	['a speed as text', { voice_speed: '1' }, /voice_speed is invalid: number expected/],
	['content that is not allowed', { text: '[refuse]' }, /content security/],
])('refuses %s, and takes nothing', async (_name, more, message) => {
	const answer = await post(TTS, { ...HELLO, ...more });
	expect(answer.status).toBe(400);
	expect(answer.json.message).toMatch(message);
	expect(caller().sim.ledger.charges).toEqual([]);
});

it('takes 1000 characters, however many bytes they have', async () => {
	expect((await post(TTS, { ...HELLO, text: '😀'.repeat(1000) })).status).toBe(200);
});

it('tells a failure with status 200, and takes nothing', async () => {
	const { status, data } = await post(TTS, { ...HELLO, text: '[fail]' });
	expect(status).toBe(200);
	expect(data).toMatchObject({ task_status: 'failed' });
	expect(data.task_status_msg).toMatch(/risk control/);
	expect(data).not.toHaveProperty('task_result');
	expect(caller().sim.ledger.charges).toEqual([]);
});

it.each([
	['empty', 1102],
	['arrears', 1101],
])('refuses an account in trouble (%s)', async (word, code) => {
	const answer = await caller().post('klingGlobal', TTS, HELLO, `sim-global-${word}-key`);
	expect(answer.json.code).toBe(code);
	expect(caller().sim.ledger.charges).toEqual([]);
});

it('is paid by the account that has units left', async () => {
	caller().sim.accounts.main('klingGlobal').balance = 0.05;
	expect((await post(TTS, HELLO)).status).toBe(200);
	expect((await post(TTS, HELLO)).json.code).toBe(1102);
});

it.each([
	['dropAfter', 1],
	['errorAfter', 1],
	['dropBefore', 0],
	['html', 0],
	['callbackBeforeAnswer', 1],
] as const)('has the faults of a create (%s: %i charged)', async (kind, charged) => {
	caller().sim.faults.add({ match: { method: 'POST', path: 'audio/tts' }, action: { kind } });
	const answer = await post(TTS, HELLO).catch(() => undefined);
	expect(answer?.status).toBe(
		{
			dropAfter: undefined,
			errorAfter: 500,
			dropBefore: undefined,
			html: 502,
			callbackBeforeAnswer: 200,
		}[kind],
	);
	expect(caller().sim.ledger.charges).toHaveLength(charged);
});

it('is passed on by a relay, and unknown to the other resellers', async () => {
	const path = `/kling${TTS}`;
	const answer = await post(path, HELLO, 'relay');
	expect(answer.data).toMatchObject({ task_status: 'succeed' });
	expect(caller().sim.ledger.chargesFor('audio/tts')).toMatchObject([{ service: 'relay' }]);
	expect((await get(path, 'relay')).status).toBe(404);
	expect((await caller().post('relay', path, HELLO, 'junk')).status).toBe(401);
	expect((await post(path, HELLO, 'openaiHk')).status).toBe(404);
	expect((await post(path, HELLO, 'newApi')).text).toContain('404 Not Found');
	expect((await post(path, HELLO, 'aceData')).status).toBe(404);
});

it('knows 45 voices, most of them with one language', () => {
	const count = (word: string) =>
		[...SPEECH_VOICES.values()].filter((spoken) => spoken.join() === word).length;
	expect([SPEECH_VOICES.size, count('zh,en'), count('en'), count('zh')]).toEqual([45, 16, 11, 18]);
});
