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
