import { balance } from './account/balance';
import { resourcePacks } from './account/resourcePacks';
import { usage } from './account/usage';
import { generateSpeech } from './audio/speech';
import { textToAudio } from './audio/textToAudio';
import { element } from './element';
import { combineImages } from './image/combine';
import { upload } from './file/upload';
import { expandImage } from './image/expand';
import { imageFromReferences } from './image/fromReferences';
import { generateImage } from './image/imageGeneration';
import { makeViews } from './image/makeViews';
import { recognizeParts } from './image/recognizeParts';
import { tryOnClothes } from './image/tryOn';
import { get } from './task/get';
import { getMany } from './task/getMany';
import type { GenerationOperation, Operation, Resources } from './types';
import { clothingVideo } from './video/clothingVideo';
import { effects } from './video/effects';
import { avatar } from './video/avatar';
import { findFaces } from './video/faces';
import { image2video } from './video/image2video';
import { lipSync } from './video/lipSync';
import { motionControl } from './video/motionControl';
import { multiImage2video } from './video/multiImage2video';
import { omniVideo } from './video/omniVideo';
import { presentProduct } from './video/presentProduct';
import { sellerVideo } from './video/sellerVideo';
import { text2video } from './video/text2video';
import { translateSubtitles } from './video/translateSubtitles';
import { videoExtend } from './video/videoExtend';
import { videoToAudio } from './video/videoToAudio';
import { voice } from './voice';

/** Generating operations by their values, which are their kinds where a model is chosen: the list of models goes by them. */
function byValue(...operations: GenerationOperation[]): Record<string, Operation> {
	return Object.fromEntries(operations.map((operation) => [operation.value, operation]));
}

/** Every resource and operation of the node, in the order of the documents: what is used most comes first. The editor sorts them. CONTRIBUTING.md tells what a new one needs besides a line here. */
export const RESOURCES: Resources = {
	video: {
		name: 'Video',
		description: 'Make videos',
		defaultOperation: text2video.value,
		operations: {
			...byValue(
				text2video,
				image2video,
				multiImage2video,
				omniVideo,
				motionControl,
				lipSync,
				avatar,
				videoExtend,
				effects,
				presentProduct,
				sellerVideo,
				clothingVideo,
				translateSubtitles,
				videoToAudio,
			),
			findFaces,
		},
	},
	image: {
		name: 'Image',
		description: 'Make images',
		defaultOperation: generateImage.value,
		operations: {
			...byValue(
				generateImage,
				imageFromReferences,
				combineImages,
				expandImage,
				makeViews,
				tryOnClothes,
			),
			recognizeParts,
		},
	},
	audio: {
		name: 'Audio',
		description: 'Make sounds',
		defaultOperation: textToAudio.value,
		operations: { speech: generateSpeech, ...byValue(textToAudio) },
	},
	element,
	voice,
	file: {
		name: 'File',
		description: 'Put files on the web',
		defaultOperation: 'upload',
		operations: { upload },
	},
	task: {
		name: 'Task',
		description: 'Check or list earlier tasks',
		defaultOperation: 'get',
		operations: { get, getMany },
	},
	account: {
		name: 'Account',
		description: 'See what is left, and what was used',
		defaultOperation: 'resourcePacks',
		operations: { balance, usage, resourcePacks },
	},
};
