/** What newer documents say, at the strict services: each case names its source, whose address docs/sources.md has. */
import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { i2v, images, LINK, omni, runCases, shots, v3 } from './rules';
import { startWithClient, type Caller } from './support';

const o1 = { ...omni, model_name: 'kling-video-o1' };
const frame = (type?: string) => ({ image_url: LINK, type });
const clip = (refer_type: string) => ({ video_list: [{ video_url: LINK, refer_type }] });
const several = { multi_shot: true, shot_type: 'intelligence' };
/** As text, since the digits of an element do not survive a JavaScript number. */
const withElement = (body: object) =>
	JSON.stringify(body).replace(/}$/, `,"element_list":[{"element_id":${KNOWN_ELEMENT_IDS[0]}}]}`);
const sing = { sound: 'on', voice_list: [{ voice_id: 'a' }] };

describe('the official service', () => {
	runCases([
		[
			'change log of 2026-06-17: 4K beside a video',
			'videos/omni-video',
			{ ...omni, mode: '4k', ...clip('feature') },
			'ok',
		],
		[
			'change log of 2026-06-17: shots beside a video whose style is taken',
			'videos/omni-video',
			{ ...omni, ...several, ...clip('feature') },
			'ok',
		],
		[
			'page of V3 Omni: no shots of a video that is edited',
			'videos/omni-video',
			{ ...omni, ...several, ...clip('base') },
			/multi_shot is not supported with a base video/,
		],
		[
			'map of 2026-05-19: O1 has no sound',
			'videos/omni-video',
			{ ...o1, sound: 'on' },
			/sound is not supported/,
		],
		['page of O1: silence may be asked for', 'videos/omni-video', { ...o1, sound: 'off' }, 'ok'],
		[
			'page of O1: no elements beside both frames',
			'videos/omni-video',
			withElement({ ...o1, image_list: [frame('first_frame'), frame('end_frame')] }),
			/element_list is not supported with end_frame/,
		],
		[
			'page of O1: no end frame beside a video',
			'videos/omni-video',
			{ ...o1, image_list: [frame('first_frame'), frame('end_frame')], ...clip('feature') },
			/end_frame is not supported with a reference video/,
		],
		[
			'page of O1: a first frame beside a video',
			'videos/omni-video',
			{ ...o1, image_list: [frame('first_frame')], ...clip('feature') },
			'ok',
		],
		[
			'page of O1: 3 s of a first frame and an element',
			'videos/omni-video',
			withElement({ ...o1, duration: '3', image_list: [frame('first_frame')] }),
			/duration value '3'/,
		],
		[
			'page of O1: 3 s of a first frame and another picture',
			'videos/omni-video',
			{ ...o1, duration: '3', image_list: [frame('first_frame'), frame()] },
			'ok',
		],
		[
			'Ace Data Cloud, SDK: one first frame',
			'videos/omni-video',
			{ ...omni, image_list: [frame('first_frame'), frame('first_frame')] },
			/Only one first frame/,
		],
		[
			'page of images: V2.1 alone takes an image fidelity',
			'images/generations',
			{ ...images, image: LINK, image_fidelity: 0.5 },
			/image_fidelity is not supported/,
		],
		[
			'map of 2026-05-19: no end frame alone',
			'videos/image2video',
			{ ...i2v, image: undefined, image_tail: LINK, mode: 'pro' },
			/image_tail is not supported without image/,
		],
		[
			'map of March 2026: V1.6 takes an end frame alone',
			'videos/image2video',
			{ model_name: 'kling-v1-6', image_tail: LINK, mode: 'pro' },
			'ok',
		],
		['Vercel’s AI SDK: V3 has voices', 'videos/text2video', { ...v3, ...sing }, 'ok'],
	]);
});

describe('Ace Data Cloud', () => {
	let caller: Caller;
	beforeAll(async () => {
		caller = await startWithClient({ slots: 1000 });
	});
	afterEach(() => caller.sim.reset());
	afterAll(async () => await caller.sim.stop());

	const image = { action: 'image2video', start_image_url: LINK };
	const tail = { ...image, end_image_url: LINK };
	const custom = { model: 'kling-v3', ...shots(5) };

	it.each([
		['matrix: an end frame of O1', { ...tail, model: 'kling-o1' }, 'ok'],
		['matrix: an end frame at 10 s', { ...tail, mode: 'pro', duration: 10 }, 'ok'],
		['matrix: V1 only at 5 s', { ...tail, model: 'kling-v1', duration: 10 }, /image_tail/],
		['matrix: no end frame in std', tail, /image_tail/],
		[
			'matrix: a camera of V1 in pro',
			{ model: 'kling-v1', mode: 'pro', camera_control: { type: 'down_back' } },
			'ok',
		],
		['SDK: a negative prompt of V3 Omni', { model: 'kling-v3-omni', negative_prompt: 'x' }, 'ok'],
		[
			'SDK: none with references',
			{ model: 'kling-v3-omni', negative_prompt: 'x', image_list: [{ image_url: LINK }] },
			/negative_prompt is not supported/,
		],
		[
			'SDK: no CFG scale of O1',
			{ model: 'kling-video-o1', cfg_scale: 0.5 },
			/cfg_scale is not supported/,
		],
		['SDK: an image wants a prompt', { ...image, prompt: '' }, /prompt is required/],
		['guide: custom shots do not', { ...image, ...custom, prompt: '' }, 'ok'],
		[
			'SDK: one first frame',
			{ model: 'kling-v3-omni', image_list: [frame('first_frame'), frame('first_frame')] },
			/Only one first frame/,
		],
		['guide: 7 images', { model: 'kling-v3-omni', image_list: Array(7).fill(frame()) }, 'ok'],
		['guide: V3 Turbo', { model: 'kling-v3-turbo', duration: 3, generate_audio: true }, 'ok'],
		['guide: V3 Turbo from an image', { ...image, model: 'kling-v3-turbo' }, 'ok'],
		[
			'guide: V3 Turbo is not silent',
			{ model: 'kling-v3-turbo', generate_audio: false },
			/cannot be false/,
		],
		['guide: V3 Turbo, no end frame', { ...tail, model: 'kling-v3-turbo' }, /image_tail/],
		['guide: V3 Turbo, no 4K', { model: 'kling-v3-turbo', mode: '4k' }, /4k is not supported/],
		[
			'guide: V3 Turbo, no negative prompt',
			{ model: 'kling-v3-turbo', negative_prompt: 'x' },
			/negative_prompt/,
		],
	])('%s', async (_source, fields, message) => {
		const { status, text } = await caller.post('aceData', '/kling/videos', {
			action: 'text2video',
			model: 'kling-v2-5-turbo',
			prompt: 'a cat',
			async: true,
			...fields,
		});
		expect(status === 200 ? 'ok' : text).toMatch(message);
		expect(caller.sim.ledger.charges).toHaveLength(message === 'ok' ? 1 : 0);
	});
});
