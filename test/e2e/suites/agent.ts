import { join } from 'node:path';
import { readWorkflow, ROOT, saveCredential, withCredential, withParameters } from '../lib';
import { type ChatModel, SPEAKS_TO_IT, startChatModel } from '../lib/chatModel';
import { NODE_TYPE, runWorkflow, type World } from '../world';

const AGENT = '@n8n/n8n-nodes-langchain.agent';
const MODEL = '@n8n/n8n-nodes-langchain.lmChatOpenAi';
const SPEAKING = {
	Image: 'https://simulator.invalid/photo.jpg',
	Text: 'Good day to you, and welcome to our little shop.',
};
const PROMPT = 'A lighthouse in a storm, waves break over the rocks, the camera circles it';

export function agentSuite(world: () => World): void {
	describe('the node as a tool of an AI agent', () => {
		let model: ChatModel;
		beforeEach(async () => {
			model = await startChatModel({ Prompt: PROMPT, Aspect_Ratio: '9:16' });
		});
		afterEach(async () => await model.stop());

		async function ask(chatInput: string, file = 'agent-with-kling.json') {
			const { rest, settings } = world();
			const name = 'Scripted model';
			const data = { apiKey: 'sk-scripted', url: model.baseUrl };
			const id = await saveCredential(rest, { name, type: 'openAiApi', data });
			const example = readWorkflow(join(ROOT, 'examples', file));
			const spoken = withParameters(example, MODEL, SPEAKS_TO_IT);
			const wired = withParameters(
				withParameters(
					withCredential(spoken, { nodeType: MODEL, type: 'openAiApi', id, name }),
					AGENT,
					{ promptType: 'define', text: '={{ $json.body.chatInput }}' },
				),
				NODE_TYPE,
				{ options: { initialDelay: 1, pollInterval: 1 } },
			);
			return await runWorkflow(world(), wired, settings[0]!, { chatInput });
		}

		it('makes one video with what the model chose, and tells the model about it in few words', async () => {
			const { simulator } = world();
			const execution = await ask('Show me a lighthouse');
			expect({ status: execution.status, error: execution.error?.message }).toEqual({
				status: 'success',
				error: undefined,
			});

			expect(simulator.ledger.charges).toHaveLength(1);
			const task = simulator.tasks.get(simulator.ledger.charges[0]!.taskId);
			expect(task?.request).toMatchObject({ prompt: PROMPT, aspect_ratio: '9:16' });

			const said = JSON.stringify(model.requests.at(-1)?.messages.at(-1));
			expect(said).toContain(task?.id);
			expect(said).toContain('videoUrl');
			expect(said.length).toBeLessThan(3000);
			expect(JSON.stringify(execution.outputs('Agent'))).toContain(task?.id);
		});

		it('makes one avatar of the photo and the text that the model passed on', async () => {
			const { simulator } = world();
			await model.stop();
			model = await startChatModel(SPEAKING);
			const execution = await ask('Let them say hello', 'agent-with-avatar.json');
			expect({ status: execution.status, error: execution.error?.message }).toEqual({
				status: 'success',
				error: undefined,
			});

			const [speech, avatar, ...more] = simulator.ledger.charges;
			expect(more).toEqual([]);
			expect([speech?.kind, avatar?.kind]).toEqual(['audio/tts', 'videos/avatar/image2video']);
			const spoken = simulator.ledger.requests.find(({ path }) => path.endsWith('/audio/tts'));
			expect(JSON.parse(spoken?.rawBody ?? '')).toMatchObject({
				text: SPEAKING.Text,
				voice_id: 'genshin_vindi2',
			});
			const task = simulator.tasks.get(avatar!.taskId);
			expect(task?.request).toMatchObject({ image: SPEAKING.Image });

			const said = JSON.stringify(model.requests.at(-1)?.messages.at(-1));
			expect(said).toContain(task?.id);
			expect(said).toContain('videoUrl');
			expect(said.length).toBeLessThan(3000);
			const [tool] = model.requests[0]?.tools ?? [];
			expect(Object.keys(tool?.function.parameters.properties ?? {}).sort()).toEqual([
				'Image',
				'Text',
			]);
		});

		it('does not download what nobody will read', async () => {
			await ask('Show me a lighthouse');
			expect(world().simulator.ledger.downloads).toEqual([]);
		});

		it('describes itself and its parameters to the model', async () => {
			await ask('Show me a lighthouse');
			const [tool] = model.requests[0]?.tools ?? [];
			expect(tool?.function.description).toMatch(/video/i);
			expect(JSON.stringify(tool?.function.parameters)).toMatch(/What the video shows/);
		});

		it('tells the model in words when the service refuses', async () => {
			const { simulator } = world();
			simulator.faults.add({ action: { kind: 'error', code: 1102 }, match: { method: 'POST' } });
			await ask('Show me a lighthouse');
			expect(simulator.ledger.charges).toEqual([]);
			expect(JSON.stringify(model.requests.at(-1)?.messages.at(-1))).toMatch(/balance is used up/);
		});
	});
}
