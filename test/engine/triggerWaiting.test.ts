/** A repeat waits for the call before it, but not for ever. */
import { useSimulator } from './support';
import { post, started, startTrigger } from './trigger';

// Its time is up at once.
jest.mock('../../nodes/shared/n8n/clock', () => ({
	...jest.requireActual<object>('./virtualTime'),
	alarm: async () => await Promise.resolve(true),
}));

const world = useSimulator();

it('a repeat is asked to call again when n8n takes too long with the first', async () => {
	const host = await startTrigger(world.simulator, {
		parameters: { confirm: false, more: { requireToken: false } },
	});
	const call = { task_id: '900000000000000001', task_status: 'succeed' };
	let store = () => {};
	const reached = new Promise<void>((reach) => {
		host.storing = async () => {
			reach();
			await new Promise<void>((resolve) => (store = resolve));
		};
	});
	const first = post(host, host.url, call);
	await reached;
	const repeat = await fetch(host.url, { method: 'POST', body: JSON.stringify(call) });
	expect(repeat.status).toBe(503);
	store();
	expect((await first).status).toBe(200);
	expect((await post(host, host.url, call)).status).toBe(200);
	expect(started(host)).toHaveLength(1);
});
