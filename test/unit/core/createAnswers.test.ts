/** A create that is answered, but not with a task: whether one may have been made, and what is known of it. */
import { createClient } from '../../../nodes/shared/tasks/client';
import { KlingError } from '../../../nodes/shared/core/errors';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Service } from '../../../nodes/shared/providers';
import { answer, provider } from './support';

const fox = parseRequest({ kind: 'text2video', model_name: 'kling-v2-6', prompt: 'a fox' });

/** What the create throws that gets this answer. It is sent once. */
async function refusedCreate(service: Service, body: unknown, status: number): Promise<KlingError> {
	let sent = 0;
	const client = createClient({
		provider: provider(service),
		transport: async () => {
			sent += 1;
			return await Promise.resolve(answer(body, status));
		},
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
	});
	const thrown: unknown = await client.create(fox).catch((error: unknown) => error);
	expect(sent).toBe(1);
	if (thrown instanceof KlingError) return thrown;
	throw new Error('The create did not fail');
}

/** The task may exist, so the create must not be queued and sent again. */
function expectMaybeCreated({ details }: KlingError): void {
	expect(details.maybeCreated).toBe(true);
	expect(details.busy ?? false).toBe(false);
}

describe('a server’s own failure', () => {
	const kling = (code: number) => ({ code, message: 'x', request_id: 'r' });
	it.each([
		[500, kling(1303)],
		[500, kling(1302)],
		[500, kling(1102)],
		[500, kling(1004)],
		[502, kling(1301)],
		[408, kling(1303)],
		[408, { message: 'x' }],
		[500, { success: false, error: { code: 'too_many_requests', message: 'x' } }],
		[500, { success: false, error: { code: 'used_up', message: 'x' } }],
		[408, { success: false, error: { code: 'bad_request', message: 'x' } }],
	])('(HTTP %i, %j) may have made a task, and does not queue', async (status, body) => {
		for (const service of ['klingGlobal', 'openaiHk', 'relay', 'aceData'] as const)
			expectMaybeCreated(await refusedCreate(service, body, status));
	});

	it('may stand behind HTTP 303, which hides an answer of its own', async () => {
		expect((await refusedCreate('klingGlobal', '', 303)).details.maybeCreated).toBe(true);
		expect((await refusedCreate('klingGlobal', '', 307)).details.maybeCreated).toBe(false);
	});
});

describe('a refused create', () => {
	it.each([
		['klingGlobal', { code: 1201, message: 'Parent task not found', request_id: 'r' }, 400],
		['relay', { code: 'task_not_exist', message: 'task not found', data: null }, 400],
		['aceData', { success: false, error: { code: 'bad_request', message: 'task not found' } }, 400],
		['klingGlobal', { code: 1203, message: 'The model was not found' }, 404],
	] as const)('at %s with %j is not taken for an unknown task', async (service, body, status) => {
		const error = await refusedCreate(service, body, status);
		expect(error.kind).toBe('refused');
		expect(error.message).not.toContain('does not know this task');
		expect(error.details.maybeCreated).toBe(false);
	});

	const digits = '814237883686625347';
	it.each([
		['klingGlobal', { code: 1, message: 'x', data: { task_id: digits } }, 200, digits],
		// More digits than JavaScript can count to.
		['klingGlobal', `{"code":1,"message":"x","data":{"task_id":${digits}}}`, 200, digits],
		['relay', { code: 9, message: 'x', task_id: 'task_1' }, 200, 'task_1'],
		['relay', { code: 1303, message: 'x', task_id: 'task_1' }, 429, 'task_1'],
	] as const)('at %s keeps the ID of the task in %j', async (service, body, status, taskId) => {
		const error = await refusedCreate(service, body, status);
		expect(error.details.taskId).toBe(taskId);
		expectMaybeCreated(error);
	});
});
