/** How each service says no, and what becomes of it. */
import * as codec from '../../../nodes/shared/providers/codec';
import type { KlingError } from '../../../nodes/shared/core/errors';
import type { Service } from '../../../nodes/shared/providers';
import * as samples from './samples';
import { answer, errorOf, provider } from './support';

/** What is read from this answer to a create. */
function refusedCreate(service: Service, body: unknown, status = 200): KlingError {
	return errorOf(() =>
		codec.readCreated(provider(service), { kind: 'text2video' }, answer(body, status)),
	);
}

describe('a refusal', () => {
	it.each([
		['klingGlobal', samples.OFFICIAL_ERROR, 400, 1201, 'model_name is invalid'],
		['klingGlobal', { code: '1102', message: 'no balance' }, 429, 1102, 'no balance'],
		['aceData', samples.ACE_ERROR, 403, 'used_up', 'Your balance is used up'],
		['aceData', { success: false, error: 'fetch failed' }, 500, undefined, 'fetch failed'],
		['aceData', { code: 'disabled', detail: 'off' }, 400, 'disabled', 'off'],
		[
			'relay',
			{ code: 'insufficient_user_quota', message: 'poor', data: null },
			403,
			'insufficient_user_quota',
			'poor',
		],
		['relay', samples.OPENAI_ERROR, 401, '', 'Invalid token'],
	] as const)('of %s: %j', (service, body, status, code, serviceMessage) => {
		const error = refusedCreate(service, body, status);
		expect(error.kind).toBe('refused');
		expect(error.details).toMatchObject({ httpStatus: status, serviceMessage });
		expect(error.details.code).toBe(code);
	});

	it('comes with HTTP 200 and a code, too', () => {
		const error = refusedCreate('klingGlobal', { code: 1301, message: 'no' });
		expect(error).toMatchObject({ kind: 'refused', details: { code: 1301, maybeCreated: false } });
	});

	it.each([
		[1102, 429, false],
		[1303, 429, true],
		[1301, 400, false],
	])('of Kling (%i), handed on as text by new-api, is told from others', (code, status, busy) => {
		const message = JSON.stringify({ code, message: 'said by Kling', request_id: 'r-1' });
		const body = { code: 'fail_to_fetch_task', message, data: null };
		const error = refusedCreate('relay', body, status);
		expect(error.details).toMatchObject({
			code,
			serviceMessage: 'said by Kling',
			requestId: 'r-1',
		});
		expect(error.details.busy ?? false).toBe(busy);
		expect(error.details.maybeCreated).toBe(false);
	});

	it('of an unknown code tells that the service reported it', () => {
		const error = refusedCreate('klingGlobal', { code: 4711, message: 'odd' });
		expect(error.message).toBe('Kling (global) reported a failure');
		expect(error.details).toMatchObject({ code: 4711, serviceMessage: 'odd', maybeCreated: true });
	});

	it.each([
		['klingGlobal', { code: 1201, message: 'Task not found by id/external id: 1' }, 400],
		['relay', samples.NEW_API_ERROR, 400],
		[
			'aceData',
			{ success: false, error: { code: 'not_found', message: 'Task 1-2 not found' } },
			404,
		],
		['aceData', {}, 200],
		['relay', { error: { message: '任务不存在' } }, 400],
		['relay', { code: 'get_task_failed', message: 'record not found' }, 500],
	] as const)('of a task that %s does not know', (service, body, status) => {
		const read = () =>
			codec.readTask(provider(service), { id: '1-2', kind: 'text2video' }, answer(body, status));
		expect(errorOf(read).kind).toBe('notFound');
	});

	it.each([
		['12', 12_000],
		['0', 0],
		['-5', 0],
		['Sat, 21 Nov 2026 08:00:30 GMT', 30_000],
		['soon', undefined],
		['', undefined],
	])('that asks to come back after %j', (header, expected) => {
		const headers = { 'retry-after': header, date: 'Sat, 21 Nov 2026 08:00:00 GMT' };
		const error = errorOf(() =>
			codec.readCreated(
				provider('klingGlobal'),
				{ kind: 'text2video' },
				answer({ code: 1302 }, 429, headers),
			),
		);
		expect(error.details.retryAfterMs).toBe(expected);
		expect(error.details.busy).toBe(true);
	});

	it('asks for no pause with a date when it does not say what time it has', () => {
		const headers = { 'retry-after': 'Sat, 21 Nov 2026 08:00:30 GMT' };
		const error = errorOf(() =>
			codec.readCreated(
				provider('klingGlobal'),
				{ kind: 'text2video' },
				answer({ code: 1302 }, 429, headers),
			),
		);
		expect(error.details.retryAfterMs).toBeUndefined();
	});

	it('asks for a pause in a web page, too', () => {
		const page = answer('<html>Slow down</html>', 429, { 'retry-after': '120' });
		const error = errorOf(() =>
			codec.readCreated(provider('klingGlobal'), { kind: 'text2video' }, page),
		);
		expect(error.details).toMatchObject({ retryAfterMs: 120_000, busy: true });
	});

	it('quotes at most 300 characters of a page of words', () => {
		const error = refusedCreate('klingGlobal', { code: 1200, message: 'x'.repeat(5000) });
		expect(error.details.serviceMessage).toHaveLength(300);
	});
});
