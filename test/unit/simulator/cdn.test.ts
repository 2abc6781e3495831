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
