/** A create that ends unclear: when it is looked for, when it is sent once more, and when it stays in doubt. */
import fc from 'fast-check';

import type { Earlier } from '../../../nodes/shared/tasks/createOnce';
import type { Service } from '../../../nodes/shared/providers';
import {
	blind,
	busy,
	create,
	cut,
	duplicate,
	internal,
	MAYBE,
	NAME,
	never,
	refusal,
	TASK,
	theTask,
	told,
	unknownTask,
} from './creating';
import type { Reply } from './creating';
import { answer } from './support';

describe('a create that ends unclear', () => {
	const UNCLEAR: Array<[string, Reply]> = [
		['a cut connection', cut],
		['an internal error', internal],
		['an empty answer', answer('')],
		['a web page', answer('<html><title>Hello</title></html>')],
	];

	it.each(UNCLEAR)('with %s is looked for at once', async (_what, reply) => {
		const { task, sent, slept } = await create({ posts: [reply], gets: [theTask()] });
		expect([task?.id, sent, slept]).toEqual([TASK, 'PG', []]);
	});

	it.each([
		[2, 'PGG', [2000]],
		[3, 'PGGG', [2000, 5000]],
	])('is found at look %i, at a relay too', async (look, sent, slept) => {
		const gets = [...Array.from({ length: look - 1 }, () => unknownTask), theTask()];
		for (const service of ['klingGlobal', 'relay'] as const) {
			const ending = await create({ service, posts: [cut], gets });
			expect(ending).toMatchObject({ task: { id: TASK }, sent, slept });
		}
	});

	it('is looked for patiently', async () => {
		const { task, sent } = await create({ posts: [cut], gets: [internal, internal, theTask()] });
		expect([task?.id, sent]).toEqual([TASK, 'PGGG']);
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'stays in doubt when it cannot be looked for, at %s',
		async (service) => {
			const ending = await create({ service, posts: [cut], gets: blind });
			expect(told(ending)).toContain(`Task → Get with the External Task ID ${NAME}`);
			expect(ending.error?.details.maybeCreated).toBe(true);
			expect(ending.sent).toBe('PGGG');
		},
	);

	it('stays in doubt at a relay that does not know it, which proves nothing', async () => {
		const ending = await create({ service: 'relay', posts: [cut] });
		expect(told(ending)).toContain('the console of the service');
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(ending.sent).toBe('PGGG');
	});

	it.each<[Service, string]>([
		['klingGlobal', 'Task → Get Many'],
		['openaiHk', 'the console of the service'],
	])('and has no name is not looked for, at %s', async (service, where) => {
		const ending = await create({ service, posts: [cut], externalId: null });
		expect(told(ending)).toContain(where);
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(ending.sent).toBe('P');
	});
});

describe('a create that official Kling knows nothing of', () => {
	const ONCE_MORE = 'PGGGP';

	it('is sent once more, as it was', async () => {
		const { task, sent, bodies, slept } = await create({ posts: [cut, theTask()] });
		expect([task?.id, sent, slept]).toEqual([TASK, ONCE_MORE, [2000, 5000]]);
		expect(bodies[1]).toEqual(bodies[0]);
	});

	it.each([false, true])(
		'was slow: the name is taken now, and the task is ours (reuse: %s)',
		async (reuse) => {
			const gets = [unknownTask, unknownTask, unknownTask, theTask()];
			const ending = await create({ posts: [cut, duplicate], gets, options: { reuse } });
			expect([ending.task?.id, ending.sent]).toEqual([TASK, `${ONCE_MORE}G`]);
		},
	);

	it('was slow, but its task still does not show: it stays in doubt', async () => {
		const ending = await create({ posts: [cut, duplicate] });
		expect(told(ending)).toContain(MAYBE);
		expect(ending.sent).toBe(`${ONCE_MORE}G`);
	});

	it('is looked for again when the second try ends unclear, too', async () => {
		const gets = [unknownTask, unknownTask, unknownTask, unknownTask, theTask()];
		const { task, sent } = await create({ posts: [cut, cut], gets });
		expect([task?.id, sent]).toEqual([TASK, `${ONCE_MORE}GG`]);
	});

	it('is never sent a third time', async () => {
		const ending = await create({ posts: [cut, internal] });
		expect(told(ending)).toContain(MAYBE);
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(ending.sent).toBe(`${ONCE_MORE}GGG`);
	});

	it('may be refused when it is sent once more, which proves nothing about the first try', async () => {
		const ending = await create({ posts: [cut, refusal(1102, 'Account balance not enough', 429)] });
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(told(ending)).toMatch(/balance is used up.*may have been made and charged/s);
		expect(ending.sent).toBe(ONCE_MORE);
	});

	it('may have to wait for a slot when it is sent once more', async () => {
		const { error, sent } = await create({ posts: [cut, busy] });
		expect(error?.details).toMatchObject({ busy: true, maybeCreated: true });
		expect(sent).toBe(ONCE_MORE);
	});
});

describe('Stop', () => {
	/** Fires at the request or the sleep of a number. */
	function stopping(at: { request?: number; sleep?: number }) {
		const stop = new AbortController();
		const fire = (when: number | undefined) => (place: number) => {
			if (place === when) stop.abort();
		};
		return {
			signal: stop.signal,
			onRequest: fire(at.request),
			onSleep: fire(at.sleep),
		};
	}

	it.each([
		['the create', { request: 1 }, 'P'],
		['the first look', { request: 2 }, 'PG'],
		['the pause between two looks', { sleep: 1 }, 'PG'],
		['the last look', { request: 4 }, 'PGGG'],
		['the second create', { request: 5 }, 'PGGGP'],
	])('during %s: nothing more is sent, and the doubt is told', async (_when, at, sent) => {
		const ending = await create({ posts: [cut, cut], ...stopping(at) });
		expect(ending.sent).toBe(sent);
		expect(told(ending)).toContain(MAYBE);
		expect(told(ending)).toContain(NAME);
		expect(ending.error?.details.maybeCreated).toBe(true);
	});

	it('during the look before the create: nothing is sent, nothing was charged', async () => {
		const options = { reuse: true, earlier: 'possible' } as const;
		const ending = await create({ options, ...stopping({ request: 1 }) });
		expect(ending.sent).toBe('G');
		expect(ending.error).toMatchObject({ kind: 'stopped', details: { maybeCreated: false } });
	});

	it('during the look for an unclear create: nothing is sent, and the doubt stays', async () => {
		const ending = await create({ options: { earlier: 'ambiguous' }, ...stopping({ request: 1 }) });
		expect(ending.sent).toBe('G');
		expect(ending.error).toMatchObject({ kind: 'stopped', details: { maybeCreated: true } });
		expect(told(ending)).toContain(MAYBE);
	});

	it('does not lose a task that was found all the same', async () => {
		const ending = await create({ posts: [cut], gets: [theTask()], ...stopping({ request: 2 }) });
		expect(ending.task?.id).toBe(TASK);
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

it('whatever is answered: one create, or two of the same where names are unique and the first was looked for', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom<Service>('klingGlobal', 'relay', 'openaiHk'),
			fc.array(reply, { minLength: 3, maxLength: 3 }),
			fc.array(reply, { maxLength: 14 }),
			options,
			fc.boolean(),
			async (service, posts, gets, given, named) => {
				const externalId = named && service !== 'openaiHk' ? NAME : null;
				const ending = await create({ service, posts, gets, options: given, externalId });
				expect(ending.task === undefined).toBe(ending.error !== undefined);
				const tries = ending.sent.match(/P/g)?.length ?? 0;
				expect(tries).toBeLessThanOrEqual(service === 'klingGlobal' && externalId ? 2 : 1);
				// Between two creates all three looks have found nothing, each of them with up to three requests.
				if (tries === 2) expect(ending.sent).toMatch(/^G*PG{3,9}P/);
				if (given.earlier === 'ambiguous' && tries > 0) {
					expect([service, externalId]).toEqual(['klingGlobal', NAME]);
					expect(ending.sent).toMatch(/^G/);
				}
				// An error that promises that nothing was made is believed: the next try sends anew.
				const madeSomething = posts
					.slice(0, tries)
					.some((one) => typeof one !== 'string' && one.text.includes(TASK));
				if (madeSomething) expect(ending.error?.details.maybeCreated ?? true).toBe(true);
			},
		),
		{ numRuns: 1000 },
	);
});
