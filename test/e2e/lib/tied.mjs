/**
 * Preloaded into every server we start: when the starter is gone (even by kill -9), the pipe on
 * stdin closes, and the server ends with everything it started itself. Otherwise a crashed test run
 * would leave an n8n behind that holds its port and its database.
 */
import { isMainThread } from 'node:worker_threads';

const GRACE_MS = 8000;

function endGroup(signal) {
	try {
		process.kill(-process.pid, signal);
	} catch {
		process.kill(process.pid, signal);
	}
}

// Worker threads and forked processes of the server are preloaded with this file too.
if (isMainThread && process.env.TIED_TO === String(process.ppid)) {
	process.stdin.once('close', () => {
		endGroup('SIGTERM');
		setTimeout(() => endGroup('SIGKILL'), GRACE_MS).unref();
	});
	process.stdin.resume();
	process.stdin.unref?.();
}
