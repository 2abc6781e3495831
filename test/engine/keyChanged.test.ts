/** Between two tries somebody changes the key or the address that is called: the orders stay the same ones. */
import type { INodeParameters } from 'n8n-workflow';

import { retriable } from './again';
import { runKling } from './kling';
import { answered, creates, MAYBE_PAID, meet, useSimulator, words } from './support';

const world = useSimulator();
const TRIGGER = 'http://127.0.0.1:5678/webhook/3f0c1d5e-1111-4222-8333-123456789abc/kling';
const REVOKED = answered(401, { code: 1002, message: 'revoked', request_id: 'r' });
const NEW_KEY = 'sim-a-new-key-of-it';
/** With the address of a Kling Trigger, which carries a token made of the key. */
const CALLED: INodeParameters = { waitMode: 'none', options: { callbackUrl: TRIGGER } };

const paid = () => world.simulator.ledger.charges.map(({ taskId }) => taskId);

describe('a new key of the same account, and calls to a Kling Trigger', () => {
	it('does not send an unclear order again, at Ace Data Cloud', async () => {
		const { simulator } = world;
		meet(simulator, 'aceData', { kind: 'dropAfter' });
		const failed = await runKling({ simulator, service: 'aceData', parameters: CALLED });
		simulator.accounts.main('aceData').apiKey = NEW_KEY;
		const again = await runKling({
			simulator,
			service: 'aceData',
			parameters: CALLED,
			mode: 'retry',
			continueFrom: retriable(failed),
			credential: { apiKey: NEW_KEY },
		});
		expect(words(again)).toContain('Not sent again');
		expect(paid()).toHaveLength(1);
	});

	it.each([
		['another API key', { apiKey: NEW_KEY }],
		['a key pair', { authentication: 'accessKey' }],
	])('goes on with the tasks that were made, with %s', async (_how, credential) => {
		const { simulator } = world;
		const order = {
			simulator,
			items: [{ p: 'a' }, { p: 'b' }],
			parameters: { ...CALLED, prompt: '={{ $json.p }}' },
		};
		simulator.faults.add({ match: { method: 'POST' }, after: 1, action: REVOKED });
		const failed = await runKling(order);
		const [first] = paid();
		simulator.accounts.main('klingGlobal').apiKey = NEW_KEY;
		const again = await runKling({
			...order,
			mode: 'retry',
			continueFrom: retriable(failed),
			credential,
		});
		expect(again.json.map(({ taskId }) => taskId)).toEqual(paid());
		expect(paid()).toEqual([first, expect.any(String)]);
	});
});

it.each(['aceData', 'klingGlobal'] as const)(
	'an address that changes with the execution does not make another order, at %s',
	async (service) => {
		const { simulator } = world;
		const parameters = {
			waitMode: 'none',
			options: { callbackUrl: '={{ $execution.resumeUrl }}' },
		};
		meet(simulator, service, { kind: 'dropAfter' });
		const unanswered = simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'html' },
		});
		const failed = await runKling({ simulator, service, parameters });
		unanswered.remove();
		const order = { simulator, service, parameters, mode: 'retry' as const };
		await runKling({ ...order, continueFrom: retriable(failed) });
		expect(paid()).toHaveLength(1);
	},
);

describe('the key of another account, after an unclear order', () => {
	async function twoTries(credential: { apiKey: string }, more: { callbackToken?: string } = {}) {
		const { simulator } = world;
		const parameters: INodeParameters = { waitMode: 'none' };
		meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
		simulator.faults.add({ match: { method: 'GET' }, times: 3, action: { kind: 'html' } });
		const failed = await runKling({ simulator, parameters, credential: more });
		const order = { simulator, parameters, mode: 'retry' as const };
		const continueFrom = retriable(failed);
		const second = await runKling({
			...order,
			continueFrom,
			credential: { ...credential, ...more },
		});
		return { order, second };
	}

	it.each([
		['', {}],
		['with a Callback Token of one’s own', { callbackToken: 'my-own-callback-token-12345' }],
	])('proves nothing by not knowing the task %s', async (_how, more) => {
		const other = world.simulator.accounts.byName('global-empty')!;
		Object.assign(other, { trouble: undefined, balance: 1000 });
		const { order, second } = await twoTries({ apiKey: other.apiKey }, more);
		expect(words(second)).toContain('Not sent again');
		expect(words(second)).toContain(MAYBE_PAID);
		expect(words(second)).toContain('with the key that the credential had then');
		expect(paid()).toHaveLength(1);

		// With the first key again, it is found.
		const third = await runKling({
			...order,
			continueFrom: retriable(second),
			credential: more,
		});
		expect(third.json.map(({ taskId }) => taskId)).toEqual(paid());
		expect(creates(world.simulator)).toHaveLength(1);
	});
});
