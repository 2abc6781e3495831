/** The Kling Trigger in a real n8n: it starts for what is true and new, and for nothing else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callsSuite } from './trigger/calls';
import { examplesSuite } from './trigger/examples';
import { loadSuite } from './trigger/load';
import { restartSuite } from './trigger/restart';
import { servicesSuite } from './trigger/services';
import { startWorld, type World } from './world';

const FOREVER_S = 100_000;

jest.setTimeout(120_000);

describe('the Kling Trigger in a real n8n', () => {
	let world: World;
	const theWorld = () => world;
	/** The only one that n8n may write files to. */
	const folder = mkdtempSync(join(tmpdir(), 'kling-stored-'));

	beforeAll(async () => {
		world = await startWorld({ settings: { N8N_RESTRICT_FILE_ACCESS_TO: folder } });
	}, 180_000);
	afterAll(async () => {
		await (world as World | undefined)?.stop();
		rmSync(folder, { recursive: true, force: true });
	});
	beforeEach(() => {
		world.simulator.reset();
		// Tasks end when a test says so.
		world.simulator.settings.taskSeconds = FOREVER_S;
	});
	afterEach(() => {
		expect(world.simulator.ledger.leaks).toEqual([]);
	});

	servicesSuite(theWorld);
	callsSuite(theWorld);
	loadSuite(theWorld);
	examplesSuite(theWorld, folder);
	describe('after all', () => restartSuite(theWorld));
});
