import type { FieldName } from '../requests/fields';
import { legacyProvider } from './legacyDialect';
import type { Provider } from './types';

const VIDEO = [
	'model_name',
	'prompt',
	'negative_prompt',
	'cfg_scale',
	'mode',
	'aspect_ratio',
	'duration',
	'callback_url',
	'extra',
] as const satisfies readonly FieldName[];

/** OpenAI-HK: the official legacy paths of 2024 under `/kling`; callbacks go to `notify_hook`. No list, no account call. */
export function openaiHkProvider(): Provider {
	return legacyProvider({
		service: 'openaiHk',
		label: 'OpenAI-HK',
		prefix: '/kling',
		offers: {
			text2video: [...VIDEO, 'camera_control'],
			image2video: [...VIDEO, 'image', 'image_tail'],
			'image-generation': [
				'prompt',
				'negative_prompt',
				'image',
				'image_fidelity',
				'n',
				'aspect_ratio',
				'callback_url',
				'extra',
			],
		},
		defaultModels: { text2video: 'kling-v1', image2video: 'kling-v1-5' },
		callbackField: 'notify_hook',
		maxLengths: { prompt: 500, negative_prompt: 200 },
	});
}
