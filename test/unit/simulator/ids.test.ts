import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { imageSize } from '../../simulator/validate/images';
import { LINK, SAMPLE, useOfficialService } from './rules';

const { caller, post } = useOfficialService();

describe('ids beyond 2^53', () => {
	const [known = ''] = KNOWN_ELEMENT_IDS;
	const withElement = (id: string) =>
		`{"model_name":"kling-v3","image":"${LINK}","element_list":[{"element_id":${id}}]}`;

	it('takes all digits, written as a number', async () => {
		expect((await post('videos/image2video', withElement(known))).status).toBe(200);
		const entry = caller().sim.ledger.requests[0];
		expect(entry?.body).toMatchObject({ element_list: [{ element_id: BigInt(known) }] });
		expect(entry?.rawBody).toContain(known);
	});

	it('refuses what a double makes of it', async () => {
		const rounded = await post('videos/image2video', withElement(BigInt(Number(known)).toString()));
		expect(rounded.json.message).toMatch(/Element not found/);
	});

	it('refuses elements together with voices', async () => {
		const voices = '"prompt":"<<<voice_1>>>","sound":"on","voice_list":[{"voice_id":"a"}]';
		const both = withElement(known).replace('{', `{${voices},`);
		const answer = await post('videos/image2video', both);
		expect(answer.json.message).toMatch(/element_list and voice_list can not be used together/);
	});

	it('refuses a text', async () => {
		expect((await post('videos/image2video', withElement(`"${known}"`))).json.message).toMatch(
			/long expected/,
		);
	});
});

describe('video-extend', () => {
	const finished = async (model: string) => {
		const { data } = await post('videos/text2video', { model_name: model, prompt: 'x' });
		caller().clock.advance(20_000);
		const task = caller().sim.tasks.get(String(data.task_id));
		return { taskId: String(data.task_id), videoId: task?.resultIds[0] ?? '' };
	};

	it('extends a video and names its parent', async () => {
		const { videoId } = await finished('kling-v1-6');
		const { data } = await post('videos/video-extend', { video_id: videoId, prompt: 'more' });
		caller().clock.advance(20_000);
		const done = await caller().get(
			'klingGlobal',
			`/v1/videos/video-extend/${String(data.task_id)}`,
		);
		expect(done.data).toMatchObject({
			task_info: { parent_video: { id: videoId, duration: '5.1' } },
			task_result: { videos: [{ duration: '10.1' }] },
		});
	});

	it('wants the id of the video, not of the task', async () => {
		const { taskId } = await finished('kling-v1-6');
		expect((await post('videos/video-extend', { video_id: taskId })).json.message).toMatch(
			/Video not found/,
		);
	});

	it('wants a video of an early model', async () => {
		const { videoId } = await finished('kling-v2-6');
		expect((await post('videos/video-extend', { video_id: videoId })).json.message).toMatch(
			/not supported for videos of model kling-v2-6/,
		);
	});
});

it('reads the size of its own sample image', () => {
	expect(imageSize(SAMPLE)).toEqual({ width: 1024, height: 1024 });
});
