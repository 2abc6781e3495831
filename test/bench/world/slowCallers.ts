import { type ClientRequest, request } from 'node:http';

const BYTES_TOLD = 900_000;
const EVERY_MS = 1000;

/** Calls whose bodies never end: a byte per second each. */
export interface SlowCallers {
	/** How many were answered until now, by status; 0: n8n hung up. */
	answers: Record<number, number>;
	/** When the last of them was answered, in seconds since the first byte. */
	lastAnswerAfter: number;
	/** Hangs up on whoever has not answered. */
	stop(): void;
}

/** Begins so many calls at once. */
export function startSlowCallers(url: string, count: number): SlowCallers {
	const begin = Date.now();
	const open = new Set<ClientRequest>();
	const callers: SlowCallers = {
		answers: {},
		lastAnswerAfter: 0,
		stop() {
			clearInterval(timer);
			for (const call of open) call.destroy();
			open.clear();
		},
	};
	for (let n = 0; n < count; n += 1) {
		const headers = { 'content-type': 'application/json', 'content-length': BYTES_TOLD };
		const call = request(url, { method: 'POST', headers, agent: false });
		const answered = (status: number) => {
			if (!open.delete(call)) return;
			callers.answers[status] = (callers.answers[status] ?? 0) + 1;
			callers.lastAnswerAfter = (Date.now() - begin) / 1000;
			call.destroy();
		};
		call.once('response', ({ statusCode = 0 }) => answered(statusCode));
		call.on('error', () => answered(0));
		open.add(call);
		call.write('{');
	}
	const timer = setInterval(() => {
		for (const call of open) call.write(' ');
	}, EVERY_MS);
	return callers;
}
