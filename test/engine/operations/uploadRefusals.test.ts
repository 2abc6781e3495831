/** Files that are not uploaded to Ace Data Cloud: what is checked before, and what there is without a Platform Token. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { words } from '../support';
import { CLIP, PICTURE, type OperationName } from './support';
import { FOX, IMAGE_TO_VIDEO, itemOf, MB, motion, MP4, useUploads, VOICE } from './uploads';

const { bench, atAce, uploads, paths } = useUploads();

describe('before anything is uploaded', () => {
	it('all items are checked', async () => {
		const items = [await itemOf({ data: FOX }), await itemOf({ data: png(10, 10) })];
		const result = await bench.run('image2video', atAce({ items, parameters: IMAGE_TO_VIDEO }));
		expect(words(result)).toContain('First Frame must be at least 300 × 300 pixels');
		expect(paths()).toEqual([]);
	});

	it('what the service or the model refuses is refused', async () => {
		const items = [await itemOf({ data: FOX })];
		const parameters = { ...IMAGE_TO_VIDEO, prompt: '' };
		const result = await bench.run('image2video', atAce({ items, parameters }));
		expect(words(result)).toContain('Prompt must be given at Ace Data Cloud');
		expect(paths()).toEqual([]);
	});

	it.each([
		['no video', FOX, 'Motion Video must be a file in MP4 or MOV'],
		['empty', Buffer.alloc(0), 'Motion Video is empty'],
		[
			'too large',
			Buffer.concat([MP4, Buffer.alloc(100 * MB)]),
			'Motion Video must have at most 100 MB, but has 100.1 MB',
		],
	])('a video is looked at: %s', async (_what, bytes, says) => {
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemOf({ data: bytes })];
		const result = await bench.run('motion-control', atAce({ items, parameters }));
		expect(words(result)).toContain(says);
		expect(paths()).toEqual([]);
	});

	it('a binary field that is not there is named', async () => {
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemOf({ clip: MP4 })];
		const result = await bench.run('motion-control', atAce({ items, parameters }));
		expect(words(result)).toContain(
			'Motion Video is not in the item: there is no binary field "data" (it has clip)',
		);
	});

	it('the address of a file that nobody has is refused', async () => {
		const image = `https://file.invalid/sha256/${'a'.repeat(64)}`;
		const result = await bench.run(
			'image2video',
			atAce({ parameters: { image, prompt: 'It turns', waitMode: 'none' } }),
		);
		expect(words(result)).toContain('is the address of no file of this run');
		expect(paths()).toEqual([]);
	});
});

describe('without a place for files', () => {
	const noToken = { platformToken: '' };

	it.each<[string, OperationName, INodeParameters]>([
		['First Frame', 'image2video', IMAGE_TO_VIDEO],
		['Motion Video', 'motion-control', motion({ image: PICTURE, videoUrlSource: 'binary' })],
	])('Ace Data Cloud asks for a token: %s', async (title, operation, parameters) => {
		const bytes = title === 'First Frame' ? FOX : MP4;
		await bench.refused(
			operation,
			{
				service: 'aceData',
				parameters,
				says: [
					`${title} must be a web address at Ace Data Cloud, which takes no binary data and no base64`,
					'Enter a Platform Token in the credential, with which files are uploaded first, or give a web address',
				],
			},
			{ items: [await itemOf({ data: bytes })], credential: noToken },
		);
	});

	it.each(['klingGlobal', 'relay'] as const)('%s takes no video as a file', async (service) => {
		await bench.refused(
			'motion-control',
			{
				service,
				parameters: { image: PICTURE, videoUrlSource: 'binary' },
				says: [
					/Motion Video must be a web address at .*, which takes no binary data and no base64 for it/,
					'choose a credential for Ace Data Cloud with a Platform Token',
				],
			},
			{ items: [await itemOf({ data: MP4 })] },
		);
	});

	it('a sound for lip sync goes along as base64', async () => {
		const body = await bench.wire(
			'lip-sync',
			'aceData',
			{ videoSource: 'url', videoUrl: CLIP, soundSource: 'binary' },
			{ items: [await itemOf({ data: VOICE })], credential: noToken },
		);
		expect(body).toMatchObject({ audio_type: 'file', audio_file: VOICE.toString('base64') });
		expect(uploads()).toEqual([]);
	});

	it('pictures and sounds go to official Kling as ever, whatever token there is', async () => {
		const credential = { platformToken: 'platform-of-somebody', platformUrl: 'nonsense' };
		const body = await bench.wire(
			'image2video',
			'klingGlobal',
			{ imageSource: 'binary' },
			{ items: [await itemOf({ data: FOX })], credential },
		);
		expect(body).toMatchObject({ image: FOX.toString('base64') });
	});
});
