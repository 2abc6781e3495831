/** Where one field takes a picture from anywhere: an address, base64 text, or the name of a binary field. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { binaryItem } from '../harness';
import { model } from '../kling';
import { OTHER_PICTURE, PICTURE, useBench } from './support';

const bench = useBench();
const picture = png(400, 400);
const BASE64 = picture.toString('base64');
const as = (parameters: object) => parameters as unknown as INodeParameters;

async function items(): Promise<INodeExecutionData[]> {
	return [
		await binaryItem(picture, { field: 'mask', fileName: 'mask.png', mimeType: 'image/png' }),
	];
}

it('sends masks from binary data as raw base64', async () => {
	const body = await bench.wire(
		'image2video',
		'relay',
		as({
			image: PICTURE,
			model: model('kling-v1-5'),
			quality: 'pro',
			options: {
				staticMask: 'mask',
				motionBrush: {
					motion: [{ mask: 'mask', path: '[{"x": 1, "y": 2}, {"x": 3, "y": 4}]' }],
				},
			},
		}),
		{ items: await items() },
	);
	expect(body).toMatchObject({ static_mask: BASE64, dynamic_masks: [{ mask: BASE64 }] });
});

it('sends a frame from binary data among other references', async () => {
	const body = await bench.wire(
		'omni-video',
		'klingGlobal',
		as({
			prompt: '<<<image_1>>> meets <<<image_2>>>',
			imagesSource: 'rows',
			images: {
				image: [
					{ value: 'mask', role: 'first_frame' },
					{ value: OTHER_PICTURE, role: 'reference' },
				],
			},
		}),
		{ items: await items() },
	);
	expect(body.image_list).toEqual([
		{ image_url: BASE64, type: 'first_frame' },
		{ image_url: OTHER_PICTURE },
	]);
});

it('refuses a name that the item does not have', async () => {
	const parameters = as({
		image: PICTURE,
		model: model('kling-v1-5'),
		quality: 'pro',
		options: { staticMask: 'other' },
	});
	await bench.refused(
		'image2video',
		{ service: 'relay', parameters, says: ['Static Mask must be a web address'] },
		{ items: await items() },
	);
});
