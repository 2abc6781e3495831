/** The examples in which somebody speaks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Kind } from '../../../nodes/shared/core/kinds';

import { ID, ledgerOf, LIP_SYNC, TEXT } from './speaking';
import { PICTURE, useBench } from './support';

const bench = useBench();
const { charged, posts } = ledgerOf(bench);

interface Example {
	nodes: Array<{ type: string; parameters: INodeParameters }>;
}

describe('the examples', () => {
	it.each([
		['speaking-photo', { photo: PICTURE, text: TEXT }, ['audio/tts', 'videos/avatar/image2video']],
		['new-voice', {}, ['videos/text2video', ...LIP_SYNC]],
		['video-with-sound', {}, ['videos/text2video', 'audio/video-to-audio']],
	])('%s runs with what its note asks for', async (name, given, kinds) => {
		const text = readFileSync(join(__dirname, `../../../examples/${name}.json`), 'utf8');
		const { nodes } = JSON.parse(text) as Example;
		let items: IDataObject[] = [given];
		for (const { type, parameters } of nodes) {
			if (!type.startsWith('n8n-nodes-kling.')) continue;
			const operation = String(parameters.operation) as Kind;
			items = (await bench.succeed(operation, { parameters, items })).json;
		}
		expect(items).toMatchObject([{ status: 'succeed', videoUrl: ID }]);
		expect(charged()).toEqual(kinds);
		bench.owe(name === 'video-with-sound' ? 0 : kinds.length - (name === 'new-voice' ? 2 : 1));
	});
});

describe('the example of an agent', () => {
	it('speaks what the model passes on, with the voice that was chosen', async () => {
		const text = readFileSync(join(__dirname, '../../../examples/agent-with-avatar.json'), 'utf8');
		const { nodes } = JSON.parse(text) as Example;
		const { parameters = {} } = nodes.find(({ type }) => type.endsWith('.klingTool')) ?? {};
		const byModel = Object.keys(parameters).filter((name) =>
			String(parameters[name]).includes('$fromAI'),
		);
		expect(byModel).toEqual(['image', 'text']);
		await bench.succeed('avatar', { parameters: { ...parameters, image: PICTURE, text: TEXT } });
		bench.owe(1);
		expect(posts()[0]?.body).toEqual({
			text: TEXT,
			voice_id: 'genshin_vindi2',
			voice_language: 'en',
		});
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);
	});
});
