/** The harness itself, shown with a node small enough to see through: what holds here holds for ours. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import {
	binaryItem,
	binaryOf,
	inspect,
	logged,
	readBinary,
	runNode,
	startNode,
	testCredential,
	useBinaryMode,
} from './harness';

class SmokeApi implements ICredentialType {
	name = 'smokeApi';

	displayName = 'Smoke API';

	properties: ICredentialType['properties'] = [
		{
			displayName: 'Key',
			name: 'key',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://nowhere.invalid' },
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		options.headers = { ...options.headers, authorization: `Bearer ${credentials.key as string}` };
		return await Promise.resolve(options);
	}

	test: ICredentialType['test'] = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/file' },
		rules: [{ type: 'responseCode', properties: { value: 401, message: 'The key is wrong' } }],
	};
}

let runs = 0;

class Smoke implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Smoke',
		name: 'smoke',
		group: ['transform'],
		version: 1,
		description: 'Trivial node',
		defaults: { name: 'Smoke' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'smokeApi' }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				options: [
					{ name: 'Echo', value: 'echo' },
					{ name: 'Fail', value: 'fail' },
					{ name: 'Fetch', value: 'fetch' },
					{ name: 'Park', value: 'park' },
					{ name: 'Wait', value: 'wait' },
				],
				default: 'echo',
			},
			{ displayName: 'Text', name: 'text', type: 'string', default: 'none' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		runs += 1;
		const context = this.getContext('node');
		const tries = Number(context.runs ?? 0) + 1;
		context.runs = tries;
		const out: INodeExecutionData[] = [];
		for (const [index] of this.getInputData().entries()) {
			const operation = this.getNodeParameter('operation', index);
			const text = this.getNodeParameter('text', index) as string;
			const pairedItem = { item: index };
			if (operation === 'wait') await sleep(60_000, this.getExecutionCancelSignal());
			if (operation === 'park') await this.putExecutionToWait(new Date(Date.now() + 60_000));
			if (operation === 'fetch') {
				const { baseUrl } = await this.getCredentials('smokeApi', index);
				const body = (await this.helpers.httpRequestWithAuthentication.call(this, 'smokeApi', {
					url: `${baseUrl as string}/file`,
					encoding: 'stream',
				})) as Readable;
				const binary = {
					data: await this.helpers.prepareBinaryData(body, 'file.txt', 'text/plain'),
				};
				out.push({ json: { text }, binary, pairedItem });
			} else if (operation === 'fail' && text !== 'good') {
				const error = new NodeOperationError(this.getNode(), `No to ${text}`, { itemIndex: index });
				if (!this.continueOnFail()) throw error;
				// With `error` set on the item n8n would throw the rest of its json away.
				out.push({ json: { error: error.message, details: { text } }, pairedItem });
			} else {
				out.push({ json: { text, runs: tries }, pairedItem });
			}
		}
		return [out];
	}
}

const node = Smoke;
const credentialTypes = [SmokeApi];
const secret = 'sk-very-secret';
let server: Server;
let baseUrl: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.headers.authorization !== `Bearer ${secret}`) response.writeHead(401).end('{}');
		else response.end('hello from the server');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((done) => server.close(done));
});

beforeEach(() => {
	runs = 0;
});

describe('the engine harness', () => {
	it('runs a node over items, with expressions, paired items and the node context', async () => {
		const result = await runNode({
			node,
			parameters: { text: '={{ $json.word }} in {{ $execution.id }}' },
			items: [{ word: 'one' }, { word: 'two' }],
			executionId: '42',
			after: "={{ $('Start').item.json.word }}",
		});
		expect(result.status).toBe('success');
		expect(result.error).toBeUndefined();
		expect(result.json).toEqual([
			{ text: 'one in 42', runs: 1 },
			{ text: 'two in 42', runs: 1 },
		]);
		expect(result.output[1]?.pairedItem).toEqual({ item: 1 });
		expect(result.after).toEqual(['one', 'two']);
		expect(result.context).toEqual({ runs: 1 });
		expect(result.executionId).toBe('42');
	});

	it('fails as n8n fails, with the item in the error', async () => {
		const result = await runNode({ node, parameters: { operation: 'fail', text: 'this' } });
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('No to this');
		expect(result.error?.context).toMatchObject({ itemIndex: 0 });
	});

	it('retries the whole node in one execution', async () => {
		const result = await runNode({
			node,
			parameters: { operation: 'fail', text: 'this' },
			retryOnFail: true,
			maxTries: 3,
			executionId: '7',
		});
		expect(result.status).toBe('error');
		expect(runs).toBe(3);
		expect(result.context).toEqual({ runs: 3 });
	});

	it('continues on fail, on the regular and on the error output', async () => {
		const parameters = { operation: 'fail', text: '={{ $json.word }}' };
		const items = [{ word: 'good' }, { word: 'bad' }];
		const regular = await runNode({ node, parameters, items, onError: 'continueRegularOutput' });
		expect(regular.status).toBe('success');
		expect(regular.items[0]?.map(({ json }) => json)).toEqual([
			{ text: 'good', runs: 1 },
			{ error: 'No to bad', details: { text: 'bad' } },
		]);
		const split = await runNode({ node, parameters, items, onError: 'continueErrorOutput' });
		expect(split.items[0]?.map(({ json }) => json)).toEqual([{ text: 'good', runs: 1 }]);
		expect(split.items[1]?.map(({ json }) => json)).toEqual([
			{ word: 'bad', error: 'No to bad', details: { text: 'bad' } },
		]);
	});

	it.each(['filesystem', 'default'] as const)(
		'signs requests and stores binary data (%s)',
		async (mode) => {
			await useBinaryMode(mode);
			logged.length = 0;
			const result = await runNode({
				node,
				parameters: { operation: 'fetch' },
				credentialTypes,
				credentials: { smokeApi: { key: secret, baseUrl } },
			});
			expect(result.error).toBeUndefined();
			expect((await result.binary()).toString()).toBe('hello from the server');
			expect(binaryOf(result.output[0])).toMatchObject({
				fileName: 'file.txt',
				mimeType: 'text/plain',
				bytes: 21,
			});
			expect(inspect(result.run)).not.toContain(secret);
			expect(logged.join('\n')).not.toContain(secret);
			const again = await binaryItem(Buffer.from('input'), { fileName: 'in.txt' });
			expect((await readBinary(again)).toString()).toBe('input');
			await useBinaryMode('filesystem');
		},
	);

	it('stops at once when a person presses Stop', async () => {
		const running = startNode({ node, parameters: { operation: 'wait' } });
		setTimeout(running.stop, 50);
		const began = Date.now();
		const result = await running;
		expect(result.status).toBe('canceled');
		expect(Date.now() - began).toBeLessThan(5000);
	});

	it('parks and continues', async () => {
		const parked = await runNode({
			node,
			parameters: { operation: 'park' },
			items: [{ word: 'kept' }],
			executionId: '9',
		});
		expect(parked.status).toBe('waiting');
		const stack = parked.runExecutionData.executionData?.nodeExecutionStack ?? [];
		expect(stack[0]?.node.name).toBe('Smoke');

		// When the time is up n8n takes the node for disabled and passes on what it had been given.
		const continued = await runNode({
			node,
			parameters: { operation: 'park' },
			items: [],
			executionId: '9',
			continueFrom: parked.runExecutionData,
			after: '={{ $json.word }}',
		});
		expect(continued.status).toBe('success');
		expect(continued.after).toEqual(['kept']);
	});

	it('tests a credential the way the Test button does', async () => {
		expect(
			await testCredential({ credentialType: SmokeApi, data: { key: secret, baseUrl } }),
		).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(
			await testCredential({ credentialType: SmokeApi, data: { key: 'other', baseUrl } }),
		).toEqual({
			status: 'Error',
			message: 'The key is wrong',
		});
	});
});
