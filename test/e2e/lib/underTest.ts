import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './paths';

/** An n8n that is installed, with a Node of its own beside it. */
export interface InstalledN8n {
	/** The node_modules that it lies in. */
	modules: string;
	/** Environment variables that this version needs to run at all. */
	settings: Record<string, string>;
}

const installedN8n = z.object({ modules: z.string(), settings: z.record(z.string()) });

/** How somebody who starts these tests names another n8n than that of test/e2e/host: as JSON, in this variable. */
export const VARIABLE = 'N8N_UNDER_TEST';

const named = process.env[VARIABLE];
const installed: InstalledN8n = named
	? installedN8n.parse(JSON.parse(named))
	: { modules: join(ROOT, 'test', 'e2e', 'host', 'node_modules'), settings: {} };

/** The Node that came with n8n's packages: n8n may need another one than this repository does. */
export const N8N_NODE = join(installed.modules, 'node', 'bin', 'node');
export const N8N_BIN = join(installed.modules, 'n8n', 'bin', 'n8n');
export const N8N_SETTINGS = installed.settings;

/** Such as `2.41.1`. */
export function n8nVersion(): string {
	const manifest = readFileSync(join(installed.modules, 'n8n', 'package.json'), 'utf8');
	return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

/** 1 for n8n 1.x. */
export function n8nGeneration(): number {
	return Number(n8nVersion().split('.')[0]);
}
