import { deathsSuite } from './queue/deaths';
import { spreadSuite } from './queue/spread';
import { triggerSuite } from './queue/trigger';
import { type QueueWorld, startQueueWorld } from './queue/world';

const START_MS = 360_000;
// Tests end much sooner, but n8n starts slowly on a busy machine.
jest.setTimeout(360_000);

/** One n8n for all of it, with PostgreSQL and Redis of its own. */
describe('n8n in queue mode: one main, one webhook process and two workers', () => {
	let world: QueueWorld;
	const theWorld = () => world;

	beforeAll(async () => {
		world = await startQueueWorld();
	}, START_MS);
	afterAll(async () => {
		await (world as QueueWorld | undefined)?.stop();
	});
	beforeEach(() => {
		world.simulator.reset();
		const { main, webhook, router } = world.n8n;
		router.targets = [main.baseUrl, webhook.baseUrl];
	});
	afterEach(() => {
		// A key that was sent to the host of the files.
		expect(world.simulator.ledger.leaks).toEqual([]);
	});

	spreadSuite(theWorld);
	triggerSuite(theWorld);
	deathsSuite(theWorld);
});
