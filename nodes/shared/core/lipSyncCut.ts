import { KlingError, refuseParameter } from './errors';
import { longestSeen, noFace } from './faces';
import type { Face, FaceSession } from './faces';
import { checkSoundLength } from './sound';
import type { SoundFields } from './sound';

/**
 * Which part of the sound is spoken, by which face, and from when on. Kling wants a part of at least 2 s, which lies in the
 * sound and in the video, and is spoken while the face is seen for at least 2 s. Requests hold seconds, faces milliseconds.
 */

const SHORTEST_MS = 2000;
export const LIP_SYNC_BOUNDS = { min: 2, max: 60 };
/** Services round the length of a sound, and tell that a face is seen for some ms after the end of the video. */
const MARGIN_MS = { sound: 50, face: 100 };

export interface CutFields extends SoundFields {
	session_id?: string;
	face_id?: string;
	sound_start_time?: number;
	sound_end_time?: number;
	sound_insert_time?: number;
}

/** Seconds as whole milliseconds. */
export function inMs(seconds: number): number {
	return Math.round(seconds * 1000);
}

function inSeconds(ms: number): number {
	return Math.round(ms / 100) / 10;
}

/** Where a part ends that is as long as it can be: a moment earlier, unless it were too short then. */
function justBefore(end: number, start: number, margin: number): number {
	return Math.max(end - margin, Math.min(end, start + SHORTEST_MS));
}

/** The end of the sound where nobody has chosen one, in ms; undefined where its length is not known. */
export function endOfSound({ sound_length, sound_start_time = 0 }: CutFields): number | undefined {
	if (sound_length === undefined) return undefined;
	return justBefore(Math.floor(sound_length * 1000), inMs(sound_start_time), MARGIN_MS.sound);
}

function checkEnd({ sound_start_time = 0, sound_end_time, sound_length }: CutFields): void {
	const end = sound_end_time ?? sound_length;
	if (end === undefined) return;
	if (sound_length !== undefined && end > sound_length) {
		const last = inSeconds(inMs(sound_length));
		refuseParameter(
			'Sound End',
			`must lie in the sound, which lasts ${last} seconds, not at ${end}`,
		);
	}
	if (inMs(end) - inMs(sound_start_time) < SHORTEST_MS) {
		const parameter = sound_end_time === undefined ? 'Sound Start' : 'Sound End';
		refuseParameter(
			parameter,
			`must leave at least 2 seconds of the sound, not ${Math.max(0, inSeconds(inMs(end) - inMs(sound_start_time)))}`,
		);
	}
}

/** Refuses what is known to be wrong, before anything is paid for. Throws `invalidInput`. */
export function checkCut(request: CutFields): void {
	const { text, sound_end_time, sound_length } = request;
	checkSoundLength(request, LIP_SYNC_BOUNDS, 'Lip Sync');
	checkEnd(request);
	if (text === undefined && sound_end_time === undefined && sound_length === undefined) {
		throw new KlingError(
			'invalidInput',
			'Sound End must be given, because the length of the sound is not known',
			{
				parameter: 'Sound End',
				advice:
					'It is a member of Options. Generate Speech tells the length of a speech as duration; of a sound on the web it is read where the address can be opened',
			},
		);
	}
}

/** How long the part and the face are there together, in ms. */
function overlap(insert: number, cut: number, { start, end }: Face): number {
	return Math.min(insert + cut, end) - Math.max(insert, start);
}

function tooShort(face: Face): never {
	throw new KlingError(
		'invalidInput',
		`The face that is seen longest is seen for ${inSeconds(face.end - face.start)} seconds, and Lip Sync needs 2`,
		{ advice: 'Take a video in which a face is seen longer' },
	);
}

/**
 * The request with the face that is seen longest: it speaks from its beginning on, as long as both the sound and the face
 * last, as far as nobody has chosen otherwise. Throws `invalidInput` where that comes to less than 2 s.
 */
export function withFace<Request extends CutFields>(
	request: Request,
	{ sessionId, faces }: FaceSession,
): Request {
	const face = longestSeen(faces);
	if (!face) throw noFace();
	if (face.end - face.start < SHORTEST_MS) tooShort(face);
	const { sound_start_time = 0, sound_end_time, sound_insert_time } = request;
	const start = inMs(sound_start_time);
	const insert = sound_insert_time === undefined ? face.start : inMs(sound_insert_time);
	const room = justBefore(face.end - insert, 0, MARGIN_MS.face);
	const wanted = sound_end_time === undefined ? endOfSound(request) : inMs(sound_end_time);
	// The length of a sound that is as long as its end is known: see checkCut.
	const longest = (wanted ?? start + room) - start;
	const cut = sound_end_time === undefined ? Math.min(longest, room) : longest;
	if (overlap(insert, cut, face) < SHORTEST_MS) {
		refuseParameter(
			'Insert Sound At',
			`must let the sound and the face be there together for at least 2 seconds; the face is seen from ${inSeconds(face.start)} to ${inSeconds(face.end)} seconds`,
		);
	}
	return {
		...request,
		session_id: sessionId,
		face_id: face.id,
		sound_start_time: start / 1000,
		sound_end_time: (start + cut) / 1000,
		sound_insert_time: insert / 1000,
	};
}
