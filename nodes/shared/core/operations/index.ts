import { advancedCustomElements } from './advancedCustomElements';
import { customVoices } from './customVoices';
import { imageGeneration } from './imageGeneration';
import { image2video } from './image2video';
import { motionControl } from './motionControl';
import { multiImage2video } from './multiImage2video';
import { omniVideo } from './omniVideo';
import { text2video } from './text2video';
import { textToAudio } from './textToAudio';
import { videoExtend } from './videoExtend';
import { videoToAudio } from './videoToAudio';

/** Every kind of task that the package makes. A new one is its file and a line here; CONTRIBUTING.md has the rest. */
export const OPERATIONS = [
	text2video,
	image2video,
	multiImage2video,
	videoExtend,
	motionControl,
	omniVideo,
	imageGeneration,
	textToAudio,
	videoToAudio,
	advancedCustomElements,
	customVoices,
] as const;

export type OperationDefinition = (typeof OPERATIONS)[number];
