import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { N8N_NODE, N8N_BIN, type Tarball } from '../../e2e/lib';
import { number } from './format';

/** In one sentence. */
export function describeMachine({ name, version }: Tarball): string {
	const processors = cpus();
	const model = processors[0]?.model.trim() ?? 'unknown processor';
	const memory = number(totalmem() / 1e9, 0);
	const node = execFileSync(N8N_NODE, ['--version'], { encoding: 'utf8' }).trim();
	const n8n = z
		.object({ version: z.string() })
		.parse(JSON.parse(readFileSync(join(dirname(dirname(N8N_BIN)), 'package.json'), 'utf8')));
	const day = new Date().toISOString().slice(0, 10);
	return `${name} ${version} in n8n ${n8n.version} on Node ${node.slice(1)} (SQLite, regular mode), ${type()} ${release()}, ${processors.length} cores (${model}), ${memory} GB of memory, ${day}.`;
}
