import { LINK } from './rules';
import { HELLO, useSpeakingService, wav } from './speaking';
import type { Reply } from './support';

const { caller, post: postTo } = useSpeakingService();
const post = async (path: string, body: object) => await postTo(path, body, 'aceData');

const LIPS = {
	mode: 'text2video',
	video_url: 'https://example.com/a-7s.mp4',
	text: HELLO.text,
	voice_id: 'AOT',
	voice_language: 'en',
	async: true,
};
const SOUNDING = { ...LIPS, mode: 'audio2video', audio_url: 'https://example.com/a-6s.mp3' };
const PHOTO = { image_url: LINK, audio_url: 'https://example.com/a-6s.mp3', async: true };

const record = async (id: unknown) =>
	(await post('/kling/tasks', { action: 'retrieve', id })).json as {
		type: string;
		response?: Record<string, unknown>;
	};
const messageOf = ({ json }: Reply) => (json.error as { message?: string } | undefined)?.message;

it('moves lips, and tells so', async () => {
	const made = await post('/kling/lip-sync', LIPS);
	expect(made.json).toMatchObject({ success: true });
	expect(await record(made.json.task_id)).toMatchObject({ type: 'lip-sync' });
	caller().clock.advance(20_000);
	const { response } = await record(made.json.task_id);
	expect(response).toMatchObject({ success: true, state: 'succeed', duration: '7.1' });
	expect(response).not.toHaveProperty('source_video_url');
	expect(caller().sim.ledger.chargesFor('videos/lip-sync')).toMatchObject([{ units: 2.45 }]);
});

it.each([
	[undefined, 16.45, 5.1],
	[5, 16.45, 5.1],
	[10, 30.45, 10.1],
])(
	'makes a photo talk (%s s), with a number and the first video',
	async (duration, units, told) => {
		const made = await post('/kling/talking-photo', { ...PHOTO, duration });
		expect(await record(made.json.task_id)).toMatchObject({ type: 'talking-photo' });
		caller().clock.advance(20_000);
		const { response } = await record(made.json.task_id);
		expect(response).toMatchObject({ success: true, duration: told });
		const source = await fetch(String(response?.source_video_url));
		expect(source.headers.get('content-type')).toBe('video/mp4');
		expect(response?.source_video_url).not.toBe(response?.video_url);
		expect(caller().sim.ledger.chargesFor('videos/avatar/image2video')).toMatchObject([{ units }]);
	},
);

it('lists each by its type', async () => {
	await post('/kling/talking-photo', PHOTO);
	await post('/kling/lip-sync', LIPS);
	const { json } = await post('/kling/tasks', { action: 'retrieve_batch', type: 'lip-sync' });
	expect(json).toMatchObject({ count: 1, items: [{ type: 'lip-sync' }] });
});

it('keeps the connection open without async', async () => {
	const pending = post('/kling/talking-photo', { ...PHOTO, async: undefined });
	while (caller().sim.tasks.all().length === 0)
		await new Promise((resolve) => setTimeout(resolve, 5));
	caller().clock.advance(20_000);
	expect((await pending).json).toMatchObject({ success: true, duration: 5.1 });
});

it('tells a failure, which costs nothing', async () => {
	const made = await post('/kling/talking-photo', { ...PHOTO, prompt: '[fail]' });
	caller().clock.advance(20_000);
	expect((await record(made.json.task_id)).response).toMatchObject({ success: false });
	expect(caller().sim.ledger.refunds).toMatchObject([{ units: 16.45 }]);
});

it('moves the lips of its own videos', async () => {
	const body = { prompt: 'x', model: 'kling-v2-5-turbo', async: true };
	const made = await post('/kling/videos', body);
	caller().clock.advance(20_000);
	const { response } = await record(made.json.task_id);
	const own = { ...SOUNDING, video_url: undefined, video_id: response?.video_id };
	expect((await post('/kling/lip-sync', own)).status).toBe(200);
	expect((await post('/kling/lip-sync', { ...own, video_url: LINK })).status).toBe(400);
});

it('takes a file where one is announced', async () => {
	const file = { ...SOUNDING, audio_url: undefined, audio_file: wav(3) };
	expect((await post('/kling/lip-sync', { ...file, audio_type: 'file' })).status).toBe(200);
	expect(messageOf(await post('/kling/lip-sync', file))).toBe('audio_url is required');
});

it.each<[string, string, object, RegExp]>([
	['lips without mode', 'lip-sync', { ...LIPS, mode: undefined }, /^mode is required$/],
	['a nested body', 'lip-sync', { input: LIPS }, /^mode is required$/],
	['lips of nothing', 'lip-sync', { ...LIPS, video_url: '' }, /^One of video_id and video_url/],
	['a long text', 'lip-sync', { ...LIPS, text: 'x'.repeat(121) }, /length of 120/],
	['a voice of nobody', 'lip-sync', { ...LIPS, voice_id: 'x' }, /^Voice id not found$/],
	['a long video', 'lip-sync', { ...LIPS, video_url: 'https://a.test/a-11s.mp4' }, /2 and 10/],
	['a photo of nobody', 'talking-photo', { ...PHOTO, image_url: '' }, /^image_url is required$/],
	['a silent photo', 'talking-photo', { ...PHOTO, audio_url: '' }, /^audio_url is required$/],
	['a photo as base64', 'talking-photo', { ...PHOTO, image_url: 'AAAA' }, /image_url value 'AAAA'/],
	['a sound as base64', 'talking-photo', { ...PHOTO, audio_url: wav(3) }, /audio_url value/],
	['7 s', 'talking-photo', { ...PHOTO, duration: 7 }, /duration value '7' is invalid/],
	['a text as duration', 'talking-photo', { ...PHOTO, duration: '5' }, /number expected/],
	['a new model', 'talking-photo', { ...PHOTO, model: 'kling-v3' }, /model value 'kling-v3'/],
	['4K', 'talking-photo', { ...PHOTO, mode: '4k' }, /mode value '4k'/],
])('refuses %s', async (_name, path, body, message) => {
	const answer = await post(`/kling/${path}`, { async: true, ...body });
	expect(answer).toMatchObject({ status: 400, json: { error: { code: 'bad_request' } } });
	expect(messageOf(answer)).toMatch(message);
	expect(caller().sim.ledger.charges).toEqual([]);
});

it('has none of the official calls', async () => {
	for (const path of ['/v1/audio/tts', '/kling/tts', '/kling/identify-face', '/kling/avatar'])
		expect(await post(path, {})).toMatchObject({
			status: 404,
			json: { error: { code: 'no_api' } },
		});
});
