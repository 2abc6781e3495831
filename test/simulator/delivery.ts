import { randomUUID } from 'node:crypto';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { stringifyExactJson } from './exactJson';
import { officialTaskId } from './ids';
import { webhookHeaders } from './webhookSignature';
import type { World } from './world';

const ANSWER_TIMEOUT_MS = 10_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export interface Letter {
	headers: Record<string, string>;
	rawBody: string;
}

/** A simulator must not bother anybody else. */
export function isOnThisMachine(url: string): boolean {
	return LOOPBACK.test(new URL(url).hostname);
}

/** Sends posts, and cuts off what is on its way when it is stopped. */
export class Delivery {
	private readonly outgoing = new Set<ClientRequest>();

	/** The receiver's HTTP status. */
	async post(url: string, { headers, rawBody }: Letter): Promise<number> {
		return await new Promise<number>((resolve, reject) => {
			// Without an agent: a kept-alive connection would outlive the simulator.
			const outgoing = httpRequest(url, {
				method: 'POST',
				agent: false,
				timeout: ANSWER_TIMEOUT_MS,
				headers: { ...headers, 'content-length': Buffer.byteLength(rawBody) },
			});
			this.outgoing.add(outgoing);
			outgoing.on('response', (response) => {
				response.resume();
				response.on('end', () => resolve(response.statusCode ?? 0));
				response.on('error', reject);
			});
			outgoing.on('timeout', () => outgoing.destroy(new Error('the receiver did not answer')));
			outgoing.on('error', reject);
			outgoing.on('close', () => {
				this.outgoing.delete(outgoing);
				reject(new Error('the connection was closed'));
			});
			outgoing.end(rawBody);
		});
	}

	stop(): void {
		for (const outgoing of this.outgoing) outgoing.destroy();
	}
}

/**
 * What the button in Kling's console sends: a task of nobody, in the new form, signed if there is
 * a secret.
 * @returns the receiver's HTTP status
 */
export async function sendTestCallback(
	world: World,
	delivery: Delivery,
	url: string,
): Promise<number> {
	if (!isOnThisMachine(url)) throw new Error('Callbacks go to addresses of this machine only');
	const now = world.clock.now();
	const rawBody = stringifyExactJson({
		id: officialTaskId(),
		status: 'submitted',
		message: '',
		create_time: now,
		update_time: now,
		external_id: `test-${randomUUID()}`,
		outputs: [],
		billing: [],
	});
	const { webhookSecret } = world.settings;
	const signature = webhookSecret ? webhookHeaders(webhookSecret, now, rawBody) : {};
	return await delivery.post(url, {
		rawBody,
		headers: { 'content-type': 'application/json', ...signature },
	});
}
