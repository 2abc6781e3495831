/** Task → Get Many: page by page to the end or to a limit, of every kind. */
import type { INodeParameters } from 'n8n-workflow';

import { hooks, model, slept, time } from '../kling';
import { legacyPath } from '../../../nodes/shared/core/kinds';
import type { ServiceName } from '../../simulator';
import { told } from '../support';
import { kindAt, kindOf, OPERATIONS } from './cells';
import { finishedVideo, useBench } from './support';

const bench = useBench({ slots: 2000, imageSlots: 2000 });

/** Solutions have a list of their own: solutionLists.test.ts. */
const OF_LEGACY = OPERATIONS.filter(({ solution }) => solution === undefined);
const LEGACY_KINDS = [...new Set(OF_LEGACY.map(kindOf))];

/** What goes on with a video, or a face in one, needs that first: below. */
const MAKING = OF_LEGACY.filter(({ needsVideo, needsFace }) => !needsVideo && !needsFace).map(
	(row) => ({
		operation: row.operation,
		kind: kindAt(row, 'klingGlobal'),
		parameters: row.parameters,
		path: row.path ?? `videos/${kindAt(row, 'klingGlobal')}`,
	}),
);

/** What is made elsewhere by default, at its own place. */
const AT_ITS_OWN_PLACE = OPERATIONS.filter(({ madeAs }) => madeAs?.official !== undefined).map(
	({ operation, parameters }) => ({
		operation,
		kind: operation,
		path: `videos/${operation}`,
		parameters: { ...parameters, model: model('kling-v1-6') },
	}),
);

/** The queries of all list requests. */
function pages(): Array<Record<string, string>> {
	return bench.simulator.ledger.requests
		.filter(({ method }) => method === 'GET')
		.map(({ query }) => query);
}

/** The tasks of videos from text. */
const ofText = async (parameters: INodeParameters = {}) =>
	await bench.succeed('getMany', { parameters: { taskKind: 'text2video', ...parameters } });

/** Makes this many tasks at once, each with an id of one's own; newest last. */
async function makeMany(count: number): Promise<string[]> {
	const { baseUrl, apiKey } = bench.simulator.services.klingGlobal;
	const ids: string[] = [];
	for (let n = 0; n < count; n += 1) {
		const answer = await fetch(`${baseUrl}/v1/videos/text2video`, {
			method: 'POST',
			headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ model_name: 'kling-v3', prompt: 'A fox', external_task_id: `n-${n}` }),
		});
		const { data } = (await answer.json()) as { data: { task_id: string } };
		ids.push(data.task_id);
	}
	bench.owe(count);
	return ids;
}

describe.each([...MAKING, ...AT_ITS_OWN_PLACE])('$operation, listed as $kind', (made) => {
	const { operation, kind, parameters, path } = made;

	it('are listed, running and done, at their own place', async () => {
		const done = await bench.succeed(operation, { parameters });
		const running = await bench.succeed(operation, {
			parameters: { ...parameters, waitMode: 'none' },
		});
		const from = bench.simulator.ledger.requests.length;
		const result = await bench.succeed('getMany', { parameters: { taskKind: kind } });
		expect(result.json.map(({ taskId }) => taskId)).toEqual([
			running.json[0]?.taskId,
			done.json[0]?.taskId,
		]);
		// The list tells what the operation itself told, but for what was asked.
		const untold = { model: null, quality: null, prompt: null };
		expect(result.json[1]).toEqual({ ...done.json[0], ...untold });
		expect(result.json[0]).toMatchObject({ kind, status: 'submitted' });
		expect(bench.simulator.ledger.requests.slice(from)).toMatchObject([
			{
				method: 'GET',
				path: `/v1/${path}`,
				query: { pageNum: '1', pageSize: '50' },
				rawBody: '',
			},
		]);
	});
});

it.each(['video-extend', 'video-to-audio'] as const)('lists those of %s', async (taskKind) => {
	const { videoId } = await finishedVideo(bench, 'klingChina');
	const made = await bench.succeed(taskKind, { service: 'klingChina', parameters: { videoId } });
	const result = await bench.succeed('getMany', {
		service: 'klingChina',
		parameters: { taskKind },
	});
	expect(result.json).toEqual(made.json);
});

describe('all kinds', () => {
	/** Three tasks of different kinds, a second apart; newest first. */
	async function makeThree(service: ServiceName): Promise<string[]> {
		const ids: string[] = [];
		for (const { operation, parameters } of MAKING.slice(0, 3)) {
			const { json } = await bench.succeed(operation, {
				service,
				parameters: { ...parameters, waitMode: 'none' },
			});
			ids.unshift(String(json[0]?.taskId));
			time.advance(1000);
		}
		bench.simulator.ledger.requests.length = 0;
		return ids;
	}

	const paths = () => bench.simulator.ledger.requests.map(({ path }) => path);
	const KINDS_MADE = MAKING.slice(0, 3).map(({ kind }) => kind);

	it('come as one list, the newest first: that of all, and those of the kinds that are in it', async () => {
		const ids = await makeThree('klingGlobal');
		const result = await bench.succeed('getMany', {});
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids);
		expect(result.json.map(({ kind }) => kind)).toEqual([...KINDS_MADE].reverse());
		expect(paths()).toEqual(['/tasks', ...KINDS_MADE.map(legacyPath), '/solutions']);
	});

	it('are asked for by what they have made', async () => {
		await bench.succeed('image-generation', { parameters: { prompt: 'An owl' } });
		bench.simulator.ledger.requests.length = 0;
		const result = await bench.succeed('getMany', {});
		expect(result.json).toMatchObject([{ kind: 'image-generation', status: 'succeed' }]);
		expect(paths()).toEqual(['/tasks', '/v1/images/generations', '/solutions']);
	});

	it.each([true, false])(
		'are told as by the list of their kind, Simplify: %s',
		async (simplify) => {
			await makeThree('klingGlobal');
			time.advance(120_000);
			const options = { simplify };
			const all = await bench.succeed('getMany', { parameters: { options } });
			const alone: unknown[] = [];
			for (const taskKind of [...KINDS_MADE].reverse()) {
				const { json } = await bench.succeed('getMany', { parameters: { taskKind, options } });
				alone.push(...json);
			}
			expect(all.json).toEqual(alone);
		},
	);

	it.each([
		['with a key pair', undefined, { authentication: 'accessKey', apiKey: '' }],
		['where the list of all is refused', { kind: 'error', code: 1103 }, {}],
		['where a proxy lacks it', { kind: 'html', status: 404 }, {}],
		['where it cannot be read', { kind: 'garbage', body: { data: 'none' } }, {}],
	] as const)('take one request for each kind %s', async (_where, action, credential) => {
		const ids = await makeThree('klingGlobal');
		if (action) {
			const match = { method: 'POST', path: '/tasks' };
			bench.simulator.faults.add({ match, times: null, action });
		}
		const result = await bench.succeed('getMany', { credential });
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids);
		expect(result.json.map(({ kind }) => kind)).toEqual([...KINDS_MADE].reverse());
		const each = LEGACY_KINDS.map(legacyPath).sort();
		expect(
			paths()
				.filter((path) => path.startsWith('/v1/'))
				.sort(),
		).toEqual(each);
		expect(slept).toEqual([]);
	});

	it('are no list while the service cannot tell them', async () => {
		await makeThree('klingGlobal');
		const match = { method: 'POST', path: '/tasks' };
		bench.simulator.faults.add({ match, times: null, action: { kind: 'error', code: 5000 } });
		const result = await bench.run('getMany', {});
		expect(told(result).message).toContain('had an internal error');
		expect(paths()).toEqual(['/tasks', '/tasks', '/tasks']);
	});

	it('have no kind where no kind of this node lists them', async () => {
		const ids = await makeThree('klingGlobal');
		time.advance(120_000);
		const action = { kind: 'garbage', body: { code: 0, message: 'SUCCEED', data: [] } } as const;
		bench.simulator.faults.add({ match: { path: '/v1/' }, times: null, action });
		const result = await bench.succeed('getMany', {});
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids);
		const told = { kind: null, status: 'succeed', videoUrl: expect.any(String) as string };
		expect(result.json).toMatchObject([told, told, told]);
	});

	it('keep to the limit, which the newest pass', async () => {
		const ids = await makeThree('klingGlobal');
		const result = await bench.succeed('getMany', { parameters: { limit: 2 } });
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids.slice(0, 2));
	});

	it('are one request at Ace Data Cloud, whose list holds all', async () => {
		const ids = await makeThree('aceData');
		const result = await bench.succeed('getMany', { service: 'aceData' });
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids);
		expect(bench.simulator.ledger.requests).toHaveLength(1);
	});

	it('are no list with a gap: what fails for one kind is told', async () => {
		await makeThree('klingGlobal');
		bench.simulator.faults.add({
			match: { method: 'GET', path: '/v1/videos/image2video' },
			times: null,
			action: { kind: 'status', status: 403, body: { code: 1103, message: 'No right' } },
		});
		const result = await bench.run('getMany', {});
		expect(told(result).message).toMatch(
			/^The tasks of Video → Generate From Image could not be listed: /,
		);
		expect(told(result).context).toMatchObject({ errorKind: 'refused', serviceCode: 1103 });
	});

	it('leave out a kind of which the service has no list', async () => {
		const ids = await makeThree('klingGlobal');
		bench.simulator.faults.add({
			match: { method: 'GET', path: '/v1/videos/video-extend' },
			times: null,
			action: { kind: 'status', status: 404, body: {} },
		});
		const result = await bench.succeed('getMany', {});
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids);
	});

	it('are no list where the service has none at all', async () => {
		await makeThree('klingGlobal');
		bench.simulator.faults.add({
			match: { pathPattern: '.' },
			times: null,
			action: { kind: 'status', status: 404, body: {} },
		});
		const result = await bench.run('getMany', {});
		expect(told(result).context).toMatchObject({ errorKind: 'refused' });
		expect(result.json).toEqual([]);
	});
});

describe('Return All', () => {
	it('goes through all pages to the end', async () => {
		const ids = await makeMany(1001);
		const result = await ofText({ returnAll: true });
		expect(result.json.map(({ taskId }) => taskId)).toEqual([...ids].reverse());
		expect(pages()).toEqual([1, 2, 3].map((page) => ({ pageNum: String(page), pageSize: '500' })));
		expect(new Set(result.output.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(
			new Set(['{"item":0}']),
		);
	}, 60_000);

	it('asks once more when the last page is full, and takes an empty one for the end', async () => {
		await makeMany(500);
		const result = await ofText({ returnAll: true });
		expect(result.json).toHaveLength(500);
		expect(pages()).toHaveLength(2);
	}, 30_000);

	it('tells a task only once that moves to the next page while others are made', async () => {
		const ids = await makeMany(501);
		const { simulator } = bench;
		simulator.faults.add({
			match: { method: 'GET' },
			after: 1,
			action: { kind: 'error', code: 1302 },
		});
		hooks.onSleep = async () => {
			hooks.onSleep = undefined;
			await makeThreeMore();
		};
		const result = await ofText({ returnAll: true });
		const listed = result.json.map(({ taskId }) => String(taskId));
		expect(listed).toEqual([...ids].reverse());
	}, 30_000);

	it('of nothing is nothing', async () => {
		const result = await ofText({ returnAll: true });
		expect(result.json).toEqual([]);
	});
});

/** Three more tasks, made in the middle of something else. */
async function makeThreeMore(): Promise<void> {
	await bench.succeed('text2video', {
		items: [{}, {}, {}],
		parameters: { prompt: 'An owl', waitMode: 'none' },
	});
}

describe('Limit', () => {
	it.each([
		[1, ['1 1']],
		[7, ['1 7']],
		[12, ['1 12']],
	])('of %i', async (limit, expected) => {
		const ids = await makeMany(12);
		const result = await ofText({ limit });
		expect(result.json.map(({ taskId }) => taskId)).toEqual([...ids].reverse().slice(0, limit));
		expect(pages().map(({ pageNum, pageSize }) => `${pageNum} ${pageSize}`)).toEqual(expected);
	});

	it('beyond one page', async () => {
		await makeMany(503);
		const result = await ofText({ limit: 502 });
		expect(result.json).toHaveLength(502);
		expect(pages()).toHaveLength(2);
	}, 30_000);

	it.each([
		['={{ 0 }}', 'Limit must be a whole number from 1 to 500000, not 0'],
		['={{ "all" }}', 'Limit must be a number, not "all"'],
		['={{ 2.5 }}', 'Limit must be a whole number'],
	])('of %s is refused', async (limit, says) => {
		await bench.refused('getMany', { parameters: { limit }, says: [says] });
	});
});

describe('the output', () => {
	it('is the record of the service when Simplify is off', async () => {
		const [taskId] = await makeMany(1);
		time.advance(60_000);
		const result = await bench.succeed('getMany', { parameters: { options: { simplify: false } } });
		expect(result.json).toMatchObject([
			{
				task_id: taskId,
				task_status: 'succeed',
				task_info: { external_task_id: 'n-0' },
				task_result: { videos: [{ duration: '5.1' }] },
			},
		]);
	});

	it('belongs to the item that asked', async () => {
		await makeMany(2);
		await bench.succeed('image-generation', { parameters: { prompt: 'x', waitMode: 'none' } });
		const result = await bench.succeed('getMany', {
			items: [{ kind: 'text2video' }, { kind: 'image-generation' }],
			parameters: { taskKind: '={{ $json.kind }}' },
		});
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
	});

	it('has failed tasks among the others, with their reason', async () => {
		const made = await bench.succeed('text2video', {
			parameters: { prompt: 'x [fail]', waitMode: 'none', model: model('kling-v2-6') },
		});
		time.advance(60_000);
		const result = await ofText();
		expect(result.json).toMatchObject([
			{
				taskId: made.json[0]?.taskId,
				status: 'failed',
				message: 'Failure to pass the risk control system',
			},
		]);
	});
});

it('is read with patience', async () => {
	await makeMany(1);
	bench.simulator.faults.add({
		match: { method: 'GET' },
		times: 2,
		action: { kind: 'error', code: 1302 },
	});
	const result = await ofText();
	expect(result.json).toHaveLength(1);
	expect(slept).toEqual([1000, 3000]);
});

it.each([
	['openaiHk', 'image-generation', 'OpenAI-HK has no list of tasks'],
	['relay', 'omni-video', 'The relay has no list of tasks'],
	['newApi', 'text2video', 'The relay has no list of tasks'],
] as const)('is refused at %s, which has no list', async (service, taskKind, message) => {
	const result = await bench.refused('getMany', {
		service,
		parameters: { taskKind },
		says: [message, 'Only the official Kling API and Ace Data Cloud list tasks'],
	});
	expect(told(result).context).toMatchObject({ errorKind: 'notOffered' });
});

it('refuses a kind that does not exist instead of listing another', async () => {
	await bench.refused('getMany', {
		parameters: { taskKind: '={{ "lip-reading" }}' },
		says: [/^Made By must be .*text2video.*, not "lip-reading"/],
	});
});

it('may fail for one item and go on with the next', async () => {
	const [taskId] = await makeMany(1);
	const result = await bench.run('getMany', {
		items: [{ kind: 'magic' }, { kind: 'text2video' }],
		parameters: { taskKind: '={{ $json.kind }}' },
		onError: 'continueRegularOutput',
	});
	expect(result.status).toBe('success');
	expect(result.json).toMatchObject([
		{ error: { message: expect.stringContaining('Made By') as string, itemIndex: 0 } },
		{ taskId },
	]);
});
