/** What the tests of files at Ace Data Cloud share: a credential with a Platform Token, files, and where they were put. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { jpeg, png } from '../../pictures';
import { wav } from '../../sounds';
import { inspect, useBinaryMode } from '../harness';
import { itemWith, useBench, type Call } from './support';

export const MP4 = readFileSync(join(__dirname, '../../simulator/assets/video.mp4'));
export const FOX = png(640, 480);
export const OWL = jpeg(500, 500);
export const VOICE = wav(3);
/** Where files are uploaded. */
export const PATH = '/api/v1/files/';
export const MB = 1024 * 1024;
export const NOTHING_PAID =
	'The file was not uploaded, so nothing was made and nothing was charged';

export const IMAGE_TO_VIDEO = { imageSource: 'binary', prompt: 'It turns', waitMode: 'none' };
/** A motion transfer that is not waited for. */
export const motion = (more: INodeParameters): INodeParameters => ({ ...more, waitMode: 'none' });

/** An item with files of which n8n knows nothing. */
export async function itemOf(files: Record<string, Buffer>): Promise<INodeExecutionData> {
	return await itemWith(files, () => ({}));
}

/** A bench at Ace Data Cloud, and what was uploaded there. */
export function useUploads() {
	const bench = useBench();
	const uploads = () => bench.simulator.ledger.uploads;
	const paths = () => bench.simulator.ledger.requests.map(({ path }) => path);

	/** What a person types who has made a Platform Token. */
	function withToken(changes: object = {}): NonNullable<Call['credential']> {
		const { baseUrl, platformToken = '' } = bench.simulator.services.aceData;
		return { platformToken, platformUrl: baseUrl, ...changes };
	}

	/** Where a file was put. */
	function addressOf(bytes: Buffer): string {
		const found = uploads().find(({ url }) => bench.simulator.uploadedBytes(url)?.equals(bytes));
		return found?.url ?? 'it was not uploaded';
	}

	afterEach(async () => {
		// What stands for a file until it is uploaded never leaves.
		expect(inspect(bench.simulator.ledger.requests)).not.toContain('file.invalid');
		await useBinaryMode('filesystem');
	});

	return {
		bench,
		withToken,
		atAce: (call: Call): Call => ({ service: 'aceData', credential: withToken(), ...call }),
		uploads,
		paths,
		createsAt: (path: string) => paths().filter((one) => one === path),
		addressOf,
	};
}
