import type { INodePropertyOptions } from 'n8n-workflow';

import { aspectRatioOf } from './basics';
import { field } from './field';
import { choice, number } from './types';

/** Parameters of the operations that make images. */

/** How many images to make. */
export function imageCount(displayOptions?: { show: Record<string, string[]> }) {
	return field(
		'n',
		number({
			displayName: 'Number of Images',
			name: 'n',
			default: 1,
			min: 1,
			max: 9,
			description: 'How many images to make, from 1 to 9. Each is paid for.',
			...(displayOptions && { displayOptions }),
		}),
	);
}

/** The shapes of images; `more` come first. */
export function imageAspectRatio({
	cinema = '21:9 (Cinema)',
	more = [],
	preset,
}: { cinema?: string; more?: INodePropertyOptions[]; preset?: string } = {}) {
	const shapes = [
		{ name: '1:1 (Square)', value: '1:1' },
		{ name: '16:9 (Landscape)', value: '16:9' },
		{ name: '2:3 (Portrait)', value: '2:3' },
		{ name: cinema, value: '21:9' },
		{ name: '3:2 (Landscape)', value: '3:2' },
		{ name: '3:4 (Portrait)', value: '3:4' },
		{ name: '4:3 (Landscape)', value: '4:3' },
		{ name: '9:16 (Portrait)', value: '9:16' },
	];
	return aspectRatioOf([...shapes, ...more], preset);
}

/** The size of an image, `more` sizes last. */
export function resolutionOf(more: INodePropertyOptions[] = []) {
	return field(
		'resolution',
		choice({
			displayName: 'Resolution',
			name: 'resolution',
			default: '1k',
			description: 'Size of the image',
			options: [
				{ name: '1K', value: '1k', description: 'About 1,000 pixels' },
				{ name: '2K', value: '2k', description: 'About 2,000 pixels, which may cost more' },
				...more,
			],
		}),
	);
}
