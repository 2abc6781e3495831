import type { FieldName } from '../requests/fields';
import { legacyProvider } from './legacyDialect';
import type { Provider } from './types';

const TEXT2VIDEO: readonly FieldName[] = [
	'model_name',
	'prompt',
	'negative_prompt',
	'cfg_scale',
	'mode',
	'camera_control',
	'aspect_ratio',
	'duration',
	'callback_url',
	'extra',
];

/** OpenAI-HK: the official legacy paths of 2024 under `/kling`; callbacks go to `notify_hook`. No list, no account call. */
export function openaiHkProvider(): Provider {
	return legacyProvider({
		service: 'openaiHk',
		label: 'OpenAI-HK',
		prefix: '/kling',
		offers: { text2video: TEXT2VIDEO },
		defaultModels: { text2video: 'kling-v1' },
		callbackField: 'notify_hook',
	});
}
