import { stringifyJson } from '../../shared/core/json';
import type { KlingError } from '../../shared/core/errors';
import type { AskedCall, KeptCalls } from '../../shared/tasks/payOnce';
import { fingerprint } from './taskRecord';
import type { TaskRecord } from './taskRecord';
import type { TaskKey } from './taskStore';

/** Which request of which run a call is paid for. */
interface Place {
	key: TaskKey;
	run: number;
	serviceKey: string;
}

/** The same for the same call of the same item, service and run, whatever else the request of the item holds. */
function printOf({ key, run, serviceKey }: Place, { call, input }: AskedCall): string {
	return fingerprint([
		serviceKey,
		String(run),
		String(key.item),
		call,
		stringifyJson({ ...input }),
	]);
}

/** Forgets what was paid for a request: it was handed out. */
export function forgetCalls({ answers = {} }: TaskRecord, { print }: TaskKey): void {
	for (const [at, answer] of Object.entries(answers)) {
		if (answer.request === print) Reflect.deleteProperty(answers, at);
	}
}

/** What a record keeps of the calls for one request. `tell`: an error in brief, without secrets. */
export function keptCallsIn(
	record: TaskRecord,
	place: Place,
	tell: (error: KlingError) => string,
): KeptCalls {
	const { key, run } = place;
	const common = { item: key.item, run, request: key.print };
	return (asked) => {
		const print = printOf(place, asked);
		const answers = () => (record.answers ??= {});
		return {
			find() {
				const found = record.answers?.[print];
				// Paid for a request that was changed since: it is gone when this one is handed out.
				if (found) found.request = key.print;
				return found;
			},
			sent() {
				answers()[print] = { ...common, state: 'sent' };
			},
			answered(at, answer) {
				answers()[print] = { ...common, state: 'answered', at, answer };
			},
			unclear(error) {
				answers()[print] = { ...common, state: 'sent', said: tell(error) };
			},
			forget() {
				Reflect.deleteProperty(answers(), print);
			},
		};
	};
}
