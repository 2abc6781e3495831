/** Making a task, beyond what comes of it (createTable.test.ts): what is sent when, what a person reads, and Stop. */
import fc from 'fast-check';

import { examples } from '../../depth';
import type { Service } from '../../../nodes/shared/providers';
import type { Earlier } from '../../../nodes/shared/tasks/createOnce';
import {
	busy,
	create,
	cut,
	duplicate,
	EXTERNAL_ID,
	internal,
	MAYBE,
	never,
	noBalance,
	notAskable,
	outcomeOf,
	refusal,
	TASK,
	textOf,
	theTask,
	unknownTask,
} from './creating';
import type { Reply, Script } from './creating';
import { answer } from './support';

const named = ['klingGlobal', 'relay'] as const;

describe('what is sent', () => {
	it('is nothing where the service does not offer what is wanted', async () => {
		const { error, sent } = await create({ service: 'aceData' });
		expect([error?.kind, sent]).toEqual(['notOffered', '']);
	});

	it('is the External Task ID, by which the task is found at its path', async () => {
		const { bodies, paths } = await create({ posts: [cut], gets: [theTask()] });
		expect(bodies).toMatchObject([{ external_task_id: EXTERNAL_ID }]);
		expect(paths[1]).toBe(`/v1/videos/text2video/${EXTERNAL_ID}`);
	});

	it('is the same once more where official Kling knows nothing of the first', async () => {
		const { task, bodies, slept } = await create({ posts: [cut, theTask()] });
		expect([task?.id, slept]).toEqual([TASK, [2000, 5000]]);
		expect(bodies[1]).toEqual(bodies[0]);
	});
});

describe('the task of an ambiguous create', () => {
	it.each<[string, Reply]>([
		['a cut connection', cut],
		['an internal error', internal],
		['an empty answer', answer('')],
		['a web page', answer('<html><title>Hello</title></html>')],
	])('is asked for at once after %s', async (_what, reply) => {
		const { task, sent, slept } = await create({ posts: [reply], gets: [theTask()] });
		expect([task?.id, sent, slept]).toEqual([TASK, 'PG', []]);
	});

	it.each([
		[2, 'PGG', [2000]],
		[3, 'PGGG', [2000, 5000]],
	])('may be found the %ith time, at a relay too', async (time, sent, slept) => {
		const gets = [...Array.from({ length: time - 1 }, () => unknownTask), theTask()];
		for (const service of named) {
			const created = await create({ service, posts: [cut], gets });
			expect(created).toMatchObject({ task: { id: TASK }, sent, slept });
		}
	});

	it.each([
		['when the service asked to be asked again', '20', 20_000],
		['after a minute, whatever the service asked for', '3600', 60_000],
	])('is asked for the last time %s', async (_when, seconds, ms) => {
		const body = { code: 5000, message: 'Server internal error', request_id: 'r' };
		const posts = [answer(body, 500, { 'retry-after': seconds })];
		const { slept } = await create({ service: 'relay', posts });
		expect(slept).toEqual([2000, ms]);
	});

	it('is asked for again where asking fails', async () => {
		const { task, sent } = await create({ posts: [cut], gets: [internal, internal, theTask()] });
		expect([task?.id, sent]).toEqual([TASK, 'PGGG']);
	});
});

describe('what a person reads', () => {
	it.each<[string, Script, RegExp]>([
		[
			'where to look, with a unique id',
			{ posts: [cut], gets: notAskable },
			/Task → Get with the External Task ID n8n-7-0-0123456789abcdef\)/,
		],
		[
			'where to look, with an id that may have been dropped',
			{ service: 'relay', posts: [cut] },
			/Task → Get with the External Task ID n8n-7-0-0123456789abcdef, and the console/,
		],
		['where to look, with a list', { posts: [cut], externalId: null }, /Task → Get Many/],
		[
			'where to look, with neither',
			{ service: 'openaiHk', posts: [cut], externalId: null },
			/look it up \(the console of the service\)/,
		],
		[
			'why the second create was refused, and that there may be a task all the same',
			{ posts: [cut, noBalance] },
			/balance is used up.*may have been made and charged/s,
		],
	])('%s', async (_what, script, text) => {
		expect(textOf(await create(script))).toMatch(text);
	});
});

it('a task id that a failed answer names is kept', async () => {
	const named500 = answer({ code: 5000, message: 'x', data: { task_id: TASK } }, 500);
	const { error } = await create({ posts: [named500] });
	expect(error?.details).toMatchObject({ taskId: TASK, maybeCreated: true });
});

it('a second create may have to wait for a slot, and is ambiguous meanwhile', async () => {
	const { error } = await create({ posts: [cut, busy] });
	expect(error?.details).toMatchObject({ busy: true, maybeCreated: true });
});

describe('Stop', () => {
	it.each([
		['the create', { request: 1 }, 'P'],
		['the first look-up', { request: 2 }, 'PG'],
		['the pause between two look-ups', { sleep: 1 }, 'PG'],
		['the last look-up', { request: 4 }, 'PGGG'],
		['the second create', { request: 5 }, 'PGGGP'],
	])('during %s: nothing more is sent, and the error is ambiguous', async (_when, stopAt, sent) => {
		const created = await create({ posts: [cut, cut], stopAt });
		expect([outcomeOf(created), created.sent]).toEqual(['error, ambiguous', sent]);
		expect(textOf(created)).toContain(EXTERNAL_ID);
	});

	it('does not lose a task that was found all the same', async () => {
		const { task } = await create({ posts: [cut], gets: [theTask()], stopAt: { request: 2 } });
		expect(task?.id).toBe(TASK);
	});
});

const reply = fc.constantFrom<Reply>(
	theTask(),
	theTask('another'),
	unknownTask,
	duplicate,
	busy,
	internal,
	cut,
	never,
	answer(''),
	answer('<html></html>'),
	refusal(1301, 'no'),
	refusal(1101, 'arrears', 429),
);
const options = fc.record({
	reuse: fc.boolean(),
	earlier: fc.constantFrom<Earlier>('none', 'possible', 'ambiguous'),
});

it('whatever is answered: one create, or two of the same where ids are unique and the first was looked for', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom<Service>('klingGlobal', 'relay', 'openaiHk'),
			fc.array(reply, { minLength: 3, maxLength: 3 }),
			fc.array(reply, { maxLength: 14 }),
			options,
			fc.boolean(),
			async (service, posts, gets, given, hasId) => {
				const externalId = hasId && service !== 'openaiHk' ? EXTERNAL_ID : null;
				const created = await create({ service, posts, gets, options: given, externalId });
				expect(created.task === undefined).toBe(created.error !== undefined);
				const creates = created.sent.match(/P/g)?.length ?? 0;
				expect(creates).toBeLessThanOrEqual(service === 'klingGlobal' && externalId ? 2 : 1);
				// Between two creates all three look-ups have found nothing, each of them with up to three requests.
				if (creates === 2) expect(created.sent).toMatch(/^G*PG{3,9}P/);
				if (given.earlier === 'ambiguous' && creates > 0) {
					expect([service, externalId]).toEqual(['klingGlobal', EXTERNAL_ID]);
					expect(created.sent).toMatch(/^G/);
				}
				// An error that promises that nothing was made is believed: the next try sends anew.
				const madeSomething = posts
					.slice(0, creates)
					.some((one) => typeof one !== 'string' && one.text.includes(TASK));
				if (madeSomething) expect(created.error?.details.maybeCreated ?? true).toBe(true);
				if (created.error?.details.maybeCreated) expect(textOf(created)).toContain(MAYBE);
			},
		),
		{ numRuns: examples(1000) },
	);
});
