/** The lists of elements and voices that the editor shows, filled by n8n's own context against the simulator. */
import { LoadOptionsContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeListSearchResult } from 'n8n-workflow';

import { Kling } from '../../nodes/Kling/Kling.node';
import { KNOWN_ELEMENT_IDS } from '../simulator';
import type { ServiceName } from '../simulator';
import { officialTaskId } from '../simulator/ids';
import type { Kept } from '../simulator/validate/order';
import { inspect, logged, setStage } from './harness';
import { optionsFor, slept } from './kling';
import { answered, useSimulator } from './support';

const world = useSimulator();
const { listSearch } = new Kling().methods;
type Method = Exclude<keyof typeof listSearch, 'searchModels'>;

interface Question {
	filter?: string;
	token?: string;
	service?: ServiceName;
	credential?: ICredentialDataDecryptedObject;
}

async function list(
	method: Method,
	{ filter, token, service = 'klingGlobal', credential }: Question = {},
): Promise<INodeListSearchResult> {
	const { simulator } = world;
	const stage = setStage(optionsFor({ simulator, service, credential }));
	const context = new LoadOptionsContext(stage.workflow, stage.node, stage.additionalData, '');
	return await listSearch[method].call(context, filter, token);
}

/** What the account has made before. */
function keep(
	kept: Partial<Kept> & Pick<Kept, 'type' | 'name'>,
	service: ServiceName = 'klingGlobal',
) {
	const { tasks, accounts } = world.simulator;
	const id = officialTaskId();
	const kind =
		kept.type === 'element' ? 'general/advanced-custom-elements' : 'general/custom-voices';
	tasks.create(
		{
			...{ id: officialTaskId(), service, account: accounts.main(service).name, kind },
			...{ request: {}, modelName: '', mode: '', seconds: 5, images: 0, units: 0 },
			...{ watermark: false, runMs: 0 },
			kept: { referImages: [], tags: [], ...kept },
		},
		[id],
	);
	return id;
}

const paths = () => world.simulator.ledger.requests.map(({ path }) => path);

it('own elements come before presets, with what they are', async () => {
	const id = keep({ type: 'element', name: 'Mara', description: 'red coat, short hair' });
	const { results, paginationToken } = await list('searchElements');
	expect(results[0]).toEqual({ name: 'Mara (own): red coat, short hair', value: id });
	expect(results.slice(1)).toEqual(
		expect.arrayContaining([{ name: 'Fox (preset): A preset: fox', value: KNOWN_ELEMENT_IDS[0] }]),
	);
	expect(paginationToken).toBeUndefined();
});

it.each(['klingGlobal', 'klingChina', 'relay', 'aceData'] as const)(
	'voices of %s are own ones and presets',
	async (service) => {
		const id = keep({ type: 'voice', name: 'Mara' }, service);
		const { results } = await list('searchVoices', { service });
		expect(results[0]).toEqual({ name: 'Mara (own)', value: id });
		expect(results.map(({ name }) => name)).toContain('Calm Narrator (preset)');
	},
);

it.each([
	['searchOwnElements', 'element', '/v1/general/advanced-custom-elements'],
	['searchOwnVoices', 'voice', '/v1/general/custom-voices'],
] as const)('%s has no presets, which cannot be deleted', async (method, type, path) => {
	const id = keep({ type, name: 'Mara' });
	expect((await list(method)).results.map(({ value }) => value)).toEqual([id]);
	expect(paths()).toEqual([path]);
});

it.each([
	['mara', 1],
	[' RED coat ', 1],
	['(own)', 2],
	['(preset)', KNOWN_ELEMENT_IDS.length],
	['nonsense', 0],
])('is searched by what is shown: "%s"', async (filter, count) => {
	keep({ type: 'element', name: 'Mara', description: 'red coat' });
	keep({ type: 'element', name: 'Owl', description: 'grey' });
	expect((await list('searchElements', { filter })).results).toHaveLength(count);
});

it('is searched by ids, too', async () => {
	const id = keep({ type: 'voice', name: 'Mara' });
	expect((await list('searchVoices', { filter: id })).results).toHaveLength(1);
});

it('shows nothing that was deleted', async () => {
	keep({ type: 'element', name: 'Gone', deleted: true });
	expect((await list('searchOwnElements')).results).toEqual([]);
});

it('goes on where it left off, page by page', async () => {
	const ids = Array.from({ length: 600 }, (_, n) => keep({ type: 'element', name: `e${n}` }));
	const first = await list('searchElements');
	expect(first.results).toHaveLength(500);
	const token = String(first.paginationToken);
	expect(token).toMatch(/^own 2 /);
	const second = await list('searchElements', { token });
	const own = [...first.results, ...second.results].slice(0, 600).map(({ value }) => value);
	expect(own).toEqual(ids.reverse());
	expect(second.paginationToken).toBe('presets 1');
	const third = await list('searchElements', { token: 'presets 1' });
	expect(third.results.map(({ value }) => value)).toEqual(
		expect.arrayContaining([...KNOWN_ELEMENT_IDS]),
	);
	expect(third.paginationToken).toBeUndefined();
});

it('looks through all pages for what is searched', async () => {
	const wanted = keep({ type: 'element', name: 'Needle' });
	for (let count = 0; count < 600; count += 1) keep({ type: 'element', name: 'hay' });
	const { results } = await list('searchElements', { filter: 'needle' });
	expect(results.map(({ value }) => value)).toEqual([wanted]);
});

describe('at a service that gives the same page whatever is asked for', () => {
	beforeEach(() => {
		const data = Array.from({ length: 500 }, (_, index) => {
			const elements = [{ element_id: String(7e17 + index * 1000), element_name: `E${index}` }];
			return { task_id: `8${index}`, task_status: 'succeed', task_result: { elements } };
		});
		const action = answered(200, { code: 0, message: 'ok', request_id: 'r', data });
		world.simulator.faults.add({ match: { method: 'GET' }, times: null, action });
	});

	it('is shown once', async () => {
		const first = await list('searchOwnElements', { service: 'relay' });
		expect(first.results).toHaveLength(500);
		const token = String(first.paginationToken);
		const second = await list('searchOwnElements', { service: 'relay', token });
		expect(second).toEqual({ results: [], paginationToken: undefined });
	});

	it('ends a search without a hit', async () => {
		const { results } = await list('searchElements', { service: 'relay', filter: 'nothing' });
		expect(results).toEqual([]);
		expect(paths().length).toBeLessThanOrEqual(4);
	});
});

it('reads ten pages for a search, and goes on as one scrolls', async () => {
	for (let page = 1; page <= 12; page += 1) {
		const data = Array.from({ length: 500 }, (_, index) => ({ task_id: `8${page}-${index}` }));
		const action = answered(200, { code: 0, message: 'ok', request_id: 'r', data });
		world.simulator.faults.add({ match: { method: 'GET' }, action });
	}
	const { results, paginationToken } = await list('searchOwnElements', { filter: 'needle' });
	expect(results).toEqual([]);
	expect(paths()).toHaveLength(10);
	expect(paginationToken).toBe('own 11 810-0');
});

it('tells at once what went wrong, without asking again and without a key', async () => {
	const { faults, ledger, services } = world.simulator;
	const { apiKey } = services.klingGlobal;
	faults.add({ times: null, action: { kind: 'error', code: 5001, message: `Bearer ${apiKey}` } });
	const error = await list('searchVoices').catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		name: 'NodeApiError',
		message: expect.stringContaining('Kling (global)') as string,
	});
	expect(ledger.requests).toHaveLength(1);
	expect(slept).toEqual([]);
	expect([inspect(error), ...logged].join()).not.toContain(apiKey);
});

it.each([
	['a key that is not known', { apiKey: 'wrong-key-1' }, /says that the key is not valid/],
	['no key', { apiKey: '' }, /API Key/],
])('says so with %s', async (_what, credential, says) => {
	const error = await list('searchElements', { credential }).catch((thrown: unknown) => thrown);
	expect((error as Error).message).toMatch(says);
});

it('says that a service has none', async () => {
	const error = await list('searchElements', { service: 'openaiHk' }).catch(
		(thrown: unknown) => thrown,
	);
	expect(error).toMatchObject({ message: 'OpenAI-HK does not offer elements and voices' });
	expect(paths()).toEqual([]);
});
