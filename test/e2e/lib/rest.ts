import { z } from 'zod';

export class RestError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** Plain calls of n8n's own REST interface, the one its editor uses, as one signed-in person. */
export class Rest {
	private cookie = '';

	/** `webhookUrl`: where calls of webhooks go when that is another process. */
	constructor(
		readonly baseUrl: string,
		private readonly webhookUrl = baseUrl,
	) {}

	/** n8n wraps nearly every answer in `data`. */
	async call<T>(
		method: string,
		path: string,
		answer: z.ZodType<T, z.ZodTypeDef, unknown>,
		body?: unknown,
	): Promise<T> {
		const response = await this.fetch(method, `/rest${path}`, body);
		const text = await response.text();
		if (!response.ok)
			throw new RestError(
				response.status,
				`n8n: ${method} ${path}: ${response.status} ${messageIn(text)}`,
			);
		return z.object({ data: answer }).parse(text === '' ? { data: undefined } : JSON.parse(text))
			.data as T;
	}

	async get<T>(path: string, answer: z.ZodType<T, z.ZodTypeDef, unknown>): Promise<T> {
		return await this.call('GET', path, answer);
	}

	async post<T>(
		path: string,
		body: unknown,
		answer: z.ZodType<T, z.ZodTypeDef, unknown>,
	): Promise<T> {
		return await this.call('POST', path, answer, body);
	}

	async patch<T>(
		path: string,
		body: unknown,
		answer: z.ZodType<T, z.ZodTypeDef, unknown>,
	): Promise<T> {
		return await this.call('PATCH', path, answer, body);
	}

	/** Calls the webhook of a published workflow, as anybody may. */
	async callWebhook(path: string, body: unknown): Promise<Response> {
		return await this.send('POST', `${this.webhookUrl}/webhook/${path}`, body);
	}

	/** Opens the form of a published workflow, as anybody may. */
	async openForm(path: string): Promise<Response> {
		return await this.send('GET', `${this.webhookUrl}/form/${path}`, undefined);
	}

	/** Sends the form of a published workflow, filled in. */
	async sendForm(path: string, form: FormData): Promise<Response> {
		return await this.send('POST', `${this.webhookUrl}/form/${path}`, form);
	}

	async fetch(method: string, path: string, body?: unknown): Promise<Response> {
		return await this.send(method, this.baseUrl + path, body);
	}

	private async send(method: string, url: string, body: unknown): Promise<Response> {
		const isJson = body !== undefined && !(body instanceof FormData);
		const response = await fetch(url, {
			method,
			headers: {
				// An n8n that is busy closes idle connections late, at times when the next request has just been sent.
				connection: 'close',
				...(this.cookie && { cookie: this.cookie }),
				...(isJson && { 'content-type': 'application/json' }),
			},
			body: isJson ? JSON.stringify(body) : body,
		});
		const auth = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (auth) this.cookie = auth.split(';')[0] ?? '';
		return response;
	}
}

function messageIn(text: string): string {
	try {
		const parsed = z.object({ message: z.string() }).safeParse(JSON.parse(text));
		if (parsed.success) return parsed.data.message;
	} catch {
		// No JSON: shown as it is.
	}
	return text.slice(0, 500);
}
