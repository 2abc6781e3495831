/** Elements and voices at the simulated services: what they take, keep, list and delete. */
import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { LINK, png, runCases, t2v, useOfficialService, v3, type Case } from './rules';

const ELEMENTS = 'general/advanced-custom-elements';
const VOICES = 'general/custom-voices';
const [PRESET = ''] = KNOWN_ELEMENT_IDS;
const SOUND = 'https://example.com/mara.mp3';
const CLIP = 'https://example.com/mara.mp4';

const views = (count: number) => Array.from({ length: count }, () => ({ image_url: LINK }));
const element = {
	element_name: 'Mara',
	element_description: 'red coat, short hair',
	reference_type: 'image_refer',
	element_image_list: { frontal_image: LINK, refer_images: views(1) },
};
const ofVideo = (...videos: unknown[]) => ({
	...element,
	reference_type: 'video_refer',
	element_video_list: { refer_videos: videos },
});
const voice = { voice_name: 'Mara', voice_url: SOUND };
const long = (length: number) => 'x'.repeat(length);

describe('creates', () => {
	const CASES: Case[] = [
		['an element of images', ELEMENTS, element, 'ok'],
		[
			'of three views',
			ELEMENTS,
			{ ...element, element_image_list: { frontal_image: LINK, refer_images: views(3) } },
			'ok',
		],
		['of a video', ELEMENTS, ofVideo({ video_url: CLIP }), 'ok'],
		['with a preset voice', ELEMENTS, { ...element, element_voice_id: PRESET }, 'ok'],
		[
			'with tags',
			ELEMENTS,
			{ ...element, tag_list: [{ tag_id: 'o_101' }, { tag_id: 'o_108' }] },
			'ok',
		],
		['a name of 20', ELEMENTS, { ...element, element_name: long(20) }, 'ok'],
		[
			'a name of 21',
			ELEMENTS,
			{ ...element, element_name: long(21) },
			/element_name exceeds the maximum length of 20/,
		],
		['no name', ELEMENTS, { ...element, element_name: '' }, /element_name is required/],
		[
			'a description of 101',
			ELEMENTS,
			{ ...element, element_description: long(101) },
			/exceeds the maximum length of 100/,
		],
		[
			'no description',
			ELEMENTS,
			{ ...element, element_description: undefined },
			/element_description is required/,
		],
		['no type', ELEMENTS, { ...element, reference_type: undefined }, /reference_type is required/],
		[
			'another type',
			ELEMENTS,
			{ ...element, reference_type: 'sound' },
			/reference_type value 'sound' is invalid/,
		],
		[
			'no images',
			ELEMENTS,
			{ ...element, element_image_list: undefined },
			/element_image_list is required/,
		],
		[
			'no other view',
			ELEMENTS,
			{ ...element, element_image_list: { frontal_image: LINK } },
			/refer_images is required/,
		],
		[
			'four views',
			ELEMENTS,
			{ ...element, element_image_list: { frontal_image: LINK, refer_images: views(4) } },
			/must not exceed 3/,
		],
		[
			'no front',
			ELEMENTS,
			{ ...element, element_image_list: { refer_images: views(1) } },
			/frontal_image is required/,
		],
		[
			'a small front',
			ELEMENTS,
			{ ...element, element_image_list: { frontal_image: png(200, 200), refer_images: views(1) } },
			/at least 300px/,
		],
		['no video', ELEMENTS, ofVideo(), /must not be empty/],
		[
			'two videos',
			ELEMENTS,
			ofVideo({ video_url: CLIP }, { video_url: CLIP }),
			/must not exceed 1/,
		],
		[
			'an unknown voice',
			ELEMENTS,
			{ ...element, element_voice_id: '814237883686625347' },
			/Voice not found/,
		],
		[
			'an unknown tag',
			ELEMENTS,
			{ ...element, tag_list: [{ tag_id: 'o_109' }] },
			/tag_id value 'o_109' is invalid/,
		],
		['a voice of an address', VOICES, voice, 'ok'],
		[
			'a long name',
			VOICES,
			{ ...voice, voice_name: long(21) },
			/voice_name exceeds the maximum length of 20/,
		],
		['no name', VOICES, { voice_url: SOUND }, /voice_name is required/],
		['nothing to hear', VOICES, { voice_name: 'x' }, /One of voice_url and video_id is required/],
		['both', VOICES, { ...voice, video_id: 'v' }, /One of voice_url and video_id is required/],
		['an unknown video', VOICES, { voice_name: 'x', video_id: 'v' }, /Video not found/],
		[
			'a sound that is no address',
			VOICES,
			{ ...voice, voice_url: 'mara.mp3' },
			/voice_url value 'mara.mp3' is invalid/,
		],
	];
	runCases(CASES);
});

describe('what was made', () => {
	const { caller, post } = useOfficialService();
	const get = async (path: string) => await caller().get('klingGlobal', `/v1/${path}`);

	/** A finished task, and the id of what it keeps. */
	async function made(kind: string, body: object) {
		const { data } = await post(kind, body);
		caller().clock.advance(20_000);
		const taskId = String(data.task_id);
		const [id = ''] = caller().sim.tasks.get(taskId)?.resultIds ?? [];
		return { taskId, id };
	}

	it('an element has a number beyond 2^53, which no text of it loses', async () => {
		const { taskId, id } = await made(ELEMENTS, element);
		const { text } = await get(`${ELEMENTS}/${taskId}`);
		expect(text).toContain(`"element_id":${id},`);
		expect(BigInt(Number(id)).toString()).not.toBe(id);
		const { text: unified } = await caller().get('klingGlobal', `/tasks?task_ids=${taskId}`);
		expect(unified).toContain(`"type":"element","id":"${id}"`);
	});

	it('costs what the price page says: nothing, or 0.05 of a unit', async () => {
		await made(ELEMENTS, element);
		await made(VOICES, voice);
		expect(caller().sim.ledger.charges.map(({ units }) => units)).toEqual([0, 0.05]);
	});

	it('is listed at its own place, a page of up to 1000 voices', async () => {
		const { taskId } = await made(VOICES, voice);
		const { json } = await get(`${VOICES}?pageNum=1&pageSize=1000`);
		expect(json.data).toMatchObject([{ task_id: taskId }]);
		expect((await get(`${VOICES}?pageSize=1001`)).status).toBe(400);
		expect((await get(`${ELEMENTS}?pageSize=501`)).status).toBe(400);
		expect((await get('general/presets-voices?pageSize=1000')).status).toBe(200);
		expect((await get('general/advanced-presets-elements?pageSize=1000')).status).toBe(400);
	});

	it('presets are records without a request', async () => {
		const { json } = await get('general/advanced-presets-elements?pageSize=1');
		const [first] = json.data as object[];
		expect(first).not.toHaveProperty('task_info');
		expect(first).toMatchObject({
			task_status: 'succeed',
			task_result: { elements: [{ owned_by: 'kling', status: 'succeed' }] },
		});
	});

	it.each(['delete-elements', 'delete-advanced-elements'])(
		'an element is deleted once, by %s, and says so from then on',
		async (path) => {
			const { id, taskId } = await made(ELEMENTS, element);
			const first = await post(`general/${path}`, { element_id: id });
			expect(first.json).toEqual({
				code: 0,
				message: 'SUCCEED',
				request_id: expect.any(String) as string,
			});
			const second = await post(`general/${path}`, { element_id: id });
			expect(second).toMatchObject({
				status: 400,
				json: { code: 1201, message: `Element already be deleted for id: ${id}` },
			});
			expect((await get(`${ELEMENTS}/${taskId}`)).text).toContain('"status":"deleted"');
		},
	);

	it('a voice is deleted once, and is in no list any more', async () => {
		const { id } = await made(VOICES, voice);
		const first = await post('general/delete-voices', { voice_id: id });
		expect(first.data).toMatchObject({ task_status: 'succeed' });
		expect((await post('general/delete-voices', { voice_id: id })).json.code).toBe(1201);
		expect((await get(VOICES)).json.data).toEqual([]);
	});

	it.each([
		['a preset', `"${PRESET}"`, 1201, /is a preset and can not be deleted/],
		['what is unknown', '"814237883686625347"', 1201, /Element not found/],
		['a number', PRESET, 1200, /string expected/],
		['nothing', '""', 1201, /element_id is required/],
	])('%s cannot be deleted', async (_what, id, code, message) => {
		const { json } = await post('general/delete-elements', `{"element_id":${id}}`);
		expect(json.code).toBe(code);
		expect(json.message).toMatch(message);
	});

	it('belongs to its account: others neither see, use nor delete it', async () => {
		const { id } = await made(ELEMENTS, element);
		const china = async (path: string, body: string) =>
			await caller().post('klingChina', `/v1/${path}`, body);
		const used = `{"model_name":"kling-v3","image":"${LINK}","element_list":[{"element_id":${id}}]}`;
		expect((await china('videos/image2video', used)).json.message).toMatch(/Element not found/);
		const deleted = await china('general/delete-elements', `{"element_id":"${id}"}`);
		expect(deleted.json.message).toMatch(/Element not found/);
	});

	it('can be used until it is deleted', async () => {
		const { id } = await made(ELEMENTS, element);
		const body = `{"model_name":"kling-v3","image":"${LINK}","element_list":[{"element_id":${id}}]}`;
		expect((await post('videos/image2video', body)).status).toBe(200);
		await post('general/delete-elements', { element_id: id });
		expect((await post('videos/image2video', body)).json.message).toMatch(/already be deleted/);
	});

	it('of a video works with V3 Omni alone', async () => {
		const { id } = await made(ELEMENTS, ofVideo({ video_url: CLIP }));
		const list = `"element_list":[{"element_id":${id}}]`;
		const v3Body = `{"model_name":"kling-v3","image":"${LINK}",${list}}`;
		expect((await post('videos/image2video', v3Body)).json.message).toMatch(/not supported/);
		const omni = (model: string) =>
			`{"model_name":"${model}","prompt":"x","aspect_ratio":"16:9",${list}}`;
		expect((await post('videos/omni-video', omni('kling-v3-omni'))).status).toBe(200);
		expect((await post('videos/omni-video', omni('kling-video-o1'))).json.message).toMatch(
			/not supported/,
		);
	});

	it('a voice has to exist where its id looks like one of Kling', async () => {
		const { id } = await made(VOICES, voice);
		const speaking = (voice_id: string) => ({
			...t2v,
			...{ mode: 'pro', sound: 'on', voice_list: [{ voice_id }] },
		});
		for (const known of [id, PRESET, 'a-name']) {
			expect((await post('videos/text2video', speaking(known))).status).toBe(200);
		}
		const unknown = await post('videos/text2video', speaking('814237883686625347'));
		expect(unknown.json.message).toMatch(/Voice not found/);
	});

	it('a voice comes from a video of V2.6 with sound', async () => {
		const videoOf = async (body: object) => (await made('videos/text2video', body)).id;
		const loud = await videoOf({ ...t2v, mode: 'pro', sound: 'on' });
		const from = async (video_id: string) => await post(VOICES, { voice_name: 'x', video_id });
		expect((await from(loud)).status).toBe(200);
		for (const video of [await videoOf(t2v), await videoOf({ ...v3, sound: 'on' })]) {
			expect((await from(video)).json.message).toMatch(/is not supported for custom voices/);
		}
		caller().clock.advance(31 * 24 * 60 * 60 * 1000);
		expect((await from(loud)).json.message).toMatch(/more than 30 days old/);
	});
});

describe('Ace Data Cloud', () => {
	const { caller } = useOfficialService();
	const ask = async (path: string, body: object) => await caller().post('aceData', path, body);

	it('has ids of its own for voices, which it makes and deletes', async () => {
		const made = await ask('/kling/voices', { action: 'create', ...voice, async: true });
		caller().clock.advance(20_000);
		const taskId = String(made.json.task_id);
		const [id = ''] = caller().sim.tasks.get(taskId)?.resultIds ?? [];
		expect(id).toMatch(/^[0-9a-f-]{36}$/);
		const task = await ask('/kling/tasks', { action: 'retrieve', id: taskId });
		expect(task.json).toMatchObject({ type: 'voices', response: { voice_id: id, success: true } });
		const list = await ask('/kling/voices', { action: 'list' });
		expect(list.json.items).toMatchObject([{ voice_id: id, voice_name: 'Mara' }]);
		expect((await ask('/kling/voices', { action: 'retrieve', id })).status).toBe(200);
		expect((await ask('/kling/voices', { action: 'delete', id })).status).toBe(200);
		expect((await ask('/kling/voices', { action: 'delete', id })).status).toBe(400);
	});

	it.each([
		['/kling/elements', { action: 'create', ...element }, 503],
		['/kling/elements', { action: 'presets', page_size: 501 }, 400],
		['/kling/elements', { action: 'retrieve', id: 'x' }, 404],
		['/kling/voices', {}, 400],
		['/kling/voices', { action: 'create', voice_name: 'x' }, 400],
	])('%s %j is refused', async (path, body, status) => {
		expect((await ask(path, body)).status).toBe(status);
		expect(caller().sim.ledger.charges).toEqual([]);
	});
});
