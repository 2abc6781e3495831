/** What n8n's log tells the owner of a workflow about calls that were refused, and what it does not. */
import { logged } from './harness';
import { useSimulator } from './support';
import { foreignId, givenAddress, order, post, startTrigger } from './trigger';
import { time } from './virtualTime';

const world = useSimulator();
const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const BODY = { task_id: foreignId(1), task_status: 'succeed', pad: 'what-was-sent' };
const SIGNED = {
	'webhook-signature': 'v1,AAAA',
	'webhook-id': '1',
	'webhook-timestamp': '1',
};

function warnings() {
	return logged.filter((line) => line.startsWith('warn'));
}

it.each([
	['no token', {}, '', {}, 'lacks the secret token', 'the same credential'],
	['a wrong token', {}, '?token=guess', {}, 'not that of the credential', 'the same credential'],
	['no signature', { requireSignature: true }, '', {}, 'not signed', 'Require Signature off'],
	['a wrong signature', {}, '', SIGNED, 'does not fit', 'Compare the Webhook Secret'],
	['a foreign task', { requireToken: false }, '', {}, 'no such task', 'Confirm With API off'],
])('%s is told once a minute, with what to do', async (_t, more, search, headers, why, advice) => {
	const host = await startTrigger(world.simulator, {
		credential: { webhookSecret: SECRET },
		parameters: { more },
	});
	for (let n = 0; n < 20; n += 1) await post(host, host.url + search, BODY, headers);
	expect(host.executions).toEqual([]);
	expect(warnings()).toHaveLength(1);
	const [line = ''] = warnings();
	expect(line).toContain('Kling Trigger of the workflow "Harness"');
	expect(line).toContain(why);
	expect(line).toContain(advice);
	for (const sent of ['guess', 'what-was-sent', BODY.task_id]) expect(line).not.toContain(sent);

	time.advance(60_000);
	await post(host, host.url + search, BODY, headers);
	expect(warnings()).toHaveLength(2);
});

it('every trigger tells for itself, and every reason', async () => {
	const { simulator } = world;
	const [one, other] = [await startTrigger(simulator), await startTrigger(simulator)];
	await post(one, one.url, BODY);
	await post(other, other.url, BODY);
	await post(other, `${other.url}?token=guess`, BODY);
	expect(warnings()).toHaveLength(3);
});

it('a call in order is not told', async () => {
	const { simulator } = world;
	const host = await startTrigger(simulator);
	const id = await order(simulator, host);
	simulator.tasks.finish(id);
	await simulator.settled();
	await post(host, givenAddress(simulator), BODY.task_id === id ? {} : { ...BODY, task_id: id });
	expect(warnings()).toEqual([]);
});
