import { dirname } from 'node:path';
import { type N8n, signIn, startN8n } from '../lib';
import { LOGIN, type World } from '../world';
import {
	expectNoMoreThan,
	givenUrls,
	official,
	orderTasks,
	post,
	publishTriggers,
	succeeded,
	untilExecuted,
	untilTaken,
	withTriggers,
} from './workflows';

/** To be the last one, because n8n is another one afterwards. */
export function restartSuite(world: () => World): void {
	let restarted: N8n | undefined;
	afterAll(async () => await restarted?.stop());

	it('outlives a restart of n8n between create and callback, and still knows what it has started', async () => {
		const { simulator, n8n, tarball } = world();
		const { id, urls } = await publishTriggers(
			world(),
			withTriggers({ Trigger: { download: false } }),
			official(world()),
		);
		const url = urls.Trigger!;
		const [before, after] = await orderTasks(world(), official(world()), [url, url]);
		simulator.tasks.finish(before!);
		await simulator.settled();
		await untilExecuted(world(), id, 1);
		const [address] = givenUrls(world());

		await n8n.stop();
		const { port } = new URL(n8n.baseUrl);
		const userFolder = dirname(n8n.logFile);
		restarted = await startN8n({ userFolder, port: Number(port), tarball, closed: true });
		world().rest = await signIn(restarted.baseUrl, LOGIN);
		await untilTaken(url);

		expect((await post(address!, succeeded(before!))).status).toBe(200);
		simulator.tasks.finish(after!);
		await simulator.settled();
		await untilExecuted(world(), id, 2);
		await expectNoMoreThan(world(), id, 2);
	});
}
