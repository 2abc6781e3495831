/** An item whose first try may have been paid for, and that is refused at the next try for a reason of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { wav } from '../sounds';
import { retriable } from './again';
import { runKling } from './kling';
import { MAYBE_PAID, OUR_EXTERNAL_ID, useSimulator, words } from './support';

const world = useSimulator();
const LIPS = 'videos/advanced-lip-sync';

/** A host of a sound that can go down. */
async function soundHost(): Promise<{ url: string; close: () => Promise<void> }> {
	const host = createServer((_request, response) => {
		response.setHeader('content-type', 'audio/wav');
		response.end(wav(3));
	});
	await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
	const { port } = host.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/voice-3s.wav`,
		close: async () => {
			host.closeAllConnections();
			await new Promise((done) => host.close(done));
		},
	};
}

it('is told of its first try', async () => {
	const { simulator } = world;
	const sound = await soundHost();
	const parameters = {
		...{ resource: 'video', operation: 'lip-sync', prompt: '' },
		...{ videoSource: 'url', videoUrl: 'https://pictures.example.com/dance.mp4' },
		...{ soundSource: 'url', sound: sound.url },
	};
	simulator.faults.add({ match: { method: 'POST', path: LIPS }, action: { kind: 'dropAfter' } });
	const silent = simulator.faults.add({
		match: { method: 'GET' },
		times: null,
		action: { kind: 'html' },
	});
	const first = await runKling({ simulator, parameters });
	expect(words(first)).toContain(MAYBE_PAID);
	silent.remove();
	await sound.close();
	const requests = simulator.ledger.requests.length;
	const continueFrom = retriable(first);
	const second = await runKling({ simulator, parameters, mode: 'retry', continueFrom });
	const told = words(second);
	expect(told).toContain('Sound End');
	expect(told).toContain('An earlier try of this item ended without a clear answer');
	const name = /External Task ID (\S+), unless/.exec(told)?.[1];
	expect(name).toMatch(OUR_EXTERNAL_ID);
	const sent = simulator.ledger.requests.find(({ path }) => path.endsWith(LIPS));
	expect(sent?.body).toMatchObject({ external_task_id: name });
	expect(simulator.ledger.requests).toHaveLength(requests);
});
