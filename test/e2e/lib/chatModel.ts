import { createServer } from 'node:http';
import { z } from 'zod';

const request = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() }).passthrough()),
	tools: z
		.array(
			z.object({
				function: z.object({
					name: z.string(),
					description: z.string().optional(),
					parameters: z.record(z.unknown()),
				}),
			}),
		)
		.optional(),
	stream: z.boolean().optional(),
});

/** What the agent asked the model. */
export type ChatRequest = z.infer<typeof request>;

/** A chat model behind OpenAI's API that calls its one tool once, and then repeats what the tool said. */
export interface ChatModel {
	/** For the credential, with /v1. */
	baseUrl: string;
	requests: ChatRequest[];
	stop(): Promise<void>;
}

/** Parameters of a node for OpenAI's models that is to use this one: it speaks the older of OpenAI's two APIs. */
export const SPEAKS_TO_IT = { responsesApiEnabled: false };

interface Answer {
	finish_reason: 'stop' | 'tool_calls';
	message: {
		role: 'assistant';
		content: string | null;
		tool_calls?: Array<{
			id: string;
			type: 'function';
			function: { name: string; arguments: string };
		}>;
	};
}

/** `args`: what the model gives the tool. */
export async function startChatModel(args: Record<string, unknown>): Promise<ChatModel> {
	const requests: ChatRequest[] = [];

	const answerTo = (chat: ChatRequest): Answer => {
		const said = chat.messages.filter(({ role }) => role === 'tool').at(-1);
		if (said) {
			return {
				finish_reason: 'stop',
				message: { role: 'assistant', content: `Done: ${String(said.content)}` },
			};
		}
		const name = chat.tools?.[0]?.function.name ?? 'none';
		return {
			finish_reason: 'tool_calls',
			message: {
				role: 'assistant',
				content: null,
				tool_calls: [
					{ id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } },
				],
			},
		};
	};

	const server = createServer((incoming, response) => {
		const parts: Buffer[] = [];
		incoming.on('data', (part: Buffer) => parts.push(part));
		incoming.on('end', () => {
			const parsed = request.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8') || '{}'));
			response.setHeader('Content-Type', 'application/json');
			if (!parsed.success || !incoming.url?.endsWith('/chat/completions')) {
				response.writeHead(404).end(JSON.stringify({ error: { message: `No ${incoming.url}` } }));
				return;
			}
			requests.push(parsed.data);
			const answer = { id: `chatcmpl-${requests.length}`, created: 1, model: 'scripted' };
			const { finish_reason, message } = answerTo(parsed.data);
			if (!parsed.data.stream) {
				const choices = [{ index: 0, finish_reason, message }];
				const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
				response.end(JSON.stringify({ ...answer, object: 'chat.completion', choices, usage }));
				return;
			}
			response.setHeader('Content-Type', 'text/event-stream');
			const delta = {
				...message,
				tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })),
			};
			for (const part of [
				{ index: 0, delta, finish_reason: null },
				{ index: 0, delta: {}, finish_reason },
			]) {
				const chunk = { ...answer, object: 'chat.completion.chunk', choices: [part] };
				response.write(`data: ${JSON.stringify(chunk)}\n\n`);
			}
			response.end('data: [DONE]\n\n');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No address');
	return {
		baseUrl: `http://127.0.0.1:${address.port}/v1`,
		requests,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
