import { badValue } from '../refusal';
import type { Fields } from './fields';
import type { Length, ValidationContext } from './order';

const USABLE_MS = 30 * 24 * 60 * 60 * 1000;
/** Of a video whose address does not tell its length. */
const UNTOLD_SECONDS = 10;

/** Lengths that are taken, in seconds: any between two, or those of a list. */
type Lengths = { min: number; max: number } | { oneOf: readonly number[] };

/** The video that another one is made of; `videoId` or `url` is given. */
export interface GivenVideo extends Length {
	videoId?: string;
	url?: string;
}

/** `video_id` of a video that Kling made in the last 30 days, or `video_url`. "" counts as not given. */
export function readSourceVideo(
	fields: Fields,
	context: ValidationContext,
	rules: { byId: Lengths; byUrl: Lengths; untoldSeconds?: number },
): GivenVideo {
	const videoId = fields.text('video_id');
	const url = fields.url('video_url');
	if (videoId !== undefined && url === undefined) {
		const { seconds, ms } = ownVideo(context, videoId);
		checkLength(seconds, rules.byId);
		return { videoId, seconds, ms };
	}
	if (url === undefined || videoId !== undefined) {
		throw badValue(`One of ${fields.name('video_id')} and ${fields.name('video_url')} is required`);
	}
	const untold = rules.untoldSeconds ?? UNTOLD_SECONDS;
	const length = context.lengthAt(url) ?? { seconds: untold, ms: untold * 1000 };
	checkLength(length.seconds, rules.byUrl);
	return { url, ...length };
}

function ownVideo(context: ValidationContext, videoId: string): Length {
	const video = context.video(videoId);
	if (!video) throw badValue(`Video not found by id: ${videoId}`);
	if (video.ageMs > USABLE_MS) throw badValue('The video is more than 30 days old');
	return video;
}

function checkLength(seconds: number, lengths: Lengths): void {
	if ('oneOf' in lengths) {
		if (lengths.oneOf.includes(seconds)) return;
		throw badValue(`The duration of the video must be ${lengths.oneOf.join(' or ')} seconds`);
	}
	if (seconds >= lengths.min && seconds <= lengths.max) return;
	throw badValue(
		`The duration of the video must be between ${lengths.min} and ${lengths.max} seconds`,
	);
}
