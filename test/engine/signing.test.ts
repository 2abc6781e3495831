/** Access key and secret key: signed anew for every request. */
import { VirtualClock } from '../simulator';
import type { Simulator } from '../simulator';
import { runKling, simulate, time } from './kling';
import { creates, expectNoKeys, useSimulator, words } from './support';

const world = useSimulator();
const credential = { authentication: 'accessKey', apiKey: '' };

it('outlives the half hour that one signature is good for', async () => {
	const { simulator } = world;
	simulator.settings.taskSeconds = 3000;
	const result = await runKling({
		simulator,
		credential,
		parameters: { options: { timeout: 60, pollInterval: 120 } },
	});
	expect(result.json).toMatchObject([{ status: 'succeed' }]);
	const tokens = simulator.ledger.requests.map(({ headers }) => headers.authorization);
	expect(tokens.length).toBeGreaterThan(20);
	expect(new Set(tokens).size).toBe(tokens.length);
	expectNoKeys(simulator, result);
});

describe('a request that is called too early or too late', () => {
	it.each([1003, 1004])('is signed anew once (%i)', async (code) => {
		const { simulator } = world;
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'error', code } });
		const result = await runKling({ simulator, credential });
		expect(result.status).toBe('success');
		expect(creates(simulator)).toHaveLength(2);
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});

describe('a clock that is wrong', () => {
	let skewed: Simulator | undefined;
	afterEach(async () => await skewed?.stop());

	it.each([
		['ahead', -10, /token is not valid yet.*clock of the n8n machine runs ahead.*NTP/],
		['behind', 40, /token has expired.*clock of the n8n machine runs behind.*NTP/],
	])('%s of the service by minutes is named as the cause', async (_way, minutes, says) => {
		skewed = await simulate({ clock: new VirtualClock(time.now() + minutes * 60_000) });
		const result = await runKling({ simulator: skewed, credential });
		expect(words(result)).toMatch(says);
		expect(creates(skewed)).toHaveLength(2);
		expect(skewed.ledger.charges).toEqual([]);
	});
});
