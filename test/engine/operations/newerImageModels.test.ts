/** Image models of Kling 4.0, which resellers have: no page of Kling tells where its own API makes them. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import { words } from '../support';
import { PICTURE, rows, useBench, type OperationName } from './support';

const bench = useBench();

const TOLD = 'no page of Kling tells a path for it, so it was sent to that of older models';
const CASES: Array<[OperationName, INodeParameters, path: string, today: string]> = [
	['image-generation', {}, '/v1/images/generations', 'kling-v3, kling-v2-1'],
	['omni-image', {}, '/v1/images/omni-image', 'kling-image-o1, kling-v3-omni'],
	['multi-image2image', rows(PICTURE, PICTURE), '/v1/images/multi-image2image', 'kling-v2-1'],
];

describe.each(['kling-image-4.0', 'kling-long-image-4.0', 'Kling Image 4.0'])('%s', (name) => {
	it.each(CASES)(
		'is sent once by %s, and its refusal explained',
		async (operation, more, path, today) => {
			for (const credential of [undefined, { authentication: 'accessKey', apiKey: '' }]) {
				bench.simulator.ledger.requests.length = 0;
				const parameters = { prompt: 'x', ...more, model: model(name) };
				const result = await bench.run(operation, { parameters, credential });
				expect(result.status).toBe('error');
				expect(words(result)).toContain(`Resellers have ${name}, but ${TOLD}`);
				expect(words(result)).toContain(`Models of today: ${today}. The service says: `);
				expect(bench.simulator.ledger.requests.map((one) => one.path)).toEqual([path]);
			}
		},
	);

	it('is nothing that a relay is asked about', async () => {
		const parameters = { prompt: 'x', model: model(name) };
		const result = await bench.run('image-generation', { service: 'relay', parameters });
		expect(result.status).toBe('error');
		expect(words(result)).not.toContain(TOLD);
	});
});

it('another unknown model is explained as ever', async () => {
	const parameters = { prompt: 'x', model: model('kling-image-o9') };
	const result = await bench.run('image-generation', { parameters });
	expect(words(result)).toContain("The model 'kling-image-o9' does not exist");
	expect(words(result)).not.toContain(TOLD);
});
