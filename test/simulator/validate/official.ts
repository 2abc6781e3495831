import type { TaskKind } from '../types';
import { textToAudio, videoToAudio } from './audio';
import { avatar } from './avatar';
import { effects } from './effects';
import type { Fields } from './fields';
import { advancedLipSync, lipSync } from './lipSync';
import type { Order, ValidationContext } from './order';
import { aiMultiShot, expand, kolorsTryOn, multiImage2image, omniImage } from './pictures';
import { advancedElement, customVoice } from './general';
import { imageGeneration, motionControl, omniVideo } from './references';
import { goodsStudio, readOptions, virtualTryOn } from './solutions';
import { clothingVideo, sellerVideo, translatedSubtitles } from './productVideos';
import { image2video, multiImage2video, text2video, videoExtend } from './videos';

/** The official rules for each kind of task. */
export const OFFICIAL_RULES: Readonly<
	Record<TaskKind, (fields: Fields, context: ValidationContext) => Order>
> = {
	'videos/text2video': text2video,
	'videos/image2video': image2video,
	'videos/multi-image2video': multiImage2video,
	'videos/video-extend': videoExtend,
	'videos/motion-control': motionControl,
	'videos/omni-video': omniVideo,
	'videos/lip-sync': lipSync,
	'videos/advanced-lip-sync': advancedLipSync,
	'videos/avatar/image2video': avatar,
	'videos/effects': effects,
	'images/generations': imageGeneration,
	'images/omni-image': omniImage,
	'images/multi-image2image': multiImage2image,
	'images/editing/expand': expand,
	'general/ai-multi-shot': aiMultiShot,
	'images/kolors-virtual-try-on': kolorsTryOn,
	'audio/text-to-audio': textToAudio,
	'audio/video-to-audio': videoToAudio,
	'general/advanced-custom-elements': advancedElement,
	'general/custom-voices': customVoice,
	'solutions/virtual_try_on': (fields, context) => ({
		...virtualTryOn(fields, context),
		...readOptions(fields),
	}),
	'solutions/e-commerce/clothing_dupe': (fields, context) => ({
		...clothingVideo(fields, context),
		...readOptions(fields, 'watermark_info'),
	}),
	'solutions/talking_agent': (fields) => ({ ...sellerVideo(fields), ...readOptions(fields) }),
	'solutions/drama_subtitle': (fields, context) => ({
		...translatedSubtitles(fields, context),
		...readOptions(fields),
	}),
	'solutions/e-commerce/goods_studio': (fields) => ({
		...goodsStudio(fields),
		...readOptions(fields),
	}),
};
