/** Which zod the package meets is decided by the n8n it runs in: everything is read alike by zod 3 and by zod 4. */
import { ANSWERS } from './core/samples';

const VERSIONS = { three: 'zod', four: 'zod/v4' } as const;
type Version = keyof typeof VERSIONS;

/** What the published code reads with zod, loaded with one version of it. */
async function codeWith(version: Version) {
	let code: Awaited<ReturnType<typeof load>> | undefined;
	await jest.isolateModulesAsync(async () => {
		jest.doMock('zod', () => jest.requireActual<object>(VERSIONS[version]));
		code = await load();
	});
	if (!code) throw new Error('unreachable');
	return code;
}

async function load() {
	const { z } = await import('zod');
	const { ALL_KINDS } = await import('../../nodes/shared/core/kinds');
	const { parseRequest } = await import('../../nodes/shared/core/requests');
	const { ALL_PROVIDERS } = await import('../../nodes/shared/providers');
	const codec = await import('../../nodes/shared/providers/codec');
	const suspended = await import('../../nodes/Kling/suspend/state');
	const { readTaskRecord } = await import('../../nodes/Kling/run/taskRecord');
	return { z, ALL_KINDS, parseRequest, ALL_PROVIDERS, codec, suspended, readTaskRecord };
}

type Code = Awaited<ReturnType<typeof load>>;

/** The value, or which error was thrown; where our schemas leave the words to zod, its versions differ. */
function outcomeOf(action: () => unknown): unknown {
	try {
		return action();
	} catch (thrown) {
		return thrown instanceof Error ? thrown.name : thrown;
	}
}

const VALUES: Readonly<Record<string, unknown>> = {
	model_name: 'kling-v3',
	negative_prompt: 'blur',
	cfg_scale: 0.5,
	mode: 'std',
	aspect_ratio: '16:9',
	duration: 5,
	camera_control: { type: 'simple', config: { zoom: 5 } },
	sound: 'on',
	multi_shot: true,
	shot_type: 'customize',
	multi_prompt: [{ index: 1, prompt: 'x', duration: 5 }],
	voice_list: [{ voice_id: 'v' }],
	image: 'https://pictures.example.com/fox.jpg',
	image_tail: 'https://pictures.example.com/fox.jpg',
	middle_frames: ['https://pictures.example.com/fox.jpg'],
	image_list: [{ image: 'https://pictures.example.com/fox.jpg' }],
	image_url: 'https://pictures.example.com/fox.jpg',
	video_url: 'https://pictures.example.com/dance.mp4',
	video_list: [{ video_url: 'https://pictures.example.com/dance.mp4', refer_type: 'base' }],
	video_id: 'v1',
	effect_scene: 'hug_pro',
	second_image: 'https://pictures.example.com/owl.jpg',
	sound_effect_prompt: 'Wind',
	bgm_prompt: 'Calm piano',
	asmr_mode: true,
	audio_id: 'a-9',
	sound_file: 'https://sounds.example.com/voice.mp3',
	sound_length: 4.2,
	text: 'Hello',
	voice_id: 'AOT',
	voice_language: 'en',
	voice_speed: 1.2,
	session_id: 's-1',
	face_id: '0',
	sound_start_time: 0.5,
	sound_end_time: 4,
	sound_insert_time: 1,
	sound_volume: 2,
	original_audio_volume: 0,
	voice_name: 'Mara',
	voice_url: 'https://sounds.example.com/mara.mp3',
	element_name: 'Mara',
	element_description: 'Red coat',
	reference_type: 'image_refer',
	frontal_image: 'https://pictures.example.com/fox.jpg',
	refer_images: [{ image_url: 'https://pictures.example.com/fox.jpg' }],
	element_voice_id: '829836802793406551',
	tag_list: [{ tag_id: 'o_102' }],
	static_mask: 'https://pictures.example.com/fox.jpg',
	dynamic_masks: [{ mask: 'x', trajectories: [{ x: 1, y: 2 }] }],
	element_list: [{ element_id: '829836802793406551' }],
	character_orientation: 'video',
	keep_original_sound: 'yes',
	image_reference: 'subject',
	image_fidelity: 0.5,
	human_fidelity: 0.5,
	resolution: '1k',
	n: 2,
	element_frontal_image: 'https://pictures.example.com/fox.jpg',
	subject_image_list: [{ subject_image: 'https://pictures.example.com/fox.jpg' }],
	scene_image: 'https://pictures.example.com/fox.jpg',
	style_image: 'https://pictures.example.com/fox.jpg',
	result_type: 'series',
	series_amount: 'auto',
	up_expansion_ratio: 0.5,
	down_expansion_ratio: 0,
	left_expansion_ratio: 0,
	right_expansion_ratio: 0.5,
	avatar_id: 'avatar_lee_male',
	avatar_image: 'https://pictures.example.com/fox.jpg',
	speech_script: 'Hello',
	goods_price: '19.90',
	goods_target_audience: ['Commuters'],
	goods_selling_point: ['Does not leak'],
	speech_rate: 1.2,
	action_prompt: 'Nods',
	allow_polish: true,
	bgm_enabled: false,
	product_image_list: ['https://pictures.example.com/fox.jpg'],
	product_info: 'Linen dress',
	model_image_list: ['https://pictures.example.com/fox.jpg'],
	bgm_url: 'https://sounds.example.com/music.mp3',
	glossary: [{ source: 'x', target: 'y' }],
	target_language: 'en',
	target_cps: 17,
	margin_v: 60,
	font_size: 48,
	human_image: 'https://pictures.example.com/fox.jpg',
	cloth_image: 'https://pictures.example.com/fox.jpg',
	keep_face: true,
	keep_pose: false,
	keep_background: true,
	ref_image_list: ['https://pictures.example.com/fox.jpg'],
	goods_title: 'Mug',
	goods_description: 'Steel',
	callback_url: 'https://n8n.example.com/hook',
	external_task_id: 'order-1',
	watermark_info: { enabled: true },
	extra: { new_field: 1 },
};
const ODD = [
	undefined,
	null,
	'',
	' ',
	'x',
	0,
	-1,
	1.5,
	2 ** 40,
	NaN,
	true,
	[],
	[null],
	{},
	{ a: 1 },
];

/** Every field of every kind once with a usual value and with odd ones. */
function requestsReadBy({ ALL_KINDS, parseRequest }: Code): unknown {
	return ALL_KINDS.flatMap((kind) =>
		Object.entries({ prompt: 'x', ...VALUES }).flatMap(([field, usual]) =>
			[usual, ...ODD].map((value) => {
				const draft = { kind, prompt: 'x', model_name: 'kling-v3', image: VALUES.image };
				return [kind, field, value, outcomeOf(() => parseRequest({ ...draft, [field]: value }))];
			}),
		),
	);
}

const BROKEN = ['', 'null', '[]', '{}', '"x"', '{"code":0}', '{"code":0,"data":{"task_id":null}}'];

const LEDGER_PAGE = { ledger: 'cash', start: 0, end: 1, limit: 1 } as const;
const LEDGER =
	'{"code":0,"data":{"result":{"detail":[{"task_id":"x","deduction_time":"1790000000000","deduction_amount":"1.5","list_price":{},"duration":"5","voice_control":true},7]},"has_more":true,"next_cursor":"c"}}';
const APPLICATIONS = '{"items":[{"id":7,"remaining_amount":"1.5"},{"remaining_amount":{}},null]}';
const PAGE = { library: 'own', page: 1, pageSize: 50 } as const;

/** Every sample answer in everything that reads answers. */
function answersReadBy({ ALL_KINDS, ALL_PROVIDERS, codec }: Code): unknown {
	const texts = [
		...ANSWERS.map((answer) => JSON.stringify(answer)),
		...BROKEN,
		LEDGER,
		APPLICATIONS,
	];
	return ALL_PROVIDERS.flatMap((provider) =>
		texts.flatMap((text) => {
			const response = { status: 200, headers: {}, text };
			return [
				...ALL_KINDS.flatMap((kind) => [
					outcomeOf(() => codec.readCreated(provider, { kind }, response)),
					outcomeOf(() => codec.readTask(provider, { id: 'x', kind }, response)),
					outcomeOf(() => provider.list?.read(kind, response)),
				]),
				outcomeOf(() => provider.batch?.read(response)),
				...(['element', 'voice'] as const).flatMap((type) => [
					outcomeOf(() => provider.calls.libraryPage?.read(response, { ...PAGE, type })),
					outcomeOf(() => provider.calls.libraryEntry?.read(response, { type, id: 'x' })),
					outcomeOf(() => provider.calls.libraryDelete?.read(response, { type, id: 'x' })),
				]),
				outcomeOf(() => provider.calls.balance?.read(response, { now: 0 })),
				outcomeOf(() => provider.calls.deductions?.read(response, LEDGER_PAGE)),
				outcomeOf(() => provider.calls.resourcePacks?.read(response, { start: 0, end: 1 })),
				outcomeOf(() =>
					provider.calls.speech?.read(response, { text: 'x', voice_id: 'y', voice_language: 'en' }),
				),
				outcomeOf(() => provider.calls.faces?.read(response, { video_id: 'x' })),
				outcomeOf(() => provider.calls.parts?.read(response, { image: 'x' })),
				outcomeOf(() => provider.readProbe(response)),
				outcomeOf(() => provider.readCallback(JSON.parse(text || 'null') as never)),
			];
		}),
	);
}

const RUN = {
	connection: {
		service: 'klingGlobal' as const,
		baseUrl: 'http://127.0.0.1:4100',
		prefix: '',
		authentication: 'apiKey' as const,
	},
	items: [
		{
			itemIndex: 0,
			id: 'a',
			kind: 'text2video' as const,
			output: { simplify: true, binaryField: 'data', maxFileBytes: 1e6 },
		},
		{ itemIndex: 1, failed: { error: 'refused', details: { itemIndex: 1 } } },
	],
};

it('the tests meet both versions', async () => {
	const [three, four] = [await codeWith('three'), await codeWith('four')];
	expect('_zod' in three.z.string()).toBe(false);
	expect('_zod' in four.z.string()).toBe(true);
});

it.each([
	['requests', requestsReadBy],
	['answers', answersReadBy],
])('%s are read alike', async (_what, readBy) => {
	expect(readBy(await codeWith('four'))).toEqual(readBy(await codeWith('three')));
});

it.each<Version>(['three', 'four'])('a suspended run is read (zod %s)', async (version) => {
	const { suspended } = await codeWith(version);
	const context = {};
	suspended.saveSuspendedRun(context, RUN);
	expect(suspended.readSuspendedRun(JSON.stringify(context))).toEqual({
		found: 'record',
		record: { v: 2, ...RUN },
	});
});

const TASKS = {
	v: 1,
	origin: 'x',
	firstRun: 0,
	tasks: {
		a: { state: 'made', item: 0, run: 0, attempt: 0, id: 'x', execution: '7' },
		b: { state: 'sent', item: 1, run: 0, attempt: 2 },
		c: { state: 'done', item: 2, run: 0, attempt: 1 },
	},
};

it.each<Version>(['three', 'four'])(
	'the record of paid tasks is read (zod %s)',
	async (version) => {
		const { readTaskRecord } = await codeWith(version);
		expect(readTaskRecord(TASKS)).toEqual({ found: 'record', record: TASKS });
		const { a } = TASKS.tasks;
		for (const task of [{ ...a, id: '' }, { ...a, state: 'lost' }, { ...a, run: '0' }, null]) {
			const read = readTaskRecord({ ...TASKS, tasks: { a: task } });
			expect(read).toMatchObject({
				found: 'unreadable',
				why: expect.stringMatching(/^tasks\.a/) as string,
			});
		}
	},
);
