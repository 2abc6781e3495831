import { defineOperation } from './define';
import { faultIn, neededText, videoId, webAddress } from './fields';

/**
 * Official reference: POST /v1/general/custom-voices. It takes no model and no watermark. Ace Data Cloud has the call in its own programs (<https://github.com/AceDataCloud/MCPs>, kling/core/asset_types.py),
 * but has not published it.
 */
export const customVoices = defineOperation({
	kind: 'custom-voices',
	path: 'general/custom-voices',
	label: 'Voice Creation',
	title: 'Voice → Create',
	result: 'voice',
	initialDelay: 5,
	fields: {
		voice_name: neededText(20).describe('Name'),
		voice_url: webAddress.optional().describe('Sample URL'),
		video_id: videoId.optional().describe('Video ID'),
	},
	rules({ voice_url, video_id }, context) {
		const fault = faultIn(context);
		if (voice_url === undefined && video_id === undefined) {
			fault('voice_url', 'or Video ID must be given');
		}
		if (voice_url !== undefined && video_id !== undefined) {
			fault('video_id', 'cannot be combined with Sample URL');
		}
	},
	instead: { video_id: 'URL or Binary File as Sample Input Type' },
	offers: {
		legacy: { lacks: ['watermark_info'] },
		aceData: {
			path: '/kling/voices',
			action: 'create',
			recordType: 'voices',
			lacks: ['video_id', 'watermark_info', 'external_task_id'],
		},
	},
});
