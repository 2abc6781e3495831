/** The music of Video → Change Clothes: an address at every service, a file of the item where files can be uploaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { wav } from '../../sounds';
import { binaryItem } from '../harness';
import { bodyOf, CLIP, lastCreate, PICTURE, rows, useBench } from './support';

const bench = useBench();

const MUSIC = 'https://pictures.example.com/music.mp3';
const MB = 1024 * 1024;
const MP4 = readFileSync(join(__dirname, '../../simulator/assets/video.mp4'));
const M4A = readFileSync(join(__dirname, '../../unit/sounds/start.m4a'));
const MP3 = readFileSync(join(__dirname, '../../unit/sounds/plain-cbr.mp3'));
/** As telephones write M4A: nothing in its beginning tells that it holds no pictures. */
const ANY_MP4 = Buffer.concat([M4A.subarray(0, 8), Buffer.from('isom'), M4A.subarray(12)]);

const clothes = (more: INodeParameters = {}): INodeParameters => ({
	videoUrl: CLIP,
	...rows(PICTURE),
	productInfo: 'Linen dress',
	waitMode: 'none',
	...more,
});
const fromFile = clothes({ musicUrlSource: 'binary', musicUrlBinary: 'music' });

async function withFile(bytes: Buffer, mimeType = 'application/octet-stream') {
	const fileName = 'music.bin';
	return { items: [await binaryItem(bytes, { field: 'music', fileName, mimeType })] };
}

function withToken() {
	const { baseUrl, platformToken = '' } = bench.simulator.services.aceData;
	return { platformToken, platformUrl: baseUrl };
}

/** What came at the place of the music. */
function sentMusic(): unknown {
	const { contents } = bodyOf(lastCreate(bench.simulator).rawBody) as {
		contents: Array<{ type: string; url?: string }>;
	};
	return contents.filter(({ type }) => type === 'bgm').map(({ url }) => url);
}

it.each(['klingGlobal', 'klingChina', 'aceData'] as const)(
	'an address goes as it is, and none where it is empty (%s)',
	async (service) => {
		await bench.succeed('clothing-dupe', { service, parameters: clothes({ musicUrl: MUSIC }) });
		expect(sentMusic()).toEqual([MUSIC]);
		await bench.succeed('clothing-dupe', { service, parameters: clothes({ musicUrl: ' ' }) });
		expect(sentMusic()).toEqual([]);
	},
);

describe('a file of the item', () => {
	it.each<[string, Buffer, string | undefined, string]>([
		['MP3', MP3, undefined, 'audio/mpeg'],
		['WAV', wav(3), undefined, 'audio/wav'],
		['M4A', M4A, undefined, 'audio/mp4'],
		['M4A that calls itself MP4', ANY_MP4, 'audio/x-m4a', 'audio/mp4'],
		['M4A that calls itself MP4, of no known type', ANY_MP4, undefined, 'audio/mp4'],
	])(
		'is uploaded at Ace Data Cloud, and its address sent: %s',
		async (_what, file, named, type) => {
			await bench.succeed('clothing-dupe', {
				service: 'aceData',
				credential: withToken(),
				parameters: fromFile,
				...(await withFile(file, named)),
			});
			const [upload, ...more] = bench.simulator.ledger.uploads;
			expect(more).toEqual([]);
			expect(upload).toMatchObject({ contentType: type, size: file.length });
			expect(bench.simulator.uploadedBytes(upload!.url)).toEqual(file);
			expect(sentMusic()).toEqual([upload!.url]);
		},
	);

	it.each(['klingGlobal', 'klingChina'] as const)(
		'is refused before anything is sent where only an address is taken (%s)',
		async (service) => {
			const says = [
				/Background Music must be a web address at Kling .*, which takes no binary data and no base64 for it/,
				'Put it on a host of your own and give its address, or choose a credential for Ace Data Cloud with a Platform Token',
			];
			const file = await withFile(wav(3));
			await bench.refused('clothing-dupe', { service, parameters: fromFile, says }, file);
		},
	);

	it('needs a Platform Token', async () => {
		const says = [
			'Background Music must be a web address at Ace Data Cloud',
			'Enter a Platform Token in the credential, with which files are uploaded first',
		];
		const call = { ...(await withFile(wav(3))), credential: { platformToken: '' } };
		const refusal = { service: 'aceData' as const, parameters: fromFile, says };
		await bench.refused('clothing-dupe', refusal, call);
	});

	it.each<[string, Buffer, string | undefined, string]>([
		['a video', MP4, 'video/mp4', 'Background Music must be a file in MP3, M4A or WAV'],
		['a picture', png(400, 400), undefined, 'must be a file in MP3, M4A or WAV'],
		['nothing', Buffer.alloc(0), undefined, 'Background Music is empty'],
		[
			'too much',
			Buffer.concat([MP3, Buffer.alloc(50 * MB)]),
			undefined,
			'Background Music must have at most 50 MB, but has',
		],
	])('is refused if it is %s', async (_what, file, named, says) => {
		const call = { ...(await withFile(file, named)), credential: withToken() };
		const refusal = { service: 'aceData' as const, parameters: fromFile, says: [says] };
		await bench.refused('clothing-dupe', refusal, call);
	});
});
