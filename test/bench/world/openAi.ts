import { join } from 'node:path';
import { z } from 'zod';
import { ROOT, startProcess } from '../../e2e/lib';
import type { Ends } from './ends';
import { callControl, type ServiceOptions } from './simulator';

const countsShape = z.object({
	creates: z.number(),
	refused: z.number(),
	looks: z.number(),
	downloads: z.number(),
});

/** The stand-in for OpenAI. */
export interface OpenAiService {
	/** For the credential, with /v1. */
	baseUrl: string;
	counts(): Promise<z.infer<typeof countsShape>>;
	reset(): Promise<void>;
}

/** Starts openAiStub.ts in a process of its own. */
export async function startOpenAiService(
	{ taskSeconds, slots }: ServiceOptions,
	ends: Ends,
): Promise<OpenAiService> {
	const stub = startProcess({
		name: 'The OpenAI stub',
		node: process.execPath,
		args: [
			...['--import', 'tsx', join(__dirname, 'openAiStub.ts')],
			...[String(taskSeconds), String(slots)],
		],
		cwd: ROOT,
		env: process.env,
	});
	ends.add(async () => {
		await stub.stop();
	});
	const line = await stub.line((text) => text.startsWith('{'));
	const { url } = z.object({ url: z.string() }).parse(JSON.parse(line));
	return {
		baseUrl: `${url}/v1`,
		counts: async () => countsShape.parse(await callControl(url, 'GET', '/counts')),
		async reset() {
			await callControl(url, 'POST', '/reset');
		},
	};
}
