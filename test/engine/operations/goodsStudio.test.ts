/** Video → Present Product: parameters on the wire, refusals, and what comes out. */
import { png } from '../../pictures';
import { words } from '../support';
import { GOODS } from './solutions';
import { itemWith, lastCreate, PICTURE, rows, useBench } from './support';

const bench = useBench({ slots: 30 });

describe('Present Product', () => {
	it.each([
		['no image', { images: {} }, 'Product Images must be 1 to 5, not 0'],
		['six images', rows(...Array<string>(6).fill(PICTURE)), 'Product Images must be 1 to 5, not 6'],
		['no title', { productTitle: ' ' }, 'Product Title must not be empty'],
		['a long title', { productTitle: 'x'.repeat(201) }, 'Product Title must have at most 200'],
		['a long text', { productDescription: 'x'.repeat(2001) }, 'at most 2000 characters, not 2001'],
		['20 seconds', { productDuration: '={{ 20 }}' }, 'Duration must be'],
		['4K', { quality: '={{ "4k" }}' }, 'Quality must be'],
		['another shape', { aspectRatio: '={{ "4:3" }}' }, 'Aspect Ratio must be'],
	])('refuses %s', async (_what, parameters, says) => {
		await bench.refused('goods-studio', { parameters: { ...GOODS, ...parameters }, says: [says] });
	});

	it.each(['={{ 30 }}', '={{ "30 Seconds" }}', '30'])('takes a length of %s', async (length) => {
		const parameters = { ...GOODS, productDuration: length };
		const body = await bench.wire('goods-studio', 'klingGlobal', parameters);
		expect(body.settings).toEqual({ resolution: '720p', aspect_ratio: '16:9', duration: 30 });
	});

	it('takes images as files at official Kling', async () => {
		const items = [await itemWith({ data: png(400, 400) })];
		const parameters = { ...GOODS, imagesSource: 'binary' };
		const body = await bench.wire('goods-studio', 'klingGlobal', parameters, { items });
		const image = png(400, 400).toString('base64');
		expect(body.contents).toContainEqual({ type: 'ref_image', url: image });
		const says = ['Product Images must be a web address'];
		await bench.refused('goods-studio', { service: 'aceData', parameters, says }, { items });
	});

	it.each([
		['klingGlobal', { options: { watermark: { enabled: true } } }],
		['aceData', { watermark: true }],
	] as const)('wishes for a watermark at %s as it is wished for there', async (service, wished) => {
		const parameters = { ...GOODS, options: { watermark: true } };
		expect(await bench.wire('goods-studio', service, parameters)).toMatchObject(wished);
	});

	it('tells the copy with a watermark, what it cost, and why it failed', async () => {
		const { json } = await bench.succeed('goods-studio', {
			parameters: { ...GOODS, options: { watermark: true } },
		});
		expect(json).toMatchObject([
			{
				quality: 'std',
				duration: 15.1,
				unitsDeducted: 25.5,
				videos: [{ watermarkUrl: expect.stringContaining('watermark') as string }],
			},
		]);
		const result = await bench.run('goods-studio', {
			parameters: { ...GOODS, productTitle: '[fail]' },
		});
		bench.owe(1);
		expect(words(result)).toContain('The task failed: Failure to pass the risk control system');
	});

	it('refuses an address for calls that is too long there', async () => {
		const callbackUrl = `https://n8n.example.com/${'x'.repeat(1024)}`;
		const parameters = { ...GOODS, options: { callbackUrl } };
		const says = ['Callback URL must have at most 1024 characters for Video → Present Product'];
		await bench.refused('goods-studio', { parameters, says });
	});

	it('merges additional fields last', async () => {
		const added = '{"seed": 829836802793406551, "settings": {"style": "calm", "duration": 60}}';
		const parameters = { ...GOODS, options: { additionalFields: added } };
		const settings = { resolution: '720p', aspect_ratio: '16:9', duration: 60, style: 'calm' };
		expect((await bench.wire('goods-studio', 'klingGlobal', parameters)).settings).toEqual(
			settings,
		);
		expect(lastCreate(bench.simulator).rawBody).toContain('"seed":829836802793406551');
		expect((await bench.wire('goods-studio', 'aceData', parameters)).settings).toEqual(settings);
	});

	it('puts a name and an address of the additional fields where they belong', async () => {
		const added = '{"external_task_id": "order-5", "callback_url": "https://e.test/hook"}';
		const parameters = { ...GOODS, options: { watermark: true, additionalFields: added } };
		const body = await bench.wire('goods-studio', 'klingGlobal', parameters);
		expect(body.options).toEqual({
			external_task_id: 'order-5',
			callback_url: 'https://e.test/hook',
			watermark: { enabled: true },
		});
		expect(body).not.toHaveProperty('external_task_id');
	});

	it.each(['callback_url', 'external_task_id'])(
		'refuses %s in options of its own',
		async (name) => {
			const options = {
				additionalFields: JSON.stringify({ options: { [name]: 'https://e.test' } }),
			};
			const says = [`Additional Fields (JSON) cannot have ${name} in options; use `];
			await bench.refused('goods-studio', { parameters: { ...GOODS, options }, says });
		},
	);
});
