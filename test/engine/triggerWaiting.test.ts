/** A repeat waits for the call before it, but not for ever. */
import { useSimulator } from './support';
import type * as VirtualTime from './virtualTime';
import { foreignId, latch, post, started, startTrigger, TAKES_ANY_CALL } from './trigger';

// Its time is up at once; that of a body, which is shorter, is not.
jest.mock('../../nodes/shared/n8n/clock', () => {
	const virtual = jest.requireActual<typeof VirtualTime>('./virtualTime');
	return {
		...virtual,
		alarm: async (ms: number, signal: AbortSignal) =>
			ms >= 20_000 || (await virtual.alarm(ms, signal)),
	};
});

const world = useSimulator();

it('a repeat is asked to call again when n8n takes too long with the first', async () => {
	const host = await startTrigger(world.simulator, TAKES_ANY_CALL);
	const call = { task_id: foreignId(1), task_status: 'succeed' };
	const [reached, stored] = [latch(), latch()];
	host.storing = async () => {
		reached.open();
		await stored.opened;
	};
	const first = post(host, host.url, call);
	await reached.opened;
	const repeat = await fetch(host.url, { method: 'POST', body: JSON.stringify(call) });
	expect(repeat.status).toBe(503);
	stored.open();
	expect((await first).status).toBe(200);
	expect((await post(host, host.url, call)).status).toBe(200);
	expect(started(host)).toHaveLength(1);
});
