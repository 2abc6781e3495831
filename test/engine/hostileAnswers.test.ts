/** Answers that are malicious, and not only wrong: the run ends in time, names the task, pays once and keeps its head. */
import type { ServerResponse } from 'node:http';

import { CREATED, hostileRelay } from './hostileRelay';
import { runKling } from './kling';
import { told, useSimulator, words } from './support';

const world = useSimulator();

async function run(credential: object, parameters = {}) {
	return await runKling({
		simulator: world.simulator,
		service: 'relay',
		credential: credential as { relayBaseUrl: string },
		parameters: { download: false, options: { timeout: 1 }, ...parameters },
	});
}

/** The relay makes task 77, and answers every look so. */
async function lookedAt(reply: (response: ServerResponse) => void, parameters = {}) {
	const { seen, credential } = await hostileRelay((response, isCreate) => {
		if (isCreate) response.end(JSON.stringify(CREATED));
		else reply(response);
	});
	const result = await run(credential, parameters);
	expect(seen.creates).toBe(1);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(JSON.stringify(result.json).length).toBeLessThan(50_000);
	expect(words(result).length).toBeLessThan(5_000);
	return { result, seen };
}

const LINK = 'https://cdn.example.com/v.mp4';
const DONE = `"task_status":"succeed","task_result":{"videos":[{"id":"v1","url":"${LINK}","duration":"5"}]}`;

describe('an answer that leads nowhere ends at the Time-Out, with the task', () => {
	it.each<[string, string | Buffer]>([
		['nested 200,000 deep', `{"code":0,"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
		['objects nested as deep', `${'{"data":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
		['110,000 long integers', `{"code":0,"data":[${'12345678901234567890,'.repeat(110_000)}1]}`],
		['200,000 lists', `{"code":0,"data":[${'[],'.repeat(200_000)}1]}`],
		['200,000 records of others', `{"code":0,"data":[${'{"id":"1"},'.repeat(200_000)}1]}`],
		['bytes that are no text', Buffer.from('7b22636f6465223a302cff00fe', 'hex')],
		['NUL', '{"code":0,"data":"\u0000"}'],
	])('%s', async (_what, text) => {
		const { result } = await lookedAt((response) => response.end(text));
		expect(told(result).context).toMatchObject({ taskId: '77' });
	});

	it('headers of 5 MB', async () => {
		const { result } = await lookedAt((response) => {
			response.setHeader('x-long', 'a'.repeat(5_000_000));
			response.end('{}');
		});
		expect(told(result).context).toMatchObject({ taskId: '77', errorKind: 'timedOut' });
	});

	it('a thousand preliminary answers before the last one', async () => {
		const { result } = await lookedAt((response) => {
			for (let n = 0; n < 1000; n += 1) response.writeProcessing();
			response.end(`{"code":0,"data":{"task_id":"77",${DONE}}}`);
		});
		expect(result.json).toMatchObject([{ taskId: '77', videoUrl: LINK }]);
	});

	it('the wish to be asked again in 30 years', async () => {
		const { result, seen } = await lookedAt((response) => {
			response.writeHead(429, { 'retry-after': '1000000000' });
			response.end('{"code":1302,"message":"too fast"}');
		});
		expect(told(result).context).toMatchObject({ taskId: '77', errorKind: 'timedOut' });
		expect(seen.looks.length).toBeLessThanOrEqual(2);
	});
});

describe('an answer that says more than it should is read for what it says', () => {
	it.each([
		[
			'keys that reach for prototypes',
			'"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}',
		],
		['keys that come twice', '"task_status":"failed","task_id":"78","task_id":"77"'],
		['times without end', '"created_at":1e400,"updated_at":-1e400'],
		['times beyond all calendars', '"created_at":99999999999999999999,"updated_at":"1e300"'],
		['numbers where words are', '"task_status_msg":12345678901234567890'],
		['an id that is another', '"id":"../../account/costs?x=y#z"'],
	])('%s', async (_what, more) => {
		const text = `{"code":0,"data":{"task_id":"77",${more},${DONE}},${more.replace(/"task_.*/, '"x":1')}}`;
		for (const simplify of [true, false]) {
			const { result } = await lookedAt((response) => response.end(text), {
				options: { timeout: 1, simplify },
			});
			expect(result.error).toBeUndefined();
			if (simplify) {
				expect(result.json).toMatchObject([
					{ taskId: '77', status: 'succeed', videoUrl: LINK, videoId: 'v1' },
				]);
			}
		}
	});

	it('bytes that are no text, within a reason', async () => {
		const { result } = await lookedAt((response) => {
			response.write(
				'{"code":0,"data":{"task_id":"77","task_status":"failed","task_status_msg":"a',
			);
			response.write(Buffer.from('fffe80', 'hex'));
			response.end('b"}}');
		});
		expect(told(result)).toMatchObject({ context: { taskId: '77', errorKind: 'taskFailed' } });
	});
});

describe('a task whose ID is hostile', () => {
	it.each(['../../account/costs', 'a?b=c', 'a#b', 'a%2f..%2fb', '\u202e77'])(
		'is asked for at its own path: %j',
		async (id) => {
			const { seen, credential } = await hostileRelay((response, isCreate) => {
				if (!isCreate) return void response.end(`{"code":0,"data":{${DONE}}}`);
				response.end(JSON.stringify({ ...CREATED, data: { ...CREATED.data, task_id: id } }));
			});
			const result = await run(credential);
			expect(result.json).toMatchObject([{ taskId: id, status: 'succeed' }]);
			const path = `/kling/v1/videos/text2video/${encodeURIComponent(id)}`;
			expect(seen.looks).toEqual([path]);
		},
	);

	it.each([
		['.', '.'],
		['..', '..'],
		['5,000 characters', '7'.repeat(5000)],
		['two lines', 'a\nb'],
		['a header', 'a\r\nX: y'],
	])('of a kind that nobody can ask for may have been paid for: %s', async (_what, id) => {
		const { seen, credential } = await hostileRelay((response) => {
			response.end(JSON.stringify({ ...CREATED, data: { ...CREATED.data, task_id: id } }));
		});
		const result = await run(credential);
		expect(words(result)).toMatch(/may have been (made|paid)/);
		expect(seen.creates).toBe(1);
		expect(seen.looks.every((path) => path.split('/').length === 6)).toBe(true);
	});
});

it('a task of two hundred files is delivered with all of them, each by a name of its own', async () => {
	const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64)]);
	const { seen, credential } = await hostileRelay((response, isCreate, { url, headers }) => {
		if (isCreate) return void response.end(JSON.stringify(CREATED));
		if (url?.startsWith('/file/')) {
			response.setHeader('content-disposition', 'attachment; filename="../../../etc/passwd"');
			return void response.end(png);
		}
		const images = Array.from({ length: 200 }, (_, index) => ({
			index,
			url: `http://${headers.host}/file/${index}`,
		}));
		const data = { task_id: '77', task_status: 'succeed', task_result: { images } };
		response.end(JSON.stringify({ code: 0, data }));
	});
	const result = await run(credential, {
		resource: 'image',
		operation: 'image-generation',
		download: true,
	});
	const files = Object.values(result.output[0]?.binary ?? {});
	expect(files.map(({ fileName }) => fileName)).toEqual(
		Array.from({ length: 200 }, (_, index) => `kling-77-${index + 1}.png`),
	);
	expect(seen.creates).toBe(1);
});
