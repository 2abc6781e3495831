import { KlingError } from '../errors';
import type { RequestView } from '../requests';
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

const LABEL = 'OpenAI-HK';

function refuse(parameter: string, message: string): never {
	throw new KlingError('invalidInput', `${parameter} ${message} at ${LABEL}`, { parameter });
}

/** Its page of 2024 asks for a first frame, whole numbers for the camera, and knows no cinema format. */
function check({ kind, image, aspect_ratio, camera_control }: RequestView): void {
	if (kind === 'image2video' && image === undefined) refuse('First Frame', 'must be given');
	if (aspect_ratio === '21:9') refuse('Aspect Ratio', 'cannot be 21:9');
	const amounts = Object.values(camera_control?.config ?? {});
	if (!amounts.every(Number.isInteger)) refuse('Camera Movement', 'must be a whole number');
}

/** OpenAI-HK: the official legacy paths of 2024 under `/kling`; callbacks go to `notify_hook`. No list, no account call. */
export function openaiHkProvider(): Provider {
	return legacyProvider({
		service: 'openaiHk',
		label: LABEL,
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
		check,
	});
}
