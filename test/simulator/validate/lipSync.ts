import type { Face, FaceSession } from '../answered';
import { badValue } from '../refusal';
import type { Fields } from './fields';
import type { Aged, Length, Order, ValidationContext } from './order';
import { readCommon } from './parts';
import { checkSoundLength, readSound, soundAt, soundIn } from './sounds';
import { readSourceVideo, type GivenVideo } from './sourceVideo';
import { readSpokenText } from './speech';

const SESSION_MS = 24 * 60 * 60 * 1000;
const SOUND_SECONDS = { min: 2, max: 60 };
const SHORTEST_MS = 2000;
const VOLUME = { min: 0, max: 2 };
const TIME = { required: true, min: 0, max: Number.MAX_SAFE_INTEGER };
const TEXT_MAX = 120;
const UNITS_PER_5_SECONDS = 0.5;

/** POST /v1/videos/advanced-lip-sync: the second of two calls. Times are whole ms. */
export function advancedLipSync(fields: Fields, context: ValidationContext): Order {
	const session = readSession(fields, context);
	const [choice] = fields.list('face_choose', { required: true, max: 1 });
	if (choice) readChoice(choice, session, context);
	return {
		...madeOf({ seconds: session.seconds, videoId: session.videoId }),
		...readCommon(fields),
		prompt: '',
	};
}

/** POST /v1/videos/lip-sync: all in one call, which takes neither an external id nor a watermark. */
export function lipSync(fields: Fields, context: ValidationContext): Order {
	const input = fields.object('input');
	if (!input) throw badValue('input is required');
	const { video, text } = readLipSync(input, context);
	return { ...madeOf(video), prompt: text, callbackUrl: fields.url('callback_url') };
}

/** Which video gets which sound, of the call that does all at once. */
export function readLipSync(
	fields: Fields,
	context: ValidationContext,
	rules: { audioType?: string } = {},
): { video: GivenVideo; text: string } {
	const mode = fields.text('mode', { required: true, oneOf: ['text2video', 'audio2video'] });
	const video = readSourceVideo(fields, context, {
		byId: { oneOf: [5, 10] },
		byUrl: { min: 2, max: 10 },
	});
	if (mode === 'text2video') return { video, text: readSpokenText(fields, { max: TEXT_MAX }).text };
	const type = fields.text('audio_type', { oneOf: ['file', 'url'] }) ?? rules.audioType;
	if (type === undefined) throw badValue(`${fields.name('audio_type')} is required`);
	const sound =
		type === 'url'
			? soundAt(fields.url('audio_url', { required: true }) ?? '', context)
			: soundIn(fields.text('audio_file', { required: true }) ?? '');
	checkSoundLength(sound, SOUND_SECONDS);
	return { video, text: '' };
}

/** The result is as long as the video it is made of, and each begun 5 s cost. */
function madeOf({
	seconds,
	videoId,
}: Pick<GivenVideo, 'seconds' | 'videoId'>): Omit<Order, 'prompt'> {
	const units = Math.ceil(seconds / 5) * UNITS_PER_5_SECONDS;
	return { modelName: '', mode: '', seconds, images: 0, units, parentVideoId: videoId };
}

function readSession(fields: Fields, context: ValidationContext): Aged<FaceSession> {
	const id = fields.text('session_id', { required: true }) ?? '';
	const session = context.session(id);
	if (!session) throw badValue(`Session not found by id: ${id}`);
	if (session.ageMs > SESSION_MS) throw badValue('The session has expired');
	return session;
}

function readChoice(choice: Fields, session: FaceSession, context: ValidationContext): void {
	const faceId = choice.text('face_id', { required: true }) ?? '';
	const face = session.faces.find(({ id }) => id === faceId);
	if (!face) throw badValue(`Face not found in the session: ${faceId}`);
	const sound = readSound(choice, context, SOUND_SECONDS);
	checkCut(choice, { sound, face, videoMs: session.videoMs });
	for (const name of ['sound_volume', 'original_audio_volume']) choice.number(name, VOLUME);
}

/** What is cut out of the sound must be in it, in the video, and long enough while the face is seen. */
function checkCut(
	choice: Fields,
	{ sound, face, videoMs }: { sound: Length; face: Face; videoMs: number },
): void {
	const [start = 0, end = 0, insert = 0] = [
		'sound_start_time',
		'sound_end_time',
		'sound_insert_time',
	].map((name) => choice.integer(name, TIME));
	const cut = end - start;
	if (cut < SHORTEST_MS) throw badValue(`The cropped audio must be at least ${SHORTEST_MS} ms`);
	if (end > sound.ms)
		throw badValue(`${choice.name('sound_end_time')} exceeds the audio, which has ${sound.ms} ms`);
	if (insert + cut > videoMs)
		throw badValue(
			`The inserted audio ends at ${insert + cut} ms, after the video, which has ${videoMs} ms`,
		);
	const overlap = Math.min(insert + cut, face.endMs) - Math.max(insert, face.startMs);
	if (overlap < SHORTEST_MS)
		throw badValue(
			`The inserted audio must overlap with the time of the face by at least ${SHORTEST_MS} ms`,
		);
}
