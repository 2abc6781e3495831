import type { KlingError } from '../../shared/core/errors';
import type { PaidCall } from '../../shared/providers';
import type { KeptCalls } from '../../shared/tasks/payOnce';
import type { TaskRecord } from './taskRecord';
import type { TaskKey } from './taskStore';

/** Which part of the record is meant: all calls that were paid for one request of one run. */
interface Place {
	key: TaskKey;
	run: number;
}

function printOf({ print }: TaskKey, name: PaidCall): string {
	return `${print} ${name}`;
}

/** Forgets what was paid for a request: it was handed out. */
export function forgetCalls({ answers = {} }: TaskRecord, { print }: TaskKey): void {
	for (const name of Object.keys(answers)) {
		if (name.startsWith(`${print} `)) Reflect.deleteProperty(answers, name);
	}
}

/** What a record keeps of the calls for one request. `tell`: an error in brief, without secrets. */
export function keptCallsIn(
	record: TaskRecord,
	{ key, run }: Place,
	tell: (error: KlingError) => string,
): KeptCalls {
	const { item } = key;
	const answers = () => (record.answers ??= {});
	return {
		find: (name) => record.answers?.[printOf(key, name)],
		sent(name) {
			answers()[printOf(key, name)] = { item, run, state: 'sent' };
		},
		answered(name, at, answer) {
			answers()[printOf(key, name)] = { item, run, state: 'answered', at, answer };
		},
		unclear(name, error) {
			answers()[printOf(key, name)] = { item, run, state: 'sent', said: tell(error) };
		},
		forget(name) {
			Reflect.deleteProperty(answers(), printOf(key, name));
		},
	};
}
