import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..', '..');
export const LIB = __dirname;
const HOST_MODULES = join(ROOT, 'test', 'e2e', 'host', 'node_modules');

/** The Node that came with the host's packages: n8n needs a newer one than this repository does. */
export const HOST_NODE = join(HOST_MODULES, 'node', 'bin', 'node');
export const N8N_BIN = join(HOST_MODULES, 'n8n', 'bin', 'n8n');
export const CACHE = join(ROOT, '.cache');
