import { GOOD_BODY, startWithClient, TEXT2VIDEO, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 50 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const create = async (more: Record<string, unknown> = {}) =>
	await caller.post('klingGlobal', TEXT2VIDEO, { ...GOOD_BODY, ...more });

describe('life of a task', () => {
	it('goes from submitted over processing to succeed', async () => {
		const made = await create({ external_task_id: 'mine-1' });
		expect(made).toMatchObject({ status: 200, json: { code: 0, message: 'SUCCEED' } });
		expect(made.data).toMatchObject({
			task_status: 'submitted',
			task_info: { external_task_id: 'mine-1' },
		});
		const id = String(made.data.task_id);
		expect(String(Number(id))).not.toBe(id);

		const look = async () => (await caller.get('klingGlobal', `${TEXT2VIDEO}/${id}`)).data;
		expect(await look()).toMatchObject({ task_status: 'submitted' });
		caller.clock.advance(2_000);
		expect(await look()).toMatchObject({ task_status: 'processing' });
		caller.clock.advance(18_000);
		const done = await look();
		expect(done).toMatchObject({
			task_status: 'succeed',
			final_unit_deduction: '2',
			task_result: { videos: [{ duration: '5.1' }] },
		});
		expect(done.task_result).not.toHaveProperty('images');
		expect((await caller.get('klingGlobal', `${TEXT2VIDEO}/mine-1`)).data.task_id).toBe(id);
		expect(caller.sim.ledger.charges).toMatchObject([
			{
				taskId: id,
				units: 2,
				externalTaskId: 'mine-1',
				account: 'global-main',
				kind: 'videos/text2video',
			},
		]);
	});

	it('tells a failure with HTTP 200 and gives the units back', async () => {
		const { data } = await create({ prompt: 'something [fail]' });
		caller.clock.advance(20_000);
		const failed = await caller.get('klingGlobal', `${TEXT2VIDEO}/${String(data.task_id)}`);
		expect(failed).toMatchObject({
			status: 200,
			json: { code: 0 },
			data: { task_status: 'failed' },
		});
		expect(failed.data.task_status_msg).toMatch(/risk control/);
		expect(failed.data).not.toHaveProperty('task_result');
		expect(caller.sim.ledger.charges).toHaveLength(1);
		expect(caller.sim.ledger.refunds).toMatchObject([{ taskId: data.task_id, units: 2 }]);
	});

	it('is found at the path of its kind only', async () => {
		const { data } = await create();
		const id = String(data.task_id);
		expect(await caller.get('klingGlobal', `/v1/videos/image2video/${id}`)).toMatchObject({
			status: 400,
			json: { code: 1201, message: `Task not found by id/external id: ${id}` },
		});
		expect(await caller.get('klingGlobal', `/v1/videos/${id}`)).toMatchObject({
			status: 404,
			json: { code: 1202 },
		});
		expect(await caller.get('klingChina', `${TEXT2VIDEO}/${id}`)).toMatchObject({ status: 400 });
	});

	it('obeys the test: finish, fail, vanish and words nobody knows', async () => {
		const ids = await Promise.all(
			[1, 2, 3, 4].map(async () => String((await create()).data.task_id)),
		);
		const [first = '', second = '', third = '', fourth = ''] = ids;
		caller.sim.tasks.finish(first);
		caller.sim.tasks.fail(second, 'because');
		caller.sim.tasks.vanish(third);
		caller.sim.tasks.setStatusWord(fourth, 'queued_somewhere');
		const words = await Promise.all(
			ids.map(
				async (id) => (await caller.get('klingGlobal', `${TEXT2VIDEO}/${id}`)).data.task_status,
			),
		);
		expect(words).toEqual(['succeed', 'failed', undefined, 'queued_somewhere']);
	});
});

describe('limits of an account', () => {
	it('refuses a repeated external id, even of a failed task', async () => {
		await create({ external_task_id: 'twice', prompt: '[fail]' });
		caller.clock.advance(60_000);
		const again = await create({ external_task_id: 'twice' });
		expect(again).toMatchObject({ status: 400, json: { code: 1201 } });
		expect(again.json.message).toMatch(/External_task_id twice already exists/);
		expect(caller.sim.ledger.charges).toHaveLength(1);
	});

	it('has a slot for each running task', async () => {
		caller.sim.settings.slots = 2;
		expect((await create()).status).toBe(200);
		expect((await create()).status).toBe(200);
		expect(await create()).toMatchObject({ status: 429, json: { code: 1303 } });
		caller.clock.advance(20_000);
		expect((await create()).status).toBe(200);
	});

	it('counts an image task by its images', async () => {
		caller.sim.settings.imageSlots = 9;
		const images = async (n: number) =>
			await caller.post('klingGlobal', '/v1/images/generations', {
				model_name: 'kling-v3',
				prompt: 'x',
				n,
			});
		expect((await images(5)).status).toBe(200);
		expect((await images(5)).json.code).toBe(1303);
		expect((await images(4)).status).toBe(200);
	});

	it('runs out of units', async () => {
		caller.sim.settings.balance = 5;
		caller.sim.accounts.reset();
		expect((await create()).status).toBe(200);
		expect((await create()).status).toBe(200);
		expect(await create()).toMatchObject({
			status: 429,
			json: { code: 1102, message: 'Account balance not enough' },
		});
	});

	it('tells the resource packs once a second', async () => {
		const costs = async () =>
			await caller.get('klingGlobal', '/account/costs?start_time=0&end_time=1');
		expect((await costs()).status).toBe(200);
		expect(await costs()).toMatchObject({ status: 429, json: { code: 1302 } });
		caller.clock.advance(1_000);
		expect((await costs()).status).toBe(200);
	});
});

describe('the slots', () => {
	it('are counted by model', async () => {
		caller.sim.settings.slots = 1;
		expect((await create({ model_name: 'kling-v2-6' })).status).toBe(200);
		expect(await create({ model_name: 'kling-v2-6' })).toMatchObject({ json: { code: 1303 } });
		expect((await create({ model_name: 'kling-v3' })).status).toBe(200);
	});
});

describe('models', () => {
	it('that do not exist are told from those that are gone, and from those for something else', async () => {
		const kinds = [
			TEXT2VIDEO,
			'/v1/videos/motion-control',
			'/v1/videos/omni-video',
			'/v1/images/generations',
		];
		for (const path of kinds) {
			const answer = await caller.post('klingGlobal', path, { model_name: 'kling-v9' });
			expect(answer).toMatchObject({ status: 404, json: { code: 1203 } });
		}
		for (const model_name of ['kling-v1', 'kling-v2-1']) {
			expect(await create({ model_name })).toMatchObject({ status: 400, json: { code: 1201 } });
		}
	});
});

describe('the source of an extension', () => {
	const extend = async (video_id: unknown) =>
		await caller.post('klingGlobal', '/v1/videos/video-extend', { video_id });
	const finish = () => {
		const task = caller.sim.tasks.all().at(-1);
		caller.sim.tasks.finish(task?.id ?? '');
		return task?.resultIds[0];
	};

	it('may be an extension', async () => {
		await create({ model_name: 'kling-v1-6' });
		expect((await extend(finish())).status).toBe(200);
		expect((await extend(finish())).status).toBe(200);
	});

	it('is at most 30 days old', async () => {
		await create({ model_name: 'kling-v1-6' });
		const video = finish();
		caller.clock.advance(30 * 24 * 60 * 60_000);
		expect((await extend(video)).status).toBe(200);
		caller.clock.advance(1000);
		expect((await extend(video)).json.message).toMatch(/30 days/);
	});

	it('is no video made from several images', async () => {
		await caller.post('klingGlobal', '/v1/videos/multi-image2video', {
			model_name: 'kling-v1-6',
			prompt: 'x',
			image_list: [{ image: 'https://example.com/a.png' }],
		});
		expect((await extend(finish())).json.message).toMatch(/not supported for videos of/);
	});
});

describe('lists and queries', () => {
	it('pages, newest first', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 5; index += 1) {
			ids.unshift(String((await create()).data.task_id));
			caller.clock.advance(1);
		}
		const page = async (query: string) => {
			const { json } = await caller.get('klingGlobal', `${TEXT2VIDEO}?${query}`);
			return (json.data as Array<{ task_id: string }> | undefined)?.map((task) => task.task_id);
		};
		expect(await page('pageNum=1&pageSize=2')).toEqual(ids.slice(0, 2));
		expect(await page('pageNum=3&pageSize=2')).toEqual(ids.slice(4));
		expect(await page('pageNum=4&pageSize=2')).toEqual([]);
		expect(await page('')).toEqual(ids);
		expect(await page('pageSize=501')).toBeUndefined();
		expect(await page('pageNum=0')).toBeUndefined();
	});

	it('finds tasks of every kind by up to 20 ids in the new shape', async () => {
		const video = String((await create({ external_task_id: 'v' })).data.task_id);
		const image = String(
			(
				await caller.post('klingGlobal', '/v1/images/generations', {
					model_name: 'kling-v3',
					prompt: 'x',
				})
			).data.task_id,
		);
		caller.clock.advance(20_000);
		const found = await caller.get('klingGlobal', `/tasks?task_ids=${video},${image},123`);
		expect(found.json.data).toMatchObject([
			{
				id: video,
				status: 'succeeded',
				external_id: 'v',
				outputs: [{ type: 'video', duration: '5.1' }],
			},
			{ id: image, status: 'succeeded', outputs: [{ type: 'image' }] },
		]);
		expect((await caller.get('klingGlobal', '/tasks?external_task_ids=v')).json.data).toMatchObject(
			[{ id: video }],
		);
		const many = Array.from({ length: 21 }, (_, index) => index).join(',');
		expect(await caller.get('klingGlobal', `/tasks?task_ids=${many}`)).toMatchObject({
			status: 400,
			json: { code: 1201 },
		});
		expect((await caller.get('klingGlobal', '/tasks')).status).toBe(400);
	});

	it('searches with filters and a cursor', async () => {
		for (let index = 0; index < 3; index += 1) await create();
		caller.clock.advance(20_000);
		await create();
		const search = async (body: unknown) => (await caller.post('klingGlobal', '/tasks', body)).data;
		const first = await search({ limit: 2, filters: [{ key: 'status', values: ['succeeded'] }] });
		expect(first).toMatchObject({ count: 2, has_more: true });
		const rest = await search({
			limit: 2,
			cursor: first.next_cursor,
			filters: [{ key: 'status', values: ['succeeded'] }],
		});
		expect(rest).toMatchObject({ count: 1, has_more: false });
	});

	it('tells the resource packs, if asked for a time', async () => {
		await create();
		const costs = await caller.get('klingGlobal', '/account/costs?start_time=0&end_time=1');
		expect(costs.data.resource_pack_subscribe_infos).toMatchObject([
			{ total_quantity: 1_000_000, remaining_quantity: 999_998, status: 'online' },
			{ resource_pack_type: 'decreasing_total' },
		]);
		for (const query of ['', '?start_time=5&end_time=4']) {
			caller.clock.advance(1_000);
			expect((await caller.get('klingGlobal', `/account/costs${query}`)).status).toBe(400);
		}
	});

	it.each([
		['DELETE', TEXT2VIDEO],
		['POST', `${TEXT2VIDEO}/1`],
		['GET', '/v2/anything'],
		['POST', '/v1/account/costs'],
	])('does not know %s %s', async (method, path) => {
		const { baseUrl, apiKey } = caller.sim.services.klingGlobal;
		const response = await fetch(baseUrl + path, {
			method,
			headers: { authorization: `Bearer ${apiKey}` },
		});
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ code: 1202 });
	});
});
