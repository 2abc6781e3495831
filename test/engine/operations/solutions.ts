/** What the tests of Kling's Solutions API share: tasks of it, and what was asked about them. */
import type { INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from './cells';
import { lastCreate, OTHER_PICTURE, PICTURE, rows, useBench, type OperationName } from './support';

/** What a video of a product, and a try-on, need at least. */
export const GOODS = { ...rows(PICTURE), productTitle: 'Steel mug' };
export const TRY_ON = { person: PICTURE, garment: OTHER_PICTURE };
/** The API takes no such keys. */

export function useSolutions() {
	const bench = useBench({ slots: 30 });
	return {
		bench,
		/** The requests since the last create: method, path and names of the query. */
		asked(): string[] {
			const { requests } = bench.simulator.ledger;
			return requests
				.slice(requests.indexOf(lastCreate(bench.simulator)) + 1)
				.map(({ method, path, query }) => `${method} ${path} ${Object.keys(query).join()}`.trim());
		},
		/** The id of a task that was made and not waited for. */
		async make(operation: OperationName, parameters: INodeParameters = {}): Promise<string> {
			const row = OPERATIONS.find((one) => one.operation === operation);
			const { json } = await bench.succeed(operation, {
				parameters: { ...row?.parameters, waitMode: 'none', ...parameters },
			});
			return String(json[0]?.taskId);
		},
	};
}
