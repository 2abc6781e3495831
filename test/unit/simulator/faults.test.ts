import { startWithClient, GOOD_BODY, TEXT2VIDEO, type Caller } from './support';
import type { FaultAction } from '../../simulator';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient();
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const create = async () => await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY);
const charges = () => caller.sim.ledger.charges.length;

it.each<[string, FaultAction, number, RegExp]>([
	['a status', { kind: 'status', status: 418, body: { tea: 'pot' } }, 418, /^{"tea":"pot"}$/],
	['a code', { kind: 'error', code: 1303 }, 429, /"code":1303/],
	['a web page', { kind: 'html' }, 502, /<html>/],
	['nothing', { kind: 'empty' }, 200, /^$/],
	['garbage', { kind: 'garbage' }, 200, /^{"code":0,"data":{"task_id":$/],
	['wrong types', { kind: 'garbage', body: { code: '0', data: [] } }, 200, /"data":\[\]/],
])('answers with %s and makes nothing, once', async (_name, action, status, text) => {
	caller.sim.faults.add({ action });
	const answer = await create();
	expect(answer.status).toBe(status);
	expect(answer.text).toMatch(text);
	expect(charges()).toBe(0);
	expect((await create()).status).toBe(200);
});

it('drops the connection before anything was made', async () => {
	caller.sim.faults.add({ action: { kind: 'dropBefore' } });
	await expect(create()).rejects.toThrow();
	expect(charges()).toBe(0);
	expect(caller.sim.ledger.requests).toMatchObject([{ status: 0 }]);
});

it('drops the connection after the task was made', async () => {
	caller.sim.faults.add({ action: { kind: 'dropAfter' } });
	await expect(create()).rejects.toThrow();
	expect(charges()).toBe(1);
	expect(caller.sim.ledger.requests[0]).toMatchObject({
		status: 0,
		taskId: caller.sim.tasks.all()[0]?.id,
	});
});

it('answers 5xx after the task was made', async () => {
	caller.sim.faults.add({ action: { kind: 'errorAfter' } });
	expect(await create()).toMatchObject({ status: 500, json: { code: 5000 } });
	expect(charges()).toBe(1);
});

it('delays', async () => {
	caller.sim.faults.add({ action: { kind: 'delay', ms: 60 } });
	const start = Date.now();
	expect((await create()).status).toBe(200);
	expect(Date.now() - start).toBeGreaterThanOrEqual(55);
});

it('speaks the dialect of the service asked', async () => {
	caller.sim.faults.add({
		times: null,
		action: { kind: 'error', code: 1302, retryAfterSeconds: 7 },
	});
	const ace = await caller.post('aceData', '/kling/videos', {});
	expect(ace).toMatchObject({
		status: 429,
		json: { success: false, error: { code: 'too_many_requests' } },
	});
	expect(ace.headers.get('retry-after')).toBe('7');
	expect(await caller.post('newApi', '/kling/v1/videos/text2video', {})).toMatchObject({
		status: 429,
		json: { code: 'fail_to_fetch_task', data: null },
	});
	expect(await caller.post('openaiHk', '/kling/v1/videos/text2video', {})).toMatchObject({
		status: 429,
		json: { code: 1302 },
	});
});

it('happens as often as told, after as many as told, where it was told', async () => {
	const fault = caller.sim.faults.add({
		service: 'klingGlobal',
		match: { method: 'POST', path: /text2video$/ },
		after: 1,
		times: 2,
		action: { kind: 'error', code: 5000 },
	});
	await caller.get('klingGlobal', TEXT2VIDEO);
	await caller.post('klingChina', TEXT2VIDEO, GOOD_BODY);
	const statuses = [];
	for (let index = 0; index < 4; index += 1) statuses.push((await create()).status);
	expect(statuses).toEqual([200, 500, 500, 200]);
	expect(fault.hits).toBe(2);
});

it('can be taken back', async () => {
	const fault = caller.sim.faults.add({ times: Infinity, action: { kind: 'error', code: 5000 } });
	expect((await create()).status).toBe(500);
	fault.remove();
	expect((await create()).status).toBe(200);
});
