import { defineOperation } from './define';
import { faultIn, picture, prompt, within } from './fields';
import { imageCount } from './images';

/** The picture may become at most so many times as large. */
const LARGEST = 3;

const share = within(0, 2);

/** Official reference: POST /v1/images/editing/expand. It takes no model. */
export const expand = defineOperation({
	kind: 'expand',
	path: 'images/editing/expand',
	label: 'Image Expansion',
	title: 'Image → Expand',
	result: 'image',
	initialDelay: 8,
	fields: {
		image: picture.describe('Image'),
		up_expansion_ratio: share.describe('Expand Up'),
		down_expansion_ratio: share.describe('Expand Down'),
		left_expansion_ratio: share.describe('Expand Left'),
		right_expansion_ratio: share.describe('Expand Right'),
		prompt,
		n: imageCount,
	},
	rules(request, context) {
		const { up_expansion_ratio: up, down_expansion_ratio: down } = request;
		const { left_expansion_ratio: left, right_expansion_ratio: right } = request;
		const size = (1 + up + down) * (1 + left + right);
		const fault = faultIn(context);
		if (size === 1) {
			fault('up_expansion_ratio', 'or one of the other three sides must be more than 0');
		}
		// Of tenths, a computer makes 3.0000000000000004.
		if (size > LARGEST + 1e-9) {
			fault(
				'up_expansion_ratio',
				`and the other three sides together may make the image at most ${LARGEST} times as large, not ${Number(size.toFixed(2))} times`,
			);
		}
	},
	offers: { legacy: {} },
});
