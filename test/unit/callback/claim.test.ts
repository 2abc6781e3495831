/** What services post to a callback address, as documented, and what is none of it. */
import fc from 'fast-check';

import { readClaim } from '../../../nodes/KlingTrigger/request/claim';
import { Rejection } from '../../../nodes/KlingTrigger/request/rejection';
import { ALL_PROVIDERS } from '../../../nodes/shared/providers';
import type { Service } from '../../../nodes/shared/providers';
import type { Claim } from '../../../nodes/shared/core/task';
import { OFFICIAL_DONE, OFFICIAL_FAILED, UNIFIED_DONE } from '../core/samples';
import { provider } from '../core/support';

const VIDEO = 'https://cdn.example.com/result.mp4';
const ACE_ID = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';

const ACE_DONE = {
	success: true,
	video_id: '842566592663294013',
	video_url: VIDEO,
	duration: '5.066',
	state: 'succeed',
	task_id: ACE_ID,
};

/** As it is inferred from their other failures. */
const ACE_FAILED = {
	success: false,
	error: { code: 'api_error', message: 'risk control' },
	task_id: ACE_ID,
	trace_id: 't-1',
};

function read(service: Service, body: unknown): Claim {
	const task = readClaim(provider(service), Buffer.from(JSON.stringify(body)), []);
	if (task instanceof Rejection) throw new Error(task.message);
	return task;
}

const DONE = {
	id: '814237883686625347',
	status: 'succeed',
	externalTaskId: 'order-1',
	unitsDeducted: '2',
};

const LEGACY: Service[] = ['klingGlobal', 'klingChina', 'openaiHk', 'relay'];

describe.each(LEGACY)('at %s', (service) => {
	it('the bare legacy record', () => {
		const body = OFFICIAL_DONE.data;
		expect(read(service, body)).toMatchObject({
			...DONE,
			results: [{ type: 'video', id: 'v1', url: VIDEO, duration: 5.1 }],
			createdAt: 1725977783786,
			updatedAt: 1725978074639,
			raw: body,
		});
	});

	it('the record of the new standard', () => {
		const [done, failed] = UNIFIED_DONE.data;
		expect(read(service, done)).toMatchObject({
			...DONE,
			results: [{ type: 'video', id: 'v1', url: VIDEO }],
			raw: done,
		});
		expect(read(service, failed)).toMatchObject({ status: 'failed', message: 'risk control' });
	});

	it('the record in the envelope of an answer', () => {
		expect(read(service, OFFICIAL_DONE)).toMatchObject({ ...DONE, raw: OFFICIAL_DONE });
		expect(read(service, OFFICIAL_FAILED)).toMatchObject({
			status: 'failed',
			message: 'Failure to pass the risk control system',
		});
	});

	it.each(['canceled', 'expired', '失败'])('a task that ended otherwise: %s', (task_status) => {
		const body = { task_id: '814237883686625347', task_status, error: { message: 'too late' } };
		expect(read(service, body)).toMatchObject({ status: 'failed', message: 'too late' });
	});

	it.each(['submitted', 'processing'] as const)('a task that is %s', (status) => {
		const body = { task_id: '814237883686625347', task_status: status, task_info: {} };
		expect(read(service, body)).toMatchObject({ status, results: [] });
	});

	it('one of the two results is null', () => {
		const task_result = { images: [{ index: 0, url: VIDEO }], videos: null };
		const body = { task_id: 'Cl6Mq2bftxoAAAAAAA_SxQ', task_status: 'succeed', task_result };
		expect(read(service, body)).toMatchObject({
			results: [{ type: 'image', index: 0, url: VIDEO }],
		});
	});
});

it('at official Kling: the test of the console', () => {
	const body = {
		id: '814237883686625347',
		status: 'submitted',
		message: '',
		create_time: 1781080778802,
		update_time: 1781080778802,
		external_id: 'test-1',
		outputs: [],
		billing: [],
	};
	expect(read('klingGlobal', body)).toMatchObject({
		status: 'submitted',
		externalTaskId: 'test-1',
	});
});

describe.each(LEGACY)('in an envelope of its own, at %s', (service) => {
	const record = OFFICIAL_DONE.data;

	it.each([
		['with a status word', { status: 'success', code: 200, data: record }],
		['with a number as status', { status: 200, data: record }],
		['with an id and a status word', { id: 'evt_1', status: 'success', data: record }],
		['as the only one of a list', { code: 0, data: [record] }],
		['as the only one of a list, with a status word', { status: 'success', data: [record] }],
		['of the new standard', { id: 'evt_1', status: 'success', data: UNIFIED_DONE.data[0] }],
	])('the record %s', (_title, body) => {
		const claim = read(service, body);
		expect(claim).toMatchObject({
			...DONE,
			results: [{ type: 'video', id: 'v1', url: VIDEO }],
			raw: body,
		});
		expect(claim.statusUnknown).toBeUndefined();
	});
});

describe('of two records, one in the other', () => {
	it.each([
		{ task_id: 'task_abc', status: 'SUCCESS', data: OFFICIAL_DONE.data },
		{ task_id: 'task_abc', status: 'SUCCESS', data: [OFFICIAL_DONE.data] },
		{ id: 'task_abc', task_status: 'succeed', data: OFFICIAL_DONE.data },
		{ id: 'task_abc', status: 'succeeded', outputs: [], data: OFFICIAL_DONE.data },
		{ task_id: 'task_xyz', data: { task_id: 'task_abc', status: 'SUCCESS' } },
	])('the one that tells a status counts, and the outer one of two: %j', (body) => {
		expect(read('relay', body)).toMatchObject({ id: 'task_abc', status: 'succeed' });
	});
});

describe('a status that we do not know', () => {
	const CLAIM = { id: '814237883686625347', status: 'processing', statusUnknown: true };

	it.each([
		{ task_id: CLAIM.id, task_status: 99 },
		{ task_id: CLAIM.id, task_status: 'finished' },
		{ task_id: CLAIM.id, task_status: null },
		{ task_id: CLAIM.id },
		{ id: CLAIM.id, status: 3 },
		{ id: CLAIM.id, status: 'DONE' },
		{ data: { task_id: CLAIM.id } },
		{ data: { id: CLAIM.id, status: 'DONE' } },
		{ status: 'success', data: { task_id: CLAIM.id, task_status: 99 } },
	])('is no reason to refuse a call that names a task: %j', (body) => {
		for (const service of LEGACY) expect(read(service, body)).toMatchObject(CLAIM);
	});

	it.each([
		{ task_id: ACE_ID },
		{ task_id: ACE_ID, state: 'finished' },
		{ task_id: ACE_ID, success: true, state: 99 },
	])('is none at Ace Data Cloud either: %j', (body) => {
		expect(read('aceData', body)).toMatchObject({ ...CLAIM, id: ACE_ID });
	});

	it.each<[Service, object]>([
		['relay', { task_id: '1', task_status: 'finished', task_result: { videos: [{ url: VIDEO }] } }],
		['relay', { task_id: '1', video_url: VIDEO }],
		['aceData', { task_id: '1', video_url: VIDEO }],
		['aceData', { task_id: '1', state: 'finished', video_url: VIDEO }],
	])('is a success with a link, which is still to be confirmed: %s %j', (service, body) => {
		expect(read(service, body)).toMatchObject({
			status: 'succeed',
			statusUnknown: true,
			results: [{ type: 'video', url: VIDEO }],
		});
	});

	it.each([
		'processing',
		'IN_PROGRESS',
		'running',
		'submitted',
		'queued',
		'NOT_START',
		'SUCCESS',
		'canceled',
	])('is not %s', (word) => {
		const body = { task_id: '1', task_status: word, state: word };
		for (const service of ALL_PROVIDERS) {
			const claim = readClaim(service, Buffer.from(JSON.stringify(body)), []);
			expect(claim).not.toHaveProperty('statusUnknown');
		}
	});
});

it('a byte order mark before the body does no harm', () => {
	const text = `\uFEFF${JSON.stringify(OFFICIAL_DONE.data)}`;
	expect(readClaim(provider('klingGlobal'), Buffer.from(text), [])).toMatchObject(DONE);
});

describe('at a relay of the new-api kind', () => {
	it('its own wrapping', () => {
		const body = {
			code: 'success',
			message: '',
			data: {
				task_id: 'task_abc',
				status: 'SUCCESS',
				progress: '100%',
				fail_reason: '',
				result_url: VIDEO,
				data: OFFICIAL_DONE,
			},
		};
		expect(read('relay', body)).toMatchObject({
			id: 'task_abc',
			status: 'succeed',
			results: [{ type: 'video', id: 'v1', url: VIDEO }],
		});
	});
});

describe('at Ace Data Cloud', () => {
	it('a success', () => {
		expect(read('aceData', ACE_DONE)).toEqual({
			id: ACE_ID,
			status: 'succeed',
			message: '',
			results: [{ type: 'video', id: '842566592663294013', url: VIDEO, duration: 5.066 }],
			raw: ACE_DONE,
		});
	});

	it.each([
		[ACE_FAILED, 'risk control'],
		[{ ...ACE_FAILED, error: 'risk control' }, 'risk control'],
		[{ task_id: ACE_ID, state: 'failed' }, ''],
		[{ task_id: ACE_ID, state: 'cancelled', message: 'by you' }, 'by you'],
	])('a failure: %j', (body, message) => {
		expect(read('aceData', body)).toMatchObject({ id: ACE_ID, status: 'failed', message });
	});
});

describe('what is no callback', () => {
	const NOT_ONE: unknown[] = [
		{},
		[],
		null,
		'text',
		7,
		{ id: '1' },
		{ status: 'active' },
		{ id: {}, status: 'succeed' },
		{ code: 0, data: [] },
		{ data: [{ task_id: '1' }, { task_id: '2' }] },
		{ data: { id: '1' } },
		{ success: true, video_url: VIDEO },
		{ task_id: 'x'.repeat(201), task_status: 'succeed', success: true },
	];

	it.each(ALL_PROVIDERS.map(({ label }) => label))('is refused with 400 at %s', (label) => {
		const service = ALL_PROVIDERS.find((one) => one.label === label)!;
		for (const body of NOT_ONE) {
			expect(readClaim(service, Buffer.from(JSON.stringify(body)), [])).toMatchObject({
				status: 400,
			});
		}
		for (const text of ['', '{', '<html>', '\u0000', '\uFEFF']) {
			expect(readClaim(service, Buffer.from(text), [])).toMatchObject({ status: 400 });
		}
	});

	it('never throws, whatever comes', () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom(...ALL_PROVIDERS), (text, service) => {
				const claim = readClaim(service, Buffer.from(text), []);
				if (claim instanceof Rejection) expect(claim.status).toBe(400);
				else expect(claim.id).toMatch(/^[\w.:-]{1,200}$/);
			}),
		);
	});

	const PLACES: unknown[] = [
		'.',
		'..',
		'',
		' ',
		':',
		'-',
		'\ud800',
		'a/b',
		'../account',
		'a\\b',
		'a?b',
		'a#b',
		'a%2fb',
		'a,b',
		'a b',
		'a\nb',
		'é',
		-1.5,
		'x'.repeat(201),
	];

	it.each(PLACES)('names no task but another place: %j', (id) => {
		for (const service of ALL_PROVIDERS) {
			const body = { task_id: id, task_status: 'succeed', success: true };
			expect(readClaim(service, Buffer.from(JSON.stringify(body)), [])).toMatchObject({
				status: 400,
			});
		}
	});
});
