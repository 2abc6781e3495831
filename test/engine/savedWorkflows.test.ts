/**
 * Workflows that were saved with earlier versions of the package mean what they meant: n8n keeps all of their parameters, and
 * the same requests leave. SAVED_UPDATE=1 writes those of the version in package.json; CONTRIBUTING.md says when. That
 * there are some of every operation, operations/everyOperation.test.ts says.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../simulator';
import { png } from '../pictures';
import { binaryItem, runNode } from './harness';
import { model, optionsFor } from './kling';
import {
	asStored,
	EVERYTHING,
	nodeOf,
	operationsOfToday,
	readSaved,
	type SavedWorkflow,
	type Variant,
	VERSIONS,
	writeSaved,
} from './saved/workflows';
import { OUR_EXTERNAL_ID, useSimulator } from './support';

const world = useSimulator({ slots: 50, costsPerSecond: 1000 });
/** Where workflows are run, and where else if those refuse all that they are given. */
const AT: ServiceName[][] = [['klingGlobal', 'aceData'], ['relay']];

/** What differs from run to run: ids of the simulator, and the names that the node makes up. */
function lasting(text: string, ids: string[]): unknown {
	const plain = ids.reduce((left, id) => left.replaceAll(id, '<id>'), text);
	if (plain === '') return undefined;
	return JSON.parse(plain, (name, value: unknown) =>
		name === 'external_task_id' && OUR_EXTERNAL_ID.test(String(value)) ? undefined : value,
	) as unknown;
}

/** A finished video of the service, for those that go on with one. */
async function finishedVideo(service: ServiceName) {
	const parameters = { ...nodeParameters('A street'), model: model('kling-v1-6') };
	const { json } = await run(parameters, service);
	return { taskId: String(json[0]?.taskId), videoId: String(json[0]?.videoId) };
}

const nodeParameters = (prompt: string): INodeParameters => ({ prompt, download: false });

/** Runs a node with exactly these parameters. */
async function run(parameters: INodeParameters, service: ServiceName, items: IDataObject[] = [{}]) {
	const { simulator } = world;
	if (parameters.resource !== 'file') {
		return await runNode({ ...optionsFor({ simulator, service }), parameters, items });
	}
	const { baseUrl: platformUrl, platformToken = '' } = simulator.services.aceData;
	const credential = { platformUrl, platformToken };
	const file = await binaryItem(png(400, 400));
	return await runNode({
		...optionsFor({ simulator, service, credential }),
		parameters,
		items: [file],
	});
}

/** The first request that a node sends at a service; undefined where it is refused before. */
async function firstSent(parameters: INodeParameters, service: ServiceName): Promise<unknown> {
	const { simulator } = world;
	simulator.reset();
	const needsVideo = JSON.stringify(parameters).includes('$json');
	const video = needsVideo ? await finishedVideo(service) : undefined;
	const ids = Object.values(video ?? {});
	const before = simulator.ledger.requests.length;
	// Nothing after the first request counts, so it is refused.
	simulator.faults.add({ service, action: { kind: 'error', code: 1301 }, times: 100 });
	await run(parameters, service, [video ?? {}]);
	const [request] = simulator.ledger.requests.slice(before);
	if (!request) return undefined;
	const path = ids.reduce((left, id) => left.replaceAll(id, '<id>'), request.path);
	return { request: `${request.method} ${path}`, body: lasting(request.rawBody, ids) };
}

/** What a node sends at each of these services, as JSON holds it. */
async function sendsOf(
	parameters: INodeParameters,
	services: readonly ServiceName[],
): Promise<Record<string, unknown>> {
	const sends: Record<string, unknown> = {};
	for (const service of services) sends[service] = await firstSent(parameters, service);
	return JSON.parse(JSON.stringify(sends)) as Record<string, unknown>;
}

/** The first of some nodes that sends something, with what it sends; else the first. */
async function firstThatRuns({ name, candidates }: Variant) {
	const nodes = candidates.map((candidate) => nodeOf(name, candidate));
	for (const services of AT) {
		for (const node of nodes) {
			const sends = await sendsOf(node.parameters, services);
			if (Object.keys(sends).length > 0) return { node, sends };
		}
	}
	return { node: nodeOf(name, candidates[0]!), sends: {} };
}

if (process.env.SAVED_UPDATE === '1') {
	it.each(operationsOfToday())(
		'writes the workflow of $name',
		async ({ name, variants }) => {
			const workflow: SavedWorkflow = { name, nodes: [], connections: {}, sends: {} };
			for (const variant of variants) {
				const { node, sends } = await firstThatRuns(variant);
				const runs = Object.keys(sends).length > 0;
				if (!runs && variant.name !== EVERYTHING) throw new Error(`${variant.name} sends nothing`);
				workflow.nodes.push(node);
				workflow.sends[node.name] = sends;
			}
			writeSaved(workflow);
		},
		300_000,
	);
} else {
	describe.each(VERSIONS)('saved with %s', (version) => {
		it.each(readSaved(version))('$name: n8n knows all parameters', ({ nodes }) => {
			for (const node of nodes) {
				expect([node.name, asStored(node.parameters, node)]).toEqual([node.name, node.parameters]);
			}
		});

		it.each(readSaved(version))(
			'$name: the same requests leave',
			async ({ nodes, sends }) => {
				for (const { name, parameters } of nodes) {
					const then = sends[name] ?? {};
					// What was refused then may be taken now.
					const now = await sendsOf(parameters, Object.keys(then) as ServiceName[]);
					expect([name, now]).toEqual([name, then]);
				}
			},
			60_000,
		);
	});
}
