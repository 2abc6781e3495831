import type { Account } from './accounts';
import { officialTaskId } from './ids';
import type { Face } from './answered';
import { fileUrl } from './links';
import type { CallAnswer, PaidCall } from './paidCall';
import { badValue } from './refusal';
import type { Fields } from './validate/fields';
import { readSourceVideo, type GivenVideo } from './validate/sourceVideo';
import { validationContext } from './workshop';
import type { World } from './world';

const UNITS = 0.05;
/** What is told as the end comes a little late, even behind the end of the video. */
const OVERSHOOT_MS = 40;
const FACELESS = 'no-face';

/**
 * Every video has two: "0", which is seen from the start over four fifths of it, and "1", over its last two fifths. None in
 * one whose address has `no-face` in it. The one that is seen longest is not the first of the list.
 */
export function facesIn(video: { ms: number; url?: string }): Face[] {
	if (video.url?.includes(FACELESS)) return [];
	const at = (share: number) => Math.round(video.ms * share);
	return [
		{ id: '1', startMs: at(0.6), endMs: video.ms },
		{ id: '0', startMs: 0, endMs: at(0.8) },
	];
}

/** POST /v1/videos/identify-face */
export function identifyFaces(world: World, account: Account, fields: Fields): PaidCall {
	const video = readSourceVideo(fields, validationContext(world, account), {
		byId: { min: 0, max: 60 },
		byUrl: { min: 2, max: 60 },
	});
	const faces = facesIn(video);
	if (faces.length === 0 && world.settings.refusesVideosWithoutFace)
		throw badValue('No face is detected in the video');
	return { units: UNITS, text: '', act: () => openSession(world, account, { video, faces }) };
}

function openSession(
	world: World,
	account: Account,
	{ video, faces }: { video: GivenVideo; faces: Face[] },
): CallAnswer {
	const { id, madeAt } = world.faceSessions.add({
		id: officialTaskId(),
		account: account.name,
		faces,
		seconds: video.seconds,
		videoMs: video.ms,
		videoId: video.videoId,
	});
	const expiresAt = madeAt + world.settings.resultLifetimeMs;
	const picture = (index: number) =>
		fileUrl(world.cdnUrl, { taskId: id, index, watermark: false, extension: 'png' }, expiresAt);
	return {
		id,
		data: {
			session_id: id,
			final_unit_deduction: String(UNITS),
			face_data: faces.map((face, index) => ({
				face_id: face.id,
				face_image: picture(index),
				start_time: face.startMs,
				end_time: face.endMs + OVERSHOOT_MS,
			})),
		},
	};
}
