import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWithClient, type Caller, type Reply } from './support';

export const LINK = 'https://example.com/a.png';
export const SAMPLE = readFileSync(join(__dirname, '../../simulator/assets/image.png'));

/** Enough of a PNG for its size to be read. */
export function png(width: number, height: number): string {
	const bytes = Buffer.from(SAMPLE.subarray(0, 64));
	bytes.writeUInt32BE(width, 16);
	bytes.writeUInt32BE(height, 20);
	return bytes.toString('base64');
}

export function jpeg(width: number, height: number): string {
	const frame = Buffer.from('ffc000110800000000030122000211010311010000', 'hex');
	frame.writeUInt16BE(height, 5);
	frame.writeUInt16BE(width, 7);
	return Buffer.concat([Buffer.from('ffd8ffe000040000', 'hex'), frame]).toString('base64');
}

/** A create at the official service, at a legacy path or (with `/`) any other: what is sent, and `ok` or the message it is refused with. */
export type Case = [name: string, kind: string, body: unknown, message: RegExp | 'ok'];

export const t2v = { model_name: 'kling-v2-6', prompt: 'a cat' };
export const v3 = { model_name: 'kling-v3', prompt: 'a cat' };
export const i2v = { model_name: 'kling-v2-6', image: LINK };
export const camera = (config: Record<string, unknown>) => ({
	camera_control: { type: 'simple', config },
});
export const omni = { model_name: 'kling-v3-omni', prompt: 'x', aspect_ratio: '16:9' };
export const motion = {
	model_name: 'kling-v3',
	image_url: LINK,
	video_url: 'https://example.com/a.mp4',
	character_orientation: 'image',
	mode: 'std',
};
export const images = { model_name: 'kling-v3', prompt: 'x' };
export const shots = (...durations: unknown[]) => ({
	multi_shot: true,
	shot_type: 'customize',
	multi_prompt: durations.map((duration, index) => ({
		index: index + 1,
		prompt: 'shot',
		duration,
	})),
});

/** A simulator with room for every case, ended when the file is done. */
export function useOfficialService(): {
	caller: () => Caller;
	post: (kind: string, body: unknown) => Promise<Reply>;
} {
	let caller: Caller;
	beforeAll(async () => {
		caller = await startWithClient({ slots: 1000 });
	});
	afterEach(() => caller.sim.reset());
	afterAll(async () => await caller.sim.stop());
	return {
		caller: () => caller,
		post: async (kind, body) =>
			await caller.post('klingGlobal', kind.startsWith('/') ? kind : `/v1/${kind}`, body),
	};
}

/** Each case is a test; what is refused must not be charged. */
export function runCases(cases: Case[]): void {
	const { caller, post } = useOfficialService();
	it.each(cases)('%s', async (_name, kind, body, message) => {
		const answer = await post(kind, body);
		const { charges } = caller().sim.ledger;
		if (message === 'ok') {
			expect(answer.text).toContain('SUCCEED');
			expect(charges).toHaveLength(1);
		} else {
			expect(answer.status).toBe(400);
			expect(answer.json.message).toMatch(message);
			expect(charges).toHaveLength(0);
		}
	});
}
