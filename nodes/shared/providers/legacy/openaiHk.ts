import { refuseParameter } from '../../core/errors';
import type { RequestView } from '../../core/requests';
import { legacyProvider } from './legacyProvider';
import type { Provider } from '../types';

const LABEL = 'OpenAI-HK';

/** Its page of 2024 asks for a first frame, whole numbers for the camera, and knows no cinema format. */
function check({ kind, image, aspect_ratio, camera_control }: RequestView): void {
	if (kind === 'image2video' && image === undefined)
		refuseParameter('First Frame', `must be given at ${LABEL}`);
	if (aspect_ratio === '21:9') refuseParameter('Aspect Ratio', `cannot be 21:9 at ${LABEL}`);
	const amounts = Object.values(camera_control?.config ?? {});
	if (!amounts.every(Number.isInteger))
		refuseParameter('Camera Movement', `must be a whole number at ${LABEL}`);
}

/** OpenAI-HK: the official legacy paths of 2024 under `/kling`; callbacks go to `notify_hook`. No list, no account call. */
export function openaiHkProvider(): Provider {
	return legacyProvider({
		service: 'openaiHk',
		label: LABEL,
		prefix: '/kling',
		offers: 'openaiHk',
		callbackField: 'notify_hook',
		maxLengths: { prompt: 500, negative_prompt: 200 },
		check,
	});
}
