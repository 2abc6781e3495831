/** The platform of Ace Data Cloud with its token: who sees which key, File → Upload, and Account → Get Balance. */
import { binaryItem, inspect, logged } from '../harness';
import { errorOf, expectNoKeys, told, words } from '../support';
import type { Call } from './support';
import { FOX, IMAGE_TO_VIDEO, itemOf, MP4, OWL, PATH, useUploads } from './uploads';

const { bench, atAce, withToken, uploads, paths, createsAt, addressOf } = useUploads();

describe('the two keys', () => {
	it('each go to their own host, and show nowhere', async () => {
		const { apiKey, platformToken = '' } = bench.simulator.services.aceData;
		const call = atAce({ items: [await itemOf({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.succeed('image2video', call);
		const sent = bench.simulator.ledger.requests.map(({ path, headers }) => [
			path,
			headers.authorization,
		]);
		expect(new Set(sent.map(([, authorization]) => authorization)).size).toBe(2);
		const places = [inspect(result.run), ...logged].join('\n');
		expect(places).not.toContain(platformToken);
		expect(places).not.toContain(apiKey);
		expectNoKeys(bench.simulator, result);
	});

	it('a token that the platform repeats is struck out', async () => {
		const { platformToken = '' } = bench.simulator.services.aceData;
		bench.simulator.faults.add({
			service: 'aceData',
			match: { path: PATH },
			action: {
				kind: 'status',
				status: 401,
				body: {
					detail: `Token ${platformToken} is not known, nor ${encodeURIComponent(platformToken)}`,
				},
			},
		});
		const call = atAce({ items: [await itemOf({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.run('image2video', call);
		expect(words(result)).toContain('Token ***** is not known');
		expect([inspect(result.run), ...logged].join('\n')).not.toContain(platformToken);
	});

	it('an address that holds the token is not used', async () => {
		const { platformToken = '' } = bench.simulator.services.aceData;
		bench.simulator.faults.add({
			service: 'aceData',
			match: { path: PATH },
			times: 3,
			action: {
				kind: 'garbage',
				body: { file_url: `https://cdn.example.com/${platformToken}/fox.png` },
			},
		});
		const call = atAce({ items: [await itemOf({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.run('image2video', call);
		expect(words(result)).toContain('it holds no address of the file');
		expect(createsAt('/kling/videos')).toEqual([]);
	});
});

describe('File → Upload', () => {
	const upload = async (call: Call = {}) =>
		await bench.run('upload', atAce({ items: [await itemOf({ data: FOX })], ...call }));

	it('gives the address of a file', async () => {
		const { json } = await upload();
		expect(json).toEqual([
			{
				fileUrl: addressOf(FOX),
				fileName: expect.stringMatching(/^[0-9a-f]{16}\.png$/) as string,
				mimeType: 'image/png',
				fileSize: FOX.length,
			},
		]);
	});

	it('gives the answer of the service where it is not to be simplified', async () => {
		const { json } = await upload({ parameters: { options: { simplify: false } } });
		expect(json).toEqual([{ file_url: addressOf(FOX) }]);
	});

	it('uploads the same bytes once, and each item has its address', async () => {
		const items = [await itemOf({ data: FOX }), await itemOf({ data: FOX })];
		const { output } = await upload({ items });
		expect(uploads()).toHaveLength(1);
		expect(output.map(({ json, pairedItem }) => [json.fileUrl, pairedItem])).toEqual([
			[addressOf(FOX), { item: 0 }],
			[addressOf(FOX), { item: 1 }],
		]);
	});

	it('takes any file, as what it is called where its content does not tell', async () => {
		const bytes = Buffer.from('hello, world');
		await upload({ items: [await binaryItem(bytes, { mimeType: 'text/plain' })] });
		await upload({ items: [await binaryItem(MP4, { mimeType: 'a\r\nb: c' })] });
		expect(uploads().map(({ contentType }) => contentType)).toEqual(['text/plain', 'video/mp4']);
	});

	it.each([
		['klingGlobal', 'Kling (global) takes no uploads'],
		['openaiHk', 'OpenAI-HK takes no uploads'],
		['relay', 'The relay takes no uploads'],
	] as const)('%s says what it takes instead', async (service, says) => {
		const result = await upload({ service, credential: {} });
		expect(words(result)).toContain(says);
		expect(words(result)).toContain('as binary files or as base64');
		expect(paths()).toEqual([]);
	});

	it('needs the token', async () => {
		const result = await upload({ credential: { platformToken: '' } });
		expect(words(result)).toContain(
			'it is made in the console of the service under Platform Tokens',
		);
		expect(told(result).context.itemIndex).toBe(0);
		expect(paths()).toEqual([]);
	});

	it('goes on with the other items where it may', async () => {
		const items = [await itemOf({}), await itemOf({ data: OWL })];
		const result = await upload({ items, onError: 'continueRegularOutput' });
		expect(errorOf(result).message).toContain('there is no binary field "data"');
		expect(result.json[1]).toMatchObject({ fileUrl: addressOf(OWL) });
	});
});

describe('Account → Get Balance', () => {
	const APPLICATIONS = '/api/v1/applications/';
	const balance = async (call: Call = {}) => await bench.run('balance', atAce(call));

	it('tells the credits that are left, for each application', async () => {
		const { json, output } = await balance();
		expect(json).toEqual([
			{
				type: 'application',
				id: 'sim-application-ace-main',
				name: null,
				unit: 'credits',
				remaining: 1_000_000,
				total: null,
				asOf: null,
				effectiveAt: null,
				expiresAt: null,
			},
		]);
		expect(output[0]?.pairedItem).toEqual({ item: 0 });
		expect(paths()).toEqual([APPLICATIONS]);
	});

	it('gives what the service says where it is not to be simplified', async () => {
		const { json } = await balance({ parameters: { options: { simplify: false } } });
		expect(json).toMatchObject([{ remaining_amount: 1_000_000, used_amount: 0 }]);
	});

	it('reads amounts as texts, and leaves out what it cannot read', async () => {
		const items = [{ id: 7, remaining_amount: '12.50' }, { remaining_amount: 'much' }, 'x'];
		bench.simulator.faults.add({
			match: { path: APPLICATIONS },
			action: { kind: 'garbage', body: { items } },
		});
		const { json } = await balance();
		expect(json).toMatchObject([
			{ id: '7', remaining: 12.5 },
			{ id: null, remaining: null },
		]);
		expect(json).toHaveLength(2);
	});

	it('needs the token', async () => {
		const result = await balance({ credential: { platformToken: '' } });
		expect(words(result)).toContain('Platform Token in the credential is empty');
		expect(words(result)).toContain('Open the credential and enter one');
		expect(paths()).toEqual([]);
	});

	it('says that the token is wrong', async () => {
		const result = await balance({ credential: withToken({ platformToken: 'platform-wrong' }) });
		expect(words(result)).toContain('Ace Data Cloud did not accept the Platform Token');
		expect(paths()).toEqual([APPLICATIONS]);
	});

	it('is repeated where the platform is in trouble', async () => {
		bench.simulator.faults.add({
			match: { path: APPLICATIONS },
			times: 2,
			action: { kind: 'status', status: 503 },
		});
		expect((await balance()).json).toHaveLength(1);
		expect(paths()).toHaveLength(3);
	});
});
