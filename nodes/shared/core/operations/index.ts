import { aiMultiShot } from './aiMultiShot';
import { expand } from './expand';
import { effects } from './effects';
import { avatar } from './avatar';
import { advancedCustomElements } from './advancedCustomElements';
import { clothingDupe } from './clothingDupe';
import { customVoices } from './customVoices';
import { dramaSubtitle } from './dramaSubtitle';
import { goodsStudio } from './goodsStudio';
import { imageGeneration } from './imageGeneration';
import { image2video } from './image2video';
import { lipSync } from './lipSync';
import { motionControl } from './motionControl';
import { multiImage2video } from './multiImage2video';
import { multiImage2image } from './multiImage2image';
import { omniImage } from './omniImage';
import { omniVideo } from './omniVideo';
import { talkingAgent } from './talkingAgent';
import { text2video } from './text2video';
import { textToAudio } from './textToAudio';
import { videoExtend } from './videoExtend';
import { videoToAudio } from './videoToAudio';
import { virtualTryOn } from './virtualTryOn';

/**
 * Every kind of task that the package makes. A new one is its file and a line here; CONTRIBUTING.md has the rest. A task of
 * unknown kind is searched in this order, after the kinds with a rank.
 */
export const OPERATIONS = [
	text2video,
	image2video,
	multiImage2video,
	videoExtend,
	motionControl,
	omniVideo,
	effects,
	lipSync,
	avatar,
	goodsStudio,
	talkingAgent,
	clothingDupe,
	dramaSubtitle,
	imageGeneration,
	omniImage,
	multiImage2image,
	expand,
	aiMultiShot,
	virtualTryOn,
	textToAudio,
	videoToAudio,
	advancedCustomElements,
	customVoices,
] as const;

export type OperationDefinition = (typeof OPERATIONS)[number];
