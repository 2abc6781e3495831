/** An item that fails: what it says, and that it harms no other. */
import { runKling, slept } from './kling';
import {
	createPath,
	creates,
	errorOf,
	expectNoKeys,
	SERVICES,
	told,
	useSimulator,
	words,
} from './support';

const world = useSimulator();

const items = [{ words: 'a fox' }, { words: 'a cat [fail]' }, { words: 'an owl' }];
const parameters = { prompt: '={{ $json.words }}' };

describe.each(SERVICES)('a task that fails, %s', (service) => {
	it('ends the node in the words of the service, with the task ID', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, parameters: { prompt: 'x [fail]' } });
		const [charge] = simulator.ledger.charges;
		expect(result.status).toBe('error');
		expect(result.error?.name).toBe('NodeApiError');
		expect(told(result)).toMatchObject({
			message: 'The task failed: Failure to pass the risk control system',
			description: expect.stringContaining(`Task ID: ${charge?.taskId}`) as string,
			context: { taskId: charge?.taskId, itemIndex: 0, errorKind: 'taskFailed' },
		});
	});

	it('goes to the error output, and the others go on', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service,
			items,
			parameters,
			onError: 'continueErrorOutput',
		});
		expect(result.status).toBe('success');
		expect(result.items[0]).toHaveLength(2);
		const failedTask = simulator.tasks.all().find(({ failure }) => failure !== undefined);
		expect(result.items[1]).toMatchObject([
			{
				json: {
					words: 'a cat [fail]',
					error: {
						message: 'The task failed: Failure to pass the risk control system',
						taskId: failedTask?.id,
						kind: 'taskFailed',
						status: 'failed',
						itemIndex: 1,
					},
				},
			},
		]);
		for (const index of [0, 1]) {
			const taskId = String(result.items[0]?.[index]?.json.taskId);
			expect(await result.binary(index)).toEqual(simulator.videoBytes(taskId));
		}
		expect(simulator.ledger.charges).toHaveLength(3);
	});
});

describe('with Continue (Using Regular Output)', () => {
	it('keeps the place of a failed item, with all that is needed to find its task', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			items,
			parameters,
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(result.json).toHaveLength(3);
		expect(result.json[1]).toMatchObject({
			error: {
				message: 'The task failed: Failure to pass the risk control system',
				taskId: expect.any(String) as string,
				description: expect.stringContaining('change them and run this again') as string,
				itemIndex: 1,
			},
		});
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('keeps the code of a refused item, and strikes the key out of what the service says', async () => {
		const { simulator } = world;
		const { apiKey } = simulator.services.klingGlobal;
		simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'error', code: 1301, message: `Not with ${apiKey}` },
		});
		const result = await runKling({
			simulator,
			items,
			parameters: { ...parameters, prompt: 'a fox' },
			onError: 'continueRegularOutput',
		});
		expect(result.json[0]).toMatchObject({
			error: {
				message: 'Kling (global) refused the content of the prompt or a picture',
				code: 1301,
				httpStatus: 400,
				kind: 'refused',
				taskId: null,
				itemIndex: 0,
			},
		});
		expect(errorOf(result).description).toContain('Not with *****');
		expect(result.json.slice(1)).toMatchObject([{ status: 'succeed' }, { status: 'succeed' }]);
		expect(simulator.ledger.charges).toHaveLength(2);
		expectNoKeys(simulator, result);
	});

	it('refuses one item before sending, and makes the others', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			items: [{ words: 'a fox' }, { words: '' }],
			parameters,
			onError: 'continueRegularOutput',
		});
		expect(result.json).toMatchObject([
			{ status: 'succeed' },
			{ error: { message: 'Prompt must not be empty', kind: 'invalidInput', taskId: null } },
		]);
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it('keeps the task ID of an item whose download fails', async () => {
		const { simulator } = world;
		simulator.faults.add({ service: 'cdn', action: { kind: 'status', status: 404 } });
		const result = await runKling({
			simulator,
			items: [{ words: 'a fox' }, { words: 'an owl' }],
			parameters,
			onError: 'continueRegularOutput',
		});
		const [first] = simulator.ledger.charges;
		expect(result.json).toMatchObject([
			{ error: { kind: 'download', taskId: first?.taskId, status: 'succeed' } },
			{ status: 'succeed' },
		]);
		expect(errorOf(result).videoUrl).toContain(simulator.cdnUrl);
	});
});

describe('without it', () => {
	it('ends at the item that failed, and names the tasks of the others that were paid for', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, items, parameters });
		expect(result.status).toBe('error');
		const { context, description } = told(result);
		expect(context.itemIndex).toBe(1);
		const [first, , third] = simulator.ledger.charges;
		expect(description).toContain(`item 0: ${first?.taskId}`);
		expect(description).toContain(`item 2: ${third?.taskId}`);
	});
});

describe('Retry On Fail', () => {
	it('names what an earlier try has paid for, although its request was another one', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			after: 1,
			times: null,
			action: { kind: 'error', code: 1301 },
		});
		const result = await runKling({
			simulator,
			retryOnFail: true,
			maxTries: 2,
			items: [{ word: 'a' }, { word: 'b' }],
			parameters: { prompt: '={{ $json.word }} {{ Math.random() }}' },
		});
		expect(simulator.ledger.charges).toHaveLength(1);
		expect(words(result)).toContain(`item 0: ${simulator.ledger.charges[0]?.taskId}`);
	});

	it('does not pay again for the items that were submitted', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			after: 2,
			action: { kind: 'error', code: 1301 },
		});
		const result = await runKling({
			simulator,
			items: [{ words: 'a fox' }, { words: 'a cat' }, { words: 'an owl' }],
			parameters,
			retryOnFail: true,
			maxTries: 2,
		});
		expect(result.status).toBe('success');
		expect(simulator.ledger.charges).toHaveLength(3);
		expect(new Set(result.json.map(({ taskId }) => taskId)).size).toBe(3);
	});

	it('fetches a task again whose download broke, instead of making another', async () => {
		const { simulator } = world;
		simulator.faults.add({ service: 'cdn', action: { kind: 'status', status: 403 } });
		const result = await runKling({ simulator, retryOnFail: true, maxTries: 2 });
		expect(result.status).toBe('success');
		expect(simulator.ledger.charges).toHaveLength(1);
		expect(await result.binary()).toEqual(simulator.videoBytes(String(result.json[0]?.taskId)));
	});

	it('waits on for a task that was not done in time', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 90;
		const result = await runKling({
			simulator,
			parameters: { options: { timeout: 1 } },
			retryOnFail: true,
			maxTries: 3,
		});
		expect(result.status).toBe('success');
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it('makes a new task for one that failed for good', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			parameters: { prompt: 'x [fail]' },
			retryOnFail: true,
			maxTries: 2,
		});
		expect(result.status).toBe('error');
		expect(simulator.ledger.charges).toHaveLength(2);
		expect(simulator.ledger.refunds).toHaveLength(2);
	});

	it("hands out at once what was paid for before, with Don't Wait", async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			after: 1,
			action: { kind: 'error', code: 1301 },
		});
		const result = await runKling({
			simulator,
			items: [{ words: 'a fox' }, { words: 'a cat' }],
			parameters: { ...parameters, waitMode: 'none' },
			retryOnFail: true,
			maxTries: 2,
		});
		const ids = simulator.ledger.charges.map(({ taskId }) => taskId);
		expect(result.json.map(({ taskId }) => taskId)).toEqual(ids);
		expect(ids).toHaveLength(2);
		expect(slept).toEqual([]);
	});

	describe.each(['errorAfter', 'dropAfter'] as const)(
		'after a create that ended unclear (%s)',
		(kind) => {
			const CREATES = { method: 'POST', path: 'text2video' };

			it.each(['aceData', 'openaiHk', 'newApi'] as const)(
				'does not send again what may have been paid for, at %s',
				async (service) => {
					const { simulator } = world;
					const match = { method: 'POST', path: createPath(service) };
					simulator.faults.add({ match, action: { kind } });
					const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 3 });
					expect(result.status).toBe('error');
					expect(creates(simulator)).toHaveLength(1);
					expect(simulator.ledger.charges).toHaveLength(1);
					expect(told(result).message).toContain('Not sent again');
					expect(told(result).description).toContain('may have been made and charged');
				},
			);

			it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
				'picks up the task as soon as %s can be asked again',
				async (service) => {
					const { simulator } = world;
					simulator.faults.add({ match: CREATES, action: { kind } });
					// A look-up is tried three times; so the first try of the node learns nothing.
					const noAnswer = {
						match: { method: 'GET' },
						times: 3,
						action: { kind: 'html' },
					} as const;
					const fault = simulator.faults.add(noAnswer);
					const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 2 });
					const [charge] = simulator.ledger.charges;
					expect(result.json).toMatchObject([{ taskId: charge?.taskId, status: 'succeed' }]);
					expect(fault.hits).toBe(3);
					expect(creates(simulator)).toHaveLength(1);
					expect(simulator.ledger.charges).toHaveLength(1);
				},
			);

			it('does not lose the name it was sent with because there was no slot before', async () => {
				const { simulator } = world;
				simulator.faults.add({ match: CREATES, times: 2, action: { kind: 'error', code: 1303 } });
				simulator.faults.add({ match: CREATES, action: { kind } });
				simulator.faults.add({ match: { method: 'GET' }, times: 3, action: { kind: 'html' } });
				const result = await runKling({ simulator, retryOnFail: true, maxTries: 2 });
				const [charge, ...more] = simulator.ledger.charges;
				expect(result.json).toMatchObject([{ taskId: charge?.taskId, status: 'succeed' }]);
				expect(more).toEqual([]);
			});
		},
	);

	it('leaves no task behind when all went well', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator });
		const { tasks } = result.context.kling as { tasks: Record<string, object> };
		expect(Object.values(tasks)).toEqual([{ state: 'done', item: 0, run: 0, attempt: 1 }]);
		expect(JSON.stringify(result.context)).not.toContain(simulator.ledger.charges[0]?.taskId);
	});
});
