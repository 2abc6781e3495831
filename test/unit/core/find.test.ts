/** A task by its External Task ID: who names another task has not found it, who names a struck one has. */
import { KlingError } from '../../../nodes/shared/core/errors';
import type { Task } from '../../../nodes/shared/core/task';
import { findByExternalId } from '../../../nodes/shared/tasks/find';
import type { Sender } from '../../../nodes/shared/tasks/sender';
import { provider } from './support';

const NAME = 'kling-relay-order-7';

const named = (externalTaskId?: string): Task => ({
	id: '860',
	externalTaskId,
	kind: 'text2video',
	status: 'processing',
	message: '',
	results: [],
	raw: null,
});

async function find(answer: Task | KlingError): Promise<Task | undefined> {
	const read = async () =>
		await (answer instanceof KlingError ? Promise.reject(answer) : Promise.resolve(answer));
	const sender = { provider: provider('relay'), read } as unknown as Sender;
	return await findByExternalId(sender, { id: NAME, kind: 'text2video' });
}

it.each([
	['the very name', named(NAME)],
	// The key of the account is kling-relay.
	['a name whose secret was struck out', named('*****-order-7')],
])('%s is found', async (_what, answer) => {
	expect(await find(answer)).toMatchObject({ id: '860' });
});

it.each([
	['another name', named('order-8')],
	['no name', named()],
	['the answer that there is none', new KlingError('notFound', 'unknown', {})],
])('%s is not', async (_what, answer) => {
	expect(await find(answer)).toBeUndefined();
});

it('a service that cannot be asked is no answer', async () => {
	await expect(find(new KlingError('unreachable', 'broken', {}))).rejects.toThrow('broken');
});
