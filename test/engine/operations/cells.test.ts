/** Every operation at every service that offers it: the exact request that leaves, and the item that comes out. */
jest.mock('../../../nodes/shared/clock', () => jest.requireActual<object>('../virtualTime'));

import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../../simulator';
import { binaryOf } from '../harness';
import { expectNoKeys, WAYS } from '../support';
import {
	CLIP,
	finishedVideo,
	lastCreate,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type Body,
	type OperationName,
} from './support';

const bench = useBench();

type Dialect = 'official' | 'aceData' | 'openaiHk';

interface Operation {
	operation: OperationName;
	parameters: INodeParameters;
	/** Instead of the above, where a dialect lacks something. */
	at?: Partial<Record<Dialect, INodeParameters>>;
	/** By dialect; a dialect without a body does not offer it. */
	bodies: Partial<Record<Dialect, Body>>;
	/** Ace Data Cloud has two paths for all. */
	acePath?: string;
	/** new-api knows only the first two kinds. */
	newApi?: boolean;
}

const OPERATIONS: Operation[] = [
	{
		operation: 'text2video',
		parameters: { prompt: 'A fox', mode: 'pro', duration: 10, aspectRatio: '9:16' },
		bodies: {
			official: { model_name: 'kling-v2-5-turbo', prompt: 'A fox', mode: 'pro', duration: '10', aspect_ratio: '9:16' },
			aceData: {
				action: 'text2video',
				model: 'kling-v2-5-turbo',
				prompt: 'A fox',
				mode: 'pro',
				duration: 10,
				aspect_ratio: '9:16',
				async: true,
			},
			openaiHk: { model_name: 'kling-v1', prompt: 'A fox', mode: 'pro', duration: '10', aspect_ratio: '9:16' },
		},
		newApi: true,
	},
	{
		operation: 'image2video',
		parameters: {
			image: PICTURE,
			imageTailSource: 'text',
			imageTail: OTHER_PICTURE,
			prompt: 'It turns',
			mode: 'pro',
		},
		at: {
			aceData: { options: { aspectRatio: '1:1' } },
			openaiHk: { options: { aspectRatio: '1:1' } },
		},
		bodies: {
			official: {
				model_name: 'kling-v2-5-turbo',
				image: PICTURE,
				image_tail: OTHER_PICTURE,
				prompt: 'It turns',
				mode: 'pro',
				duration: '5',
			},
			aceData: {
				action: 'image2video',
				model: 'kling-v2-5-turbo',
				start_image_url: PICTURE,
				end_image_url: OTHER_PICTURE,
				prompt: 'It turns',
				mode: 'pro',
				duration: 5,
				aspect_ratio: '1:1',
				async: true,
			},
			openaiHk: {
				model_name: 'kling-v1-5',
				image: PICTURE,
				image_tail: OTHER_PICTURE,
				prompt: 'It turns',
				mode: 'pro',
				duration: '5',
				aspect_ratio: '1:1',
			},
		},
		newApi: true,
	},
	{
		operation: 'multi-image2video',
		parameters: { ...rows(PICTURE, OTHER_PICTURE), prompt: 'They meet', aspectRatio: '1:1' },
		bodies: {
			official: {
				model_name: 'kling-v1-6',
				image_list: [{ image: PICTURE }, { image: OTHER_PICTURE }],
				prompt: 'They meet',
				mode: 'std',
				duration: '5',
				aspect_ratio: '1:1',
			},
			aceData: {
				action: 'text2video',
				model: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }, { image_url: OTHER_PICTURE }],
				prompt: 'They meet <<<image_1>>> <<<image_2>>>',
				mode: 'std',
				duration: 5,
				aspect_ratio: '1:1',
				async: true,
			},
		},
	},
	{
		operation: 'omni-video',
		parameters: {
			...rows(PICTURE),
			prompt: '<<<image_1>>> dances as in <<<video_1>>>',
			videoUrl: CLIP,
			duration: 7,
			options: { keepOriginalSound: false },
		},
		bodies: {
			official: {
				model_name: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }],
				video_list: [{ video_url: CLIP, refer_type: 'feature', keep_original_sound: 'no' }],
				prompt: '<<<image_1>>> dances as in <<<video_1>>>',
				mode: 'std',
				duration: '7',
				aspect_ratio: '16:9',
			},
			aceData: {
				action: 'text2video',
				model: 'kling-v3-omni',
				image_list: [{ image_url: PICTURE }],
				video_list: [{ video_url: CLIP, refer_type: 'feature', keep_original_sound: 'no' }],
				prompt: '<<<image_1>>> dances as in <<<video_1>>>',
				mode: 'std',
				duration: 7,
				aspect_ratio: '16:9',
				async: true,
			},
		},
	},
	{
		operation: 'video-extend',
		parameters: { prompt: 'The camera moves back' },
		at: { aceData: { options: { aceModel: 'kling-v1-6' } } },
		bodies: {
			official: { prompt: 'The camera moves back' },
			aceData: { action: 'extend', model: 'kling-v1-6', prompt: 'The camera moves back', async: true },
		},
	},
	{
		operation: 'motion-control',
		parameters: { image: PICTURE, videoUrl: CLIP, characterOrientation: 'image', prompt: 'On a stage' },
		acePath: '/kling/motion',
		bodies: {
			official: {
				model_name: 'kling-v2-6',
				image_url: PICTURE,
				video_url: CLIP,
				character_orientation: 'image',
				prompt: 'On a stage',
				mode: 'std',
			},
			aceData: {
				model_name: 'kling-v2-6',
				image_url: PICTURE,
				video_url: CLIP,
				character_orientation: 'image',
				prompt: 'On a stage',
				mode: 'std',
				async: true,
			},
		},
	},
	{
		operation: 'image-generation',
		parameters: { prompt: 'A rabbit', n: 2, aspectRatio: '4:3' },
		bodies: {
			official: { model_name: 'kling-v2-1', prompt: 'A rabbit', n: 2, aspect_ratio: '4:3' },
			openaiHk: { prompt: 'A rabbit', n: 2, aspect_ratio: '4:3' },
		},
	},
];

function dialectOf(service: ServiceName): Dialect {
	return service === 'aceData' || service === 'openaiHk' ? service : 'official';
}

function pathOf({ operation, acePath }: Operation, service: ServiceName, prefix: string): string {
	if (service === 'aceData') return acePath ?? '/kling/videos';
	const last = operation === 'image-generation' ? 'images/generations' : `videos/${operation}`;
	return `${prefix}/v1/${last}`;
}

const cells = OPERATIONS.flatMap((entry) =>
	WAYS.map((way) => ({ ...entry, ...way, dialect: dialectOf(way.service), entry })),
);
const offered = cells.filter(
	({ bodies, dialect, service, newApi }) => bodies[dialect] && (service !== 'newApi' || newApi),
);

describe.each(offered)('$operation at $way', ({ operation, service, prefix, dialect, entry, ...way }) => {
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
			authorization: expect.stringMatching(credential ? /^Bearer jwt / : /^Bearer api-key /) as string,
		});
		expect(JSON.parse(create.rawBody)).toEqual({
			...entry.bodies[dialect],
			...(source ? { video_id: source.videoId } : {}),
		});

		const [item] = result.json;
		const taskId = String(item?.taskId);
		expect(result.json).toHaveLength(1);
		expect(taskId).toBe(create.taskId);
		expect(item).toMatchObject({ kind: operation, status: 'succeed', message: '' });
		expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
		if (operation === 'image-generation') {
			expect(item).toMatchObject({ imageUrl: expect.stringContaining(simulator.cdnUrl) as string });
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
			expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
		}
		expectNoKeys(simulator, result);
	});
});

const LABELS: Partial<Record<ServiceName, string>> = { aceData: 'Ace Data Cloud', openaiHk: 'OpenAI-HK' };
const KIND_LABELS: Partial<Record<OperationName, string>> = {
	'multi-image2video': 'Multi-Image to Video',
	'omni-video': 'Omni Video',
	'video-extend': 'Video Extension',
	'motion-control': 'Motion Control',
	'image-generation': 'Image Generation',
};
const missing = cells.filter(({ bodies, dialect }) => !bodies[dialect]);

describe('what a service lacks', () => {
	it.each(missing)('$operation at $way', async ({ operation, service, parameters }) => {
		const id = '814237883686625347';
		await bench.refused(operation, {
			service,
			parameters: operation === 'video-extend' ? { videoId: id } : parameters,
			says: [
				`${LABELS[service] ?? ''} does not offer ${KIND_LABELS[operation] ?? ''}. Services that do: Kling (global), Kling (China)`,
				service === 'aceData' ? 'OpenAI-HK, other relays' : 'Ace Data Cloud, other relays',
				'Choose another operation, or a credential for another service',
			],
		});
	});

	it.each(cells.filter(({ service, newApi }) => service === 'newApi' && !newApi))(
		'$operation at new-api, which answers with its web page and makes nothing',
		async ({ operation, service, parameters }) => {
			const result = await bench.run(operation, {
				service,
				parameters: { ...parameters, ...(operation === 'video-extend' ? { videoId: 'a-video' } : {}) },
			});
			expect(result.status).toBe('error');
			expect(result.error?.message).toContain('a web page came instead of data');
			expect(result.error?.description).toContain('Check Service, Base URL and Path Prefix');
		},
	);
});
