/** What the tests of the operations share in which somebody speaks. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { OUR_EXTERNAL_ID } from '../support';
import { bodyOf } from './support';
import type { Bench } from './support';

export const TEXT = 'Good day to you, and welcome to the shop';
/** 40 characters at 8 a second and the rest of the last frame, less a moment at the end. */
export const SPOKEN_MS = 4966;
export const CLIP = 'https://files.test/clip-10s.mp4';
/** Nobody answers there, so the length of the sound is not known; the simulator takes it from the name. */
export const SOUND = 'http://127.0.0.1:9/voice-12s.mp3';
/** With it nobody can ask for a lip sync by its name. */
export const NAME = expect.stringMatching(OUR_EXTERNAL_ID) as string;
export const ID = expect.any(String) as string;

export const soundFile = (name: string) => readFileSync(join(__dirname, '../../unit/sounds', name));
export const withSound = (name: string) => [
	{
		json: {},
		binary: { data: { data: soundFile(name).toString('base64'), mimeType: 'audio/mpeg' } },
	},
];

/** A host on the web that hands out these bytes. */
export async function serving(bytes: Buffer): Promise<{ address: string; close: () => void }> {
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	return { address: `http://127.0.0.1:${port}/voice`, close: () => server.close() };
}

export const SPEECH_PATH = '/v1/audio/tts';
export const FACES_PATH = '/v1/videos/identify-face';
export const SYNC_PATH = '/v1/videos/advanced-lip-sync';
export const AVATAR_PATH = '/v1/videos/avatar/image2video';

/** What left for a service, and what was paid. */
export function ledgerOf(bench: Bench) {
	return {
		/** The requests that may be paid for, since `from`. */
		posts: (from = 0) =>
			bench.simulator.ledger.requests
				.filter(({ method, path }) => method === 'POST' && path !== '/kling/tasks')
				.slice(from)
				.map(({ path, rawBody }) => ({ path, body: bodyOf(rawBody) })),
		/** The kinds that were charged, in order. */
		charged: () => bench.simulator.ledger.charges.map(({ kind }) => kind),
	};
}

export const BY_URL: INodeParameters = { videoSource: 'url', videoUrl: CLIP };
export const SPEAKING: INodeParameters = { ...BY_URL, text: TEXT };
export const LIP_SYNC = ['audio/tts', 'videos/identify-face', 'videos/advanced-lip-sync'];
