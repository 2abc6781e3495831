/**
 * Runs a program that is not written for Node within our process group, so that tied.mjs ends it
 * together with this process. The one argument is JSON: `{program, args, user?: {uid, gid}}`.
 */
import { spawn } from 'node:child_process';

const { program, args, user } = JSON.parse(process.argv[2]);
const child = spawn(program, args, { ...user, stdio: ['ignore', 'inherit', 'inherit'] });

// The whole group is asked to end, and the program takes its time: wait for it.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
child.once('error', (error) => {
	console.error(error.message);
	process.exitCode = 1;
});
child.once('exit', (code) => process.exit(code ?? 1));
