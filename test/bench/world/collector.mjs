/**
 * Preloaded into n8n: on SIGUSR2 it collects garbage and says how much memory is really in use, since
 * otherwise a measurement shows what the garbage collector has not got round to yet.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
	// What n8n starts in its turn is not measured this way, and may be another Node.
	delete process.env.NODE_OPTIONS;
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	let asked = 0;
	process.on('SIGUSR2', () => {
		collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
		asked += 1;
		const memory = JSON.stringify(process.memoryUsage());
		process.stdout.write(`collected ${asked} ${memory}\n`);
	});
}
