import { LINK, png } from './rules';
import { DAY_MS, useSpeakingService } from './speaking';

const { caller, post, get } = useSpeakingService();

const PATH = '/v1/videos/image-recognize';

type Part = Record<'type' | 'url', string> & { is_contain: boolean };
const partsOf = ({ task_result }: Record<string, unknown>) =>
	(task_result as { images: Part[] }).images;

it('cuts the parts out at once, for money', async () => {
	const { data } = await post(PATH, { image: LINK });
	expect(partsOf(data).map(({ type }) => type)).toEqual([
		'object_seg',
		'head_seg',
		'face_seg',
		'cloth_seg',
	]);
	expect(caller().sim.ledger.chargesFor('videos/image-recognize')).toMatchObject([
		{ taskId: data.task_id, units: 0.1 },
	]);
	const { url = '' } = partsOf(data)[2] ?? {};
	const picture = await fetch(url);
	expect(Buffer.from(await picture.arrayBuffer())).toEqual(
		caller().sim.imageBytes(String(data.task_id), 2),
	);
	caller().clock.advance(30 * DAY_MS);
	expect((await fetch(url)).status).toBe(403);
});

it('has no link to a part that is not there', async () => {
	const { data } = await post(PATH, { image: 'https://files.test/no-face-no-cloth.png' });
	expect(partsOf(data).map(({ is_contain, url }) => [is_contain, url !== ''])).toEqual([
		[true, true],
		[true, true],
		[false, false],
		[false, false],
	]);
});

it.each<[string, object, RegExp]>([
	['nothing', {}, /^image is required$/],
	['a small picture', { image: png(299, 400) }, /at least 300px/],
	['a number', { image: 7 }, /image is invalid: string expected/],
])('refuses %s, and takes nothing', async (_name, body, message) => {
	const answer = await post(PATH, body);
	expect(answer.status).toBe(400);
	expect(answer.json.message).toMatch(message);
	expect(caller().sim.ledger.charges).toEqual([]);
});

it('has nothing to ask for, and is passed on by a relay', async () => {
	expect(await get(PATH)).toMatchObject({ status: 404, json: { code: 1202 } });
	expect((await post(`/kling${PATH}`, { image: LINK }, 'relay')).data).toHaveProperty('task_id');
	expect((await post(`/kling${PATH}`, { image: LINK }, 'openaiHk')).status).toBe(404);
});
