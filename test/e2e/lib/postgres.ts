import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programAt, type Server, startServer } from './servers';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/** All in its folder, and quick: a power cut may lose it. */
const SETTINGS = {
	listen_addresses: '127.0.0.1',
	unix_socket_directories: '',
	dynamic_shared_memory_type: 'mmap',
	fsync: 'off',
	synchronous_commit: 'off',
	full_page_writes: 'off',
};

export interface Postgres extends Server {
	/** Needs no password. */
	user: string;
	database: string;
}

/** Starts a PostgreSQL server with an empty database. Throws if PostgreSQL is not installed. */
export async function startPostgres(): Promise<Postgres> {
	const user = unprivileged();
	const owner = 'n8n';
	const server = await startServer({
		name: 'postgres',
		program: postgresProgram('postgres'),
		user,
		prepare: async (folder) => {
			const args = ['-D', join(folder, 'data'), '-U', owner, '-A', 'trust', '-E', 'UTF8'];
			const options = { cwd: folder, ...user };
			await run(postgresProgram('initdb'), [...args, '--locale=C', '--no-sync'], options);
		},
		args: (port, folder) => [
			...['-D', join(folder, 'data'), '-p', String(port)],
			...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		ready: 'ready to accept connections',
	});
	return { ...server, user: owner, database: 'postgres' };
}

/** Debian keeps the programs of each version in a folder that is not in the PATH. */
function postgresProgram(name: string): string {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
	const newestFirst = versions.filter(Number.isFinite).sort((a, b) => b - a);
	const folders = newestFirst.map((version) => join(DEBIAN, String(version), 'bin'));
	return programAt(name, folders, 'postgresql');
}

function unprivileged(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const accounts = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	for (const wanted of UNPRIVILEGED) {
		const [, , uid, gid] = accounts.find(([name]) => name === wanted) ?? [];
		if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
	}
	throw new Error(`PostgreSQL needs one of the users ${UNPRIVILEGED.join(', ')}`);
}
