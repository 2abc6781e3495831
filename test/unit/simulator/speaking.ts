import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '../../simulator';
import { mp3File, wavFile } from '../../simulator/media';
import { GOOD_BODY, startWithClient, TEXT2VIDEO, type Caller, type Reply } from './support';

export const DAY_MS = 24 * 60 * 60 * 1000;
export const TTS = '/v1/audio/tts';
export const FACES = '/v1/videos/identify-face';
export const ADVANCED = '/v1/videos/advanced-lip-sync';
/** 16 characters at 8 a second: 2 s. */
export const HELLO = { text: 'Good day to you.', voice_id: 'AOT', voice_language: 'en' };

export const soundSample = (name: string) => readFileSync(join(__dirname, 'sounds', name));
export const wav = (seconds: number) => wavFile('test', seconds).bytes().toString('base64');
export const mp3 = (seconds: number) => mp3File('test', seconds).bytes().toString('base64');

/** A simulator for the tests of a file, and what they ask of it at global Kling unless told otherwise. */
export function useSpeakingService(): {
	caller: () => Caller;
	post: (path: string, body: unknown, service?: ServiceName) => Promise<Reply>;
	get: (path: string, service?: ServiceName) => Promise<Reply>;
	audioId: (more?: object) => Promise<string>;
	sessionId: (more?: object) => Promise<string>;
	videoId: (more?: object) => Promise<string>;
} {
	let caller: Caller;
	beforeAll(async () => {
		caller = await startWithClient({ slots: 1000 });
	});
	afterEach(() => caller.sim.reset());
	afterAll(async () => await caller.sim.stop());
	const post = async (path: string, body: unknown, service: ServiceName = 'klingGlobal') =>
		await caller.post(service, path, body);
	return {
		caller: () => caller,
		post,
		get: async (path, service = 'klingGlobal') => await caller.get(service, path),
		audioId: async (more = {}) => firstOf(await post(TTS, { ...HELLO, ...more }), 'audios').id,
		sessionId: async (more = {}) => {
			const body = { video_url: 'https://example.com/a-10s.mp4', ...more };
			return String((await post(FACES, body)).data.session_id);
		},
		videoId: async (more = {}) => {
			const { data } = await post(TEXT2VIDEO, { ...GOOD_BODY, ...more });
			caller.sim.tasks.finish(String(data.task_id));
			const told = await caller.get('klingGlobal', `${TEXT2VIDEO}/${String(data.task_id)}`);
			return firstOf(told, 'videos').id;
		},
	};
}

/** The first result of an answer. */
export function firstOf({ data }: Reply, name: string): Record<string, string> & { id: string } {
	const result = data.task_result as Record<string, Array<Record<string, string>>> | undefined;
	const [first] = result?.[name] ?? [];
	if (!first?.id) throw new Error(`No ${name} in ${JSON.stringify(data)}`);
	return { ...first, id: first.id };
}
