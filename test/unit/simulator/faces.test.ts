import { facesIn } from '../../simulator';
import { DAY_MS, FACES, useSpeakingService } from './speaking';

const { caller, post, get, videoId } = useSpeakingService();

interface FaceData {
	face_id: string;
	face_image: string;
	start_time: number;
	end_time: number;
}

it('tells the faces at once, for money, with their pictures', async () => {
	const answer = await post(FACES, { video_id: await videoId(), video_url: '' });
	const { session_id, face_data, final_unit_deduction } = answer.data;
	const faces = face_data as FaceData[];
	expect(final_unit_deduction).toBe('0.05');
	expect(faces).toMatchObject([
		{ face_id: '1', start_time: 3060, end_time: 5140 },
		{ face_id: '0', start_time: 0, end_time: 4120 },
	]);
	expect(caller().sim.ledger.chargesFor('videos/identify-face')).toMatchObject([
		{ taskId: session_id, units: 0.05 },
	]);
	const picture = await fetch(faces[1]?.face_image ?? '');
	expect(picture.headers.get('content-type')).toBe('image/png');
	expect(Buffer.from(await picture.arrayBuffer())).toEqual(
		caller().sim.imageBytes(String(session_id), 1),
	);
});

it.each([
	['https://example.com/a.mp4', 10_000],
	['https://example.com/talk-12s.mp4?x=1', 12_000],
	['https://example.com/talk-2.5s', 2500],
])('knows the length of %s', async (video_url, ms) => {
	const { data } = await post(FACES, { video_url });
	const [first] = facesIn({ ms });
	expect(data.face_data).toMatchObject([{ face_id: '1', start_time: first?.startMs }, {}]);
	expect((data.face_data as FaceData[])[0]?.end_time).toBe(ms + 40);
});

it('knows the length of its own videos by their address', async () => {
	await videoId({ duration: '10' });
	const [task] = caller().sim.tasks.all();
	const told = await get(`/v1/videos/text2video/${task?.id ?? ''}`);
	const result = told.data.task_result as { videos: Array<{ url: string }> };
	const { data } = await post(FACES, { video_url: result.videos[0]?.url });
	expect((data.face_data as FaceData[])[0]?.end_time).toBe(10_140);
});

it('finds nobody where nobody is', async () => {
	const body = { video_url: 'https://example.com/no-face.mp4' };
	expect((await post(FACES, body)).data.face_data).toEqual([]);
	caller().sim.settings.refusesVideosWithoutFace = true;
	expect((await post(FACES, body)).json).toMatchObject({ code: 1201 });
	expect(caller().sim.ledger.charges).toHaveLength(1);
});

it.each<[string, object, RegExp]>([
	['nothing', { video_id: '', video_url: '' }, /^One of video_id and video_url is required$/],
	['two videos', { video_id: '1', video_url: 'https://a.test/a.mp4' }, /^One of video_id and/],
	['a video that nobody made', { video_id: '1' }, /^Video not found by id: 1$/],
	['a number as id', { video_id: 1 }, /video_id is invalid: string expected/],
	['a file', { video_url: 'AAAA' }, /video_url value 'AAAA' is invalid/],
	['1.9 s', { video_url: 'https://a.test/a-1.9s.mp4' }, /must be between 2 and 60 seconds/],
	['61 s', { video_url: 'https://a.test/a-61s.mp4' }, /must be between 2 and 60 seconds/],
])('refuses %s, and takes nothing', async (_name, body, message) => {
	const answer = await post(FACES, body);
	expect(answer.status).toBe(400);
	expect(answer.json.message).toMatch(message);
	expect(caller().sim.ledger.charges).toEqual([]);
});

it('refuses an old video, and one of another account', async () => {
	const video_id = await videoId();
	expect((await post(FACES, { video_id }, 'klingChina')).json.message).toMatch(/not found/);
	caller().clock.advance(30 * DAY_MS);
	expect((await post(FACES, { video_id })).status).toBe(200);
	caller().clock.advance(1);
	expect((await post(FACES, { video_id })).json.message).toMatch(/more than 30 days old/);
});

it('has nothing to ask for, and is passed on by a relay', async () => {
	expect(await get(FACES)).toMatchObject({ status: 404, json: { code: 1202 } });
	const body = { video_url: 'https://example.com/a.mp4' };
	expect((await post(`/kling${FACES}`, body, 'relay')).data).toHaveProperty('session_id');
	expect((await post(`/kling${FACES}`, body, 'openaiHk')).status).toBe(404);
});
