/** What Kling makes by its Solutions API: its own queries, list and words, and what it takes. */
import type { INodeParameters } from 'n8n-workflow';

import { KINDS } from '../../../nodes/shared/core/kinds';
import { optionsFor, slept, time } from '../kling';
import { png } from '../../pictures';
import type { FaultAction } from '../../simulator';
import { expectNoKeys, MAYBE_PAID, OUR_EXTERNAL_ID, told, words } from '../support';
import { useSuspension } from '../suspension';
import { endedTask, post, started, startedByKind, startTrigger } from '../trigger';
import { filesOf, kindOf, OPERATIONS } from './cells';
import {
	itemWith,
	lastCreate,
	OTHER_PICTURE,
	PICTURE,
	resourceOf,
	rows,
	useBench,
	type OperationName,
} from './support';

const bench = useBench({ slots: 30 });
const { host, pass } = useSuspension(bench);

const ROWS = OPERATIONS.filter(({ solution }) => solution !== undefined).map((row) => ({
	...row,
	kind: kindOf(row),
	resource: resourceOf(row.operation),
	path: `/solutions/${row.solution ?? ''}`,
	services: (['klingGlobal', 'klingChina', 'aceData'] as const).filter(
		(service) => service !== 'aceData' || row.bodies.aceData,
	),
	// The API does not tell its kinds apart: several make one video and nothing else.
	kindFound: row.makes === undefined ? null : kindOf(row),
	row,
}));

const GOODS = { ...rows(PICTURE), productTitle: 'Steel mug' };
const TRY_ON = { person: PICTURE, garment: OTHER_PICTURE };
const KEY_PAIR = { authentication: 'accessKey', apiKey: '' };

/** The requests since the last create: method, path and query. */
function asked(): string[] {
	const { requests } = bench.simulator.ledger;
	return requests
		.slice(requests.indexOf(lastCreate(bench.simulator)) + 1)
		.map(({ method, path, query }) => `${method} ${path} ${Object.keys(query).join()}`.trim());
}

/** The id of a task that was made and not waited for. */
async function make(operation: OperationName, parameters: INodeParameters = {}): Promise<string> {
	const row = OPERATIONS.find((one) => one.operation === operation);
	const { json } = await bench.succeed(operation, {
		parameters: { ...row?.parameters, waitMode: 'none', ...parameters },
	});
	return String(json[0]?.taskId);
}

describe.each(ROWS)('$operation', ({ operation, kind, resource, parameters, path, ...more }) => {
	const { services, kindFound, row } = more;
	const run = { ...parameters, resource, operation, waitMode: 'suspend' };

	it.each(services)('goes on after being suspended, at %s', async (service) => {
		const { simulator } = bench;
		const { first, whenOver } = await host().run(
			optionsFor({ simulator, service, parameters: run }),
		);
		bench.owe(1);
		expect(first.status).toBe('waiting');
		await pass(70);
		const result = await whenOver;
		const { taskId = '' } = lastCreate(simulator);
		expect(result.json).toMatchObject([{ kind, status: 'succeed', taskId }]);
		const files = Object.keys(filesOf(row, simulator, taskId));
		expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(files);
		expectNoKeys(simulator, result);
	});

	it('is asked for at /solutions alone, several items together', async () => {
		const result = await bench.succeed(operation, { items: [{}, {}, {}], parameters });
		expect(result.json.map(({ status }) => status)).toEqual(['succeed', 'succeed', 'succeed']);
		expect(new Set(asked())).toEqual(new Set(['GET /solutions task_ids']));
		expect(bench.simulator.ledger.requests.at(-1)?.query.task_ids?.split(',')).toHaveLength(3);
	});

	it('is awaited through answers that fail', async () => {
		const { faults } = bench.simulator;
		const match = { method: 'GET', path: '/solutions' };
		faults.add({ match, action: { kind: 'error', code: 5000 } });
		faults.add({ match, action: { kind: 'html' } });
		faults.add({ match, action: { kind: 'dropBefore' } });
		faults.add({ match, action: { kind: 'error', code: 1302 } });
		const result = await bench.succeed(operation, { parameters });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
	});

	it('is picked up by Retry On Fail where it is, and not paid for again', async () => {
		bench.simulator.faults.add({
			match: { method: 'GET', path: '/solutions' },
			action: { kind: 'status', status: 400, body: { code: 1200, message: 'odd' } },
		});
		const result = await bench.succeed(operation, { parameters, retryOnFail: true, maxTries: 2 });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(bench.simulator.ledger.requests.filter((one) => one.path === path)).toHaveLength(1);
	});

	it('is refused under a name that was used, and told so', async () => {
		const named = { ...parameters, options: { externalTaskId: 'order-1' } };
		await bench.succeed(operation, { parameters: named });
		const result = await bench.run(operation, { parameters: { ...named } });
		expect(words(result)).toContain('A task with this External Task ID exists');
		expect(bench.simulator.ledger.charges).toHaveLength(1);
	});

	it('is found by its own ID and by its External Task ID', async () => {
		const taskId = await make(operation, { options: { externalTaskId: 'order-2' } });
		time.advance(70_000);
		for (const id of [taskId, 'order-2']) {
			for (const [taskKind, found] of [
				['find', kindFound],
				[kind, kind],
			] as const) {
				const { json } = await bench.succeed('get', {
					parameters: { taskId: id, taskKind, download: false },
				});
				expect(json).toMatchObject([
					{ taskId, externalTaskId: 'order-2', kind: found, status: 'succeed' },
				]);
			}
		}
		expect(slept).toEqual([]);
	});

	it('is of its kind where /tasks tells of it, too', async () => {
		bench.simulator.settings.showsSolutionsAmongTasks = true;
		const taskId = await make(operation);
		time.advance(70_000);
		const parameters = { taskId, taskKind: 'find', download: false };
		const { json } = await bench.succeed('get', { parameters });
		expect(json).toMatchObject([{ taskId, kind: kindFound, status: 'succeed' }]);
		const looks = asked().filter((one) => one.startsWith('GET /solutions'));
		expect(looks).toHaveLength(kindFound === null ? 0 : 1);
	});

	it('is one request to look at where its kind is told', async () => {
		const taskId = await make(operation);
		await bench.succeed('get', { parameters: { taskId, taskKind: kind } });
		expect(asked()).toEqual(['GET /solutions task_ids']);
	});

	it.each([true, false])('starts a workflow; /tasks tells of it, too: %s', async (isTold) => {
		const { simulator } = bench;
		// The address for calls is an option, too.
		const { options: _options, ...rest }: INodeParameters = parameters;
		const chosen = { ...rest, resource, operation };
		simulator.settings.showsSolutionsAmongTasks = isTold;
		expect(await startedByKind(simulator, kind, chosen)).toMatchObject([
			{ kind, status: 'succeed' },
		]);
		bench.owe(2);

		const { id, search } = await endedTask(simulator, chosen);
		bench.owe(1);
		const query = new URLSearchParams(search);
		expect(query.get('kind')).toBe(kind);
		query.delete('kind');
		const any = await startTrigger(simulator);
		const claim = { id, status: 'succeeded', outputs: [] };
		await post(any, `${any.url}?${query.toString()}`, claim);
		expect(started(any)).toMatchObject([{ taskId: id, status: 'succeed' }]);
	});

	it('wants an API key, wherever it is chosen', async () => {
		const says = [`offers ${KINDS[kind].title} only with an API key`, 'API Key as Authentication'];
		for (const [query, more] of [
			['get', { taskId: '814237883686625347' }],
			['getMany', {}],
		] as const) {
			const refusal = { parameters: { ...more, taskKind: kind }, says };
			await bench.refused(query, refusal, { credential: KEY_PAIR });
		}
	});
});

it('a pair of keys asks for no solutions', async () => {
	const result = await bench.run('get', {
		credential: KEY_PAIR,
		parameters: { taskId: '814237883686625347' },
	});
	expect(words(result)).toContain('does not know this task');
	await bench.succeed('getMany', { credential: KEY_PAIR });
	const { requests } = bench.simulator.ledger;
	expect(requests.length).toBeGreaterThan(20);
	expect(requests.filter(({ path }) => path.startsWith('/solutions'))).toEqual([]);
});

describe('several tasks at once', () => {
	it('are asked for by one request for each API', async () => {
		const ids = [
			await make('goods-studio'),
			await make('text2video', { prompt: 'A fox' }),
			await make('virtual-try-on'),
			await make('text2video', { prompt: 'An owl' }),
		];
		const result = await bench.succeed('get', {
			items: ids.map((taskId) => ({ taskId })),
			parameters: { taskId: '={{ $json.taskId }}', waitMode: 'poll' },
		});
		expect(result.json.map(({ taskId, status }) => [taskId, status])).toEqual(
			ids.map((id) => [id, 'succeed']),
		);
		const together = bench.simulator.ledger.requests
			.map(({ path, query }) => [path, query.task_ids?.split(',').length])
			.filter(([, count]) => count === 2);
		expect(together).toContainEqual(['/tasks', 2]);
		expect(together).toContainEqual(['/solutions', 2]);
	});
});

describe('Get Many', () => {
	const list = async (parameters: INodeParameters = {}) =>
		(await bench.succeed('getMany', { parameters })).json;

	/** A try-on, a video of a product, a video of words and one more try-on, a second apart; newest first. */
	async function makeFour(): Promise<string[]> {
		const ids: string[] = [];
		for (const operation of [
			'virtual-try-on',
			'goods-studio',
			'text2video',
			'virtual-try-on',
		] as const) {
			ids.unshift(await make(operation, { prompt: 'A fox' }));
			time.advance(1000);
		}
		bench.simulator.ledger.requests.length = 0;
		return ids;
	}

	it.each([true, false])(
		'has all tasks in order; /tasks tells of them, too: %s',
		async (isTold) => {
			bench.simulator.settings.showsSolutionsAmongTasks = isTold;
			const ids = await makeFour();
			time.advance(70_000);
			const all = await list();
			expect(all.map(({ taskId }) => taskId)).toEqual(ids);
			expect(all.map(({ kind }) => kind)).toEqual([
				'virtual-try-on',
				'text2video',
				// It may be of several.
				null,
				'virtual-try-on',
			]);
			expect((await list({ limit: 2 })).map(({ taskId }) => taskId)).toEqual(ids.slice(0, 2));
		},
	);

	it('has those of one kind by what they have made, and those that have made nothing yet', async () => {
		const [newest, , video, oldest] = await makeFour();
		const running = await list({ taskKind: 'goods-studio' });
		expect(running.map(({ taskId }) => taskId)).toEqual([newest, video, oldest]);
		time.advance(70_000);
		expect(await list({ taskKind: 'goods-studio' })).toMatchObject([
			{ taskId: video, kind: 'goods-studio', videoUrl: expect.any(String) as string },
		]);
		const tried = await list({ taskKind: 'virtual-try-on', limit: 1 });
		expect(tried).toMatchObject([{ taskId: newest, kind: 'virtual-try-on' }]);
		expect(bench.simulator.ledger.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
			Array(3).fill('POST /solutions'),
		);
	});

	it('goes on behind the cursor', async () => {
		const { baseUrl, apiKey } = bench.simulator.services.klingGlobal;
		bench.simulator.settings.imageSlots = 1000;
		const contents = [
			{ type: 'product_image', url: PICTURE },
			{ type: 'person_image', url: PICTURE },
		];
		for (let n = 0; n < 501; n += 1) {
			await fetch(`${baseUrl}/solutions/virtual_try_on`, {
				method: 'POST',
				headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
				body: JSON.stringify({ contents }),
			});
		}
		bench.owe(501);
		bench.simulator.ledger.requests.length = 0;
		const all = await list({ taskKind: 'virtual-try-on', returnAll: true });
		expect(new Set(all.map(({ taskId }) => taskId)).size).toBe(501);
		expect(bench.simulator.ledger.requests).toHaveLength(2);
	}, 30_000);

	it('does without them where the key may not ask for them, unless they are what was asked for', async () => {
		const [, fox] = await makeFour();
		bench.simulator.faults.add({
			match: { method: 'POST', path: '/solutions' },
			times: null,
			action: { kind: 'error', code: 1103 },
		});
		expect((await list()).map(({ taskId }) => taskId)).toEqual([fox]);
		const result = await bench.run('getMany', { parameters: { taskKind: 'goods-studio' } });
		expect(told(result).context).toMatchObject({ serviceCode: 1103 });
	});

	it('is no list while the service cannot tell them', async () => {
		await makeFour();
		bench.simulator.faults.add({
			match: { method: 'POST', path: '/solutions' },
			times: null,
			action: { kind: 'error', code: 5000 },
		});
		expect(words(await bench.run('getMany', {}))).toContain('had an internal error');
	});
});

describe('a task that /tasks does not know', () => {
	it.each([
		['fails', { kind: 'error', code: 5000 }, 'had an internal error'],
		['cannot be reached', { kind: 'dropBefore' }, 'could not be reached'],
	] as const)('is not lost while /solutions %s', async (_how, action, says) => {
		const taskId = await make('goods-studio');
		const match = { method: 'GET', path: '/solutions' };
		bench.simulator.faults.add({ match, times: null, action });
		const result = await bench.run('get', { parameters: { taskId } });
		expect(words(result)).toContain(says);
		expect(words(result)).not.toContain('does not know');
	});

	it('is told as such where its result is missing', async () => {
		const taskId = await make('goods-studio');
		bench.simulator.tasks.setResultMissing(taskId, 'empty');
		time.advance(70_000);
		const result = await bench.run('get', { parameters: { taskId } });
		expect(words(result)).toContain('says that the task succeeded');
		expect(told(result).context).toMatchObject({ taskId });
	});

	it('is none where /solutions refuses', async () => {
		const match = { method: 'GET', path: '/solutions' };
		bench.simulator.faults.add({ match, times: null, action: { kind: 'error', code: 1103 } });
		const result = await bench.run('get', { parameters: { taskId: '814237883686625347' } });
		expect(told(result).context).toMatchObject({ errorKind: 'notFound' });
	});
});

describe('a create without a clear answer', () => {
	const noTask = { code: 0, message: 'SUCCEED', data: { id: null } };
	const DEAD = { kind: 'status', status: 500, body: { code: 5000 } } as const;

	/** `made`: whether the service has made the task, and charged for it. */
	const UNCLEAR: Array<[fault: string, action: FaultAction, made: boolean]> = [
		['an internal error before the task was made', DEAD, false],
		['an internal error after it was made', { kind: 'errorAfter' }, true],
		['maintenance', { kind: 'status', status: 503, body: { code: 5001 } }, false],
		['a bad gateway', { kind: 'html' }, false],
		['a connection dropped before', { kind: 'dropBefore' }, false],
		['a connection dropped after', { kind: 'dropAfter' }, true],
		['broken JSON', { kind: 'garbage' }, false],
		['an empty answer', { kind: 'empty' }, false],
		['an answer without a task', { kind: 'garbage', body: noTask }, false],
	];

	it.each(UNCLEAR)('is sent once and looked for: %s', async (_fault, action, made) => {
		const { simulator } = bench;
		const match = { method: 'POST', path: '/solutions/' };
		const fault = simulator.faults.add({ match, times: null, action });
		const result = await bench.run('goods-studio', { parameters: GOODS });
		expect(fault.hits).toBe(1);
		if (made) {
			expect(result.json).toMatchObject([{ taskId: lastCreate(simulator).taskId }]);
		} else {
			expect(words(result)).toContain(MAYBE_PAID);
			expect(words(result)).toMatch(/External Task ID n8n-/);
		}
		const looks = simulator.ledger.requests.filter(({ path }) => path === '/solutions');
		expect(looks[0]?.query).toEqual({
			external_task_ids: expect.stringMatching(OUR_EXTERNAL_ID) as string,
		});
	});

	it('that names a task beside a failing status is an error, and sent once', async () => {
		const { simulator } = bench;
		const match = { method: 'POST', path: '/solutions/' };
		const body = { code: 0, data: { id: '9', status: 'submitted' }, error: { code: 5000 } };
		simulator.faults.add({ match, action: { kind: 'status', status: 500, body } });
		const result = await bench.run('goods-studio', { parameters: GOODS });
		expect(result.status).toBe('error');
		expect(simulator.ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it.each([
		['1302', { kind: 'error', code: 1302 }, 2],
		['1102', { kind: 'error', code: 1102 }, 1],
		['1301', { kind: 'error', code: 1301 }, 1],
	] as const)('is none where it was refused: %s', async (_code, action, posts) => {
		const match = { method: 'POST', path: '/solutions/' };
		const fault = bench.simulator.faults.add({ match, times: 1, action });
		const result = await bench.run('goods-studio', { parameters: GOODS });
		expect(fault.hits).toBe(1);
		expect(result.status).toBe(posts === 2 ? 'success' : 'error');
		expect(words(result)).not.toContain(MAYBE_PAID);
		const sent = bench.simulator.ledger.requests.filter(({ method }) => method === 'POST');
		expect(sent).toHaveLength(posts);
	});

	it('whose name belongs to an older task is no task of ours', async () => {
		const options = { externalTaskId: 'order-3' };
		await make('goods-studio', { options });
		time.advance(3_600_000);
		const match = { method: 'POST', path: '/solutions/' };
		bench.simulator.faults.add({ match, action: { kind: 'dropBefore' } });
		const result = await bench.run('goods-studio', { parameters: { ...GOODS, options } });
		expect(words(result)).toContain('made and charged');
	});

	it('is not sent again by Retry On Fail, though its name finds nothing', async () => {
		const match = { method: 'POST', path: '/solutions/' };
		const fault = bench.simulator.faults.add({ match, action: { kind: 'dropBefore' } });
		const result = await bench.run('goods-studio', {
			parameters: GOODS,
			retryOnFail: true,
			maxTries: 3,
		});
		expect(result.status).toBe('error');
		expect(fault.hits).toBe(1);
		expect(bench.simulator.ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(
			1,
		);
	});

	it('is not taken for the task of another kind that has its name', async () => {
		const options = { externalTaskId: 'order-4' };
		await bench.succeed('virtual-try-on', { parameters: { ...TRY_ON, options } });
		const parameters = { ...GOODS, options: { ...options, reuseTask: true } };
		const result = await bench.run('goods-studio', { parameters });
		expect(result.json).toEqual([]);
		expect(words(result)).toContain('External_task_id order-4 already exists');
		expect(bench.simulator.ledger.charges).toHaveLength(1);
	});

	it('is not put out as its own where the task that had the name ran still', async () => {
		const options = { externalTaskId: 'order-6' };
		const taskId = await make('virtual-try-on', { options });
		const parameters = { ...GOODS, options: { ...options, reuseTask: true } };
		const result = await bench.run('goods-studio', { parameters, retryOnFail: true, maxTries: 2 });
		expect(result.status).toBe('error');
		expect(words(result)).toContain(
			'External Task ID order-6 belongs to a task of another operation than Video → Present Product',
		);
		expect(words(result)).toContain(taskId);
		expect(bench.simulator.ledger.charges).toHaveLength(1);
	});

	it('is not put out as its own after being suspended either', async () => {
		const { simulator } = bench;
		const options = { externalTaskId: 'order-7' };
		await make('virtual-try-on', { options });
		const run = {
			...GOODS,
			resource: resourceOf('goods-studio'),
			operation: 'goods-studio',
			options: { ...options, reuseTask: true },
			waitMode: 'suspend',
		};
		const { whenOver } = await host().run(optionsFor({ simulator, parameters: run }));
		await pass(70);
		expect(words(await whenOver)).toContain('belongs to a task of another operation');
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it('is found by Retry On Fail when it shows up later', async () => {
		const { simulator } = bench;
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'dropAfter' } });
		const empty = { code: 0, message: 'SUCCEED', data: [] };
		const match = { method: 'GET', path: '/solutions' };
		simulator.faults.add({ match, times: 3, action: { kind: 'garbage', body: empty } });
		const result = await bench.succeed('goods-studio', {
			parameters: GOODS,
			retryOnFail: true,
			maxTries: 2,
		});
		expect(result.json).toMatchObject([{ taskId: lastCreate(simulator).taskId }]);
	});
});

describe('Try On Clothes', () => {
	const withPictures = async () => [await itemWith({ data: png(400, 400), data_1: png(500, 400) })];
	const files = { personSource: 'binary', garmentSource: 'binary' };

	it.each([
		['klingGlobal', 'a binary file', files, 'Kling (global)'],
		[
			'klingChina',
			'base64',
			{ ...TRY_ON, garment: png(400, 400).toString('base64') },
			'Kling (China)',
		],
		['aceData', 'a binary file', files, 'Ace Data Cloud'],
	] as const)('takes addresses only at %s: %s', async (service, _what, parameters, label) => {
		const items = await withPictures();
		const says = [
			new RegExp(`(Person|Garment) must be a web address .*${label.replace(/[()]/g, '.')}`),
		];
		const result = await bench.refused('virtual-try-on', { service, parameters, says }, { items });
		if (service !== 'aceData') expect(words(result)).toContain('on a host of your own');
	});

	it('takes files at a relay, and a model', async () => {
		const items = await withPictures();
		const options = { relayModel: 'kolors-virtual-try-on-v1-5' };
		const parameters = { ...files, options };
		const body = await bench.wire('virtual-try-on', 'relay', parameters, { items });
		expect(body).toMatchObject({
			model_name: 'kolors-virtual-try-on-v1-5',
			human_image: png(400, 400).toString('base64'),
			cloth_image: png(500, 400).toString('base64'),
		});
	});

	it.each([
		['klingGlobal', { relayModel: 'kolors-virtual-try-on-v1' }, 'does not offer Model (Relays)'],
		['relay', { keepFace: false }, 'does not offer Keep Face'],
		['relay', { watermark: true }, 'does not offer Watermark'],
		['aceData', { externalTaskId: 'order-1' }, 'does not offer External Task ID'],
	] as const)('refuses at %s %j', async (service, options, says) => {
		const parameters = { ...TRY_ON, options };
		await bench.refused('virtual-try-on', { service, parameters, says: [says] });
	});

	it('says what is kept only where it was set', async () => {
		const plain = await bench.wire('virtual-try-on', 'klingGlobal', TRY_ON);
		expect(plain).not.toHaveProperty('settings');
		const options = { keepFace: true, keepPose: false, keepBackground: 'no' };
		const set = await bench.wire('virtual-try-on', 'aceData', { ...TRY_ON, options });
		expect(set.settings).toEqual({ keep_face: true, keep_pose: false, keep_background: false });
	});
});

describe('Present Product', () => {
	it.each([
		['no image', { images: {} }, 'Product Images must be 1 to 5, not 0'],
		['six images', rows(...Array<string>(6).fill(PICTURE)), 'Product Images must be 1 to 5, not 6'],
		['no title', { productTitle: ' ' }, 'Product Title must not be empty'],
		['a long title', { productTitle: 'x'.repeat(201) }, 'Product Title must have at most 200'],
		['a long text', { productDescription: 'x'.repeat(2001) }, 'at most 2000 characters, not 2001'],
		['20 seconds', { productDuration: '={{ 20 }}' }, 'Duration must be'],
		['4K', { quality: '={{ "4k" }}' }, 'Quality must be'],
		['another shape', { aspectRatio: '={{ "4:3" }}' }, 'Aspect Ratio must be'],
	])('refuses %s', async (_what, parameters, says) => {
		await bench.refused('goods-studio', { parameters: { ...GOODS, ...parameters }, says: [says] });
	});

	it.each(['={{ 30 }}', '={{ "30 Seconds" }}', '30'])('takes a length of %s', async (length) => {
		const parameters = { ...GOODS, productDuration: length };
		const body = await bench.wire('goods-studio', 'klingGlobal', parameters);
		expect(body.settings).toEqual({ resolution: '720p', aspect_ratio: '16:9', duration: 30 });
	});

	it('takes images as files at official Kling', async () => {
		const items = [await itemWith({ data: png(400, 400) })];
		const parameters = { ...GOODS, imagesSource: 'binary' };
		const body = await bench.wire('goods-studio', 'klingGlobal', parameters, { items });
		const image = png(400, 400).toString('base64');
		expect(body.contents).toContainEqual({ type: 'ref_image', url: image });
		const says = ['Product Images must be a web address'];
		await bench.refused('goods-studio', { service: 'aceData', parameters, says }, { items });
	});

	it.each([
		['klingGlobal', { options: { watermark: { enabled: true } } }],
		['aceData', { watermark: true }],
	] as const)('wishes for a watermark at %s as it is wished for there', async (service, wished) => {
		const parameters = { ...GOODS, options: { watermark: true } };
		expect(await bench.wire('goods-studio', service, parameters)).toMatchObject(wished);
	});

	it('tells the copy with a watermark, what it cost, and why it failed', async () => {
		const { json } = await bench.succeed('goods-studio', {
			parameters: { ...GOODS, options: { watermark: true } },
		});
		expect(json).toMatchObject([
			{
				quality: 'std',
				duration: 15.1,
				unitsDeducted: 25.5,
				videos: [{ watermarkUrl: expect.stringContaining('watermark') as string }],
			},
		]);
		const result = await bench.run('goods-studio', {
			parameters: { ...GOODS, productTitle: '[fail]' },
		});
		bench.owe(1);
		expect(words(result)).toContain('The task failed: Failure to pass the risk control system');
	});

	it('refuses an address for calls that is too long there', async () => {
		const callbackUrl = `https://n8n.example.com/${'x'.repeat(1024)}`;
		const parameters = { ...GOODS, options: { callbackUrl } };
		const says = ['Callback URL must have at most 1024 characters for Video → Present Product'];
		await bench.refused('goods-studio', { parameters, says });
	});

	it('merges additional fields last', async () => {
		const added = '{"seed": 829836802793406551, "settings": {"style": "calm", "duration": 60}}';
		const parameters = { ...GOODS, options: { additionalFields: added } };
		const settings = { resolution: '720p', aspect_ratio: '16:9', duration: 60, style: 'calm' };
		expect((await bench.wire('goods-studio', 'klingGlobal', parameters)).settings).toEqual(
			settings,
		);
		expect(lastCreate(bench.simulator).rawBody).toContain('"seed":829836802793406551');
		expect((await bench.wire('goods-studio', 'aceData', parameters)).settings).toEqual(settings);
	});

	it('puts a name and an address of the additional fields where they belong', async () => {
		const added = '{"external_task_id": "order-5", "callback_url": "https://e.test/hook"}';
		const parameters = { ...GOODS, options: { watermark: true, additionalFields: added } };
		const body = await bench.wire('goods-studio', 'klingGlobal', parameters);
		expect(body.options).toEqual({
			external_task_id: 'order-5',
			callback_url: 'https://e.test/hook',
			watermark: { enabled: true },
		});
		expect(body).not.toHaveProperty('external_task_id');
	});

	it.each(['callback_url', 'external_task_id'])(
		'refuses %s in options of its own',
		async (name) => {
			const options = {
				additionalFields: JSON.stringify({ options: { [name]: 'https://e.test' } }),
			};
			const says = [`Additional Fields (JSON) cannot have ${name} in options; use `];
			await bench.refused('goods-studio', { parameters: { ...GOODS, options }, says });
		},
	);
});
