/** What a failed item looks like to n8n, which decides by that whether it leaves by the error output. */
import fc from 'fast-check';

import { KlingError, type KlingErrorKind } from '../../nodes/shared/core/errors';
import type { Task } from '../../nodes/shared/core/task';
import { failureJson } from '../../nodes/shared/n8n/itemJson';

type Json = Record<string, unknown>;
type Rule = (json: Json) => boolean;

/** `WorkflowExecute.handleNodeErrorOutput` of n8n-core up to 2.34.2 and from 2.35.0 to 2.35.1, as read in 1.122.48. */
const oldRule: Rule = (json) => {
	const count = Object.keys(json).length;
	if (json.error && count === 1) return true;
	return Boolean(json.error && json.message && count === 2);
};

/** The same of n8n-core 2.34.4 and from 2.35.2 on, as read in 2.41.1. */
const newRule: Rule = (json) =>
	Boolean(
		json.error && Object.keys(json).every((key) => ['error', 'message', 'details'].includes(key)),
	);

const RULES = { 'n8n before 2.34.6 and 2.35.3': oldRule, 'n8n since then': newRule };

const KINDS: KlingErrorKind[] = [
	'invalidInput',
	'notOffered',
	'unreachable',
	'refused',
	'unreadable',
	'notFound',
	'taskFailed',
	'timedOut',
	'stopped',
	'download',
];

const task: Task = {
	id: '1',
	status: 'succeed',
	message: 'done',
	results: [{ type: 'video', url: 'https://files.test/1.mp4' }],
	raw: null,
};

describe.each(Object.entries(RULES))('%s', (_version, isFailure) => {
	it('takes every failed item for one', () => {
		const details = fc.record(
			{
				advice: fc.string(),
				code: fc.oneof(fc.integer(), fc.string()),
				httpStatus: fc.integer({ min: 0, max: 599 }),
				serviceMessage: fc.string(),
				taskId: fc.string(),
				retryable: fc.boolean(),
			},
			{ requiredKeys: [] },
		);
		const failures = fc.tuple(
			fc.constantFrom(...KINDS),
			fc.string(),
			details,
			fc.option(fc.constant(task), { nil: undefined }),
		);
		fc.assert(
			fc.property(failures, ([kind, message, more, known]) => {
				expect(isFailure(failureJson(new KlingError(kind, message, more), known, 3, []))).toBe(
					true,
				);
			}),
		);
	});

	it('does not take the details beside the message for one item, or not at all', () => {
		const beside = { error: 'x', taskId: '1' };
		expect(isFailure(beside)).toBe(false);
		expect(isFailure({ taskId: '1' })).toBe(false);
	});
});

it('does not give n8n what only newer versions take for a failure', () => {
	const json = { error: 'x', details: { taskId: '1' } };
	expect([oldRule(json), newRule(json)]).toEqual([false, true]);
});
