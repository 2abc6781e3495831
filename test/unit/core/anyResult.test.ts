/** A paid result is never lost: with a link in a place of results, a task is delivered or waited for, whatever else is told. */
import fc from 'fast-check';

import { examples } from '../../depth';
import * as codec from '../../../nodes/shared/providers/codec';
import { KlingError } from '../../../nodes/shared/core/errors';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { Service } from '../../../nodes/shared/providers';
import { answer, errorOf, provider } from './support';

const ID = 'task_1';
const LINK = 'https://cdn.example.com/result';

/** Words that a task ends with, without a result. */
const ENDED_BADLY = ['failed', 'FAILURE', 'error', 'canceled', 'expired', '失败'];
const NOT_YET = ['submitted', 'QUEUED', 'processing', 'IN_PROGRESS', '处理中'];
const DONE = ['succeed', 'SUCCESS', 'completed', '成功'];
const UNKNOWN = ['finished', 'done', 'UNKNOWN', '', '7', undefined, null, 3];

/** All forms of a link: text, in an object, in a list, and as JSON text. */
const { link } = fc.letrec<{ link: unknown }>((tie) => ({
	link: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		fc.constant(LINK),
		fc.record({ url: tie('link') }),
		fc.record({ id: fc.string(), url: tie('link'), cover_url: fc.constant(`${LINK}.png`) }),
		fc.tuple(tie('link')),
		tie('link').map((inner) => (typeof inner === 'string' ? inner : JSON.stringify(inner))),
	),
}));

/** A place of results with its link in it. */
const place = (names: readonly string[]) =>
	fc.tuple(fc.constantFrom(...names), link).map(([name, value]) => ({ [name]: value }));
const anyPlace = place([
	'videos',
	'video',
	'task_result',
	'outputs',
	'output',
	'result',
	'content',
]);
const ownPlace = place(['url', 'video_url', 'result_url', 'videoUrl', 'download_url']);

/** What may stand beside a result, and is none. */
const noise = fc.record(
	{
		message: fc.constantFrom('SUCCEED', 'https://docs.example.com', ''),
		request: fc.constant({ video_url: 'https://in.example.com/v.mp4', image: LINK }),
		image_url: fc.constant('https://in.example.com/i.png'),
		callback_url: fc.constant('https://n8n.example.com/hook'),
		cover_url: fc.constant('https://cdn.example.com/cover.png'),
		error: fc.constantFrom(null, '', { code: 0, message: '' }, { code: 'x', message: 'y' }),
		progress: fc.constantFrom(100, '100%'),
		task_info: fc.constant({ parent_video: { url: 'https://in.example.com/p.mp4' } }),
	},
	{ requiredKeys: [] },
);

const named = fc.constantFrom(...['task_id', 'taskId', 'id'].map((name) => ({ [name]: ID })));
const statusName = fc.constantFrom('task_status', 'status', 'state');

/** An answer about a task with such words, in any wrapping. */
function answers(words: ReadonlyArray<string | number | null | undefined>) {
	const word = fc.tuple(statusName, fc.constantFrom(...words));
	const record = fc
		.tuple(named, word, noise, fc.oneof(anyPlace, ownPlace))
		.map(([id, [name, value], beside, result]) => ({ ...beside, ...id, ...result, [name]: value }));
	return fc.oneof(
		record,
		record.map((data) => ({ code: 0, message: 'SUCCEED', data })),
		record.map((data) => ({ code: 'success', data: [data] })),
		record.map((data) => ({ code: 20000, msg: 'ok', data: { code: 0, data } })),
		record.map((data) => ({ code: 200, data: JSON.stringify(data) })),
	);
}

function read(body: unknown, kind: Kind = 'text2video', service: Service = 'relay') {
	return codec.readTask(provider(service), { id: ID, kind }, answer(body));
}

const only = [{ type: 'video', url: LINK }];

it('with a word for success, an unknown one, or none: it is delivered', () => {
	fc.assert(
		fc.property(answers([...DONE, ...UNKNOWN]), (body) => {
			expect(read(body)).toMatchObject({ id: ID, status: 'succeed', results: only });
		}),
		{ numRuns: examples(500) },
	);
});

it('with a word for "not yet": it is waited for', () => {
	fc.assert(
		fc.property(answers(NOT_YET), (body) => {
			expect(['submitted', 'processing']).toContain(read(body).status);
		}),
	);
});

it('with a word for a failure: the task has failed', () => {
	fc.assert(
		fc.property(answers(ENDED_BADLY), (body) => {
			expect(read(body).status).toBe('failed');
		}),
	);
});

it('a callback says the same', () => {
	fc.assert(
		fc.property(answers([...DONE, ...UNKNOWN]), (body) => {
			const claim = provider('relay').readCallback(body);
			// Without a status, an `id` alone may be of anything.
			if (claim) expect(claim).toMatchObject({ id: ID, status: 'succeed', results: only });
			else expect(JSON.stringify(body)).not.toContain('task_id');
		}),
		{ numRuns: examples(300) },
	);
});

it('at Ace Data Cloud, too', () => {
	const response = fc
		.tuple(fc.constantFrom(...DONE, ...UNKNOWN), fc.oneof(anyPlace, ownPlace))
		.map(([state, result]) => ({ ...result, state }));
	fc.assert(
		fc.property(response, (told) => {
			const task = read(
				{ id: ID, request: { video_url: 'x' }, response: told },
				'text2video',
				'aceData',
			);
			expect(task).toMatchObject({ status: 'succeed', results: only });
		}),
	);
});

it('without a link in a place of results, nothing is made up, and success is an error with the answer', () => {
	const body = fc
		.tuple(named, statusName, fc.constantFrom(...DONE, ...UNKNOWN), noise)
		.map(([id, name, word, beside]) => ({ ...beside, ...id, [name]: word }));
	fc.assert(
		fc.property(body, (data) => {
			try {
				expect(read({ code: 0, data })).toMatchObject({ status: 'processing', results: [] });
			} catch (thrown) {
				if (!(thrown instanceof KlingError)) throw thrown;
				const error = errorOf(() => read({ code: 0, data }));
				expect(['unreadable', 'refused']).toContain(error.kind);
				expect(error.details.retryable).toBe(true);
			}
		}),
	);
});
