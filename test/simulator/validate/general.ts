import { badValue } from '../refusal';
import type { Fields } from './fields';
import { checkImage } from './images';
import type { Kept, Order, ValidationContext } from './order';
import { readNames } from './parts';

const NAME_MAX = 20;
const DESCRIPTION_MAX = 100;
const TAGS = ['o_101', 'o_102', 'o_103', 'o_104', 'o_105', 'o_106', 'o_107', 'o_108'];
/** Units of a voice, by the price page; elements are free. */
const VOICE_UNITS = 0.05;
const USABLE_MS = 30 * 24 * 60 * 60 * 1000;
/** Length of a video that a voice is taken from, in seconds. */
const SHORTEST = 5;
const LONGEST = 30;

/** What both have. Neither takes a model or a watermark. */
function keeping(fields: Fields, units: number, kept: Kept): Order {
	return {
		modelName: '',
		mode: '',
		seconds: kept.type === 'voice' ? SHORTEST : 0,
		images: 0,
		units,
		// `[fail]` and `[refuse]` work in what people write.
		prompt: `${kept.name} ${kept.description ?? ''}`,
		...readNames(fields),
		kept,
	};
}

/** POST /v1/general/custom-voices */
export function customVoice(fields: Fields, context: ValidationContext): Order {
	const name = fields.text('voice_name', { required: true, max: NAME_MAX }) ?? '';
	const url = fields.url('voice_url');
	const videoId = fields.text('video_id');
	if ((url === undefined) === (videoId === undefined)) {
		throw badValue('One of voice_url and video_id is required');
	}
	if (videoId !== undefined) checkSpeaking(videoId, context);
	return keeping(fields, VOICE_UNITS, { type: 'voice', name, referImages: [], tags: [] });
}

/** Only a video with a voice in it: of kling-v2-6 with sound, an avatar, or a lip-sync. */
function checkSpeaking(videoId: string, context: ValidationContext): void {
	const source = context.video(videoId);
	if (!source) throw badValue(`Video not found by id: ${videoId}`);
	const speaks =
		/avatar|lip-sync/.test(source.kind) || (source.modelName === 'kling-v2-6' && source.soundOn);
	if (!speaks) throw badValue(`The video ${videoId} is not supported for custom voices`);
	if (source.ageMs > USABLE_MS) throw badValue('The video is more than 30 days old');
	if (source.seconds < SHORTEST || source.seconds > LONGEST) {
		throw badValue(`The duration of the video must be between ${SHORTEST} and ${LONGEST} seconds`);
	}
}

/** POST /v1/general/advanced-custom-elements */
export function advancedElement(fields: Fields, context: ValidationContext): Order {
	const name = fields.text('element_name', { required: true, max: NAME_MAX }) ?? '';
	const description =
		fields.text('element_description', { required: true, max: DESCRIPTION_MAX }) ?? '';
	const referenceType = fields.text('reference_type', {
		required: true,
		oneOf: ['image_refer', 'video_refer'],
	});
	const isVideo = referenceType === 'video_refer';
	const voiceId = fields.text('element_voice_id');
	if (voiceId !== undefined) context.needVoice(voiceId);
	const tags = fields
		.list('tag_list', { max: TAGS.length })
		.map((tag) => tag.text('tag_id', { required: true, oneOf: TAGS }) ?? '');
	return keeping(fields, 0, {
		type: 'element',
		name,
		description,
		referenceType: isVideo ? 'video_refer' : 'image_refer',
		...(isVideo ? readVideo(fields) : readImages(fields)),
		voiceId,
		tags,
	});
}

function readImages(fields: Fields): Pick<Kept, 'frontalImage' | 'referImages'> {
	const images = fields.object('element_image_list');
	if (!images) throw badValue('element_image_list is required');
	const frontalImage = checkImage(images, 'frontal_image', { required: true });
	const referImages = images
		.list('refer_images', { required: true, max: 3 })
		.map((image) => checkImage(image, 'image_url', { required: true }) ?? '');
	return { frontalImage, referImages };
}

function readVideo(fields: Fields): Pick<Kept, 'videoUrl' | 'referImages'> {
	const videos = fields.object('element_video_list');
	if (!videos) throw badValue('element_video_list is required');
	const [video] = videos.list('refer_videos', { required: true, max: 1 });
	return { videoUrl: video?.url('video_url', { required: true }), referImages: [] };
}
