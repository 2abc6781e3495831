/** Image → Try On Clothes: parameters on the wire, and refusals. */
import { png } from '../../pictures';
import { words } from '../support';
import { TRY_ON } from './solutions';
import { itemWith, useBench } from './support';

const bench = useBench({ slots: 30 });

describe('Try On Clothes', () => {
	const withPictures = async () => [await itemWith({ data: png(400, 400), data_1: png(500, 400) })];
	const files = { personSource: 'binary', garmentSource: 'binary' };

	it.each([
		['klingGlobal', 'a binary file', files, 'Kling (global)'],
		[
			'klingChina',
			'base64',
			{ ...TRY_ON, garment: png(400, 400).toString('base64') },
			'Kling (China)',
		],
		['aceData', 'a binary file', files, 'Ace Data Cloud'],
	] as const)('takes addresses only at %s: %s', async (service, _what, parameters, label) => {
		const items = await withPictures();
		const says = [
			new RegExp(`(Person|Garment) must be a web address .*${label.replace(/[()]/g, '.')}`),
		];
		const result = await bench.refused('virtual-try-on', { service, parameters, says }, { items });
		if (service !== 'aceData') expect(words(result)).toContain('on a host of your own');
	});

	it('takes files at a relay, and a model', async () => {
		const items = await withPictures();
		const options = { relayModel: 'kolors-virtual-try-on-v1-5' };
		const parameters = { ...files, options };
		const body = await bench.wire('virtual-try-on', 'relay', parameters, { items });
		expect(body).toMatchObject({
			model_name: 'kolors-virtual-try-on-v1-5',
			human_image: png(400, 400).toString('base64'),
			cloth_image: png(500, 400).toString('base64'),
		});
	});

	it.each([
		['klingGlobal', { relayModel: 'kolors-virtual-try-on-v1' }, 'does not offer Model (Relays)'],
		['relay', { keepFace: false }, 'does not offer Keep Face'],
		['relay', { watermark: true }, 'does not offer Watermark'],
		['aceData', { externalTaskId: 'order-1' }, 'does not offer External Task ID'],
	] as const)('refuses at %s %j', async (service, options, says) => {
		const parameters = { ...TRY_ON, options };
		await bench.refused('virtual-try-on', { service, parameters, says: [says] });
	});

	it('says what is kept only where it was set', async () => {
		const plain = await bench.wire('virtual-try-on', 'klingGlobal', TRY_ON);
		expect(plain).not.toHaveProperty('settings');
		const options = { keepFace: true, keepPose: false, keepBackground: 'no' };
		const set = await bench.wire('virtual-try-on', 'aceData', { ...TRY_ON, options });
		expect(set.settings).toEqual({ keep_face: true, keep_pose: false, keep_background: false });
	});
});
