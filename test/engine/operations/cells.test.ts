/** Every operation at every service that offers it: the exact request that leaves, and the item that comes out. */
import { ALL_KINDS, KINDS } from '../../../nodes/shared/core/kinds';
import { binaryOf } from '../harness';
import { addedTo, expectNoKeys, WAYS } from '../support';
import { dialectOf, kindAt, OPERATIONS, pathOf, type Dialect, type Operation } from './cells';
import { finishedVideo, lastCreate, useBench } from './support';

const bench = useBench();

const VIDEO_FIELDS = [
	'taskId',
	'externalTaskId',
	'kind',
	'model',
	'quality',
	'prompt',
	'status',
	'message',
	'videoUrl',
	'videoId',
	'duration',
	'videos',
	'createdAt',
	'updatedAt',
	'unitsDeducted',
];

const cells = OPERATIONS.flatMap((entry) =>
	WAYS.map((way) => ({ ...entry, ...way, dialect: dialectOf(way.service), entry })),
);
it('every kind has a row', () => {
	expect(OPERATIONS.map(({ operation }) => operation).sort()).toEqual([...ALL_KINDS].sort());
});

const offered = cells.filter(
	({ bodies, dialect, service, newApi }) => bodies[dialect] && (service !== 'newApi' || newApi),
);

describe.each(offered)(
	'$operation at $way',
	({ operation, service, prefix, dialect, entry, ...way }) => {
		const credential = 'credential' in way ? { ...way.credential } : undefined;

		it('sends one exact request, delivers one item and pays once', async () => {
			const { simulator } = bench;
			const source =
				operation === 'video-extend' ? await finishedVideo(bench, service, credential) : undefined;
			const requestsBefore = simulator.ledger.requests.length;
			const result = await bench.succeed(operation, {
				service,
				credential,
				parameters: {
					...entry.parameters,
					...entry.at?.[dialect],
					...(source ? { videoId: source.videoId } : {}),
				},
			});

			const creates = simulator.ledger.requests
				.slice(requestsBefore)
				.filter(({ method, path }) => method === 'POST' && path !== '/kling/tasks');
			expect(creates).toHaveLength(1);
			const create = lastCreate(simulator);
			expect(create).toBe(creates[0]);
			expect(create.path).toBe(pathOf(entry, service, prefix));
			expect(create.query).toEqual({});
			expect(create.headers).toMatchObject({
				accept: 'application/json',
				'content-type': 'application/json',
				authorization: expect.stringMatching(
					credential ? /^Bearer jwt / : /^Bearer api-key /,
				) as string,
			});
			expect(JSON.parse(create.rawBody)).toEqual({
				...entry.bodies[dialect],
				...addedTo(service),
				...(source ? { video_id: source.videoId } : {}),
			});

			const [item] = result.json;
			const taskId = String(item?.taskId);
			expect(result.json).toHaveLength(1);
			expect(taskId).toBe(create.taskId);
			expect(item).toMatchObject({
				kind: kindAt(entry, service),
				status: 'succeed',
				message: '',
			});
			expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
			if (operation === 'image-generation') {
				expect(item).toMatchObject({
					imageUrl: expect.stringContaining(simulator.cdnUrl) as string,
				});
				expect(item?.images).toHaveLength(2);
				expect(await result.binary(0, 'data')).toEqual(simulator.imageBytes(taskId, 0));
				expect(await result.binary(0, 'data_1')).toEqual(simulator.imageBytes(taskId, 1));
				expect(binaryOf(result.output[0], 'data_1')).toMatchObject({
					mimeType: 'image/png',
					fileName: `kling-${taskId}-2.png`,
				});
			} else {
				expect(item).toMatchObject({
					videoUrl: expect.stringContaining(simulator.cdnUrl) as string,
					videoId: simulator.tasks.get(taskId)?.resultIds[0],
				});
				expect(Object.keys(item ?? {})).toEqual(VIDEO_FIELDS);
				expect(item).toMatchObject({
					// Videos come out a little longer than ordered.
					duration: (simulator.tasks.get(taskId)?.seconds ?? NaN) + 0.1,
					createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
				});
				expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
				expect(binaryOf(result.output[0])).toMatchObject({
					mimeType: 'video/mp4',
					fileName: `kling-${taskId}.mp4`,
					fileExtension: 'mp4',
				});
			}
			expectNoKeys(simulator, result);
		});
	},
);

const LABELS: Record<Dialect, string> = {
	official: 'Kling (global), Kling (China)',
	aceData: 'Ace Data Cloud',
	openaiHk: 'OpenAI-HK',
};

/** "Kling (global), Kling (China), OpenAI-HK, other relays" */
function whoHas({ bodies }: Operation): string {
	const dialects = (['official', 'aceData', 'openaiHk'] as const).filter((name) => bodies[name]);
	return [...dialects.map((name) => LABELS[name]), 'other relays'].join(', ');
}

const missing = cells.filter(({ bodies, dialect }) => !bodies[dialect]);

describe('what a service lacks', () => {
	it.each(missing)(
		'$operation at $way',
		async ({ operation, dialect, entry, service, parameters }) => {
			const id = '814237883686625347';
			await bench.refused(operation, {
				service,
				parameters: operation === 'video-extend' ? { videoId: id } : parameters,
				says: [
					`${LABELS[dialect]} does not offer ${KINDS[operation].label}. Services that do: ${whoHas(entry)}`,
					'Choose another operation, or a credential for another service',
				],
			});
		},
	);

	it.each(cells.filter(({ service, newApi }) => service === 'newApi' && !newApi))(
		'$operation at new-api, which answers with its web page and makes nothing',
		async ({ operation, service, parameters }) => {
			const result = await bench.run(operation, {
				service,
				parameters: {
					...parameters,
					...(operation === 'video-extend' ? { videoId: 'a-video' } : {}),
				},
			});
			expect(result.status).toBe('error');
			expect(result.error?.message).toContain('a web page came instead of data');
			expect(result.error?.description).toContain('Check Service, Base URL and Path Prefix');
		},
	);
});
