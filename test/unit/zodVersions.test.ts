/** Which zod the package meets is decided by the n8n it runs in: everything is read alike by zod 3 and by zod 4. */
import { ANSWERS } from './core/samples';
import { VALUES } from './requestValues';

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
