/** Calls that a service answers at once: those that cost money are sent once, all others are retried. */
import type { Provider } from '../../../nodes/shared/providers';
import { createClient } from '../../../nodes/shared/tasks/client';
import { answer, provider } from './support';
import { OFFICIAL_ERROR, PACKS } from './samples';

const PERIOD = { start: 0, end: 1 };
const PACK_CALL = provider('klingGlobal').calls.resourcePacks!;

/** A client of a service whose call answers with these one after another; a text is a broken connection. */
function clientOf(paid: boolean, answers: Array<{ body: object; status: number } | string>) {
	const calls: Provider['calls'] = { resourcePacks: { ...PACK_CALL, paid } };
	const sent: string[] = [];
	const client = createClient({
		provider: { ...provider('klingGlobal'), calls },
		transport: async ({ path }) => {
			sent.push(path);
			const next = answers[sent.length - 1] ?? 'nothing more';
			if (typeof next === 'string') throw new Error(next);
			return await Promise.resolve(answer(next.body, next.status));
		},
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
	});
	return { client, sent };
}

const fine = { body: PACKS, status: 200 };
const broken = { body: { code: 5000, message: 'oops' }, status: 500 };
const refused = { body: OFFICIAL_ERROR, status: 400 };

it('a call that costs nothing is sent again after trouble', async () => {
	const { client, sent } = clientOf(false, [broken, broken, fine]);
	expect(await client.call('resourcePacks', PERIOD)).toHaveLength(1);
	expect(sent).toHaveLength(3);
});

it('a call that costs money gives its result', async () => {
	const { client, sent } = clientOf(true, [fine]);
	expect(await client.call('resourcePacks', PERIOD)).toHaveLength(1);
	expect(sent).toHaveLength(1);
});

it.each([
	['an error of the service', broken],
	['a broken connection', 'cut'],
])('a call that costs money is not sent again after %s, and says so', async (_what, first) => {
	const { client, sent } = clientOf(true, [first, fine]);
	await expect(client.call('resourcePacks', PERIOD)).rejects.toMatchObject({
		details: {
			maybeCreated: true,
			retryable: false,
			advice: expect.stringContaining('may have charged') as string,
		},
	});
	expect(sent).toHaveLength(1);
});

it('a call that costs money and was certainly refused says only that', async () => {
	const { client, sent } = clientOf(true, [refused, fine]);
	await expect(client.call('resourcePacks', PERIOD)).rejects.toMatchObject({
		details: { maybeCreated: false, code: 1201 },
	});
	expect(sent).toHaveLength(1);
});

it('a call that the service does not have is refused before anything is sent', async () => {
	const relay = createClient({
		provider: provider('relay'),
		transport: async () => await Promise.reject(new Error('not to be sent')),
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
	});
	await expect(relay.call('resourcePacks', PERIOD)).rejects.toMatchObject({ kind: 'notOffered' });
});
