/** Every operation at every service that offers it: the exact request that leaves, and the item that comes out. */
import { KINDS } from '../../../nodes/shared/core/kinds';
import { binaryOf } from '../harness';
import { addedTo, expectNoKeys, WAYS } from '../support';
import { dialectOf, filesOf, kindAt, kindOf, OPERATIONS, pathOf } from './cells';
import { IMAGES, type Dialect, type Operation } from './cells/types';
import { anySource, lastCreate, sourceOf, useBench } from './support';

const bench = useBench();

const BEFORE = [
	'taskId',
	'externalTaskId',
	'kind',
	'model',
	'quality',
	'prompt',
	'status',
	'message',
];
const AFTER = ['createdAt', 'updatedAt', 'unitsDeducted'];
const VIDEO_FIELDS = ['videoUrl', 'videoId', 'duration', 'videos'];

/** The fields that tell what was made, in their order. */
const MADE: Record<NonNullable<Operation['makes']> | 'a video', string[]> = {
	'a video': VIDEO_FIELDS,
	'a video of untold length': VIDEO_FIELDS,
	'a video and images': [...VIDEO_FIELDS, 'imageUrl', 'images'],
	'a video and subtitles': [...VIDEO_FIELDS, 'srtUrl', 'assUrl'],
	'an image': ['imageUrl', 'images'],
	'two images': ['imageUrl', 'images'],
	'nine images': ['imageUrl', 'images'],
	'a sound': ['audioUrl', 'wavUrl', 'audioId', 'duration', 'audios'],
	'a video and its sound': [...VIDEO_FIELDS, 'audioUrl', 'wavUrl', 'audioId', 'audios'],
	'an element': [
		...['elementId', 'name', 'description', 'madeFrom', 'imageUrl', 'videoUrl', 'voiceId', 'tags'],
	],
	'a voice': ['voiceId', 'name', 'voiceUrl'],
};

interface Named {
	mimeType: string;
	fileName: string;
	fileExtension: string;
}

const mp4 = (name: string): Named => ({
	mimeType: 'video/mp4',
	fileName: `${name}.mp4`,
	fileExtension: 'mp4',
});
const png = (name: string): Named => ({
	mimeType: 'image/png',
	fileName: `${name}.png`,
	fileExtension: 'png',
});
const mp3 = (name: string): Named => ({
	mimeType: 'audio/mpeg',
	fileName: `${name}.mp3`,
	fileExtension: 'mp3',
});

const pngs = (name: string, count: number) =>
	Array.from({ length: count }, (_, index) => png(`${name}-${index + 1}`));

/** What the files are called. */
const NAMED: Record<keyof typeof MADE, (name: string) => Named[]> = {
	'a video': (name) => [mp4(name)],
	'a video of untold length': (name) => [mp4(name)],
	'a video and images': (name) => [mp4(name), ...pngs(name, 3)],
	'a video and subtitles': (name) => [
		mp4(name),
		{ mimeType: 'application/x-subrip', fileName: `${name}.srt`, fileExtension: 'srt' },
		{ mimeType: 'text/x-ssa', fileName: `${name}.ass`, fileExtension: 'ass' },
	],
	'an image': (name) => [png(name)],
	'two images': (name) => pngs(name, IMAGES['two images']),
	'nine images': (name) => pngs(name, IMAGES['nine images']),
	'a sound': (name) => [mp3(name)],
	'a video and its sound': (name) => [mp4(name), mp3(name)],
	'an element': () => [],
	'a voice': (name) => [mp3(name)],
};

/** What the item tells of what was made; the simulator knows it from elsewhere. */
function toldOf({ makes }: Operation, taskId: string): object {
	const { cdnUrl, tasks } = bench.simulator;
	const { resultIds = [], audioId, seconds = NaN } = tasks.get(taskId) ?? {};
	const link = (extension: string) =>
		expect.stringMatching(`^${cdnUrl}/results/${taskId}/0\\.${extension}\\?`) as string;
	const times = { createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string };
	const sound = { audioUrl: link('mp3'), wavUrl: link('wav'), audioId };
	const audios = [{ id: audioId, url: link('mp3'), wavUrl: link('wav'), duration: seconds }];
	// Videos come out a little longer than ordered.
	const video = { videoUrl: link('mp4'), videoId: resultIds[0], duration: seconds + 0.1 };
	// Kling tells no id of it.
	const made = { ...video, videoId: null };
	switch (makes) {
		case 'a video and images': {
			const roles = ['product_image', 'model_images', 'model_images'];
			const images = roles.map((role, index) => ({ index, role }));
			return { ...times, ...made, imageUrl: link('png'), images };
		}
		case 'a video and subtitles':
			return { ...times, ...made, srtUrl: link('srt'), assUrl: link('ass') };
		case 'an image':
		case 'two images':
		case 'nine images': {
			const images = Array.from({ length: IMAGES[makes] }, (_, index) => ({ index }));
			return { ...times, imageUrl: link('png'), images };
		}
		case 'a sound':
			return { ...times, ...sound, duration: seconds, audios };
		case 'a video and its sound':
			return { ...times, ...sound, ...video, audios };
		case 'a video of untold length':
			return { ...times, ...video, duration: null };
		case 'an element':
			return {
				...times,
				elementId: resultIds[0],
				name: 'Mara',
				description: 'Red coat, short hair',
			};
		case 'a voice':
			return { ...times, voiceId: resultIds[0], name: 'Mara', voiceUrl: link('mp3') };
		default:
			return { ...times, ...video };
	}
}

const cells = OPERATIONS.flatMap((entry) =>
	WAYS.map((way) => ({ ...entry, ...way, dialect: dialectOf(way.service, entry), entry })),
);

/** The Solutions API takes no pair of keys. */
const lacksKey = (cell: (typeof cells)[number]) =>
	'credential' in cell && cell.solution !== undefined;

const offered = cells.filter(
	(cell) =>
		cell.bodies[cell.dialect] && !lacksKey(cell) && (cell.service !== 'newApi' || cell.newApi),
);

describe.each(offered)(
	'$operation at $way',
	({ operation, service, prefix, dialect, entry, ...way }) => {
		const credential = 'credential' in way ? { ...way.credential } : undefined;

		it('sends one exact request, delivers one item and pays once', async () => {
			const { simulator } = bench;
			const source = await sourceOf(bench, entry, service, credential);
			const { videoId: video_id, sessionId: session_id } = source;
			const requestsBefore = simulator.ledger.requests.length;
			const result = await bench.succeed(operation, {
				service,
				credential,
				parameters: {
					...entry.parameters,
					...entry.at?.[dialect],
					...source,
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
				...(create.path.startsWith('/solutions/')
					? { options: addedTo(service) }
					: addedTo(service)),
				...(video_id === undefined ? {} : { video_id }),
				...(session_id === undefined ? {} : { session_id }),
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
			const { makes = 'a video' } = entry;
			expect(Object.keys(item ?? {})).toEqual([...BEFORE, ...MADE[makes], ...AFTER]);
			expect(item).toMatchObject(toldOf(entry, taskId));
			const files = filesOf(entry, simulator, taskId);
			expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(Object.keys(files));
			if (makes === 'an element') expect(result.output[0]).not.toHaveProperty('binary');
			for (const [field, bytes] of Object.entries(files)) {
				expect(await result.binary(0, field)).toEqual(bytes);
			}
			expect(
				Object.keys(files).map((field) => {
					const { mimeType, fileName, fileExtension } = binaryOf(result.output[0], field);
					return { mimeType, fileName, fileExtension };
				}),
			).toEqual(NAMED[makes](`kling-${taskId}`));
			expectNoKeys(simulator, result);
		});
	},
);

const LABELS: Record<Dialect, string> = {
	official: 'Kling (global), Kling (China)',
	aceData: 'Ace Data Cloud',
	openaiHk: 'OpenAI-HK',
	relay: 'other relays',
};

/** "Kling (global), Kling (China), OpenAI-HK, other relays" */
function whoHas({ bodies, solution }: Operation): string {
	const relay = solution === undefined ? bodies.official : bodies.relay;
	const all = Object.entries({ ...bodies, relay }).filter(([, body]) => body);
	return (['official', 'aceData', 'openaiHk', 'relay'] as const)
		.filter((name) => all.some(([has]) => has === name))
		.map((name) => LABELS[name])
		.join(', ');
}

const missing = cells.filter(({ bodies, dialect }) => !bodies[dialect]);

describe('what a service lacks', () => {
	it.each(missing)(
		'$operation at $way',
		async ({ operation, dialect, entry, service, parameters }) => {
			await bench.refused(operation, {
				service,
				parameters: { ...parameters, ...anySource(entry) },
				says: [
					`${dialect === 'relay' ? 'The relay' : LABELS[dialect]} does not offer ${KINDS[kindOf(entry)].title}. Services that do: ${whoHas(entry)}`,
					'Choose another operation, or a credential for another service',
				],
			});
		},
	);

	it.each(cells.filter(lacksKey))(
		'$operation at $way',
		async ({ entry, operation, service, parameters, ...way }) => {
			const credential = 'credential' in way ? { ...way.credential } : undefined;
			await bench.refused(
				operation,
				{
					service,
					parameters,
					says: [
						`Kling (global) offers ${KINDS[kindOf(entry)].title} only with an API key`,
						'Choose API Key as Authentication in the credential',
					],
				},
				{ credential },
			);
		},
	);

	it.each(
		cells.filter(
			({ service, newApi, dialect, bodies }) => service === 'newApi' && !newApi && bodies[dialect],
		),
	)(
		'$operation at new-api, which answers with its web page and makes nothing',
		async ({ operation, service, dialect, parameters, entry }) => {
			const result = await bench.run(operation, {
				service,
				parameters: { ...parameters, ...entry.at?.[dialect], ...anySource(entry) },
			});
			expect(result.status).toBe('error');
			expect(result.error?.message).toContain('a web page came instead of data');
			expect(result.error?.description).toContain('Check Service, Base URL and Path Prefix');
		},
	);
});
