/** What n8n makes of the package before a workflow runs. */
import { z } from 'zod';
import { anyFreePort, nodeTypes, type Rest, saveCredential, testCredential } from '../../e2e/lib';
import { CREDENTIAL_TYPE, NODE_TYPE, type Setting, TRIGGER_TYPE } from '../../e2e/world';
import { type Account, type Check, TITLE, type Under } from '../check';

const TOOL_TYPE = `${NODE_TYPE}Tool`;

const at = async ({ environments }: Under, account: Account) =>
	await environments.acquire(TITLE[account]);

async function press(rest: Rest, { title }: Setting, data: Record<string, string>) {
	const credential = { name: `Tested: ${title}`, type: CREDENTIAL_TYPE, data };
	const id = await saveCredential(rest, credential);
	return await testCredential(rest, { ...credential, id });
}

/** The same data with another secret, or another address. */
function changed(data: Record<string, string>, fields: RegExp, value: string) {
	return Object.fromEntries(
		Object.entries(data).map(([name, old]) => [name, fields.test(name) ? value : old]),
	);
}

/** A good key is accepted; a wrong one, and an address where nobody is, are told in words. */
const credentialTest = (account: Account): Check => ({
	name: `Credential, Test: good key, wrong key, nobody there · ${account}`,
	async run(under) {
		const { setting, simulator } = await at(under, account);
		const { rest } = under.host;
		expect(await press(rest, setting, setting.data)).toMatchObject({ status: 'OK' });

		const wrong = await press(rest, setting, changed(setting.data, /^(apiKey|secretKey)$/, 'no'));
		expect(wrong).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/key/i) as string,
		});

		const nowhere = `127.0.0.1:${await anyFreePort()}`;
		const lost = await press(rest, setting, changed(setting.data, /BaseUrl$/, `http://${nowhere}`));
		expect(lost).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(nowhere) as string,
		});
		expect(simulator.ledger.charges).toEqual([]);
	},
});

const models = z.object({ results: z.array(z.object({ name: z.string(), value: z.string() })) });

export const packageChecks: Check[] = [
	{
		name: 'Package loads: two nodes, tool, credential, icons',
		async run({ host: { rest } }) {
			const types = await nodeTypes(rest);
			for (const name of [NODE_TYPE, TRIGGER_TYPE, TOOL_TYPE]) {
				const found = types.find((type) => type.name === name);
				expect(found).toBeDefined();
				for (const icon of [found!.icons!.light, found!.icons!.dark]) {
					const response = await rest.fetch('GET', `/${icon}`);
					expect(response.headers.get('content-type')).toContain('image/svg');
					await response.arrayBuffer();
				}
			}
			const credentials = await (await rest.fetch('GET', '/types/credentials.json')).text();
			expect(credentials).toContain(`"${CREDENTIAL_TYPE}"`);
		},
	},
	...(['official', 'official, key pair', 'Ace Data Cloud'] as const).map(credentialTest),
	{
		name: 'Model list, by the service of the credential',
		async run(under) {
			const environment = await at(under, 'official');
			const credentials = { [CREDENTIAL_TYPE]: await environment.ownCredential() };
			const { results } = await under.host.rest.post(
				'/dynamic-node-parameters/resource-locator-results',
				{
					path: 'model',
					methodName: 'searchModels',
					nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
					currentNodeParameters: { resource: 'video', operation: 'text2video' },
					credentials,
				},
				models,
			);
			expect(results[0]).toMatchObject({ name: expect.stringMatching(/^Default: /) as string });
			const values = results.map(({ value }) => value);
			expect(values).toEqual(expect.arrayContaining(['kling-v3', 'kling-v2-5-turbo']));
		},
	},
];
