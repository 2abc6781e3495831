/** Making a task: a create that is answered, a name that is taken, and what is looked up before anything is sent. */
import type { Service } from '../../../nodes/shared/providers';
import {
	blind,
	busy,
	create,
	duplicate,
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

describe('a create that is answered', () => {
	it('with a task is over', async () => {
		const { task, sent, bodies } = await create({ posts: [theTask()] });
		expect([task?.id, sent]).toEqual([TASK, 'P']);
		expect(bodies).toMatchObject([{ external_task_id: NAME }]);
	});

	it.each([
		['a plain no', refusal(1102, 'Account balance not enough', 429)],
		['no free slot', busy],
		['a connection that never was', never],
	])('with %s has made nothing, and is neither looked for nor repeated', async (_what, reply) => {
		const { error, sent } = await create({ posts: [reply] });
		expect(error?.details.maybeCreated).toBe(false);
		expect(sent).toBe('P');
	});

	it('with the ID of a task, though as an error, is not looked for: what is left is to ask for it', async () => {
		const named = answer({ code: 5000, message: 'x', data: { task_id: TASK } }, 500);
		const ending = await create({ posts: [named] });
		expect(ending.error?.details).toMatchObject({ taskId: TASK, maybeCreated: true });
		expect(told(ending)).toContain(MAYBE);
		expect(ending.sent).toBe('P');
	});

	it('is not even sent when the service does not offer what is wanted', async () => {
		const { error, sent } = await create({ service: 'aceData' });
		expect(error?.kind).toBe('notOffered');
		expect(sent).toBe('');
	});
});

describe('an External Task ID that is taken', () => {
	it.each(['klingGlobal', 'relay'] as const)(
		'is an error that says how to go on, at %s',
		async (service) => {
			const ending = await create({ service, posts: [duplicate] });
			expect(told(ending)).toContain('turn on Reuse Existing Task');
			expect(ending.error?.details.maybeCreated).toBe(false);
			expect(ending.sent).toBe('P');
		},
	);

	it('is the task that was wanted, with reuse', async () => {
		const options = { reuse: true };
		const { task, sent, paths } = await create({ posts: [duplicate], gets: [theTask()], options });
		expect([task?.id, sent]).toEqual([TASK, 'PG']);
		expect(paths[1]).toBe(`/v1/videos/text2video/${NAME}`);
	});

	it.each<[string, Reply[]]>([
		['is not to be found', [unknownTask]],
		['cannot be asked for', blind],
		['belongs to another task than the one that comes back', [theTask('another')]],
	])('is in doubt with reuse when its task %s', async (_why, gets) => {
		const ending = await create({ posts: [duplicate], gets, options: { reuse: true } });
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(told(ending)).toContain(MAYBE);
		expect(ending.sent.match(/P/g)).toHaveLength(1);
	});
});

describe('a look before the create', () => {
	const options = { reuse: true, earlier: 'possible' } as const;

	it.each(['klingGlobal', 'relay'] as const)(
		'finds the task, and nothing is sent at %s',
		async (service) => {
			const { task, sent } = await create({ service, gets: [theTask()], options });
			expect([task?.id, sent]).toEqual([TASK, 'G']);
		},
	);

	it.each<[string, Reply]>([
		['nothing', unknownTask],
		['another task', theTask('another')],
	])('that finds %s is followed by the create', async (_what, reply) => {
		const { task, sent } = await create({ gets: [reply], posts: [theTask()], options });
		expect([task?.id, sent]).toEqual([TASK, 'GP']);
	});

	it('that fails ends in an error, and nothing was charged', async () => {
		const ending = await create({ gets: blind, options });
		expect(ending.error?.details.maybeCreated).toBe(false);
		expect(told(ending)).not.toContain(MAYBE);
		expect(ending.sent).toBe('GGG');
	});

	it('does not take place where there is nothing to look for', async () => {
		const { task, sent } = await create({ posts: [theTask()], options, externalId: null });
		expect([task?.id, sent]).toEqual([TASK, 'P']);
	});
});

describe('a create whose first try ended unclear', () => {
	const options = { earlier: 'ambiguous' } as const;

	it.each(['klingGlobal', 'relay'] as const)(
		'is over if the task is there, at %s',
		async (service) => {
			const { task, sent } = await create({ service, gets: [theTask()], options });
			expect([task?.id, sent]).toEqual([TASK, 'G']);
		},
	);

	it('is sent where a second task of the same name is impossible', async () => {
		const { task, sent } = await create({ posts: [theTask()], options });
		expect([task?.id, sent]).toEqual([TASK, 'GP']);
	});

	it('is found at last when that second create is refused for its name', async () => {
		const gets = [unknownTask, theTask()];
		const { task, sent } = await create({ posts: [duplicate], gets, options });
		expect([task?.id, sent]).toEqual([TASK, 'GPG']);
	});

	it.each([busy, refusal(1102, 'Account balance not enough', 429)])(
		'stays in doubt when that second create is refused: the first may have used up what is lacking',
		async (reply) => {
			const ending = await create({ posts: [reply], options });
			expect(ending.error?.details.maybeCreated).toBe(true);
			expect(told(ending)).toContain(NAME);
			expect(ending.sent).toBe('GP');
		},
	);

	it('stays in doubt while the service cannot be asked', async () => {
		const ending = await create({ gets: blind, options });
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(told(ending)).toContain(MAYBE);
		expect(ending.sent).toBe('GGG');
	});

	it.each<[string, Service, string | null, string]>([
		['at a relay, where not finding proves nothing', 'relay', NAME, 'G'],
		['at a service without such names', 'openaiHk', null, ''],
		['without a name', 'klingGlobal', null, ''],
	])('is not sent %s', async (_why, service, externalId, sent) => {
		const ending = await create({ service, externalId, options });
		expect(told(ending)).toContain('Not sent again');
		expect(ending.error?.details.maybeCreated).toBe(true);
		expect(ending.sent).toBe(sent);
	});
});
