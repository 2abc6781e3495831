/** The item is made in the execution, after the call was answered: what fails there fails the node, or goes on as an item. */
import { useSimulator } from './support';
import { finish, order, startTrigger } from './trigger';

const world = useSimulator();

/** A trigger whose credential loses its API key between the call and the execution, and the id of the finished task. */
async function executedWithoutKey(onError?: 'continueRegularOutput' | 'continueErrorOutput') {
	const { simulator } = world;
	const host = await startTrigger(simulator);
	host.options.onError = onError;
	const id = await order(simulator, host);
	host.storing = () => {
		Object.assign(host.options.credentials?.klingApi ?? {}, { apiKey: '' });
	};
	await finish(simulator, host, id);
	const [execution] = host.executions;
	if (!execution) throw new Error('The call has started nothing');
	return { id, ...execution };
}

describe('a credential that became incomplete after the call', () => {
	it('fails the node with what to do and the task ID', async () => {
		const { id, items, run } = await executedWithoutKey();
		expect(items).toEqual([]);
		expect(run.data.resultData.error).toMatchObject({
			name: 'NodeOperationError',
			message: 'API Key in the credential is empty',
			description: `Open the credential and correct it. Task ID: ${id}`,
			context: { errorKind: 'invalidInput', taskId: id, itemIndex: 0 },
		});
	});

	it('becomes an item with the task ID where the node may go on', async () => {
		const { id, items, run } = await executedWithoutKey('continueRegularOutput');
		expect(run.data.resultData.error).toBeUndefined();
		expect(items).toEqual([
			expect.objectContaining({
				json: {
					error: expect.objectContaining({
						message: 'API Key in the credential is empty',
						description: `Open the credential and correct it. Task ID: ${id}`,
						kind: 'invalidInput',
						taskId: id,
						status: 'succeed',
						videoUrl: expect.stringMatching(/^http/) as string,
					}) as object,
				},
			}),
		]);
	});

	it('leaves by the error output where there is one', async () => {
		const { id, run } = await executedWithoutKey('continueErrorOutput');
		const [outputs] = Object.values(run.data.resultData.runData).map(
			([first]) => first?.data?.main ?? [],
		);
		expect(outputs?.map((items) => items?.map(({ json }) => json))).toMatchObject([
			[],
			[{ error: { kind: 'invalidInput', taskId: id } }],
		]);
	});
});

it('a file that is larger than Max File Size of the trigger is not fetched', async () => {
	const { simulator } = world;
	const body = 'x'.repeat(1_000_001);
	simulator.faults.add({
		service: 'cdn',
		times: null,
		action: { kind: 'status', status: 200, body },
	});
	const host = await startTrigger(simulator, {
		parameters: { download: true, more: { maxFileSize: 1 } },
	});
	host.options.onError = 'continueRegularOutput';
	const id = await order(simulator, host);
	await finish(simulator, host, id);
	expect(host.executions[0]?.items.map(({ json }) => json)).toMatchObject([
		{
			error: {
				kind: 'download',
				taskId: id,
				message: expect.stringMatching(/larger than Max File Size, 1 MB: http/) as string,
			},
		},
	]);
	expect(simulator.ledger.downloads).toHaveLength(1);
});
