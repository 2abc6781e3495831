import { LINK, png } from './rules';
import { DAY_MS, firstOf, mp3, useSpeakingService, wav } from './speaking';

const { caller, post, get, audioId } = useSpeakingService();
const PATH = '/v1/videos/avatar/image2video';
const BODY = { image: LINK, sound_file: 'https://example.com/a-11s.mp3' };
const ask = async (more: object = {}) => await post(PATH, { ...BODY, ...more });
const made = () => caller().sim.ledger.chargesFor('videos/avatar/image2video');

it.each([
	[undefined, 4.4],
	['std', 4.4],
	['pro', 8.8],
])('makes a video as long as the sound, and costs by the second (%s: %d)', async (mode, units) => {
	const created = await ask({ mode, external_task_id: 'mine', watermark_info: { enabled: true } });
	caller().clock.advance(20_000);
	const told = await get(`${PATH}/mine`);
	expect(told.data).toMatchObject({
		task_id: created.data.task_id,
		task_info: { external_task_id: 'mine' },
		watermark_info: { enabled: true },
		final_unit_deduction: String(units),
	});
	expect(firstOf(told, 'videos').duration).toBe('11.1');
	expect(made()).toMatchObject([{ units }]);
	expect((await get(PATH)).json.data).toHaveLength(1);
});

it('costs by each begun second', async () => {
	await ask({ sound_file: 'https://example.com/a-11.2s.mp3' });
	expect(made()).toMatchObject([{ units: 4.8 }]);
});

it('gives the units of a failed one back', async () => {
	await ask({ prompt: '[fail]' });
	caller().clock.advance(20_000);
	expect(caller().sim.ledger.refunds).toMatchObject([{ units: 4.4 }]);
});

it.each([
	['a sound of 2 s', { sound_file: wav(2) }],
	['a sound of 300 s', { sound_file: mp3(300) }],
	['a picture as base64', { image: png(300, 300) }],
])('takes %s', async (_name, more) => {
	expect((await ask(more)).json.message).toBe('SUCCEED');
});

it.each<[string, object, RegExp]>([
	['no image', { image: '' }, /^image is required$/],
	['a small image', { image: png(299, 300) }, /at least 300px/],
	['a wide image', { image: png(800, 300) }, /between 1:2.5 and 2.5:1/],
	['no sound', { sound_file: '' }, /^One of audio_id and sound_file is required$/],
	['two sounds', { audio_id: 'a' }, /^One of audio_id and sound_file is required$/],
	['a speech of nobody', { sound_file: '', audio_id: 'a' }, /^Audio not found by id: a$/],
	['a short sound', { sound_file: wav(1.9) }, /audio must be between 2 and 300 seconds/],
	['a long sound', { sound_file: 'https://a.test/a-301s.mp3' }, /between 2 and 300 seconds/],
	['an image as sound', { sound_file: png(300, 300) }, /only mp3\/wav\/m4a\/aac$/],
	['a long prompt', { prompt: 'x'.repeat(2501) }, /length of 2500/],
	['another mode', { mode: '4k' }, /mode value '4k' is invalid/],
])('refuses %s', async (_name, more, message) => {
	const answer = await ask(more);
	expect(answer.status).toBe(400);
	expect(answer.json.message).toMatch(message);
	expect(made()).toEqual([]);
});

it('takes a speech for 30 days, by its id or its address', async () => {
	const audio_id = await audioId();
	expect((await ask({ sound_file: '', audio_id })).status).toBe(200);
	expect((await ask({ sound_file: '', audio_id: `${audio_id}x` })).status).toBe(400);
	caller().clock.advance(30 * DAY_MS + 1);
	expect((await ask({ sound_file: '', audio_id })).json.message).toMatch(/30 days old/);
});

it('knows the length of its own sounds by their address', async () => {
	const speech = await post('/v1/audio/tts', {
		text: 'x'.repeat(24),
		voice_id: 'AOT',
		voice_language: 'en',
	});
	await ask({ sound_file: firstOf(speech, 'audios').url });
	expect(made()).toMatchObject([{ units: 1.2 }]);
});

it('takes no sound for a speech', async () => {
	const sound = await post('/v1/audio/text-to-audio', { prompt: 'rain', duration: 5 });
	caller().clock.advance(20_000);
	const told = await get(`/v1/audio/text-to-audio/${String(sound.data.task_id)}`);
	const answer = await ask({ sound_file: '', audio_id: firstOf(told, 'audios').id });
	expect(answer.json.message).toMatch(/Audio not found/);
});

it('is passed on by a relay', async () => {
	const path = `/kling${PATH}`;
	const { data } = await post(path, BODY, 'relay');
	caller().clock.advance(20_000);
	const told = await get(`${path}/${String(data.task_id)}`, 'relay');
	expect(firstOf(told, 'videos').duration).toBe('11.1');
	expect((await post(path, BODY, 'openaiHk')).status).toBe(404);
});
