/** Answers about a task as they were met in the wild, each named after where; and neighbours of them. */
import * as codec from '../../../nodes/shared/providers/codec';
import type { JsonObject } from '../../../nodes/shared/core/json';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { Claim, Task } from '../../../nodes/shared/core/task';
import { answer, errorOf, provider } from './support';

const VIDEO = 'https://cdn.example.com/result.mp4';
const OTHER = 'https://cdn.example.com/other.mp4';
const IMAGE = 'https://cdn.example.com/result.png';
const ID = 'task_abc123';

/** What the relay's answer to a question for `ID` says. */
function read(body: unknown, kind: Kind = 'text2video'): Task {
	return codec.readTask(provider('relay'), { id: ID, kind }, answer(body));
}

/** A record of Kling's legacy API with what differs. */
const legacy = (more: object) => ({
	code: 0,
	data: { task_id: ID, task_status: 'succeed', ...more },
});
const wrapped = (data: object) => ({ code: 'success', message: '', data });

describe('why a task failed', () => {
	it.each<[string, unknown, string]>([
		[
			'crazyrouter, newapi.pro: in an error of its own',
			wrapped({
				task_id: ID,
				status: 'failed',
				url: '',
				format: 'mp4',
				metadata: null,
				error: { code: 'task_failed', message: 'content moderation failed' },
			}),
			'content moderation failed',
		],
		[
			'new-api, in the form of OpenAI',
			{
				id: ID,
				object: 'video',
				status: 'failed',
				progress: 100,
				error: { code: 'task_failed', message: 'Image pixel is invalid' },
			},
			'Image pixel is invalid',
		],
		[
			'the same, with a code of Kling as text',
			{ id: ID, status: 'failed', error: { message: 'risk control', code: '1301' } },
			'risk control',
		],
		[
			'the same, with a code that would else mean "try again"',
			{ task_id: ID, status: 'failed', error: { message: 'broken inside', code: 5000 } },
			'broken inside',
		],
		[
			'new-api: "SUCCEED" of the envelope in the place of the reason',
			wrapped({
				task_id: '8334',
				status: 'FAILURE',
				fail_reason: 'SUCCEED',
				data: {
					code: 0,
					message: 'SUCCEED',
					data: {
						task_id: '8334',
						task_status: 'failed',
						task_status_msg: 'Image pixel is invalid',
					},
				},
			}),
			'Image pixel is invalid',
		],
		[
			'the answer of Kling as text',
			wrapped({
				task_id: ID,
				status: 'FAILURE',
				fail_reason: '{"code":1301,"message":"Content is not allowed"}',
			}),
			'Content is not allowed',
		],
		['error as text', { task_id: ID, status: 'failed', error: 'no such voice' }, 'no such voice'],
		['QuickRouter: msg', legacy({ task_status: 'failed', msg: '图片无效' }), '图片无效'],
		['FastAPI: detail', { task_id: ID, status: 'error', detail: 'too dark' }, 'too dark'],
		[
			'a list of errors',
			{ task_id: ID, status: 'failed', errors: [{ message: 'too dark' }] },
			'too dark',
		],
		['reason', legacy({ task_status: 'rejected', reason: 'a face' }), 'a face'],
		['a word of code alone', legacy({ task_status: 'failed', error: { code: 'nsfw' } }), 'nsfw'],
		[
			'beside the record',
			{ code: 500, message: 'upstream broke', data: { task_id: ID, task_status: 'failed' } },
			'upstream broke',
		],
	])('%s', (_source, body, message) => {
		expect(read(body)).toMatchObject({ id: ID, status: 'failed', message, results: [] });
	});

	it.each(['SUCCEED', 'success', 'ok', 'OK.', '成功', '操作成功', 'null', 'FAILURE', ' ', ''])(
		'%j is no reason',
		(word) => {
			const data = { task_id: ID, status: 'FAILURE', fail_reason: word, message: word };
			expect(read({ code: 0, message: word, data })).toMatchObject({ message: '' });
		},
	);

	it('Ace Data Cloud: detail in its error', () => {
		const error = { code: 'api_error', detail: 'risk control' };
		const body = { id: 'abc', response: { success: false, error } };
		const ref = { id: 'abc', kind: 'text2video' } as const;
		expect(codec.readTask(provider('aceData'), ref, answer(body))).toMatchObject({
			status: 'failed',
			message: 'risk control',
		});
	});

	it('an error is none of the task where the record names no task of ours', () => {
		const body = { id: 'req-1', status: 'error', error: { message: 'slow down', code: 'limit' } };
		const error = errorOf(() => read(body));
		expect(error.kind).toBe('refused');
		expect(error.details).toMatchObject({ serviceMessage: 'slow down', retryable: true });
	});

	it('an HTTP status of a failure is a refusal of the question', () => {
		const body = { id: ID, status: 'failed', error: { message: 'down' } };
		const failing = () =>
			codec.readTask(provider('relay'), { id: ID, kind: 'text2video' }, answer(body, 500));
		expect(errorOf(failing).kind).toBe('refused');
	});
});

describe('where a video may stand', () => {
	const url = [{ url: VIDEO }];
	it.each<[string, unknown, object?]>([
		['openclaw: task_result.video_url', legacy({ task_result: { video_url: VIDEO } })],
		['task_result.url', legacy({ task_result: { url: VIDEO } })],
		['video_url', legacy({ video_url: VIDEO })],
		['flat', { id: ID, status: 'completed', video_url: VIDEO }],
		['texts in videos', legacy({ task_result: { videos: [VIDEO] } })],
		['texts in outputs', legacy({ outputs: [VIDEO] })],
		['content.video_url', legacy({ content: { video_url: VIDEO, last_frame_url: IMAGE } })],
		['video.url', legacy({ video: { url: VIDEO } })],
		['video as text', legacy({ video: VIDEO })],
		['output as text', legacy({ output: VIDEO })],
		['data as a list', { id: ID, status: 'completed', data: url }],
		['data as a list in the envelope', { code: 0, data: [legacy({ url: VIDEO }).data] }],
		['task_result as text', legacy({ task_result: JSON.stringify({ videos: url }) })],
		['data.url', wrapped({ task_id: ID, status: 'succeeded', url: VIDEO })],
		['data.result_url', wrapped({ task_id: ID, status: 'SUCCESS', result_url: VIDEO })],
		['metadata.url', { id: ID, status: 'completed', metadata: { url: VIDEO } }],
		['beside the record', { code: 0, video_url: VIDEO, data: { task_id: ID, status: 'success' } }],
		['camel case', legacy({ taskResult: { videoUrl: VIDEO } })],
		[
			'kie: a text with a list of texts',
			{
				code: 200,
				msg: 'success',
				data: { taskId: ID, state: 'success', resultJson: JSON.stringify({ resultUrls: [VIDEO] }) },
			},
		],
		[
			'PiAPI: output.video',
			{ code: 200, data: { task_id: ID, status: 'completed', output: { video: VIDEO } } },
		],
		[
			'PiAPI: works, the one without a watermark, in ms; an empty error',
			{
				code: 200,
				data: {
					task_id: ID,
					status: 'completed',
					input: { image_url: IMAGE },
					output: {
						video_url: VIDEO,
						status: 99,
						works: [
							{
								cover: { resource: IMAGE },
								video: { resource: OTHER, resource_without_watermark: VIDEO, duration: 5100 },
							},
						],
					},
					error: { code: 0, raw_message: '', message: '' },
				},
			},
			{ duration: 5.1 },
		],
		[
			'Replicate',
			{ id: ID, status: 'succeeded', input: { image: IMAGE }, output: VIDEO, urls: { get: OTHER } },
		],
		['a code that is no number we know', { ...legacy({ video_url: VIDEO }), code: 'SUCCEED' }],
		['a code of 1', { ...legacy({ video_url: VIDEO }), code: 1 }],
		['beside a picture of it', legacy({ output: { image_url: IMAGE }, video_url: VIDEO })],
		['no id at all', { status: 'completed', video_url: VIDEO }],
	])('%s', (_source, body, more = {}) => {
		expect(read(body)).toMatchObject({ id: ID, status: 'succeed', message: '' });
		expect(read(body).results).toEqual([
			{ ...Object(read(body).results[0]), type: 'video', url: VIDEO, ...more },
		]);
	});

	it('several videos come out in order, with all that is told of each', () => {
		const videos = [
			{ id: 'v1', url: VIDEO, watermark_url: `${VIDEO}?w`, duration: '5.1' },
			{ id: 'v2', url: OTHER, watermark_url: '', duration: 10 },
		];
		expect(read(legacy({ outputs: videos })).results).toEqual([
			{ type: 'video', id: 'v1', url: VIDEO, watermarkUrl: `${VIDEO}?w`, duration: 5.1 },
			{ type: 'video', id: 'v2', url: OTHER, watermarkUrl: undefined, duration: 10 },
		]);
	});

	it.each(['finished', 'done', '99', 'UNKNOWN', '', undefined, null, 99, {}])(
		'a result is a result whatever the word: %j',
		(word) => {
			const body = legacy({ task_status: word, task_result: { videos: [{ url: VIDEO }] } });
			expect(read(body)).toMatchObject({ status: 'succeed', results: [{ url: VIDEO }] });
		},
	);

	it.each([
		'processing',
		'queued',
		'IN_PROGRESS',
		'generating',
		'处理中',
		'排队中',
		'TASK_STATUS_QUEUED',
	])('but not while the task is %s', (word) => {
		expect(['submitted', 'processing']).toContain(
			read(legacy({ task_status: word, video_url: VIDEO })).status,
		);
	});
});

describe('what is no result', () => {
	const waiting = (more: object) => legacy({ task_status: 'finished', ...more });
	it.each<[string, object]>([
		['the request', { request: { video_url: VIDEO }, input: { url: VIDEO } }],
		['its parameters', { params: { videos: [{ url: VIDEO }] }, options: { url: VIDEO } }],
		['an input picture', { image_url: IMAGE, image: IMAGE, image_list: [{ image_url: IMAGE }] }],
		['a callback address', { callback_url: VIDEO, notify_hook: VIDEO, webhook_url: VIDEO }],
		[
			'a cover',
			{ cover_url: IMAGE, thumbnail: IMAGE, output: { cover: { url: IMAGE }, poster: IMAGE } },
		],
		['an avatar', { user: { avatar_url: IMAGE, url: VIDEO } }],
		['a watermarked copy alone', { task_result: { watermark_url: VIDEO } }],
		['the video that was extended', { task_info: { parent_video: { id: 'p', url: VIDEO } } }],
		['a page about an error', { error: { url: VIDEO, documentation_url: VIDEO } }],
		['words', { message: `See ${VIDEO}`, fail_reason: VIDEO }],
		['a picture of a video', { output: { image_url: IMAGE } }],
		['what is no address', { video_url: 'pending', url: 'ftp://x.example.com/a', output: '/v1/x' }],
	])('%s', (_what, more) => {
		expect(read(waiting(more))).toMatchObject({ status: 'processing', results: [] });
		const error = errorOf(() => read(legacy({ ...more, fail_reason: '' })));
		expect(error.details).toMatchObject({ resultMissing: true });
	});

	it('the video that Motion Control was given, unless the service says that it succeeded', () => {
		const body = { task_id: ID, status: 'finished', video_url: VIDEO };
		expect(read(body, 'motion-control').status).toBe('processing');
		expect(read({ ...body, status: 'completed' }, 'motion-control').results).toHaveLength(1);
	});

	it('the picture that Image → Generate was given', () => {
		const body = legacy({ task_status: 'finished', image: IMAGE });
		expect(read(body, 'image-generation').status).toBe('processing');
	});
});

describe('where pictures may stand', () => {
	const data = 'data:image/png;base64,iVBORw0KGgo=';
	it.each<[string, unknown, string[]]>([
		['images', legacy({ task_result: { images: [{ index: 0, url: IMAGE }] } }), [IMAGE]],
		['texts', legacy({ images: [IMAGE] }), [IMAGE]],
		['image_url', { id: ID, status: 'completed', image_url: IMAGE }, [IMAGE]],
		['a data URI', legacy({ task_result: { images: [{ index: 0, url: data }] } }), [data]],
		['b64_json', { id: ID, status: 'completed', data: [{ b64_json: 'iVBORw0KGgo=' }] }, [data]],
		[
			'b64_json of a JPEG',
			{ id: ID, status: 'completed', data: [{ url: '', b64_json: '/9j/4AAQ' }] },
			['data:image/jpeg;base64,/9j/4AAQ'],
		],
	])('%s', (_where, body, urls) => {
		expect(read(body, 'image-generation')).toMatchObject({
			status: 'succeed',
			results: urls.map((url, index) => ({ type: 'image', index, url })),
		});
	});

	/** Kinds that the node does not make, of which the Trigger hears. */
	const claimed = (task_result: JsonObject): Claim | undefined =>
		provider('relay').readCallback({ task_id: ID, task_status: 'succeed', task_result });

	it('Omni Image: a series', () => {
		const series_images = [{ index: 0, url: IMAGE, watermark_url: '' }];
		expect(claimed({ result_type: 'series', images: [], series_images })).toMatchObject({
			results: [{ type: 'image', index: 0, url: IMAGE }],
		});
	});

	it('subject completion: three addresses each', () => {
		const set = (index: number) =>
			Object.fromEntries([1, 2, 3].map((angle) => [`url_${angle}`, `${IMAGE}?${index}${angle}`]));
		const images = [0, 1].map((index) => ({ index, ...set(index) }));
		expect(claimed({ images })?.results.map((one) => 'url' in one && one.url)).toEqual(
			['01', '02', '03', '11', '12', '13'].map((place) => `${IMAGE}?${place}`),
		);
	});

	it('sounds beside a video', () => {
		const audios = [{ id: 'a', url_mp3: `${VIDEO}.mp3`, url_wav: `${VIDEO}.wav` }];
		expect(claimed({ audios, videos: [{ id: 'v', url: VIDEO }] })?.results).toMatchObject([
			{ type: 'video', id: 'v', url: VIDEO },
			{ type: 'audio', id: 'a', url: `${VIDEO}.mp3`, wavUrl: `${VIDEO}.wav` },
		]);
	});

	it('a sound that came as WAV alone', () => {
		const audios = [{ id: 'a', url_mp3: '', url_wav: `${VIDEO}.wav`, duration_wav: '3' }];
		const url = `${VIDEO}.wav`;
		expect(claimed({ audios })?.results).toEqual([
			{ type: 'audio', id: 'a', url, wavUrl: url, duration: 3 },
		]);
	});

	it('speech, of which there is one link', () => {
		const audios = [{ id: 'a', url: `${VIDEO}.mp3`, duration: '3.2' }];
		expect(claimed({ audios })?.results).toEqual([
			{ type: 'audio', id: 'a', url: `${VIDEO}.mp3`, duration: 3.2 },
		]);
	});
});

it('a long list of links is read in a moment', () => {
	/** Milliseconds that a callback with so many links takes. */
	function timeOf(count: number): number {
		const videos = Array.from({ length: count }, (_, place) => `http://x/${place}`);
		const images = videos.map((url) => `${url}.png`);
		const began = performance.now();
		const body = { task_id: ID, task_status: 'succeed', task_result: { videos, images } };
		expect(provider('relay').readCallback(body)?.results.length).toBe(2 * count);
		return performance.now() - began;
	}
	timeOf(2000);
	// Milliseconds; if every link were compared with every other, it would be a minute and more.
	expect(timeOf(40_000)).toBeLessThan(10_000);
});

describe('words for the end', () => {
	const FAILED = [
		'canceled',
		'cancelled',
		'CANCELED',
		'expired',
		'timeout',
		'timed_out',
		'Timed Out',
		'rejected',
		'aborted',
		'失败',
		'已取消',
		'已过期',
		'超时',
		'TASK_STATUS_FAILED',
	];
	it.each(FAILED)('%s', (word) => {
		const task = read(legacy({ task_status: word, task_status_msg: 'the words of the service' }));
		expect(task).toMatchObject({ status: 'failed', message: 'the words of the service' });
	});

	it.each(['成功', '已完成', '生成成功', 'TASK_STATUS_SUCCEED', 'complete'])('%s', (word) => {
		expect(read(legacy({ task_status: word, video_url: VIDEO })).status).toBe('succeed');
		expect(errorOf(() => read(legacy({ task_status: word }))).details.resultMissing).toBe(true);
	});

	it('cancelled at Ace Data Cloud', () => {
		const body = { id: 'abc', response: { task_id: 'abc', state: 'cancelled' } };
		const ref = { id: 'abc', kind: 'text2video' } as const;
		expect(codec.readTask(provider('aceData'), ref, answer(body)).status).toBe('failed');
	});

	it('a failure stays one, whatever link stands beside it', () => {
		expect(read(legacy({ task_status: 'failed', video_url: VIDEO })).status).toBe('failed');
	});

	it('an unknown word is kept, with what the service says of it', () => {
		const body = legacy({ task_status: 'REVIEWING', msg: 'waits for a person' });
		expect(read(body)).toMatchObject({
			status: 'processing',
			statusWord: 'REVIEWING',
			message: 'waits for a person',
		});
	});

	it('an outer word that nobody knows leaves it to the inner one', () => {
		const data = { code: 0, message: 'SUCCEED', data: { task_id: '1', task_status: 'failed' } };
		expect(read(wrapped({ task_id: ID, status: 'UNKNOWN', data })).status).toBe('failed');
	});
});

describe('numbers', () => {
	it('new-api, in the form of OpenAI: seconds and completed_at', () => {
		const body = {
			id: ID,
			task_id: ID,
			object: 'video',
			status: 'completed',
			seconds: '5.1',
			created_at: 1781080778,
			completed_at: 1781080999,
			metadata: { url: VIDEO },
		};
		expect(read(body)).toMatchObject({
			createdAt: 1781080778000,
			updatedAt: 1781080999000,
			results: [{ url: VIDEO, duration: 5.1 }],
		});
	});

	it('duration in metadata', () => {
		const body = { id: ID, status: 'completed', video_url: VIDEO, metadata: { duration: 5 } };
		expect(read(body).results).toMatchObject([{ url: VIDEO, duration: 5 }]);
	});

	it('units of several packs are added up', () => {
		const unit = (amount: unknown) => ({ charge_type: 'unit', amount });
		const record = { id: ID, status: 'succeeded', outputs: [{ type: 'video', url: VIDEO }] };
		const billed = (billing: object[]) => read({ code: 0, data: { ...record, billing } });
		expect(billed([unit('0.1'), unit(0.2)]).unitsDeducted).toBe('0.3');
		expect(billed([unit('2.50')]).unitsDeducted).toBe('2.50');
	});
});

describe('the task that was asked for', () => {
	it.each<[string, object]>([
		['of the service behind the relay', { task_id: '860000000000000777' }],
		['that is a number', { task_id: 7 }],
		['of something else', { id: 'v-1' }],
		['that is missing', {}],
	])('keeps its id, whatever the id %s', (_what, names) => {
		const body = { code: 0, data: { task_status: 'processing', ...names } };
		expect(read(body)).toMatchObject({ id: ID, status: 'processing' });
	});

	it('by an External Task ID has its own id', () => {
		const task_info = { external_task_id: ID };
		const body = { code: 0, data: { task_id: '8600', task_status: 'processing', task_info } };
		expect(read(body).id).toBe('8600');
	});

	it.each([
		[{ code: 404, message: '任务不存在' }, '任务不存在'],
		[{ code: 404, message: 'nothing here', data: null }, 'nothing here'],
		[{ code: 1, msg: '任务未找到' }, '任务未找到'],
		[{ code: 'get_task_failed', message: 'record not found' }, 'record not found'],
	])('is not known: %j', (body, serviceMessage) => {
		expect(errorOf(() => read(body))).toMatchObject({
			kind: 'notFound',
			details: { serviceMessage },
		});
	});
});
