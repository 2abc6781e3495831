import { z } from 'zod';
import type { Tarball } from './packageTarball';
import { Rest, RestError } from './rest';

export interface Login {
	email: string;
	password: string;
}

const nothing = z.unknown();
const installedPackages = z.array(
	z.object({
		packageName: z.string(),
		installedVersion: z.string(),
		installedNodes: z.array(z.object({ name: z.string(), type: z.string() })),
		failedLoading: z.boolean().optional(),
	}),
);
export type InstalledPackage = z.infer<typeof installedPackages>[number];

const credentialEntries = z.array(z.object({ id: z.string(), name: z.string(), type: z.string() }));
const testResult = z.object({ status: z.enum(['OK', 'Error']), message: z.string().default('') });
export type TestResult = z.infer<typeof testResult>;

/**
 * Creates the owner on a new n8n, signs in on one that has it. `webhookUrl`: where its webhooks are called, when that is
 * another address.
 */
export async function signIn(baseUrl: string, login: Login, webhookUrl?: string): Promise<Rest> {
	const rest = new Rest(baseUrl, webhookUrl);
	const settings = await rest.get(
		'/settings',
		z.object({ userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }).optional() }),
	);
	if (settings.userManagement?.showSetupOnFirstLoad) {
		await rest.post('/owner/setup', { ...login, firstName: 'Local', lastName: 'Owner' }, nothing);
	} else {
		await rest.post(
			'/login',
			{ emailOrLdapLoginId: login.email, password: login.password },
			nothing,
		);
	}
	return rest;
}

/** What Settings → Community nodes lists. */
export async function communityPackages(rest: Rest): Promise<InstalledPackage[]> {
	return await rest.get('/community-packages', installedPackages);
}

/**
 * Presses Install (or Update) in Settings → Community nodes: n8n fetches the package by `npm pack`,
 * which startN8n lets answer with our tarball, unpacks, loads and registers it.
 */
export async function installPackage(
	rest: Rest,
	{ name, version }: Tarball,
): Promise<InstalledPackage> {
	const found = (await communityPackages(rest)).find(({ packageName }) => packageName === name);
	await rest.call(found ? 'PATCH' : 'POST', '/community-packages', nothing, { name, version });
	const installed = (await communityPackages(rest)).find(({ packageName }) => packageName === name);
	if (!installed || installed.failedLoading) throw new Error(`n8n did not load ${name}`);
	return installed;
}

/** What the editor is given of a stored credential: secrets must be masked. */
export async function readCredential(rest: Rest, id: string): Promise<Record<string, unknown>> {
	const { data } = await rest.get(
		`/credentials/${id}?includeData=true`,
		z.object({ data: z.record(z.unknown()) }),
	);
	return data;
}

/** Creates the credential of that name, or replaces what is in it. Returns its id. */
export async function saveCredential(
	rest: Rest,
	credential: { name: string; type: string; data: Record<string, unknown> },
): Promise<string> {
	const found = (await rest.get('/credentials', credentialEntries)).find(
		({ name }) => name === credential.name,
	);
	const { id } = found
		? await rest.patch(`/credentials/${found.id}`, credential, z.object({ id: z.string() }))
		: await rest.post('/credentials', credential, z.object({ id: z.string() }));
	return id;
}

/** Presses Test in the credential's window. */
export async function testCredential(
	rest: Rest,
	credential: { id: string; name: string; type: string; data: Record<string, unknown> },
): Promise<TestResult> {
	return await rest.post('/credentials/test', { credentials: credential }, testResult);
}

export interface NodeType {
	name: string;
	displayName: string;
	aliases: string[];
	/** Path below n8n's address, for each theme. */
	icons: { light: string; dark: string } | undefined;
}

const nodeTypeEntry = z.object({
	name: z.string(),
	displayName: z.string(),
	version: z.union([z.number(), z.array(z.number())]),
	codex: z.object({ alias: z.array(z.string()).optional() }).optional(),
	iconUrl: z.object({ light: z.string(), dark: z.string() }).optional().catch(undefined),
});

/** What the editor loads; a node of several classes has an entry for each. */
async function nodeTypeEntries(rest: Rest): Promise<Array<z.infer<typeof nodeTypeEntry>>> {
	const response = await rest.fetch('GET', '/types/nodes.json');
	if (!response.ok) throw new RestError(response.status, 'n8n does not list its node types');
	return z.array(nodeTypeEntry).parse(await response.json());
}

/** The node types the editor's node panel knows. */
export async function nodeTypes(rest: Rest): Promise<NodeType[]> {
	return (await nodeTypeEntries(rest)).map(({ name, displayName, codex, iconUrl }) => ({
		name,
		displayName,
		aliases: codex?.alias ?? [],
		icons: iconUrl,
	}));
}

/** The newest version of each node, by its full name. */
export async function newestVersions(rest: Rest): Promise<Map<string, number>> {
	const newest = new Map<string, number>();
	for (const { name, version } of await nodeTypeEntries(rest)) {
		newest.set(name, Math.max(newest.get(name) ?? 0, ...[version].flat()));
	}
	return newest;
}
