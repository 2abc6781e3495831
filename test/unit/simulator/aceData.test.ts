import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { startWithClient, type Caller, type Reply } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 3 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const ELEMENTS = KNOWN_ELEMENT_IDS.map((element_id) => ({ element_id }));
const V3 = {
	model: 'kling-v3',
	action: 'image2video',
	start_image_url: 'https://example.com/a.png',
};
const SPOKEN = { model: 'kling-v2-6', mode: 'pro', generate_audio: true };
const VOICES = [{ voice_id: 'a' }, { voice_id: 'b' }];
const LINK = 'https://example.com/a.png';

describe('Ace Data Cloud', () => {
	const make = async (more: Record<string, unknown> = {}) =>
		await caller.post('aceData', '/kling/videos', {
			action: 'text2video',
			model: 'kling-v2-5-turbo',
			prompt: 'a cat',
			duration: 5,
			async: true,
			...more,
		});
	const retrieve = async (id: unknown) =>
		await caller.post('aceData', '/kling/tasks', { action: 'retrieve', id });
	const errorOf = (reply: Reply) => reply.json.error;

	it('makes a video and tells of it', async () => {
		const made = await make();
		expect(made).toMatchObject({ status: 200, json: { success: true } });
		const id = String(made.json.task_id);
		const pending = await retrieve(id);
		expect(pending.json).toMatchObject({
			id,
			type: 'videos',
			created_at: caller.clock.now() / 1000,
		});
		expect(pending.json).not.toHaveProperty('response');
		expect(pending.json).not.toHaveProperty('finished_at');
		caller.clock.advance(20_000);
		expect((await retrieve(id)).json).toMatchObject({
			elapsed: 20,
			response: { success: true, state: 'succeed', duration: '5.1', task_id: id },
		});
	});

	it('keeps the connection open without async and callback', async () => {
		const pending = make({ async: undefined });
		let answered = false;
		void pending.then(() => (answered = true));
		while (caller.sim.tasks.all().length === 0)
			await new Promise((resolve) => setTimeout(resolve, 5));
		caller.clock.advance(19_999);
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(answered).toBe(false);
		caller.clock.advance(1);
		expect((await pending).json).toMatchObject({ success: true, state: 'succeed' });
	});

	it('tells a failure in its record', async () => {
		const { json } = await make({ prompt: '[fail]' });
		caller.clock.advance(20_000);
		expect((await retrieve(json.task_id)).json.response).toMatchObject({
			success: false,
			error: { code: 'api_error' },
		});
	});

	it('retrieves many at once, of the ids or of the newest', async () => {
		const first = (await make()).json.task_id;
		const second = (await make()).json.task_id;
		const batch = async (body: Record<string, unknown>) =>
			(await caller.post('aceData', '/kling/tasks', { action: 'retrieve_batch', ...body })).json;
		expect(await batch({ ids: [first, second, 'unknown'] })).toMatchObject({ count: 2 });
		expect(await batch({ ids: [] })).toMatchObject({ error: { code: 'bad_request' } });
		expect(await batch({})).toEqual({ items: [], count: 0 });
		expect(await batch({ limit: 1 })).toMatchObject({ count: 1, items: [{ id: second }] });
	});

	it('moves a picture like a video', async () => {
		const motion = {
			mode: 'std',
			image_url: LINK,
			video_url: LINK,
			character_orientation: 'image',
			async: true,
		};
		const made = await caller.post('aceData', '/kling/motion', motion);
		expect((await retrieve(made.json.task_id)).json).toMatchObject({ type: 'motion' });
		expect(
			(await caller.post('aceData', '/kling/motion', { ...motion, mode: undefined })).status,
		).toBe(400);
	});

	it('extends a video', async () => {
		const first = await make();
		caller.clock.advance(20_000);
		const response = (await retrieve(first.json.task_id)).json.response as Record<string, unknown>;
		const extend = await make({ action: 'extend', video_id: response.video_id, prompt: undefined });
		expect(extend.status).toBe(200);
		expect((await make({ action: 'extend', video_id: first.json.task_id })).status).toBe(400);
	});

	it.each<[string, Record<string, unknown>, RegExp]>([
		['a text as duration', { duration: '5' }, /duration/],
		['a text as cfg_scale', { cfg_scale: '0.5' }, /cfg_scale/],
		[
			'an official camera range',
			{ model: 'kling-v1', camera_control: { type: 'simple', config: { zoom: 5 } } },
			/between -1 and 1/,
		],
		[
			'a camera for images',
			{ action: 'image2video', start_image_url: LINK, camera_control: { type: 'down_back' } },
			/camera_control is not supported for image2video\./,
		],
		['base64', { action: 'image2video', start_image_url: 'AAAA' }, /start_image_url/],
		[
			'an end without its action',
			{ start_image_url: LINK, end_image_url: LINK },
			/action image2video/,
		],
		[
			'an end without a start',
			{ action: 'image2video', end_image_url: LINK },
			/start_image_url is required/,
		],
		['a long negative prompt', { negative_prompt: 'x'.repeat(201) }, /200/],
		['a negative prompt on omni', { model: 'kling-o1', negative_prompt: 'x' }, /negative_prompt/],
		[
			'references without omni',
			{ image_list: [{ image_url: LINK }] },
			/not supported for kling-v2-5-turbo/,
		],
		[
			'frames beside a video to edit',
			{
				model: 'kling-v3-omni',
				image_list: [{ image_url: LINK, type: 'first_frame' }],
				video_list: [{ video_url: LINK }],
			},
			/not supported with a base video/,
		],
		[
			'a start beside a video to edit',
			{
				model: 'kling-v3-omni',
				action: 'image2video',
				start_image_url: LINK,
				video_list: [{ video_url: LINK }],
			},
			/not supported with a base video/,
		],
		['audio on a silent model', { generate_audio: true }, /generate_audio/],
		['elements of another model', { element_list: ELEMENTS.slice(1, 2) }, /element_list is not/],
		['four elements', { ...V3, element_list: ELEMENTS.slice(0, 4) }, /element_list/],
		['an element as a number', { ...V3, element_list: [{ element_id: 7 }] }, /element_id/],
		['an unknown element', { ...V3, element_list: [{ element_id: '7' }] }, /Element not found/],
		[
			'an element in 4K',
			{ ...V3, mode: '4k', element_list: ELEMENTS.slice(1, 2) },
			/mode 4k is not/,
		],
		[
			'what to leave out beside an element',
			{ ...V3, negative_prompt: 'rain', element_list: ELEMENTS.slice(1, 2) },
			/negative_prompt is not/,
		],
		['three voices', { ...SPOKEN, voice_list: [...VOICES, { voice_id: 'c' }] }, /voice_list/],
		[
			'voices of another model',
			{ ...SPOKEN, model: 'kling-v3', voice_list: VOICES },
			/voice_list is/,
		],
		[
			'voices in the lesser mode',
			{ ...SPOKEN, mode: 'std', generate_audio: false, voice_list: VOICES },
			/voice_list is not supported for kling-v2-6 in mode std/,
		],
		[
			'voices without sound',
			{ model: 'kling-v2-6', mode: 'pro', voice_list: VOICES },
			/generate_audio/,
		],
		[
			'an unknown voice',
			{ ...SPOKEN, voice_list: [{ voice_id: '814237883686625347' }] },
			/not found/,
		],
	])('refuses %s', async (_name, more, message) => {
		const answer = await make(more);
		expect(answer).toMatchObject({
			status: 400,
			json: { success: false, error: { code: 'bad_request' } },
		});
		expect((errorOf(answer) as { message: string }).message).toMatch(message);
	});

	it('takes elements and voices by ids that are text', async () => {
		for (const more of [
			{ ...V3, element_list: ELEMENTS.slice(0, 3) },
			{ model: 'kling-v3-omni', element_list: ELEMENTS.slice(0, 1) },
			{ ...SPOKEN, voice_list: VOICES },
		]) {
			expect((await make(more)).status).toBe(200);
		}
	});

	it('takes a camera in its own range', async () => {
		expect(
			(await make({ model: 'kling-v1', camera_control: { type: 'simple', config: { zoom: 0.5 } } }))
				.status,
		).toBe(200);
	});

	it('has its own words for refusals', async () => {
		expect(await caller.post('aceData', '/kling/tasks', {}, 'junk')).toMatchObject({
			status: 401,
			json: { error: { code: 'invalid_token' } },
		});
		expect(await caller.post('aceData', '/kling/images', {})).toMatchObject({
			status: 404,
			json: { error: { code: 'no_api' } },
		});
		expect(
			await caller.post(
				'aceData',
				'/kling/videos',
				{ prompt: 'x', async: true },
				'sim-ace-empty-key',
			),
		).toMatchObject({ status: 403, json: { error: { code: 'used_up' } } });
		expect(await retrieve('nothing')).toMatchObject({
			status: 404,
			json: { error: { code: 'not_found' } },
		});
		for (let index = 0; index < 3; index += 1) await make();
		expect(await make()).toMatchObject({
			status: 429,
			json: { error: { code: 'too_many_requests' } },
		});
	});
});
