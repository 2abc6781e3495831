import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import {
	anyFreePort,
	installPackage,
	type OwnProcess,
	type Rest,
	signIn,
	startN8n,
	type Tarball,
} from '../../e2e/lib';
import { LOGIN } from '../../e2e/world';
import type { Ends } from './ends';

/** A new n8n still migrates, indexes and compiles for a while. */
const SETTLE_MS = 15_000;
/** What a collection frees frees more in its turn, after a while: so collected until it makes no difference. */
const BETWEEN_COLLECTIONS_MS = 2000;
const MOST_COLLECTIONS = 10;
const STEADY_BYTES = 1_000_000;

/** In bytes, after a garbage collection, of n8n's main process. */
export interface Memory {
	/** Resident. */
	rss: number;
	/** JavaScript objects. */
	heapUsed: number;
	/** Buffers and what native code holds for objects. */
	external: number;
}

/** One n8n with the packed package, used by nobody but one measurement. */
export interface Host {
	rest: Rest;
	/** Also the id of its process group, the task runner included. */
	pid: number;
	collectGarbage(): Promise<Memory>;
	stop(): Promise<void>;
}

/** Starts an n8n in a new folder, installs the package, and waits until it is at rest. */
export async function startHost(tarball: Tarball, ends: Ends): Promise<Host> {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
	const removeFolder = ends.add(() => rmSync(userFolder, { recursive: true, force: true }));
	let stopN8n: () => Promise<void> = async () => undefined;
	const n8n = await startN8n({
		userFolder,
		port: await anyFreePort(),
		tarball,
		closed: true,
		settings: { NODE_OPTIONS: `--import ${pathToFileURL(join(__dirname, 'collector.mjs')).href}` },
		onStart: (end) => (stopN8n = ends.add(end)),
	});
	const rest = await signIn(n8n.baseUrl, LOGIN);
	await installPackage(rest, tarball);
	await sleep(SETTLE_MS);
	const host: Host = {
		rest,
		pid: n8n.process.pid,
		collectGarbage: collector(n8n.process),
		async stop() {
			await stopN8n();
			await removeFolder();
		},
	};
	await host.collectGarbage();
	return host;
}

const memoryShape = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() });

/** Speaks with collector.mjs. */
function collector(server: OwnProcess): () => Promise<Memory> {
	let asked = 0;
	const collect = async (): Promise<Memory> => {
		asked += 1;
		const start = `collected ${asked} `;
		process.kill(server.pid, 'SIGUSR2');
		const line = await server.line((text) => text.startsWith(start));
		return memoryShape.parse(JSON.parse(line.slice(start.length)));
	};
	return async () => {
		let last = await collect();
		for (let again = 0; again < MOST_COLLECTIONS; again += 1) {
			await sleep(BETWEEN_COLLECTIONS_MS);
			const next = await collect();
			if (Math.abs(next.rss - last.rss) < STEADY_BYTES) return next;
			last = next;
		}
		return last;
	};
}
