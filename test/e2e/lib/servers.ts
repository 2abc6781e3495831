import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startProgram } from './ownProcess';
import { anyFreePort } from './ports';

/** A server of our own on 127.0.0.1. */
export interface Server {
	port: number;
	/** Ends it and removes what it stored. */
	stop(): Promise<void>;
}

interface ServerOptions {
	name: string;
	program: string;
	args: (port: number, folder: string) => string[];
	/** What it says when it takes requests. */
	ready: string;
	/** Who runs it and owns its folder; default: who runs us. */
	user?: { uid: number; gid: number };
	/** Fills the folder before the start. */
	prepare?: (folder: string) => Promise<unknown>;
}

/** Starts a server on a free port, with a temporary folder, and waits till it is ready. */
export async function startServer(options: ServerOptions): Promise<Server> {
	const { name, program, args, ready, user, prepare } = options;
	const folder = mkdtempSync(join(tmpdir(), `${name}-e2e-`));
	const ends: Array<() => unknown> = [() => rmSync(folder, { recursive: true, force: true })];
	const stop = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		if (user) chownSync(folder, user.uid, user.gid);
		await prepare?.(folder);
		const port = await anyFreePort();
		const env = { PATH: process.env.PATH, LC_ALL: 'C' };
		const server = startProgram({
			name,
			program,
			args: args(port, folder),
			cwd: folder,
			env,
			user,
		});
		ends.push(() => server.stop());
		await server.line((line) => line.includes(ready));
		return { port, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * Where a program of a Debian package is: in one of these folders, or in the PATH. Throws, with the
 * package to install, when it is nowhere.
 */
export function programAt(name: string, folders: string[], debianPackage: string): string {
	const places = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
	const found = places.map((folder) => join(folder, name)).find((file) => existsSync(file));
	if (!found) throw new Error(`${name} is missing: apt install ${debianPackage}`);
	return found;
}
