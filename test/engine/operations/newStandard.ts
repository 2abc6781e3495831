/** What the tests of Kling's newer API share: what is entered, and that it leaves. */
import type { INodeParameters } from 'n8n-workflow';

import { OUR_EXTERNAL_ID } from '../support';
import { bodyOf, lastCreate, type Bench, type Body, type OperationName } from './support';

export const ELEMENT_ID = '829836802793406551';
export const VOICE_ID = '831457288201461789';

export const shot = (prompt: string, duration: number) => ({ prompt, duration });

/** Shots that a person words. */
export const custom = (...shot: Array<{ prompt: string; duration: number }>) => ({
	multiShot: 'customize',
	shots: { shot },
});

/** A prompt among the contents of a request. */
export const prompt = (text: string) => ({ type: 'prompt', text });

export type Sent = [
	what: string,
	operation: OperationName,
	parameters: INodeParameters,
	path: string,
	body: Body,
];

/** Each of them leaves like this and comes out with its video. */
export function itSends(bench: Bench, rows: Sent[]): void {
	const named = { external_task_id: expect.stringMatching(OUR_EXTERNAL_ID) as string };

	it.each(rows)('%s', async (_what, operation, parameters, path, body) => {
		const result = await bench.succeed(operation, { parameters });
		const create = lastCreate(bench.simulator);
		expect(create.path).toBe(path);
		expect(bodyOf(create.rawBody)).toEqual({ options: named, ...body });
		expect(create.headers.authorization).toMatch(/^Bearer api-key /);
		expect(result.json).toMatchObject([
			{
				taskId: create.taskId,
				kind: operation === 'multi-image2video' ? 'omni-video' : operation,
				status: 'succeed',
				unitsDeducted: expect.any(Number) as number,
			},
		]);
		expect(await result.binary()).toEqual(bench.simulator.videoBytes(create.taskId ?? ''));
	});
}
