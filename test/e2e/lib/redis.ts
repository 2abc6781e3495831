import { programAt, type Server, startServer } from './servers';

/** Starts a Redis server that keeps nothing. Throws if Redis is not installed. */
export async function startRedis(): Promise<Server> {
	return await startServer({
		name: 'redis',
		program: programAt('redis-server', [], 'redis-server'),
		args: (port) => [
			...['--bind', '127.0.0.1', '--port', String(port)],
			...['--save', '', '--appendonly', 'no'],
		],
		ready: 'Ready to accept connections',
	});
}
