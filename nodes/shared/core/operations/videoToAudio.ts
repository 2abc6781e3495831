import { z } from 'zod';

import { defineOperation } from './define';
import { checkOneVideo, text, videoId, webAddress } from './fields';

/** Of each of its prompts, in characters. */
const PROMPT_MAX = 200;

/** Official reference: POST /v1/audio/video-to-audio. It takes no model and no watermark. */
export const videoToAudio = defineOperation({
	kind: 'video-to-audio',
	path: 'audio/video-to-audio',
	label: 'Video to Audio',
	title: 'Video → Add Sound',
	result: 'video',
	besides: ['audio'],
	initialDelay: 15,
	fields: {
		video_id: videoId.optional().describe('Video ID'),
		video_url: webAddress.optional().describe('Video URL'),
		sound_effect_prompt: text(PROMPT_MAX).optional().describe('Sound Effect Prompt'),
		bgm_prompt: text(PROMPT_MAX).optional().describe('Background Music Prompt'),
		asmr_mode: z.boolean().optional().describe('ASMR Mode'),
	},
	rules: checkOneVideo,
	offers: { legacy: { lacks: ['watermark_info'] } },
});
