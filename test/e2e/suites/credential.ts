import { anyFreePort, readCredential, saveCredential } from '../lib';
import { CREDENTIAL_TYPE, type Setting, tryCredential, type World } from '../world';

/** The access key is a name, as its JWT tells it to everybody who sees one. */
const SECRETS = ['apiKey', 'secretKey'];

/** The same credential with other values, under whatever name the service's field for them has. */
function changed(
	{ data }: Setting,
	change: { secret?: string; baseUrl?: string },
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(data).map(([field, value]) => {
			if (change.secret !== undefined && (field === 'apiKey' || field === 'secretKey'))
				return [field, change.secret];
			if (change.baseUrl !== undefined && field.endsWith('BaseUrl')) return [field, change.baseUrl];
			return [field, value];
		}),
	);
}

export function credentialSuite(world: () => World, titles: readonly string[]): void {
	const settingOf = (title: string) => world().settings.find((setting) => setting.title === title)!;

	describe('the test of the credential', () => {
		afterEach(() => {
			expect(world().simulator.ledger.charges).toEqual([]);
		});

		describe.each(titles)('for %s', (title) => {
			it('accepts a good key', async () => {
				const result = await tryCredential(world(), settingOf(title).data);
				expect(result).toMatchObject({ status: 'OK' });
			});

			it('says that a key is wrong, without showing it', async () => {
				const secret = 'wrong-key-0123456789';
				const { status, message } = await tryCredential(
					world(),
					changed(settingOf(title), { secret }),
				);
				expect(status).toBe('Error');
				expect(message).toMatch(/key/i);
				expect(message).not.toContain(secret);
			});

			it('says that nobody answers at the address', async () => {
				const baseUrl = `http://127.0.0.1:${await anyFreePort()}`;
				const { status, message } = await tryCredential(
					world(),
					changed(settingOf(title), { baseUrl }),
				);
				expect(status).toBe('Error');
				expect(message).toMatch(/reach|connect/i);
				expect(message).toContain(new URL(baseUrl).host);
			});
		});

		it('says that the key may belong to the other region', async () => {
			const { settings, simulator } = world();
			const { data } = settings.find(({ leadsTo }) => leadsTo === 'klingChina')!;
			const { status, message } = await tryCredential(world(), {
				...data,
				apiKey: simulator.services.klingGlobal.apiKey,
			});
			expect(status).toBe('Error');
			expect(message).toMatch(/region|global|china/i);
		});

		it.each(['klingGlobal', 'klingChina'] as const)(
			'says that the balance at %s is empty',
			async (service) => {
				const { settings, simulator } = world();
				const { data } = settings.find(({ leadsTo }) => leadsTo === service)!;
				const empty = simulator.accounts.of(service).find(({ trouble }) => trouble === 1102)!;
				const { status, message } = await tryCredential(world(), { ...data, apiKey: empty.apiKey });
				expect(status).toBe('Error');
				expect(message).toMatch(/balance|used up/i);
			},
		);
	});

	it.each(titles)('hides the secrets of %s from the editor', async (title) => {
		const { rest } = world();
		const { data } = settingOf(title);
		const id = await saveCredential(rest, { name: `Masked ${title}`, type: CREDENTIAL_TYPE, data });
		const shown = JSON.stringify(await readCredential(rest, id));
		for (const secret of SECRETS.map((field) => data[field]).filter(Boolean))
			expect(shown).not.toContain(secret);
	});
}
