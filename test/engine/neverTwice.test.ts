/** What was paid for is neither lost nor paid for again, whatever a service says and whoever asks. */
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import type { Fault, ServiceName } from '../simulator';
import { runNode } from './harness';
import type { RunResult } from './harness';
import { credentialFor, model, runKling, slept } from './kling';
import { OTHER_PICTURE, PICTURE, RESOURCES, rows, type OperationName } from './operations/support';
import {
	creates,
	createPath,
	expectNoKeys,
	OUR_EXTERNAL_ID,
	told,
	useSimulator,
	words,
} from './support';

const world = useSimulator();

const MAYBE_PAID = 'may have been made and charged';
/** In an expression: fails for the items that say so. */
const failing = (good: string) => `={{ $json.bad ? $('Nowhere').first().json.x : ${good} }}`;

function answered(status: number, body: unknown): Fault['action'] {
	return { kind: 'status', status, body };
}

/** Every create at a service is answered so. */
function answerCreates(service: ServiceName, action: Fault['action'], times: number | null = null) {
	const match = { method: 'POST', path: createPath(service) };
	return world.simulator.faults.add({ service, match, times, action });
}

async function run(operation: OperationName, parameters: INodeParameters, service?: ServiceName) {
	return await runKling({
		simulator: world.simulator,
		service,
		parameters: { resource: RESOURCES[operation], operation, waitMode: 'none', ...parameters },
	});
}

function detailsOf({ json }: RunResult, place = 0): IDataObject {
	return (json[place]?.details ?? {}) as IDataObject;
}

describe('a server’s own failure, whatever code it holds', () => {
	const CODES = [1303, 1302, 1102, 1004];
	const at = <T extends ServiceName>(...services: T[]) =>
		services.flatMap((service) =>
			[500, 408].flatMap((status) => CODES.map((code) => ({ service, status, code }))),
		);

	it.each(at('relay', 'newApi', 'openaiHk', 'aceData'))(
		'$status with $code at $service is sent once',
		async ({ service, status, code }) => {
			const { simulator } = world;
			answerCreates(service, answered(status, { code, message: 'x', request_id: 'r' }));
			const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 2 });
			expect(result.status).toBe('error');
			expect(words(result)).toContain(MAYBE_PAID);
			expect(creates(simulator)).toHaveLength(1);
			// Those that can be asked for the name of the task are; nobody waits for a slot.
			const asks = service === 'relay' || service === 'newApi';
			expect(slept).toEqual(asks ? [2000, 5000] : []);
		},
	);

	it.each(at('klingGlobal', 'klingChina'))(
		'$status with $code at $service is sent again only under the same name, and not in a queue',
		async ({ service, status, code }) => {
			const { simulator } = world;
			answerCreates(service, answered(status, { code, message: 'x', request_id: 'r' }));
			const result = await runKling({ simulator, service });
			expect(words(result)).toContain(MAYBE_PAID);
			const bodies = creates(simulator).map(({ body }) => (body as IDataObject).external_task_id);
			expect(bodies).toEqual([expect.stringMatching(OUR_EXTERNAL_ID), bodies[0]]);
			// Asked for three times after each.
			expect(slept).toEqual([2000, 5000, 2000, 5000]);
		},
	);
});

describe('a key that is refused for its time', () => {
	const expired = (code: number) => answered(401, { code, message: 'expired', request_id: 'r' });

	it.each(
		(['klingGlobal', 'klingChina', 'relay', 'openaiHk', 'aceData'] as const).flatMap((service) =>
			[1003, 1004].map((code) => ({ service, code })),
		),
	)('at $service ($code) is not tried again, being no signature', async ({ service, code }) => {
		const { simulator } = world;
		answerCreates(service, expired(code));
		expect((await runKling({ simulator, service })).status).toBe('error');
		expect(creates(simulator)).toHaveLength(1);
	});

	it('at a relay is not tried again either when the credential once held a key pair', async () => {
		const { simulator } = world;
		answerCreates('relay', expired(1004));
		const credential = { authentication: 'accessKey' };
		await runKling({ simulator, service: 'relay', credential });
		expect(creates(simulator)).toHaveLength(1);
	});

	const pair = { authentication: 'accessKey', apiKey: '' };
	it.each([1003, 1004])('is signed anew once where there is a key pair (%i)', async (code) => {
		const { simulator } = world;
		answerCreates('klingGlobal', expired(code));
		const result = await runKling({ simulator, credential: pair });
		expect(result.status).toBe('error');
		expect(creates(simulator)).toHaveLength(2);
		expectNoKeys(simulator, result);
	});

	it('is not signed anew after a failure of the server', async () => {
		const { simulator } = world;
		answerCreates('klingGlobal', answered(500, { code: 1004, message: 'x', request_id: 'r' }));
		const result = await runKling({ simulator, credential: pair });
		expect(words(result)).toContain(MAYBE_PAID);
		// Between the two creates it was asked whether the first has made a task.
		const methods = simulator.ledger.requests.map(({ method }) => method);
		expect(methods).toEqual(['POST', 'GET', 'GET', 'GET', 'POST', 'GET', 'GET', 'GET']);
	});
});

describe('an error that names a task', () => {
	const UUID = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';
	const ace = { success: false, error: { code: 'api_error', message: 'x' }, trace_id: 't' };
	const CASES: Array<{ service: ServiceName; status: number; body: object; id: string }> = [
		{
			service: 'klingGlobal',
			status: 200,
			body: { code: 1, message: 'x', data: { task_id: '814237883686625347' } },
			id: '814237883686625347',
		},
		{
			service: 'relay',
			status: 200,
			body: { code: 9, message: 'x', task_id: 'task_1' },
			id: 'task_1',
		},
		{ service: 'aceData', status: 200, body: { ...ace, task_id: UUID }, id: UUID },
		{ service: 'aceData', status: 500, body: { ...ace, task_id: UUID }, id: UUID },
	];
	it.each(CASES)('tells its ID: $service, HTTP $status', async ({ service, status, body, id }) => {
		const { simulator } = world;
		answerCreates(service, answered(status, body), 1);
		const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 2 });
		expect(told(result).context.taskId).toBe(id);
		expect(words(result)).toContain(`Task ID: ${id}`);
		expect(creates(simulator)).toHaveLength(1);
	});

	it.each(CASES)('tells its ID in the item: $service, HTTP $status', async (given) => {
		const { simulator } = world;
		const { service, status, body, id } = given;
		answerCreates(service, answered(status, body), 1);
		const result = await runKling({ simulator, service, onError: 'continueRegularOutput' });
		expect(detailsOf(result)).toMatchObject({ taskId: id, itemIndex: 0 });
		expect(creates(simulator)).toHaveLength(1);
	});
});

describe('an expression that fails', () => {
	const items = [{ words: 'a fox' }, { words: 'a cat', bad: true }, { words: 'an owl' }];
	const parameters = { prompt: '={{ $json.words }}' };
	const LATE: Array<[string, INodeParameters]> = [
		['Simplify', { simplify: failing('true') }],
		['Output Data Field Name', { binaryField: failing('"data"') }],
	];

	it.each(LATE)('in %s after the task was made: the error tells its ID', async (_name, more) => {
		const { simulator } = world;
		const result = await runKling({ simulator, items, parameters: { ...parameters, ...more } });
		const [first, second, third] = simulator.ledger.charges;
		expect(result.status).toBe('error');
		expect(told(result).context).toMatchObject({ itemIndex: 1 });
		expect(told(result).context.taskId).toBe(second?.taskId);
		if (second) {
			expect(told(result).description).toContain(`item 0: ${first?.taskId}`);
			expect(told(result).description).toContain(`item 2: ${third?.taskId}`);
		}
	});

	it.each(LATE)('in %s of one item spoils that item alone', async (_name, more) => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			items,
			parameters: { ...parameters, ...more },
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ status: 'succeed' },
			{ error: expect.any(String) as string, details: { itemIndex: 1 } },
			{ status: 'succeed' },
		]);
		const [, second, third] = simulator.ledger.charges;
		expect(detailsOf(result, 1).taskId).toBe(third ? second?.taskId : null);
	});

	it('in the prompt of one item spoils that item alone', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			items,
			parameters: { prompt: failing('$json.words') },
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ status: 'succeed' },
			{ error: "Referenced node doesn't exist", details: { taskId: null, itemIndex: 1 } },
			{ status: 'succeed' },
		]);
		expect(simulator.ledger.charges).toHaveLength(2);
	});
});

it('three items without a slot wait for one time-out together, not one each', async () => {
	const { simulator } = world;
	answerCreates('klingGlobal', { kind: 'error', code: 1303 });
	const result = await runKling({
		simulator,
		items: [{}, {}, {}],
		parameters: { waitOptions: { timeout: 1 } },
		onError: 'continueRegularOutput',
	});
	const failed = { error: expect.stringContaining('slots') as string };
	expect(result.json).toMatchObject([failed, failed, failed]);
	const waited = slept.reduce((sum, ms) => sum + ms, 0);
	expect(waited).toBeGreaterThanOrEqual(59_000);
	expect(waited).toBeLessThanOrEqual(66_000);
	expect(simulator.ledger.charges).toEqual([]);
});

describe('before anything is sent', () => {
	it('several images with a model that takes none of them are refused at Ace Data Cloud', async () => {
		const pictures = { ...rows(PICTURE, OTHER_PICTURE), prompt: 'They meet' };
		const several = { ...pictures, model: model('kling-v1-6') };
		const result = await run('multi-image2video', several, 'aceData');
		expect(result.error?.name).toBe('NodeOperationError');
		expect(words(result)).toContain('kling-v3-omni');
		expect(world.simulator.ledger.requests).toEqual([]);
	});

	it('a last frame with kling-v3-omni is not refused there', async () => {
		const frames = { image: PICTURE, imageTailSource: 'text', imageTail: OTHER_PICTURE };
		const parameters = { ...frames, model: model('kling-v3-omni'), prompt: 'It turns' };
		const result = await run('image2video', parameters, 'aceData');
		expect(result.error).toBeUndefined();
		expect(creates(world.simulator)[0]?.body).toMatchObject({
			model: 'kling-v3-omni',
			start_image_url: PICTURE,
			end_image_url: OTHER_PICTURE,
		});
	});

	it.each([{}, { multiShot: 'intelligence' }])(
		'shots need Multi-Shot = Custom: %j',
		async (how) => {
			const options = { ...how, shots: { shot: [{ prompt: 'A fox', duration: 5 }] } };
			const result = await run('text2video', { prompt: 'x', model: model('kling-v3'), options });
			expect(result.error?.name).toBe('NodeOperationError');
			expect(words(result)).toMatch(/Shots.*Multi-Shot|Multi-Shot.*Shots/);
			expect(world.simulator.ledger.requests).toEqual([]);
		},
	);
});

it.each([
	['500', answered(500, { code: 5000, message: 'x' })],
	['403', answered(403, { code: 1103, message: 'x' })],
	['a cut connection', { kind: 'dropBefore' } as const],
])('an ID whose look-up fails (%s) is not sent as that of a video', async (_why, action) => {
	const { simulator } = world;
	simulator.faults.add({ match: { method: 'GET' }, times: null, action });
	const result = await run('video-extend', { videoId: '814237883686625347', prompt: '' });
	expect(result.status).toBe('error');
	expect(simulator.ledger.requests.map(({ method }) => method)).not.toContain('POST');
	expect(simulator.ledger.charges).toEqual([]);
});

describe('a tool of an agent', () => {
	/** One more call of the tool in the same execution, whose memory lives on. */
	async function call(prompt: string, before?: RunResult, service: ServiceName = 'klingGlobal') {
		const tool = new Kling();
		tool.description = { ...tool.description, name: 'klingTool' };
		const start = { id: 'Start', name: 'Start', type: 'harness.start', typeVersion: 1 };
		const contextData = before?.runExecutionData.executionData?.contextData ?? {};
		const node = { ...start, position: [0, 0] as [number, number], parameters: {} };
		return await runNode({
			node: tool,
			credentialTypes: [KlingApi],
			credentials: { klingApi: credentialFor(world.simulator, service) },
			parameters: { resource: 'video', operation: 'text2video', prompt },
			executionId: before?.executionId,
			continueFrom: createRunExecutionData({
				startData: {},
				resumeToken: before?.runExecutionData.resumeToken,
				executionData: {
					contextData,
					nodeExecutionStack: [{ node, data: { main: [[{ json: {} }]] }, source: null }],
				},
			}),
		});
	}

	it('does not send again what may have been paid for, though another call went well', async () => {
		const { simulator } = world;
		answerCreates('aceData', { kind: 'dropAfter' }, 1);
		const unclear = await call('a fox', undefined, 'aceData');
		expect(detailsOf(unclear).description).toContain(MAYBE_PAID);
		const well = await call('an owl', unclear, 'aceData');
		expect(well.json).toMatchObject([{ status: 'succeed' }]);
		const again = await call('a fox', well, 'aceData');
		expect(again.json[0]?.error).toContain('Not sent again');
		expect(creates(simulator)).toHaveLength(2);
		const elsewhere = await call('a fox', again, 'relay');
		expect(elsewhere.json).toMatchObject([{ status: 'succeed' }]);
		expect(simulator.ledger.charges).toHaveLength(3);
	});

	it('picks up what was unclear, though another call went well in between', async () => {
		const { simulator } = world;
		answerCreates('klingGlobal', { kind: 'dropAfter' }, 1);
		simulator.faults.add({ match: { method: 'GET' }, times: 3, action: { kind: 'html' } });
		const unclear = await call('a fox');
		expect(detailsOf(unclear).description).toContain(MAYBE_PAID);
		const [fox] = simulator.ledger.charges;
		const well = await call('an owl', unclear);
		const again = await call('a fox', well);
		expect(again.json).toMatchObject([{ status: 'succeed', taskId: fox?.taskId }]);
		expect(simulator.ledger.charges).toHaveLength(2);
	});

	it.each(['klingGlobal', 'relay', 'aceData'] as const)(
		'makes another video when it is asked for the same again, at %s',
		async (service) => {
			const { simulator } = world;
			const results = [await call('a fox', undefined, service)];
			results.push(await call('a fox', results[0], service));
			results.push(await call('a fox', results[1], service));
			const made = simulator.ledger.charges.map(({ taskId }) => taskId);
			expect(results.flatMap(({ json }) => json.map(({ taskId }) => taskId))).toEqual(made);
			expect(new Set(made).size).toBe(3);
		},
	);
});
