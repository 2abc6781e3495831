/** A create that is plainly refused: it is sent once, costs nothing, and the error names the cause and what to do about it. */
import type { ServiceName } from '../simulator';
import { runKling } from './kling';
import { creates, told, useSimulator, words } from './support';

const world = useSimulator();

describe('a create that Kling refuses', () => {
	// What is told must name the cause, and what to do about it.
	const REFUSALS: Array<[number, RegExp, RegExp]> = [
		[1000, /did not accept the key/, /global and China accounts are separate/],
		[1001, /received no key/, /Check the key/],
		[1002, /key is not valid/, /Check the key/],
		[1100, /something is wrong with the account/, /console/],
		[1101, /in arrears/, /Pay the open bill/],
		[1102, /balance is used up/, /Buy a resource pack/],
		[1103, /does not let this account use the model/, /Choose another model/],
		[1200, /did not accept the parameters/, /The service says: "Invalid request parameters"/],
		[1201, /did not accept a value/, /The service says: "Invalid parameter value"/],
		[1202, /does not know this call/, /Base URL/],
		[1203, /does not know what was asked for/, /model name/],
		[1300, /refused this by its policy/, /Change the prompt/],
		[1301, /refused the content/, /Nothing was charged/],
		[1304, /does not accept calls from this IP address/, /whitelist/],
	];
	it.each(REFUSALS)('with code %i', async (code, message, advice) => {
		const { simulator } = world;
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'error', code } });
		const result = await runKling({ simulator });
		expect(told(result).message).toMatch(/^Kling \(global\) /);
		expect(told(result).message).toMatch(message);
		expect(told(result).description).toMatch(advice);
		expect(told(result).description).toMatch(
			new RegExp(`Details: code ${code}, HTTP \\d+, request ID `),
		);
		expect(told(result).context).toMatchObject({ serviceCode: code, retryable: false });
		expect(creates(simulator)).toHaveLength(1);
		expect(simulator.ledger.charges).toEqual([]);
	});

	it.each(['klingGlobal', 'klingChina', 'relay', 'openaiHk'] as const)(
		'for its content, at %s',
		async (service) => {
			const { simulator } = world;
			const result = await runKling({ simulator, service, parameters: { prompt: '[refuse]' } });
			expect(words(result)).toMatch(/refused the content of the prompt or a picture/);
			expect(words(result)).toContain('Trigger the content security policy of the platform');
			expect(simulator.ledger.charges).toEqual([]);
		},
	);
});

describe('a create that a reseller refuses', () => {
	const CASES_BY_SERVICE: Array<[ServiceName, string, { apiKey: string }, RegExp]> = [
		[
			'aceData',
			'an unknown key',
			{ apiKey: 'nobodys-key' },
			/Ace Data Cloud does not know this key/,
		],
		[
			'aceData',
			'an empty account',
			{ apiKey: 'sim-ace-empty-key' },
			/balance is used up.*Buy credits/,
		],
		['openaiHk', 'an unknown key', { apiKey: 'nobodys-key' }, /OpenAI-HK did not accept the key/],
		['openaiHk', 'an empty account', { apiKey: 'hk-sim-openaihk-empty-key' }, /balance is used up/],
		[
			'relay',
			'an unknown key',
			{ apiKey: 'nobodys-key' },
			/The relay did not accept the key.*Invalid token/,
		],
		['relay', 'an empty account', { apiKey: 'sim-relay-empty-key' }, /balance is used up/],
		['newApi', 'an unknown key', { apiKey: 'nobodys-key' }, /The relay did not accept the key/],
		[
			'newApi',
			'an empty account',
			{ apiKey: 'sk-sim-newapi-empty-key' },
			/balance is used up.*Buy credits/,
		],
	];
	it.each(CASES_BY_SERVICE)('%s: %s', async (service, _why, credential, says) => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, credential });
		expect(words(result)).toMatch(says);
		expect(creates(simulator)).toHaveLength(1);
		expect(simulator.ledger.charges).toEqual([]);
		expect(JSON.stringify(result.error)).not.toContain(credential.apiKey);
	});

	it('for its content, at Ace Data Cloud', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service: 'aceData',
			parameters: { prompt: '[refuse]' },
		});
		expect(words(result)).toMatch(/Ace Data Cloud refused this.*content/);
		expect(simulator.ledger.charges).toEqual([]);
	});

	it('in the words of Kling behind new-api', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service: 'newApi',
			parameters: { prompt: '[refuse]' },
		});
		expect(words(result)).toContain('Trigger the content security policy of the platform');
		expect(simulator.ledger.charges).toEqual([]);
	});
});
