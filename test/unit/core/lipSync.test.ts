/** Which face speaks which part of the sound: the rules of lip sync, and what is refused before anything is paid for. */
import type { Face } from '../../../nodes/shared/core/faces';
import { longestSeen } from '../../../nodes/shared/core/faces';
import { checkCut, withFace } from '../../../nodes/shared/core/lipSyncCut';
import type { CutFields } from '../../../nodes/shared/core/lipSyncCut';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { RequestDraft } from '../../../nodes/shared/core/requests';
import { asAsked } from '../../../nodes/shared/core/sound';
import type { Provider } from '../../../nodes/shared/providers';
import { encodeCreate, findsByName, nextStep } from '../../../nodes/shared/providers/codec';
import { errorOf, provider } from './support';

const face = (id: string, start: number, end: number): Face => ({ id, start, end });
const SESSION = { sessionId: 's1', faces: [face('1', 6000, 10_040), face('0', 500, 8040)] };

describe('the face that is seen longest', () => {
	it('is the first of several, and none where there is none', () => {
		expect(longestSeen(SESSION.faces)?.id).toBe('0');
		expect(longestSeen([face('a', 0, 3000), face('b', 5000, 8000)])?.id).toBe('a');
		expect(longestSeen([])).toBeUndefined();
	});
});

const cut = (fields: CutFields, faces = SESSION.faces) => {
	const { sound_start_time, sound_end_time, sound_insert_time, face_id } = withFace(fields, {
		sessionId: 's1',
		faces,
	});
	return [face_id, sound_start_time, sound_end_time, sound_insert_time];
};

describe('the part of the sound', () => {
	it.each<[string, CutFields, unknown[]]>([
		// Services round lengths, so a moment is left out at the end.
		['all of it, from when the face is seen on', { sound_length: 5 }, ['0', 0, 4.95, 0.5]],
		['as long as the face is seen', { sound_length: 60 }, ['0', 0, 7.44, 0.5]],
		['behind a start of its own', { sound_length: 6, sound_start_time: 2 }, ['0', 2, 5.95, 0.5]],
		['up to an end of its own', { sound_length: 60, sound_end_time: 7 }, ['0', 0, 7, 0.5]],
		['an end without a known length', { sound_end_time: 3 }, ['0', 0, 3, 0.5]],
		['from a moment of its own on', { sound_length: 60, sound_insert_time: 3 }, ['0', 0, 4.94, 3]],
		['no shorter than Kling takes it', { sound_length: 2.03 }, ['0', 0, 2, 0.5]],
		['the very least', { sound_length: 2 }, ['0', 0, 2, 0.5]],
	])('%s', (_what, fields, expected) => {
		expect(cut(fields)).toEqual(expected);
	});

	it('no shorter than Kling takes it, where the face is seen hardly longer', () => {
		expect(cut({ sound_length: 10 }, [face('0', 0, 2050)])).toEqual(['0', 0, 2, 0]);
	});

	it.each<[string, CutFields, Face[], string]>([
		['nobody is seen', { sound_length: 5 }, [], 'No face was found in the video'],
		[
			'nobody is seen long enough',
			{ sound_length: 5 },
			[face('0', 0, 1500)],
			'The face that is seen longest is seen for 1.5 seconds, and Lip Sync needs 2',
		],
		[
			'the face is gone by then',
			{ sound_length: 5, sound_insert_time: 7 },
			SESSION.faces,
			'Insert Sound At must let the sound and the face be there together for at least 2 seconds; the face is seen from 0.5 to 8 seconds',
		],
		[
			'the face is not there yet',
			{ sound_length: 5, sound_insert_time: 0, sound_end_time: 3 },
			[face('0', 2000, 9000)],
			'Insert Sound At must let',
		],
	])('is refused where %s', (_what, fields, faces, says) => {
		expect(errorOf(() => cut(fields, faces)).message).toContain(says);
	});
});

it.each<[string, CutFields, string]>([
	[
		'too short a sound',
		{ sound_length: 1.9 },
		'Sound must last 2 to 60 seconds for Lip Sync, but lasts 1.9',
	],
	[
		'too long a sound',
		{ sound_length: 61 },
		'Sound must last 2 to 60 seconds for Lip Sync, but lasts 61',
	],
	[
		'an end behind the sound',
		{ sound_length: 5, sound_end_time: 6 },
		'Sound End must lie in the sound, which lasts 5 seconds, not at 6',
	],
	[
		'a part that is too short',
		{ sound_length: 5, sound_start_time: 2, sound_end_time: 3.9 },
		'Sound End must leave at least 2 seconds of the sound, not 1.9',
	],
	[
		'a start that leaves too little',
		{ sound_length: 5, sound_start_time: 4 },
		'Sound Start must leave at least 2 seconds of the sound, not 1',
	],
	[
		'a start behind the sound',
		{ sound_length: 5, sound_start_time: 9 },
		'Sound Start must leave at least 2 seconds of the sound, not 0',
	],
	[
		'a sound of unknown length without an end',
		{ audio_id: 'a' },
		'Sound End must be given, because the length of the sound is not known',
	],
])('%s is refused before anything is paid for', (_what, fields, says) => {
	expect(errorOf(() => checkCut(fields)).message).toBe(says);
});

it('the end of a text is not asked for: its speech tells how long it is', () => {
	expect(() => checkCut({ text: 'Hello' })).not.toThrow();
});

const VIDEO = 'https://ex.test/clip.mp4';
const SPOKEN = { text: 'Hello there', voice_id: 'AOT', voice_language: 'en' };
const lipSync = (fields: Omit<RequestDraft, 'kind'>) =>
	parseRequest({ kind: 'lip-sync', ...fields });

describe('a request', () => {
	it.each<[string, Omit<RequestDraft, 'kind'>, string]>([
		['no video', SPOKEN, 'Video ID or Video URL must be given'],
		['two videos', { ...SPOKEN, video_id: 'v', video_url: VIDEO }, 'Video URL cannot be combined'],
		['no sound', { video_id: 'v' }, 'Sound or Speech ID or Text must be given'],
		[
			'two sounds',
			{ ...SPOKEN, video_id: 'v', audio_id: 'a' },
			'Sound cannot be combined with a second sound',
		],
		['a text without a voice', { video_id: 'v', text: 'Hello' }, 'Voice must be chosen'],
		[
			'a face without a session',
			{ ...SPOKEN, video_id: 'v', face_id: '0' },
			'Session ID must be given with Face ID',
		],
		[
			'a session without a face',
			{ ...SPOKEN, session_id: 's' },
			'Face ID must be given with Session ID',
		],
		[
			'a speed without a text',
			{ video_id: 'v', audio_id: 'a', voice_speed: 1 },
			'Speech Speed can be given only with a Text',
		],
		[
			'a time out of range',
			{ video_id: 'v', audio_id: 'a', sound_end_time: 61 },
			'Sound End must be a number of seconds from 0 to 60, not 61',
		],
		[
			'a volume out of range',
			{ video_id: 'v', audio_id: 'a', sound_volume: 3 },
			'Sound Volume must be a number from 0 to 2, not 3',
		],
		[
			'a voice of another language',
			{ ...SPOKEN, video_id: 'v', voice_language: 'zh' },
			'Language must be English with the voice AOT',
		],
	])('with %s is refused', (_what, fields, says) => {
		expect(errorOf(() => lipSync(fields)).message).toContain(says);
	});
});

/** The steps of a request in order, each answered, and the body of the create in the end. */
function play(at: Provider, fields: Omit<RequestDraft, 'kind'>) {
	const calls: unknown[] = [];
	let request = lipSync(fields);
	for (;;) {
		const step = nextStep(at, request);
		if (!step) return { calls, create: encodeCreate(at, request) };
		calls.push({ [step.call]: step.input });
		request =
			step.call === 'speech'
				? step.complete({ audioId: 'a-9', url: 'https://ex.test/a.mp3', duration: 4.2 })
				: step.complete(SESSION);
	}
}

it('the length of a sound, which another try may not find out, does not tell a request from another', () => {
	const found = lipSync({ video_id: 'v', sound_file: VIDEO, sound_length: 5 });
	expect(asAsked(found)).toEqual(lipSync({ video_id: 'v', sound_file: VIDEO }));
});

describe('official Kling', () => {
	const official = provider('klingGlobal');

	it('makes the speech, finds the faces, and then syncs the lips', () => {
		const played = play(official, { ...SPOKEN, voice_speed: 1.2, video_id: 'v', sound_volume: 2 });
		expect(played.calls).toEqual([
			{ speech: { ...SPOKEN, voice_speed: 1.2 } },
			{ faces: { video_id: 'v' } },
		]);
		expect(played.create).toEqual({
			method: 'POST',
			path: '/v1/videos/advanced-lip-sync',
			body: expect.objectContaining({
				session_id: 's1',
				face_choose: [
					expect.objectContaining({
						face_id: '0',
						audio_id: 'a-9',
						sound_start_time: 0,
						sound_end_time: 4150,
						sound_insert_time: 500,
						sound_volume: 2,
					}),
				],
			}) as unknown,
		});
	});

	it('takes a chosen face as it is, from the beginning of the video unless told otherwise', () => {
		const chosen = { session_id: 's', face_id: '1', audio_id: 'a', sound_end_time: 3.5 };
		const { calls, create } = play(official, chosen);
		expect(calls).toEqual([]);
		const times = { sound_start_time: 0, sound_end_time: 3500, sound_insert_time: 0 };
		expect(create.body).toMatchObject({
			session_id: 's',
			face_choose: [{ face_id: '1', audio_id: 'a', ...times }],
		});
	});

	it('goes on with the address of a speech that has no id', () => {
		const step = nextStep(official, lipSync({ ...SPOKEN, video_id: 'v' }));
		if (step?.call !== 'speech') throw new Error('No speech');
		expect(step.complete({ url: 'https://ex.test/a.mp3', duration: 3 })).toMatchObject({
			sound_file: 'https://ex.test/a.mp3',
			sound_length: 3,
		});
	});

	it('refuses a speech that has become too short', () => {
		const step = nextStep(official, lipSync({ ...SPOKEN, video_id: 'v' }));
		if (step?.call !== 'speech') throw new Error('No speech');
		const answer = { audioId: 'a', url: 'https://ex.test/a.mp3', duration: 1.4 };
		expect(errorOf(() => step.complete(answer)).message).toBe(
			'Text must be longer, or Speech Speed lower: it is spoken in 1.4 seconds, and Lip Sync needs at least 2',
		);
	});

	it('cannot look its tasks up by name', () => {
		expect(findsByName(official, lipSync({ ...SPOKEN, video_id: 'v' }))).toBe(false);
		expect(
			findsByName(official, parseRequest({ kind: 'avatar', image_url: VIDEO, ...SPOKEN })),
		).toBe(true);
	});
});

describe('a relay', () => {
	const relay = provider('relay');

	it('speaks the text itself', () => {
		const { calls, create } = play(relay, { ...SPOKEN, video_url: VIDEO });
		expect(calls).toEqual([]);
		expect(create).toEqual({
			method: 'POST',
			path: '/kling/v1/videos/lip-sync',
			body: { input: { mode: 'text2video', video_url: VIDEO, ...SPOKEN } },
		});
	});

	it.each([
		['https://ex.test/a.mp3', { audio_type: 'url', audio_url: 'https://ex.test/a.mp3' }],
		['UklGRg==', { audio_type: 'file', audio_file: 'UklGRg==' }],
	])('takes the sound %s', (sound_file, sound) => {
		const { create } = play(relay, { sound_file, video_id: 'v' });
		expect(create.body).toEqual({ input: { mode: 'audio2video', video_id: 'v', ...sound } });
	});

	it.each<[string, Omit<RequestDraft, 'kind'>]>([
		['a chosen face', { session_id: 's', face_id: '0', audio_id: 'a', sound_end_time: 3 }],
		['the id of a speech', { video_id: 'v', audio_id: 'a', sound_end_time: 3 }],
		['a part of the sound', { ...SPOKEN, video_id: 'v', sound_end_time: 3 }],
		['a volume', { ...SPOKEN, video_id: 'v', sound_volume: 2 }],
	])('is called twice for %s', (_what, fields) => {
		expect(play(relay, fields).create.path).toBe('/kling/v1/videos/advanced-lip-sync');
	});

	it('refuses a text that is too long for one call', () => {
		const long = lipSync({ ...SPOKEN, text: 'x'.repeat(121), video_id: 'v' });
		expect(errorOf(() => encodeCreate(relay, long)).message).toBe(
			'Text must have at most 120 characters for Lip Sync at relays, not 121',
		);
	});
});

describe('Ace Data Cloud', () => {
	const ace = provider('aceData');

	it.each<[Omit<RequestDraft, 'kind'>, object]>([
		[SPOKEN, { mode: 'text2video', ...SPOKEN }],
		[
			{ sound_file: 'https://ex.test/a.mp3' },
			{ mode: 'audio2video', audio_type: 'url', audio_url: 'https://ex.test/a.mp3' },
		],
		[
			{ sound_file: 'UklGRg==' },
			{ mode: 'audio2video', audio_type: 'file', audio_file: 'UklGRg==' },
		],
	])('takes it flat: %j', (fields, sound) => {
		const { calls, create } = play(ace, { ...fields, video_url: VIDEO });
		expect(calls).toEqual([]);
		expect(create).toEqual({
			method: 'POST',
			path: '/kling/lip-sync',
			body: { video_url: VIDEO, async: true, ...sound },
		});
	});

	it('takes a talking photo by addresses only', () => {
		const request = parseRequest({ kind: 'avatar', image_url: VIDEO, sound_file: 'UklGRg==' });
		expect(errorOf(() => encodeCreate(ace, request)).message).toBe(
			'Sound must be a web address at Ace Data Cloud, which takes no binary data and no base64',
		);
	});
});
