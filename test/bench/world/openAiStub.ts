/**
 * OpenAI's video API as far as n8n's own node uses it, with tasks that take a given time and with
 * slots as Kling has them. Runs in a process of its own: `node --import tsx openAiStub.ts <task seconds> <slots>`.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The very file that the Kling simulator serves, so that downloads weigh the same. */
const VIDEO = readFileSync(join(__dirname, '..', '..', 'simulator', 'assets', 'video.mp4'));

interface Counts {
	creates: number;
	refused: number;
	looks: number;
	downloads: number;
}

function freshCounts(): Counts {
	return { creates: 0, refused: 0, looks: 0, downloads: 0 };
}

class Videos {
	counts = freshCounts();
	/** When each will be done, in ms since 1970. */
	private readonly ends = new Map<string, number>();

	constructor(
		private readonly taskMs: number,
		private readonly slots: number,
	) {}

	reset(): void {
		this.counts = freshCounts();
		this.ends.clear();
	}

	create(): { status: number; json: object } {
		const running = [...this.ends.values()].filter((end) => end > Date.now()).length;
		if (running >= this.slots) {
			this.counts.refused += 1;
			const message = 'Rate limit reached for videos';
			return { status: 429, json: { error: { message, type: 'rate_limit_error', code: null } } };
		}
		this.counts.creates += 1;
		const id = `video_${this.counts.creates}`;
		this.ends.set(id, Date.now() + this.taskMs);
		return { status: 200, json: this.describe(id) };
	}

	look(id: string): { status: number; json: object } {
		this.counts.looks += 1;
		return { status: 200, json: this.describe(id) };
	}

	isDone(id: string): boolean {
		return (this.ends.get(id) ?? Infinity) <= Date.now();
	}

	private describe(id: string): object {
		const status = this.isDone(id) ? 'completed' : 'in_progress';
		return { id, object: 'video', model: 'sora-2', status, seconds: '4', error: null };
	}
}

function answer(videos: Videos, request: IncomingMessage, response: ServerResponse): void {
	const json = (status: number, body: object) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	const [, id = '', content] = /^\/v1\/videos\/([^/]+)(\/content)?$/.exec(request.url ?? '') ?? [];
	if (request.url === '/counts') json(200, videos.counts);
	else if (request.url === '/reset') {
		videos.reset();
		json(200, {});
	} else if (request.url === '/v1/videos' && request.method === 'POST') {
		const made = videos.create();
		json(made.status, made.json);
	} else if (content && videos.isDone(id)) {
		videos.counts.downloads += 1;
		response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': VIDEO.length });
		response.end(VIDEO);
	} else if (id && !content) {
		const found = videos.look(id);
		json(found.status, found.json);
	} else json(404, { error: { message: `No ${request.method} ${request.url}` } });
}

function main(): void {
	const [taskSeconds = 20, slots = 20] = process.argv.slice(2).map(Number);
	const videos = new Videos(taskSeconds * 1000, slots);
	const server = createServer((request, response) => {
		// The form of a create is not looked at, but has to be read before the answer.
		request.resume().on('end', () => answer(videos, request, response));
	});
	server.listen(0, '127.0.0.1', () => {
		const { port } = server.address() as AddressInfo;
		process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
	});
	process.once('SIGTERM', () => process.exit(0));
}

main();
