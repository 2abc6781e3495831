/** WebP for Image → Try On Clothes: where Kling's Solutions API makes it, or Ace Data Cloud after that; not at relays. */
import type { INodeParameters } from 'n8n-workflow';

import { png, webp } from '../../pictures';
import { binaryItem } from '../harness';
import { PICTURE, useBench } from './support';
import type { Call } from './support';

const bench = useBench();

const SHIRT = webp(500, 400);
const BASE64 = SHIRT.toString('base64');
const TRY_ON: INodeParameters = { person: PICTURE, garment: PICTURE };
const FROM_FILE: INodeParameters = {
	person: PICTURE,
	garmentSource: 'binary',
	garmentBinary: 'shirt',
};

async function withShirt(): Promise<Pick<Call, 'items'>> {
	return { items: [await binaryItem(SHIRT, { field: 'shirt', mimeType: 'image/webp' })] };
}

function withToken() {
	const { baseUrl, platformToken = '' } = bench.simulator.services.aceData;
	return { platformToken, platformUrl: baseUrl };
}

it.each([
	['a file', FROM_FILE],
	['base64', { ...TRY_ON, garment: BASE64 }],
])('%s is uploaded at Ace Data Cloud', async (_what, parameters) => {
	const credential = withToken();
	const call = { ...(await withShirt()), credential };
	const body = await bench.wire('virtual-try-on', 'aceData', parameters, call);
	const [upload, ...more] = bench.simulator.ledger.uploads;
	expect(more).toEqual([]);
	expect(upload).toMatchObject({ contentType: 'image/webp' });
	expect(bench.simulator.uploadedBytes(upload!.url)).toEqual(SHIRT);
	expect(body.contents).toEqual([
		{ type: 'product_image', url: upload!.url },
		{ type: 'person_image', url: PICTURE },
	]);
});

it.each([
	['klingGlobal', FROM_FILE, 'Garment must be a web address at Kling (global)'],
	['klingChina', { ...TRY_ON, garment: BASE64 }, 'Garment must be a web address at Kling (China)'],
	['aceData', FROM_FILE, 'Garment must be a web address at Ace Data Cloud'],
	['relay', FROM_FILE, 'Garment must be a PNG or JPEG picture'],
	['relay', { ...TRY_ON, garment: BASE64 }, 'Garment must be a PNG or JPEG picture'],
] as const)('is refused before anything is sent at %s: %j', async (service, parameters, says) => {
	const refusal = { service, parameters, says: [says] };
	await bench.refused('virtual-try-on', refusal, await withShirt());
});

it('small WebP is refused like any other', async () => {
	const says = ['Person must be at least 300 × 300 pixels, but has 200 × 200'];
	for (const small of [webp(200, 200), png(200, 200)]) {
		const parameters = { ...TRY_ON, person: small.toString('base64') };
		const refusal = { service: 'aceData' as const, parameters, says };
		await bench.refused('virtual-try-on', refusal, { credential: withToken() });
	}
});
