import { mp3File, wavFile, type FileSource } from '../../simulator/media';
import { GOOD_BODY, startWithClient, TEXT2VIDEO, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient();
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

interface Result {
	videos?: Array<{ url: string; watermark_url?: string }>;
	images?: Array<{ url: string }>;
}

async function finished(
	more: Record<string, unknown> = {},
): Promise<{ id: string; url: string; result: Result }> {
	const { data } = await caller.post('klingGlobal', TEXT2VIDEO, { ...GOOD_BODY, ...more });
	caller.clock.advance(20_000);
	const id = String(data.task_id);
	const result = (await caller.get('klingGlobal', `${TEXT2VIDEO}/${id}`)).data
		.task_result as Result;
	return { id, url: result.videos?.[0]?.url ?? '', result };
}

const download = async (url: string, init?: RequestInit) => {
	const response = await fetch(url, init);
	return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};

it.each([
	[undefined, 200],
	['https://kling.ai/app', 200],
	['https://blog.example.com/', 403],
])('is protected from being linked elsewhere (%s: %i)', async (referer, status) => {
	const { url } = await finished();
	const { response } = await download(url, { headers: referer ? { referer } : {} });
	expect(response.status).toBe(status);
});

it('serves the very bytes that the simulator tells, different for each task', async () => {
	const first = await finished();
	const second = await finished();
	const { response, bytes } = await download(first.url);
	expect(response.headers.get('content-type')).toBe('video/mp4');
	expect(response.headers.get('content-length')).toBe(String(bytes.length));
	expect(bytes.equals(caller.sim.videoBytes(first.id))).toBe(true);
	expect(bytes.equals(caller.sim.videoBytes(second.id))).toBe(false);
	expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
	expect(caller.sim.ledger.downloads).toMatchObject([
		{ taskId: first.id, status: 200, bytes: bytes.length },
	]);
});

it('serves images', async () => {
	const made = await caller.post('klingGlobal', '/v1/images/generations', {
		model_name: 'kling-v3',
		prompt: 'x',
		n: 2,
	});
	caller.clock.advance(20_000);
	const id = String(made.data.task_id);
	const { data } = await caller.get('klingGlobal', `/v1/images/generations/${id}`);
	const [, second] = (data.task_result as Result).images ?? [];
	const { response, bytes } = await download(second?.url ?? '');
	expect(response.headers.get('content-type')).toBe('image/png');
	expect(bytes.equals(caller.sim.imageBytes(id, 1))).toBe(true);
	expect(bytes.equals(caller.sim.imageBytes(id, 0))).toBe(false);
});

describe('sounds', () => {
	const made = async (kind: string, body: object) => {
		const { data } = await caller.post('klingGlobal', `/v1/audio/${kind}`, body);
		caller.clock.advance(20_000);
		const id = String(data.task_id);
		const { data: record } = await caller.get('klingGlobal', `/v1/audio/${kind}/${id}`);
		const unified = await caller.get('klingGlobal', `/tasks?task_ids=${id}`);
		return { id, record, unified: unified.json.data };
	};
	const link = (extension: string) =>
		expect.stringMatching(new RegExp(`/0\\.${extension}\\?`)) as string;
	const id = expect.any(String) as string;

	it('are told in both forms as the documents show them', async () => {
		const { record, unified } = await made('text-to-audio', { prompt: 'x', duration: 5.5 });
		expect(record).not.toHaveProperty('watermark_info');
		expect(record).toMatchObject({ final_unit_deduction: '0.25' });
		const lengths = { duration_mp3: '5.5', duration_wav: '5.5' };
		const audio = { id, url_mp3: link('mp3'), url_wav: link('wav'), ...lengths };
		expect(record.task_result).toEqual({ audios: [audio] });
		const output = { type: 'audio', id, mp3_url: link('mp3'), wav_url: link('wav') };
		expect(unified).toMatchObject([
			{ outputs: [{ ...output, mp3_duration: '5.5', wav_duration: '5.5' }] },
		]);
	});

	it('stand beside the video that has them', async () => {
		const { record, unified } = await made('video-to-audio', {
			video_url: 'https://example.com/a.mp4',
		});
		expect(record.task_result).toMatchObject({
			videos: [{ id, url: link('mp4') }],
			audios: [{ id, url_mp3: link('mp3') }],
		});
		expect(unified).toMatchObject([{ outputs: [{ type: 'video' }, { type: 'audio' }] }]);
	});

	it.each([
		['mp3', 'audio/mpeg', 'ID3'],
		['wav', 'audio/wav', 'RIFF'],
	] as const)('are served as %s', async (format, type, start) => {
		const one = await made('text-to-audio', { prompt: 'x', duration: 3 });
		const two = await made('text-to-audio', { prompt: 'x', duration: 3 });
		const [audio] = (one.record.task_result as { audios: Array<Record<string, string>> }).audios;
		const { response, bytes } = await download(audio?.[`url_${format}`] ?? '');
		expect(response.headers.get('content-type')).toBe(type);
		expect(bytes.toString('latin1', 0, start.length)).toBe(start);
		expect(bytes.equals(caller.sim.audioBytes(one.id, format))).toBe(true);
		expect(bytes.equals(caller.sim.audioBytes(two.id, format))).toBe(false);
	});

	it('last as long as they say', () => {
		// 24 ms and 96 bytes a frame; the tag stands before them.
		expect(soundOf(mp3File('mark', 4.8))).toBe((4.8 / 0.024) * 96);
		const wav = wavFile('mark', 4.5).bytes();
		expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
		expect(wav.readUInt32LE(40)).toBe(4.5 * 8000 * 2);
	});
});

/** Bytes behind the ID3 tag. */
function soundOf(file: FileSource): number {
	const bytes = file.bytes();
	const size = [6, 7, 8, 9].reduce((sum, place) => sum * 128 + (bytes[place] ?? 0), 0);
	return bytes.length - 10 - size;
}

it('serves another file with a watermark', async () => {
	const { result, id } = await finished({ watermark_info: { enabled: true } });
	const { response, bytes } = await download(result.videos?.[0]?.watermark_url ?? '');
	expect(response.status).toBe(200);
	expect(bytes.equals(caller.sim.videoBytes(id))).toBe(false);
});

it('knows HEAD and ranges', async () => {
	const { id, url } = await finished();
	const whole = caller.sim.videoBytes(id);
	const head = await download(url, { method: 'HEAD' });
	expect(head.response.headers.get('content-length')).toBe(String(whole.length));
	expect(head.bytes).toHaveLength(0);
	const part = await download(url, { headers: { range: 'bytes=100-199' } });
	expect(part.response.status).toBe(206);
	expect(part.response.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
	expect(part.bytes.equals(whole.subarray(100, 200))).toBe(true);
	const tail = await download(url, { headers: { range: 'bytes=-50' } });
	expect(tail.bytes.equals(whole.subarray(-50))).toBe(true);
	expect(
		(await download(url, { headers: { range: `bytes=${whole.length}-` } })).response.status,
	).toBe(416);
});

it('refuses links that are old, changed or of nothing', async () => {
	const { url } = await finished();
	expect((await download(url.replace(/sig=./, 'sig=x'))).response.status).toBe(403);
	expect((await download(url.replace(/expires=\d+/, 'expires=99999999999'))).response.status).toBe(
		403,
	);
	expect((await download(`${caller.sim.cdnUrl}/else`)).response.status).toBe(404);
	caller.clock.advance(30 * 24 * 60 * 60 * 1000 + 1000);
	expect((await download(url)).response.status).toBe(403);
});

it('finds out a key that was sent along', async () => {
	const { url } = await finished();
	const { response } = await download(url, { headers: { authorization: 'Bearer sim-global-key' } });
	expect(response.status).toBe(400);
	expect(caller.sim.ledger.leaks).toMatchObject([
		{ authorization: expect.stringMatching(/^Bearer api-key [0-9a-f]{8}$/) as string },
	]);
});

it('can cut off, lie about the type and fail', async () => {
	const { url } = await finished();
	caller.sim.faults.add({ action: { kind: 'cutOff' } });
	await expect(download(url)).rejects.toThrow();
	caller.sim.faults.add({ action: { kind: 'wrongType' } });
	expect((await download(url)).response.headers.get('content-type')).toBe('text/html');
	caller.sim.faults.add({ service: 'cdn', action: { kind: 'status', status: 404 } });
	expect((await download(url)).response.status).toBe(404);
	expect((await download(url)).response.status).toBe(200);
});

it('makes videos of any size', async () => {
	const { url } = await finished();
	const plain = (await download(url)).bytes.length;
	caller.sim.settings.videoPaddingBytes = 3_000_000;
	const { bytes } = await download(url);
	expect(bytes).toHaveLength(plain + 8 + 3_000_000);
	expect(
		(await download(url, { headers: { range: 'bytes=-20' } })).bytes.equals(bytes.subarray(-20)),
	).toBe(true);
});
