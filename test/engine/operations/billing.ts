/** What the tests of balances and usage share: ledgers of official Kling with something in them. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import { bodyOf, useBench } from './support';

export const DAY = 24 * 60 * 60_000;
/** The ledgers of resource packs and of money. */
export const PACKAGE = '/account/billing/package';
export const BALANCE = '/account/billing/balance';
/** May read no ledgers. */

export const iso = (at: number) => new Date(at).toISOString();

/** A page of the service, with so many lines and what stands beside them. */
export const page = (lines: number, beside: object, more: object = {}) => ({
	code: 0,
	data: {
		result: {
			detail: Array.from({ length: lines }, (_, index) => ({ task_id: `t${index}`, ...more })),
			count: lines,
		},
		...beside,
	},
});

export function useLedgers() {
	const bench = useBench({ slots: 1000 });
	return {
		bench,
		/** The questions to a ledger. */
		asked: (path: string) =>
			bench.simulator.ledger.requests
				.filter((request) => request.path === path)
				.map(({ rawBody }) => bodyOf(rawBody)),
		/** Makes things to be found in the ledgers. */
		async make(count: number, more: INodeParameters = {}): Promise<string[]> {
			const { json } = await bench.succeed('text2video', {
				items: Array.from({ length: count }, (_, index) => ({ index })),
				parameters: {
					prompt: '=A fox {{ $json.index }}',
					model: model('kling-v2-6'),
					waitMode: 'none',
					...more,
				},
			});
			return json.map(({ taskId }) => String(taskId));
		},
		/** Lets a ledger answer with this, as often as said; null means always. */
		answers: (path: string, body: object, times: number | null = null) =>
			bench.simulator.faults.add({
				match: { path },
				times,
				action: { kind: 'status', status: 200, body },
			}),
	};
}
