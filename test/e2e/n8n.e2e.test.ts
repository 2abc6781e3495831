import { agentSuite } from './suites/agent';
import { credentialSuite } from './suites/credential';
import { editorSuite } from './suites/editor';
import { examplesSuite } from './suites/examples';
import { packageSuite } from './suites/package';
import { soundsSuite } from './suites/sounds';
import { textToVideoSuite } from './suites/textToVideo';
import { hostsOf, startWorld, TITLES, type World } from './world';

const START_MS = 180_000;
jest.setTimeout(60_000);

/** One n8n for all of it: starting one takes longer than most tests. */
describe('in a real n8n', () => {
	let world: World;
	const theWorld = () => world;

	beforeAll(async () => {
		world = await startWorld();
	}, START_MS);
	afterAll(async () => {
		await (world as World | undefined)?.stop();
	});
	beforeEach(() => {
		world.simulator.reset();
	});
	afterEach(() => {
		// A key that was sent to the host of the files.
		expect(world.simulator.ledger.leaks).toEqual([]);
	});

	it('knows every setting tested below', () => {
		expect(world.settings.map(({ title }) => title)).toEqual(TITLES);
	});

	packageSuite(theWorld);
	credentialSuite(theWorld, TITLES);
	textToVideoSuite(theWorld, TITLES);
	examplesSuite(theWorld);
	soundsSuite(theWorld);
	agentSuite(theWorld);
	editorSuite(theWorld);

	it('calls nobody outside but for what n8n itself looks up', () => {
		// Whom it asked before a single workflow ran was its own doing: its services, and where packages come from.
		const strangers = hostsOf(world.n8n.asked).filter(
			(host) => !world.ownHosts.includes(host) && !/(^|\.)n8n\.io$/.test(host),
		);
		expect(strangers).toEqual([]);
	});
});
