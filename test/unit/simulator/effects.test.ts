/** The rules of video effects at the official service, and the older form that relays have kept. */
import { png, LINK, runCases, useOfficialService, type Case } from './rules';
import { startWithClient } from './support';

const PATH = 'videos/effects';
const one = { effect_scene: 'pet_lion_pro', input: { image: LINK } };
const two = { effect_scene: 'hug_pro', input: { images: [LINK, LINK] } };
const scene = (effect_scene: unknown, input: unknown = one.input) => ({ effect_scene, input });

const CASES: Case[] = [
	['an effect of one picture', PATH, one, 'ok'],
	['an effect of a file', PATH, scene('pet_lion_pro', { image: png(400, 400) }), 'ok'],
	['an effect of two pictures', PATH, two, 'ok'],
	['what it does not know', PATH, { ...one, model_name: 7, mode: 'std' }, 'ok'],
	['a model, which it knows no more', PATH, scene('hug_pro', { ...two.input, mode: 7 }), 'ok'],
	['no scene', PATH, scene(undefined), /effect_scene is required/],
	['a number as the scene', PATH, scene(7), /string expected/],
	['a scene nobody knows', PATH, scene('puff_cheeks'), /effect_scene value 'puff_cheeks'/],
	['a scene in other words', PATH, scene('Hug Pro'), /effect_scene value 'Hug Pro'/],
	...['hug', 'c4d_cartoon', '3d_cartoon_1', 'magic_match_tree'].map((name): Case => [
		`the ended scene ${name}`,
		PATH,
		scene(name),
		/has been discontinued/,
	]),
	['no input', PATH, scene('pet_lion_pro', null), /input is required/],
	['a picture as the input', PATH, scene('pet_lion_pro', LINK), /object expected/],
	['the picture beside the input', PATH, { ...scene('pet_lion_pro', {}), image: LINK }, /required/],
	['two pictures for one', PATH, scene('pet_lion_pro', two.input), /takes input.image, one/],
	['one picture for two', PATH, scene('hug_pro'), /takes input.images, two/],
	['a list of one', PATH, scene('hug_pro', { images: [LINK] }), /must be 2/],
	['a list of three', PATH, scene('hug_pro', { images: [LINK, LINK, LINK] }), /must be 2/],
	['no list', PATH, scene('hug_pro', {}), /input.images is required/],
	['a text as the list', PATH, scene('hug_pro', { images: LINK }), /array expected/],
	['a list of objects', PATH, scene('hug_pro', { images: [{ image: LINK }, LINK] }), /string/],
	['a list with a gap', PATH, scene('hug_pro', { images: [LINK, ''] }), /images\[1\] is required/],
	['a small picture', PATH, scene('pet_lion_pro', { image: png(100, 400) }), /at least 300px/],
	['a small right one', PATH, scene('hug_pro', { images: [LINK, png(9, 9)] }), /at least 300px/],
];

runCases(CASES);

describe('what it costs and tells', () => {
	const { caller, post } = useOfficialService();

	it.each([
		['pet_lion_pro', 1],
		['santa_gift', 1.7],
		['happy_birthday', 4],
		['bullet_time_360', 7],
		['pet_dance', 2],
	])('%s costs %d units', async (name, units) => {
		await post(PATH, scene(name));
		expect(caller().sim.ledger.charges).toMatchObject([{ kind: PATH, units }]);
	});

	it('no length, and nothing of a watermark', async () => {
		const { data } = await post(PATH, one);
		const id = String(data.task_id);
		caller().sim.tasks.finish(id);
		const asked = await caller().get('klingGlobal', `/v1/${PATH}/${id}`);
		expect(asked.data).not.toHaveProperty('watermark_info');
		const url = expect.stringContaining('.mp4') as string;
		expect(asked.data.task_result).toEqual({ videos: [{ id: expect.any(String) as string, url }] });
		const unified = await caller().get('klingGlobal', `/tasks?task_ids=${id}`);
		expect(JSON.stringify(unified.json)).toContain('"type":"video"');
		expect(JSON.stringify(unified.json)).not.toContain('"duration"');
	});
});

describe('a relay with the older form', () => {
	it('wants a length, and knows the scenes of then', async () => {
		const { sim, post } = await startWithClient({ relayOlderEffects: true, slots: 1000 });
		const says = async (body: unknown) =>
			(await post('relay', `/kling/v1/${PATH}`, body)).json.message;
		const older = { ...two.input, model_name: 'kling-v1-6', mode: 'pro', duration: '10' };
		expect(await says(scene('hug', older))).toBe('SUCCEED');
		expect(await says(scene('dizzydizzy', { image: LINK, duration: '5' }))).toBe('SUCCEED');
		expect(
			sim.tasks.all().map(({ modelName, mode, seconds }) => [modelName, mode, seconds]),
		).toEqual([
			['kling-v1-6', 'pro', 10],
			['', '', 5],
		]);
		expect(await says(scene('dizzydizzy'))).toMatch(/input.duration is required/);
		expect(await says(scene('hug', { ...older, duration: 5 }))).toMatch(/string expected/);
		expect(await says(scene('hug', { ...older, duration: '7' }))).toMatch(/duration value '7'/);
		expect(await says(scene('hug', { ...older, mode: '4k' }))).toMatch(/mode value '4k'/);
		expect(await says(scene('hug', { ...older, model_name: 'kling-v3' }))).toMatch(/model_name/);
		expect(await says(two)).toMatch(/effect_scene value 'hug_pro'/);
		expect(sim.ledger.charges).toHaveLength(2);
		await sim.stop();
	});
});
