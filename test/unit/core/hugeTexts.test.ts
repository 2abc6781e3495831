/** Answers whose texts have no end: what is kept of them is stored by n8n, so it has one, wherever in the answer they stand. */
import fc from 'fast-check';

import { examples } from '../../depth';
import { KlingError } from '../../../nodes/shared/core/errors';
import { toMessage } from '../../../nodes/shared/core/explain';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Task } from '../../../nodes/shared/core/task';
import { failureJson, taskJson } from '../../../nodes/shared/n8n/itemJson';
import type { HttpResponse, Provider } from '../../../nodes/shared/providers';
import * as codec from '../../../nodes/shared/providers/codec';
import { createCall } from '../../../nodes/shared/tasks/calls';
import { jobResultOf, timedOut } from '../../../nodes/shared/tasks/jobResult';
import { ANSWERS } from './samples';
import { DIALECTS, answer, provider } from './support';

const SIZE = 100_000;
/** Characters of JSON: a prompt of 10,000, and some texts of 2,000 of which an item repeats one or another. */
const MOST = 40_000;

const filled = (piece: string) => piece.repeat(SIZE / piece.length);

/** All but a `data:` address, which becomes a file. */
const HUGE = [
	filled('x'),
	filled('no. '),
	filled('7'),
	`https://cdn.example.com/${filled('a')}.mp4`,
	JSON.stringify({ code: 1201, message: filled('task '), error: { code: filled('c') } }),
	filled('external_task_id '),
];

function expectSmall(kept: unknown): void {
	const { length } = JSON.stringify(kept);
	// Printing the text would take longer than anything here.
	expect(length < MOST ? 'small' : `${length} characters`).toBe('small');
}

const A_FILE = { sha256: '0', name: 'a', type: 'x/y', size: 1, open: async () => undefined };

const secrets = ['a-secret-of-the-credential'];

function checkError(error: KlingError, task?: Task): void {
	expectSmall({ ...error.details, ...toMessage(error) });
	expectSmall(failureJson(error, task, 0, secrets));
}

/** A task and what becomes of it, without the answer itself, which is as long as it is. */
function checkTask({ raw: _raw, ...kept }: Task): void {
	expectSmall(kept);
	const task: Task = { ...kept, raw: {} };
	expectSmall(taskJson(task, { kind: task.kind, simplify: true }));
	const result = jobResultOf(task, true);
	if (!result.ok) checkError(result.error, task);
	checkError(timedOut(task, undefined, 1), task);
}

const fox = parseRequest({ kind: 'text2video', model_name: 'kling-v2-6', prompt: 'a fox' });

function readAll(one: Provider, response: HttpResponse): void {
	const { batch, list, calls, readCallback } = one;
	const readers: Array<() => unknown> = [
		() => checkTask(createCall(one, fox).read(response).task),
		() => checkTask(codec.readTask(one, { id: 'asked-for', kind: 'text2video' }, response)),
		() => batch?.read(response).forEach(checkTask),
		() => list?.read('text2video', response).tasks.forEach(checkTask),
		() => expectSmall(one.readProbe(response)),
		() =>
			calls.resourcePacks
				?.read(response, { start: 0, end: 1 })
				.forEach(({ raw: _raw, ...kept }) => expectSmall(kept)),
		() =>
			calls.balance
				?.read(response, { now: 0 })
				.forEach(({ raw: _raw, ...kept }) => expectSmall(kept)),
		() => calls.upload && expectSmall(calls.upload.read(response, A_FILE).url),
		() => one.platformProbe && expectSmall(one.platformProbe.read(response, undefined)),
		() =>
			calls.deductions
				?.read(response, { ledger: 'cash', start: 0, end: 1, limit: 1 })
				.deductions.forEach(({ raw: _raw, ...kept }) => expectSmall(kept)),
		...(['element', 'voice'] as const).map(
			(type) => () =>
				calls.libraryPage
					?.read(response, { type, library: 'own', page: 1, pageSize: 50 })
					.entries.forEach(({ result }) => expectSmall(result ?? null)),
		),
	];
	for (const read of readers) {
		try {
			read();
		} catch (thrown) {
			if (!(thrown instanceof KlingError)) throw thrown;
			checkError(thrown);
		}
	}
	const claim = readCallback(JSON.parse(response.text) as Parameters<typeof readCallback>[0]);
	if (claim) checkTask(claim);
}

type Choose = (place: string) => boolean;

/** The sample with `huge` in the chosen places, by their paths. */
function withHuge(value: unknown, huge: string, choose: Choose, path = ''): unknown {
	if (typeof value !== 'object' || value === null) return choose(path) ? huge : value;
	if (Array.isArray(value)) {
		return value.map((part, at) => withHuge(part, huge, choose, `${path}.${at}`));
	}
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [
			key,
			withHuge(part, huge, choose, `${path}.${key}`),
		]),
	);
}

function placesIn(sample: object): string[] {
	const places: string[] = [];
	withHuge(sample, '', (place) => places.push(place) > 0);
	return places;
}

describe('of an answer with texts without end, little is kept', () => {
	it('whatever their places', () => {
		const sampleAndPlaces = fc
			.constantFrom(...ANSWERS)
			.chain((sample) => fc.tuple(fc.constant(sample), fc.subarray(placesIn(sample))));
		fc.assert(
			fc.property(
				sampleAndPlaces,
				fc.constantFrom(...HUGE),
				fc.constantFrom(200, 200, 400, 500),
				fc.constantFrom(...DIALECTS),
				([sample, places], huge, status, dialect) => {
					const body = withHuge(sample, huge, (place) => places.includes(place));
					readAll(dialect, answer(body, status));
				},
			),
			{ numRuns: examples(150) },
		);
	});

	it.each(['task_status_msg', 'message', 'fail_reason', 'external_id', 'task_status'])(
		'as %s, which a task or an error tells',
		(key) => {
			for (const huge of HUGE) {
				const data = { task_id: '1', task_status: 'failed', [key]: huge };
				for (const dialect of DIALECTS) readAll(dialect, answer({ code: 0, data }));
				for (const dialect of DIALECTS) readAll(dialect, answer({ code: 1, [key]: huge, data }));
			}
		},
	);

	it('of the reason of a task, the beginning, and that it was cut', () => {
		const data = { task_id: '1', task_status: 'failed', task_status_msg: filled('no. ') };
		const { message } = codec.readTask(
			provider('klingGlobal'),
			{ id: '1', kind: 'text2video' },
			answer({ code: 0, data }),
		);
		expect(message).toMatch(/^no\. no\. .*…$/);
		expect(message).toHaveLength(2000);
	});
});

describe('a link without end', () => {
	const done = (url: string) => ({
		code: 0,
		data: { task_id: '1', task_status: 'succeed', task_result: { videos: [{ id: 'v', url }] } },
	});
	const read = (url: string) =>
		codec.readTask(provider('klingGlobal'), { id: '1', kind: 'text2video' }, answer(done(url)));
	const start = 'https://cdn.example.com/';
	const linkOf = (length: number) => start + 'a'.repeat(length - start.length);

	it('is no result, and the error says that there is none', () => {
		expect(() => read(linkOf(16_001))).toThrow('its answer holds no link to a result');
	});

	it('is not one of the longest that is taken', () => {
		expect(read(linkOf(16_000)).results).toMatchObject([{ id: 'v', url: linkOf(16_000) }]);
	});

	it('is not one that holds the file itself', () => {
		const url = `data:video/mp4;base64,${'A'.repeat(100_000)}`;
		expect(read(url).results).toMatchObject([{ url }]);
	});
});
