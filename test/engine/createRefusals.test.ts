/** A create that is plainly refused: it is sent once, costs nothing, and the error names the cause and what to do about it. */
import { meaningOf } from '../../nodes/shared/providers/errorCodes';
import type { ServiceName } from '../simulator';
import { runKling } from './kling';
import {
	answered,
	creates,
	expectNoKeys,
	MAYBE_PAID,
	meet,
	told,
	useSimulator,
	words,
} from './support';

const world = useSimulator();

const POLICY =
	/refused the content of the prompt or a picture.*Trigger the content security policy of the platform/;

describe('a create that Kling refuses', () => {
	// What each code means stands in test/unit/core/errorCodes.test.ts.
	it.each([1000, 1001, 1002, 1100, 1101, 1102, 1103, 1200, 1201, 1202, 1203, 1300, 1301, 1304])(
		'with code %i',
		async (code) => {
			const { simulator } = world;
			simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'error', code } });
			const result = await runKling({ simulator });
			const { what, advice } = meaningOf(code, 400);
			expect(told(result).message).toBe(`Kling (global) ${what}`);
			expect(told(result).description).toContain(advice ?? '');
			expect(told(result).description).toMatch(/The service says: ".+"/);
			expect(told(result).description).toMatch(
				new RegExp(`Details: code ${code}, HTTP \\d+, request ID `),
			);
			expect(told(result).context).toMatchObject({ serviceCode: code, retryable: false });
			expect(creates(simulator)).toHaveLength(1);
			expect(simulator.ledger.charges).toEqual([]);
		},
	);
});

describe('a create that a reseller refuses', () => {
	const unknown = { apiKey: 'nobodys-key' };
	const empty = (apiKey: string) => ({ apiKey });
	const CASES_BY_SERVICE: Array<[ServiceName, { apiKey: string }, RegExp]> = [
		['aceData', unknown, /Ace Data Cloud does not know this key/],
		['aceData', empty('sim-ace-empty-key'), /balance is used up.*Buy credits/],
		['openaiHk', unknown, /OpenAI-HK did not accept the key/],
		['openaiHk', empty('hk-sim-openaihk-empty-key'), /balance is used up/],
		['relay', unknown, /The relay did not accept the key.*Invalid token/],
		['relay', empty('sim-relay-empty-key'), /balance is used up/],
		['newApi', unknown, /The relay did not accept the key/],
		['newApi', empty('sk-sim-newapi-empty-key'), /balance is used up.*Buy credits/],
	];
	it.each(CASES_BY_SERVICE)('%s: %j', async (service, credential, says) => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, credential });
		expect(words(result)).toMatch(says);
		expect(creates(simulator)).toHaveLength(1);
		expect(simulator.ledger.charges).toEqual([]);
		expect(JSON.stringify(result.error)).not.toContain(credential.apiKey);
	});
});

it.each<[ServiceName, RegExp]>([
	['klingGlobal', POLICY],
	['klingChina', POLICY],
	['relay', POLICY],
	['openaiHk', POLICY],
	['aceData', /Ace Data Cloud refused this.*content/],
	['newApi', /Trigger the content security policy of the platform/],
])('a create that is refused for its content, at %s, costs nothing', async (service, says) => {
	const { simulator } = world;
	const result = await runKling({ simulator, service, parameters: { prompt: '[refuse]' } });
	expect(words(result)).toMatch(says);
	expect(creates(simulator)).toHaveLength(1);
	expect(simulator.ledger.charges).toEqual([]);
});

describe('a key that is refused for its time', () => {
	const expired = (code: number) => answered(401, { code, message: 'expired', request_id: 'r' });

	it.each(
		(['klingGlobal', 'klingChina', 'relay', 'openaiHk', 'aceData'] as const).flatMap((service) =>
			[1003, 1004].map((code) => ({ service, code })),
		),
	)('at $service ($code) is not tried again, being no signature', async ({ service, code }) => {
		const { simulator } = world;
		meet(simulator, service, expired(code), null);
		expect((await runKling({ simulator, service })).status).toBe('error');
		expect(creates(simulator)).toHaveLength(1);
	});

	it('at a relay is not tried again either when the credential once held a key pair', async () => {
		const { simulator } = world;
		meet(simulator, 'relay', expired(1004), null);
		const credential = { authentication: 'accessKey' };
		await runKling({ simulator, service: 'relay', credential });
		expect(creates(simulator)).toHaveLength(1);
	});

	const pair = { authentication: 'accessKey', apiKey: '' };
	it.each([1003, 1004])('is signed anew once where there is a key pair (%i)', async (code) => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', expired(code), null);
		const result = await runKling({ simulator, credential: pair });
		expect(result.status).toBe('error');
		expect(creates(simulator)).toHaveLength(2);
		expectNoKeys(simulator, result);
	});

	it('is not signed anew after a failure of the server', async () => {
		const { simulator } = world;
		meet(
			simulator,
			'klingGlobal',
			answered(500, { code: 1004, message: 'x', request_id: 'r' }),
			null,
		);
		const result = await runKling({ simulator, credential: pair });
		expect(words(result)).toContain(MAYBE_PAID);
		// Between the two creates it was asked whether the first has made a task.
		const methods = simulator.ledger.requests.map(({ method }) => method);
		expect(methods).toEqual(['POST', 'GET', 'GET', 'GET', 'POST', 'GET', 'GET', 'GET']);
	});
});
