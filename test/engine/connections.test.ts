/** Connections and keys as people set them up: what goes wrong before anything is sent costs nothing and says what to change. */
import { runKling } from './kling';
import {
	answered,
	creates,
	expectNoKeys,
	expectTheOneTask,
	MAYBE_PAID,
	meet,
	useSimulator,
	words,
} from './support';

const world = useSimulator();
const service = 'relay';

// nocodb #2664, n8n #13475, #25021, ChatGPTProxy #80, n8n #8111, servicenow-mcp #7
it('https typed for a host that speaks http: nothing was sent, and the error says what to try', async () => {
	const { simulator } = world;
	const { baseUrl } = simulator.services.relay;
	const relayBaseUrl = baseUrl.replace('http:', 'https:');
	const result = await runKling({ simulator, service, credential: { relayBaseUrl } });
	expect(words(result)).toContain('no secure connection could be made');
	expect(words(result)).toContain(`try ${baseUrl} as Base URL`);
	expect(words(result)).not.toContain(MAYBE_PAID);
	expect(simulator.ledger.charges).toEqual([]);
	expectNoKeys(simulator, result);
});

// yunwu clients, ArcReel
describe('an address that was copied with more than it needs', () => {
	it.each([
		['/v1', '/kling'],
		['/kling/v1', '/kling'],
		['/v1/kling', '/kling'],
		['/kling/v1/videos/text2video', '/kling'],
		['/ ', '/kling/v1'],
	])('%s, with the prefix %s, works', async (behind, pathPrefix) => {
		const { simulator } = world;
		const relayBaseUrl = `${simulator.services.relay.baseUrl}${behind}`;
		const credential = { relayBaseUrl, pathPrefix };
		await expectTheOneTask(simulator, await runKling({ simulator, service, credential }));
	});

	it('is shown with the call where it cannot be put right', async () => {
		const { simulator } = world;
		const { baseUrl } = simulator.services.relay;
		const credential = { relayBaseUrl: `${baseUrl}/api/kling2`, pathPrefix: '' };
		const result = await runKling({ simulator, service, credential });
		expect(words(result)).toContain(`called POST ${baseUrl}/api/kling2/v1/videos/text2video`);
		expectNoKeys(simulator, result);
	});
});

// A Duomi client
it('a relay that wants the key without "Bearer" gets it so', async () => {
	const { simulator } = world;
	simulator.settings.relayKeyAlone = true;
	expect(words(await runKling({ simulator, service }))).toContain('did not accept the key');
	const credential = { keyHeader: 'plain' };
	await expectTheOneTask(simulator, await runKling({ simulator, service, credential }));
});

describe('something in between', () => {
	it.each([
		[403, ''],
		[403, '<html><title>Blocked</title></html>'],
		[407, ''],
		[407, '<html><title>Proxy Authentication Required</title></html>'],
	])('refuses the create (HTTP %i, %j): nothing was made', async (status, body) => {
		const { simulator } = world;
		meet(simulator, service, answered(status, body), null);
		const result = await runKling({ simulator, service });
		expect(words(result)).toContain('A proxy or firewall between n8n and The relay refused');
		expect(words(result)).not.toContain(MAYBE_PAID);
		expect(creates(simulator)).toHaveLength(1);
	});

	it('answers the create with its own page: nobody knows, so it is not sent again', async () => {
		const { simulator } = world;
		meet(simulator, service, { kind: 'html', status: 200 }, null);
		const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 3 });
		expect(words(result)).toContain('a web page came instead of data');
		expect(words(result)).toContain(MAYBE_PAID);
		expect(creates(simulator)).toHaveLength(1);
	});

	it.each([
		['a byte order mark', '\ufeff', 'application/json'],
		['another content type', '', 'text/plain'],
		['another character set', '', 'application/json; charset=gbk'],
		['blanks around it', '\r\n ', 'text/html; charset=utf-8'],
	])('changes the answer to %s, and it is read all the same', async (_what, before, type) => {
		const { simulator } = world;
		const text = `${before}{"code":0,"message":"SUCCEED","data":{"task_id":"860000000000000001"}}`;
		meet(simulator, service, {
			kind: 'status',
			status: 200,
			body: text,
			headers: { 'content-type': type },
		});
		const parameters = { waitMode: 'none' };
		const { json } = await runKling({ simulator, service, parameters });
		expect(json).toMatchObject([{ taskId: '860000000000000001' }]);
	});

	it('spoils the answer, and the task that it names is looked for all the same', async () => {
		const { simulator } = world;
		const body = '{"code":0,"message":"\\\ufffd","data":{"task_id":"860000000000000001"}}';
		meet(simulator, service, answered(200, body));
		const result = await runKling({ simulator, service });
		expect(words(result)).toContain('Task ID: 860000000000000001');
		expect(creates(simulator)).toHaveLength(1);
	});
});

it.each(['任务不存在', 'record not found'])(
	'Task → Get: "%s" without a code means that the task is not known',
	async (message) => {
		const { simulator } = world;
		const action = answered(400, { error: { message } });
		simulator.faults.add({ match: { method: 'GET' }, times: null, action });
		const parameters = { resource: 'task', operation: 'get', taskId: '860000000000000001' };
		const result = await runKling({ simulator, service, parameters });
		expect(words(result)).toContain('The relay does not know this task');
	},
);
