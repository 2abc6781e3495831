/** Uploads to Ace Data Cloud that fail, and creates without a clear answer behind an upload. */
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { retriable } from '../again';
import { useBinaryMode } from '../harness';
import { binaryData } from '../harness/logsAndFiles';
import { hooks } from '../kling';
import { errorOf, expectNoKeys, words } from '../support';
import { CLIP, PICTURE, type Call } from './support';
import {
	FOX,
	IMAGE_TO_VIDEO,
	itemOf,
	MB,
	motion,
	MP4,
	NOTHING_PAID,
	OWL,
	PATH,
	useUploads,
	VOICE,
} from './uploads';

const { bench, atAce, withToken, uploads, paths, createsAt } = useUploads();

describe('an upload that fails', () => {
	const run = async (more: Call = {}) =>
		await bench.run(
			'image2video',
			atAce({ items: [await itemOf({ data: FOX })], parameters: IMAGE_TO_VIDEO, ...more }),
		);
	const meet = (action: Parameters<typeof bench.simulator.faults.add>[0]['action'], times = 9) =>
		bench.simulator.faults.add({ service: 'aceData', match: { path: PATH }, times, action });

	it.each<[string, () => void, Call, string[], number]>([
		[
			'a wrong token',
			() => undefined,
			{ credential: { platformToken: 'platform-wrong' } },
			['Ace Data Cloud did not accept the Platform Token', 'Invalid token', 'than the API Key'],
			1,
		],
		[
			'too large',
			() => (bench.simulator.settings.largestUploadBytes = 10),
			{},
			['Ace Data Cloud does not take a file of this size', 'Make the file smaller'],
			1,
		],
		[
			'HTTP 500',
			() => meet({ kind: 'status', status: 500, body: { detail: 'Disk is full' } }),
			{},
			['Ace Data Cloud answered with HTTP status 500', 'Disk is full'],
			3,
		],
		[
			'no answer',
			() => meet({ kind: 'dropBefore' }),
			{},
			['Ace Data Cloud could not be reached at http', 'the connection was cut'],
			3,
		],
		[
			'a web page',
			() => meet({ kind: 'garbage', body: '<html><title>Login</title></html>' }),
			{},
			['a web page came instead of data ("Login")'],
			3,
		],
		[
			'an answer without an address',
			() => meet({ kind: 'garbage', body: { file_url: 'file:///etc/passwd' } }),
			{},
			['it holds no address of the file'],
			3,
		],
		[
			'a redirect',
			() => meet({ kind: 'status', status: 302, headers: { location: 'https://example.com' } }),
			{},
			['sent us to another address', 'Set Platform URL in the credential to the final address'],
			1,
		],
	])('%s', async (_what, prepare, { credential, ...more }, says, tries) => {
		prepare();
		const result = await run({ ...more, credential: withToken(credential) });
		expect(result.status).toBe('error');
		for (const part of says) expect(words(result)).toContain(part);
		expect(words(result)).toContain(NOTHING_PAID);
		expect(words(result)).not.toContain('may have been made');
		expect(paths()).toEqual(Array.from({ length: tries }, () => PATH));
		expectNoKeys(bench.simulator, result);
	});

	it('a host that nobody answers at is named', async () => {
		const result = await run({ credential: withToken({ platformUrl: 'http://127.0.0.1:1' }) });
		expect(words(result)).toContain('Ace Data Cloud could not be reached at http://127.0.0.1:1');
		expect(words(result)).toContain('Check Platform URL in the credential');
		expect(words(result)).toContain(NOTHING_PAID);
		expect(paths()).toEqual([]);
	});

	it.each([
		[401, 'did not accept the Platform Token'],
		[413, 'does not take a file of this size'],
	])('is answered %i before all of it was read', async (status, says) => {
		const impatient = createServer((_request, response) => {
			response.writeHead(status, { connection: 'close' }).end('{}');
		});
		await new Promise<void>((ready) => impatient.listen(0, '127.0.0.1', ready));
		const { port } = impatient.address() as AddressInfo;
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemOf({ data: Buffer.concat([MP4, Buffer.alloc(30 * MB)]) })];
		const credential = withToken({ platformUrl: `http://127.0.0.1:${port}` });
		const result = await bench.run('motion-control', atAce({ items, parameters, credential }));
		impatient.closeAllConnections();
		await new Promise((closed) => impatient.close(closed));
		// Which of the two is seen first, is a matter of the network.
		const seen = [says, 'the connection was cut'].filter((one) => words(result).includes(one));
		expect(seen).toHaveLength(1);
		expect(words(result)).toContain(NOTHING_PAID);
		expect(paths()).toEqual([]);
	});

	it.each(['filesystem', 'default'] as const)('has lost its file (%s)', async (mode) => {
		await useBinaryMode(mode);
		const item = await itemOf({ data: MP4 });
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		// The look at the file is over when the first request leaves.
		meet({ kind: 'status', status: 503 }, 1);
		const files = await binaryData();
		hooks.onSleep = () => {
			const [binary] = Object.values(item.binary ?? {});
			if (binary?.id) rmSync(files.getPath(binary.id), { force: true });
		};
		const result = await bench.run('motion-control', atAce({ items: [item], parameters }));
		if (mode === 'default') {
			expect(result.json).toHaveLength(1);
			return;
		}
		expect(words(result)).toContain('The file of the item could not be read');
		expect(words(result)).toContain(NOTHING_PAID);
		expect(createsAt('/kling/motion')).toEqual([]);
	});

	it('is broken off by Stop, and nothing is made', async () => {
		meet({ kind: 'delay', ms: 400 });
		const stop = new AbortController();
		const watch = setInterval(() => paths().length > 0 && stop.abort(), 5);
		const items = [await itemOf({ data: FOX }), await itemOf({ data: OWL })];
		const result = await run({ items, abort: stop.signal });
		expect(result.status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 600));
		clearInterval(watch);
		expect(paths()).toEqual([PATH]);
	});

	it('goes well when it is repeated', async () => {
		meet({ kind: 'status', status: 503 }, 1);
		meet({ kind: 'dropBefore' }, 1);
		const { json } = await run();
		expect(json).toHaveLength(1);
		expect(paths()).toEqual([PATH, PATH, PATH, '/kling/videos']);
	});

	it('waits where the platform is too busy', async () => {
		meet({ kind: 'status', status: 429, headers: { 'retry-after': '5' } }, 4);
		const { json } = await run();
		expect(json).toHaveLength(1);
		expect(createsAt('/kling/videos')).toHaveLength(1);
	});

	it('fails its own item, and leaves the others alone', async () => {
		bench.simulator.settings.largestUploadBytes = FOX.length;
		const items = [
			await itemOf({ data: FOX }),
			await itemOf({ data: png(640, 480, FOX.length + 100) }),
			await itemOf({ data: FOX }),
		];
		const result = await run({ items, onError: 'continueRegularOutput' });
		expect(result.json).toHaveLength(3);
		expect(errorOf(result, 1).message).toContain('does not take a file of this size');
		expect(createsAt('/kling/videos')).toHaveLength(2);
	});

	it('a task that was made before is not made again', async () => {
		const items = [
			await itemOf({ data: FOX }),
			await itemOf({ data: png(640, 480, FOX.length + 100) }),
		];
		bench.simulator.settings.largestUploadBytes = FOX.length;
		const failed = await run({ items });
		expect(failed.status).toBe('error');
		expect(createsAt('/kling/videos')).toHaveLength(1);
		bench.simulator.settings.largestUploadBytes = undefined;
		const again = await run({ items, continueFrom: retriable(failed), mode: 'retry' });
		expect(again.json).toHaveLength(2);
		// The first one is looked up, the second one uploaded and made.
		expect(createsAt('/kling/videos')).toHaveLength(2);
		expect(uploads()).toHaveLength(2);
	});
});

describe('a create without a clear answer', () => {
	const drop = () =>
		bench.simulator.faults.add({
			service: 'aceData',
			match: { path: /^\/kling\/(videos|lip-sync)$/ },
			action: { kind: 'dropAfter' },
		});

	it('is not sent again, though another upload would have another address', async () => {
		drop();
		bench.owe(1);
		const call = atAce({ items: [await itemOf({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.run('image2video', { ...call, retryOnFail: true, maxTries: 2 });
		expect(words(result)).toContain('Not sent again, because the first try ended without a clear');
		expect(paths()).toEqual([PATH, '/kling/videos']);
	});

	it('is not sent again when a token was entered in between', async () => {
		drop();
		bench.owe(1);
		const items = [await itemOf({ data: VOICE })];
		const parameters: INodeParameters = {
			videoSource: 'url',
			videoUrl: CLIP,
			soundSource: 'binary',
			waitMode: 'none',
		};
		const call: Call = { service: 'aceData', items, parameters };
		const failed = await bench.run('lip-sync', { ...call, credential: { platformToken: '' } });
		expect(words(failed)).toContain('may have been made and charged');
		const continueFrom = retriable(failed);
		const again = await bench.run('lip-sync', { ...atAce(call), continueFrom, mode: 'retry' });
		expect(words(again)).toContain('Not sent again, because the first try ended without a clear');
		expect(createsAt('/kling/lip-sync')).toHaveLength(1);
	});
});
