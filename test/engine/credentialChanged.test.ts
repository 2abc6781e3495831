/** A credential that is edited while the node runs: what it then refuses to sign was not sent, and is not charged. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { hooks, optionsFor } from './kling';
import type { KlingRun } from './kling';
import { startNode } from './harness';
import { creates, told, useSimulator, words } from './support';

const world = useSimulator();

const ELSEWHERE = { klingGlobalBaseUrl: 'https://other.example.com' };
const NO_SLOT = { match: { method: 'POST' }, action: { kind: 'error', code: 1303 } } as const;

/** Runs the node; at its first pause somebody changes the credential. */
async function runChanging(changes: ICredentialDataDecryptedObject, run: Partial<KlingRun> = {}) {
	const options = optionsFor({ simulator: world.simulator, ...run });
	hooks.onSleep = () => {
		Object.assign(options.credentials?.klingApi ?? {}, changes);
	};
	return await startNode(options);
}

describe('while a task waits for a slot', () => {
	it.each([
		[
			ELSEWHERE,
			'Base URL in the credential is https://other.example.com; the key is sent nowhere else',
		],
		[{ apiKey: '' }, 'API Key in the credential is empty'],
	])('%j: nothing was sent, and nothing is charged', async (changes, message) => {
		const { simulator } = world;
		simulator.faults.add(NO_SLOT);
		const result = await runChanging(changes);
		expect(result.status).toBe('error');
		expect(told(result)).toMatchObject({
			message,
			context: { errorKind: 'invalidInput', retryable: false },
		});
		expect(words(result)).toContain('Open the credential and correct it');
		expect(words(result)).not.toMatch(/charged|could not be reached/);
		expect(creates(simulator)).toHaveLength(1);
		expect(simulator.ledger.charges).toEqual([]);
	});

	it('a try after the credential is mended is not held back', async () => {
		const { simulator } = world;
		// There a task cannot be looked up by an ID of ours, so that only certainty lets Retry send again.
		const options = optionsFor({ simulator, service: 'aceData', retryOnFail: true, maxTries: 2 });
		const { klingApi = {} } = options.credentials ?? {};
		const { apiKey = '' } = klingApi;
		simulator.faults.add(NO_SLOT);
		hooks.onSleep = () => {
			hooks.onSleep = undefined;
			klingApi.apiKey = '';
			// n8n itself pauses between the tries.
			setTimeout(() => (klingApi.apiKey = apiKey), 50);
		};
		options.waitBetweenTries = 200;
		const result = await startNode(options);
		expect(words(result)).toBe(' | ');
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});

it('while a paid task is waited for: the error names the task', async () => {
	const { simulator } = world;
	const result = await runChanging(ELSEWHERE);
	const [charge, ...more] = simulator.ledger.charges;
	expect(result.status).toBe('error');
	expect(words(result)).toContain('the key is sent nowhere else');
	expect(told(result).context).toMatchObject({ taskId: charge?.taskId });
	expect(more).toEqual([]);
});
