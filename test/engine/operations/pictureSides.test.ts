/** Pictures whose limits are not the usual ones: of clothes and those who wear them, and of characters that move. */
import type { INodeParameters } from 'n8n-workflow';

import { jpeg, png } from '../../pictures';
import { CLIP, itemWith, lastCreate, PICTURE, rows, useBench } from './support';
import type { Call } from './support';

const bench = useBench();
const MEGABYTE = 1024 * 1024;

function withToken(): Pick<Call, 'credential'> {
	const { baseUrl, platformToken = '' } = bench.simulator.services.aceData;
	return { credential: { platformToken, platformUrl: baseUrl } };
}

const TRY_ON: INodeParameters = {
	personSource: 'binary',
	personBinary: 'person',
	garment: PICTURE,
};
const withPerson = async (person: Buffer) => ({ items: [await itemWith({ person })] });

describe('the person of a try-on', () => {
	it.each([
		['a photo of a phone', jpeg(4032, 3024)],
		['one pixel too much', png(500, 2049)],
	])(
		'is not ordered at Ace Data Cloud with sides of more than 2,048 pixels: %s',
		async (_w, person) => {
			await bench.refused(
				'virtual-try-on',
				{ service: 'aceData', parameters: TRY_ON, says: ['Person', 'at most 2048 × 2048 pixels'] },
				{ ...(await withPerson(person)), ...withToken() },
			);
			expect(bench.simulator.ledger.uploads).toEqual([]);
		},
	);

	it.each([
		['tall', png(700, 2000)],
		['as large as may be', jpeg(2048, 2048)],
	])('may be %s at Ace Data Cloud', async (_what, person) => {
		const call = { ...(await withPerson(person)), ...withToken() };
		await bench.wire('virtual-try-on', 'aceData', TRY_ON, call);
		expect(bench.simulator.ledger.uploads).toHaveLength(1);
	});

	it('has the usual limits at relays', async () => {
		const large = await withPerson(jpeg(4032, 3024));
		await bench.wire('virtual-try-on', 'relay', TRY_ON, large);
		const tall = await withPerson(png(700, 2000));
		const says = ['Person must have a side ratio between 1:2.5 and 2.5:1'];
		await bench.refused('virtual-try-on', { service: 'relay', parameters: TRY_ON, says }, tall);
	});

	it('is refused by the simulator, too, where it was uploaded before', async () => {
		const { simulator } = bench;
		const { baseUrl, platformToken = '', apiKey } = simulator.services.aceData;
		const form = new FormData();
		form.append('file', new Blob([new Uint8Array(png(500, 2049))]), 'person.png');
		const uploaded = await fetch(`${baseUrl}/api/v1/files/`, {
			method: 'POST',
			headers: { authorization: `Bearer ${platformToken}` },
			body: form,
		});
		const { file_url: url } = (await uploaded.json()) as { file_url: string };
		const contents = [
			{ type: 'product_image', url: PICTURE },
			{ type: 'person_image', url },
		];
		const answer = await fetch(`${baseUrl}/kling/virtual-try-on`, {
			method: 'POST',
			headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ contents, async: true }),
		});
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain('2048');
	});
});

describe('the images of clothes', () => {
	const CHANGE: INodeParameters = {
		videoUrl: CLIP,
		productInfo: 'A dress',
		imagesSource: 'list',
		imageList: jpeg(600, 1600).toString('base64'),
	};

	it.each(['klingGlobal', 'aceData'] as const)('may be tall at %s', async (service) => {
		const call = service === 'aceData' ? withToken() : {};
		await bench.wire('clothing-dupe', service, CHANGE, call);
	});

	it('have no other shape than usual where they show the person', async () => {
		const parameters: INodeParameters = {
			...CHANGE,
			...rows(PICTURE),
			modelImagesSource: 'list',
			modelImageList: jpeg(600, 1600).toString('base64'),
		};
		await bench.refused('clothing-dupe', { parameters, says: ['Model Image 1', 'side ratio'] });
	});
});

describe('the character whose picture is larger than 10 MB', () => {
	const parameters: INodeParameters = { imageSource: 'binary', videoUrl: CLIP };
	const withBytes = async (bytes: number) => ({
		items: [await itemWith({ data: png(800, 800, bytes) })],
	});

	it('is taken at Ace Data Cloud', async () => {
		const call = { ...(await withBytes(12 * MEGABYTE)), ...withToken() };
		await bench.wire('motion-control', 'aceData', parameters, call);
		expect(lastCreate(bench.simulator).path).toBe('/kling/motion');
	});

	it('is refused there from 50 MB on', async () => {
		const call = { ...(await withBytes(51 * MEGABYTE)), ...withToken() };
		const says = ['Character Image must have at most 50 MB, but has 51'];
		await bench.refused('motion-control', { service: 'aceData', parameters, says }, call);
	});

	it('is refused at relays', async () => {
		const says = ['Character Image must have at most 10 MB, but has 12'];
		const call = await withBytes(12 * MEGABYTE);
		await bench.refused('motion-control', { service: 'relay', parameters, says }, call);
	});
});
