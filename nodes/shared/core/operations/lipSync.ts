import { z } from 'zod';

import { endOfSound, inMs } from '../lipSyncCut';
import { checkSound, soundFields } from '../sound';
import { CAME } from '../words';
import { defineOperation } from './define';
import { checkOneVideo, faultIn, videoId, webAddress, within } from './fields';

/** Of a video of up to a minute. */
const TIME = `must be a number of seconds from 0 to 60, not ${CAME}`;
const time = z
	.number({ message: TIME })
	.min(0, { message: TIME })
	.max(60, { message: TIME })
	.optional();
const id = z.string().trim().min(1, { message: 'must not be empty' }).optional();

/** What only the API in two calls knows; the one that does all at once chooses the face and the part of the sound itself. */
export const ONLY_IN_TWO_CALLS = [
	'audio_id',
	'session_id',
	'face_id',
	'sound_start_time',
	'sound_end_time',
	'sound_insert_time',
	'sound_volume',
	'original_audio_volume',
] as const;

/**
 * Official reference: POST /v1/videos/identify-face, then POST /v1/videos/advanced-lip-sync, which takes one face. Relays
 * have the older POST /v1/videos/lip-sync, too. Times are in seconds here.
 */
export const lipSync = defineOperation({
	kind: 'lip-sync',
	path: 'videos/advanced-lip-sync',
	label: 'Lip Sync',
	title: 'Video → Lip Sync',
	result: 'video',
	initialDelay: 60,
	fields: {
		video_id: videoId.optional().describe('Video ID'),
		video_url: webAddress.optional().describe('Video URL'),
		...soundFields,
		session_id: id.describe('Session ID'),
		face_id: id.describe('Face ID'),
		sound_start_time: time.describe('Sound Start'),
		sound_end_time: time.describe('Sound End'),
		sound_insert_time: time.describe('Insert Sound At'),
		sound_volume: within(0, 2).optional().describe('Sound Volume'),
		original_audio_volume: within(0, 2).optional().describe('Original Volume'),
	},
	rules(request, context) {
		const fault = faultIn(context);
		const { session_id, face_id } = request;
		// A session is that of a video already.
		if (session_id === undefined) checkOneVideo(request, context);
		if (session_id === undefined && face_id !== undefined) {
			fault('session_id', 'must be given with Face ID');
		}
		if (session_id !== undefined && face_id === undefined) {
			fault('face_id', 'must be given with Session ID');
		}
		checkSound(request, context);
	},
	legacyBody: (own) => {
		const { session_id, face_id, audio_id, sound_file, sound_volume, original_audio_volume } = own;
		const { sound_start_time = 0, sound_end_time, sound_insert_time = 0 } = own;
		const face = {
			face_id,
			audio_id,
			sound_file,
			sound_start_time: inMs(sound_start_time),
			sound_end_time: sound_end_time === undefined ? endOfSound(own) : inMs(sound_end_time),
			sound_insert_time: inMs(sound_insert_time),
			sound_volume,
			original_audio_volume,
		};
		return { session_id, face_choose: [face] };
	},
	instead: {
		audio_id: 'Text, URL or Binary File as Sound Input Type',
		session_id: 'Seen Longest as Face',
		face_id: 'Seen Longest as Face',
	},
	offers: {
		legacy: {},
		aceData: {
			path: '/kling/lip-sync',
			recordType: 'lip-sync',
			lacks: [...ONLY_IN_TWO_CALLS, 'external_task_id', 'watermark_info'],
		},
	},
});
