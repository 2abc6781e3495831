/** Files of each kind of sound, in and out: what other programs say of them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { wav } from '../../sounds';
import { readBinary, ROOT, type Workflow } from '../lib';
import { NODE_TYPE, runWorkflow, type World } from '../world';

const SAMPLES = join(ROOT, 'test/unit/simulator/sounds');
const HTTP = 'n8n-nodes-base.httpRequest';
const QUICK = { initialDelay: 1, pollInterval: 1 };

const step = (name: string, type: string, typeVersion: number, parameters: object) => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: { ...parameters },
});

/** A chain of nodes, started by hand. */
function chain(...nodes: Array<ReturnType<typeof step>>): Workflow {
	const all = [step('Start', 'n8n-nodes-base.manualTrigger', 1, {}), ...nodes];
	const connections = Object.fromEntries(
		all
			.slice(1)
			.map(({ name: node }, index) => [
				all[index]!.name,
				{ main: [[{ node, type: 'main', index: 0 }]] },
			]),
	);
	return { name: 'Sounds', nodes: all, connections, settings: { executionOrder: 'v1' } };
}

/** The HTTP Request node that fetches a file. */
const fetched = (url: string, outputPropertyName = 'data') =>
	step('Fetch', HTTP, 4.2, {
		url,
		options: { response: { response: { responseFormat: 'file', outputPropertyName } } },
	});

/** Codec and seconds of the first stream of a kind, as ffprobe finds them. */
async function probe(
	bytes: Buffer,
	stream: 'a' | 'v',
): Promise<{ codec: string; seconds: number }> {
	const args = ['-v', 'error', '-select_streams', `${stream}:0`];
	const shown = ['-show_entries', 'stream=codec_name:format=duration', '-of', 'json'];
	// Of a stream without an end, nobody knows the length.
	const folder = mkdtempSync(join(tmpdir(), 'kling-sounds-'));
	try {
		const file = join(folder, 'result');
		writeFileSync(file, bytes);
		const { stdout } = await promisify(execFile)('ffprobe', [...args, ...shown, file]);
		const { streams, format } = JSON.parse(stdout) as {
			streams: Array<{ codec_name: string }>;
			format: { duration?: string };
		};
		return { codec: streams[0]?.codec_name ?? 'none', seconds: Number(format.duration) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const sample = (name: string) => readFileSync(join(SAMPLES, name));
const FILES: Record<string, () => Buffer> = {
	'voice.mp3': () => sample('cbr.mp3'),
	'voice.wav': () => wav(3, { rate: 8000 }),
	'voice.m4a': () => sample('sound.m4a'),
	'voice.aac': () => sample('sound.aac'),
	// What counts is what it is, not what it is called.
	'voice.bin': () => sample('vbr.mp3'),
};

/** Serves the files above on this machine. */
async function serveFiles(): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => {
		const file = FILES[(request.url ?? '').slice(1)];
		response.writeHead(file ? 200 : 404, { 'content-type': 'application/octet-stream' });
		response.end(file?.());
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

export function soundsSuite(world: () => World): void {
	describe('sounds', () => {
		let files: Awaited<ReturnType<typeof serveFiles>>;
		beforeAll(async () => {
			files = await serveFiles();
		});
		afterAll(async () => await files.stop());

		it.each(Object.keys(FILES))('an image speaks %s', async (name) => {
			const { simulator, rest, settings } = world();
			const workflow = chain(
				fetched(`${files.url}/${name}`),
				step('Kling', NODE_TYPE, 1, {
					resource: 'video',
					operation: 'avatar',
					imageSource: 'text',
					image: 'https://simulator.invalid/face.jpg',
					soundSource: 'binary',
					soundBinary: 'data',
					options: QUICK,
				}),
			);
			const execution = await runWorkflow(world(), workflow, settings[0]!);
			expect(execution.error?.message).toBeUndefined();
			const [item] = execution.outputs('Kling')[0] ?? [];
			const sent = simulator.ledger.requests.find(({ method }) => method === 'POST');
			const { sound_file } = JSON.parse(sent?.rawBody ?? '') as { sound_file: string };
			expect(Buffer.from(sound_file, 'base64').equals(FILES[name]!())).toBe(true);
			expect(simulator.ledger.charges).toHaveLength(1);
			const video = await readBinary(rest, item!.binary!.data!);
			expect(await probe(video, 'v')).toMatchObject({ codec: 'h264' });
		});

		it('a text becomes a speech, and the speech an MP3', async () => {
			const { simulator, rest, settings } = world();
			const workflow = chain(
				step('Kling', NODE_TYPE, 1, {
					resource: 'audio',
					operation: 'speech',
					text: 'Hello there, this is a test',
				}),
			);
			const execution = await runWorkflow(world(), workflow, settings[0]!);
			expect(execution.error?.message).toBeUndefined();
			const [item] = execution.outputs('Kling')[0] ?? [];
			expect(simulator.ledger.charges).toHaveLength(1);
			const { codec, seconds } = await probe(await readBinary(rest, item!.binary!.data!), 'a');
			expect(codec).toBe('mp3');
			expect(Math.abs(seconds - Number(item!.json.duration))).toBeLessThan(0.5);
		});

		it('a sound is an MP3, and its WAV can be fetched', async () => {
			const { rest, settings } = world();
			const workflow = chain(
				step('Kling', NODE_TYPE, 1, {
					resource: 'audio',
					operation: 'text-to-audio',
					prompt: 'Rain on a tin roof',
					duration: 3,
					options: QUICK,
				}),
				fetched('={{ $json.wavUrl }}'),
			);
			const execution = await runWorkflow(world(), workflow, settings[0]!);
			expect(execution.error?.message).toBeUndefined();
			const codecOf = async (node: string) => {
				const [item] = execution.outputs(node)[0] ?? [];
				return (await probe(await readBinary(rest, item!.binary!.data!), 'a')).codec;
			};
			expect(await codecOf('Kling')).toBe('mp3');
			expect(await codecOf('Fetch')).toMatch(/^pcm_/);
		});
	});
}
