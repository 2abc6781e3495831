/** Every cell of the tables in createOnce.ts: what comes of a create, and what was sent for it (P create, G look-up). */
import {
	busy,
	create,
	cut,
	duplicate,
	EXTERNAL_ID,
	never,
	noBalance,
	notAskable,
	outcomeOf,
	START,
	TASK,
	theTask,
	unknownTask,
} from './creating';
import type { Reply, Script } from './creating';
import { answer } from './support';

type Id = 'unique id' | 'id not unique' | 'no id';
/** Title of the row, kinds of id, script, outcome, what was sent. */
type Row = [string, Id[], Script, string, string];

const unique: Id[] = ['unique id'];
const notUnique: Id[] = ['id not unique'];
const none: Id[] = ['no id'];
const named: Id[] = ['unique id', 'id not unique'];
const all: Id[] = [...named, 'no id'];

const SCRIPT_OF: Record<Id, Script> = {
	'unique id': { service: 'klingGlobal' },
	'id not unique': { service: 'relay' },
	'no id': { service: 'klingGlobal', externalId: null },
};

const AMBIGUOUS = 'error, ambiguous';
const MINUTE = 60_000;
const older = theTask(EXTERNAL_ID, START - 16 * MINUTE);
const failed = theTask(EXTERNAL_ID, START, 'failed');
const slightlyOlder = theTask(EXTERNAL_ID, START - 14 * MINUTE);
const namesTask = answer({ code: 5000, message: 'x', data: { task_id: TASK } }, 500);
const namesTaskBesideNo = answer({ code: 1301, message: 'x', data: { task_id: TASK } });
/** An answer of success that is not as documented, and yet names the task. */
const oddlyNamed = answer({ code: 'SUCCEED', message: 'SUCCEED', data: { taskId: TASK } });
const reuse = { reuse: true };
const nothing: Reply[] = [unknownTask, unknownTask, unknownTask];

function expectRows(rows: Row[], change: (script: Script) => Script = (script) => script): void {
	const cells = rows.flatMap(([title, ids, script, outcome, sent]) =>
		ids.map((id) => ({ title, id, script, outcome, sent })),
	);
	it.each(cells)('$title | $id: $outcome', async ({ id, script, outcome, sent }) => {
		const created = await create({ ...SCRIPT_OF[id], ...change(script) });
		expect([outcomeOf(created), created.sent]).toEqual([outcome, sent]);
		if (created.task) expect(created.task.id).toBe(TASK);
	});
}

/** The script, with something said of earlier creates. */
function after(earlier: 'possible' | 'ambiguous') {
	return (script: Script): Script => ({ ...script, options: { ...script.options, earlier } });
}

describe('before the POST, an earlier create is possible; find says', () => {
	const post = { posts: [theTask()] };
	expectRows(
		[
			['found', named, { gets: [theTask()] }, 'done, reused', 'G'],
			['found, but failed', named, { gets: [failed], ...post }, 'done', 'GP'],
			['found failed, with reuse', named, { gets: [failed], options: reuse }, 'done, reused', 'G'],
			['not found', named, { gets: [unknownTask], ...post }, 'done', 'GP'],
			['not found, but another task', named, { gets: [theTask('x')], ...post }, 'done', 'GP'],
			['stopped meanwhile', named, { stopAt: { request: 1 } }, 'stopped, not made', 'G'],
			['cannot be asked', named, { gets: notAskable }, 'error, not made', 'GGG'],
			['(not asked)', none, post, 'done', 'P'],
		],
		after('possible'),
	);
});

describe('before the POST, an earlier create is ambiguous; find says', () => {
	expectRows(
		[
			['found', named, { gets: [theTask()] }, 'done, reused', 'G'],
			['not found', unique, { posts: [theTask()] }, 'done', 'GP'],
			['not found', notUnique, {}, 'not sent again', 'G'],
			['stopped meanwhile', named, { stopAt: { request: 1 } }, 'stopped, ambiguous', 'G'],
			['cannot be asked', named, { gets: notAskable }, AMBIGUOUS, 'GGG'],
			['(not asked)', none, {}, 'not sent again', ''],
		],
		after('ambiguous'),
	);
	it('(not asked) | a service without External Task IDs: not sent again', async () => {
		const options = { earlier: 'ambiguous' } as const;
		const created = await create({ service: 'openaiHk', externalId: null, options });
		expect([outcomeOf(created), created.sent]).toEqual(['not sent again', '']);
	});
});

describe('the answer to the first POST', () => {
	const taken = { posts: [duplicate], options: reuse };
	const cutOff = { posts: [cut] };
	const cutReuse = { ...cutOff, options: reuse };
	const odd = { posts: [oddlyNamed] };
	const late = [unknownTask, unknownTask];
	expectRows([
		['task', all, { posts: [theTask()] }, 'done', 'P'],
		['plain "no": no balance', all, { posts: [noBalance] }, 'error, not made', 'P'],
		['plain "no": no slot', all, { posts: [busy] }, 'error, not made', 'P'],
		['plain "no": never connected', all, { posts: [never] }, 'error, not made', 'P'],
		['id exists, reuse, found', named, { ...taken, gets: [theTask()] }, 'done, reused', 'PG'],
		['id exists, reuse, not found', named, taken, AMBIGUOUS, 'PG'],
		['id exists, reuse, another', named, { ...taken, gets: [theTask('x')] }, AMBIGUOUS, 'PG'],
		['id exists, reuse, cannot ask', named, { ...taken, gets: notAskable }, AMBIGUOUS, 'PGGG'],
		['id exists, reuse', none, taken, 'taken, not made', 'P'],
		['id exists, no reuse', all, { posts: [duplicate] }, 'taken, not made', 'P'],
		['names a task id beside a failing status', all, { posts: [namesTask] }, AMBIGUOUS, 'P'],
		['names a task id beside a plain "no"', all, { posts: [namesTaskBesideNo] }, AMBIGUOUS, 'P'],
		['oddly named, known', all, { ...odd, gets: [theTask()] }, 'done', 'PG'],
		['oddly named, known late', all, { ...odd, gets: [...late, theTask()] }, 'done', 'PGGG'],
		['oddly named, cannot ask', all, { ...odd, gets: notAskable }, 'done', 'PGGG'],
		['oddly named, stopped', all, { ...odd, stopAt: { request: 2 } }, 'done', 'PG'],
		['oddly named, unknown', all, odd, AMBIGUOUS, 'PGGG'],
		['ambiguous', none, cutOff, AMBIGUOUS, 'P'],
		['ambiguous, found', named, { ...cutOff, gets: [theTask()] }, 'done', 'PG'],
		['ambiguous, found, 14 min older', named, { ...cutOff, gets: [slightlyOlder] }, 'done', 'PG'],
		['ambiguous, finds an older one, reuse', named, { ...cutReuse, gets: [older] }, 'done', 'PG'],
		[
			'ambiguous, finds an older one',
			unique,
			{ ...cutOff, gets: [older] },
			'taken, not made',
			'PG',
		],
		['ambiguous, finds an older one', notUnique, { ...cutOff, gets: [older] }, AMBIGUOUS, 'PG'],
		['ambiguous, found nothing', unique, { posts: [cut, theTask()] }, 'done', 'PGGGP'],
		['ambiguous, found nothing', notUnique, cutOff, AMBIGUOUS, 'PGGG'],
		['ambiguous, cannot ask', named, { ...cutOff, gets: notAskable }, AMBIGUOUS, 'PGGG'],
		['ambiguous, stopped', named, { ...cutOff, stopAt: { request: 2 } }, AMBIGUOUS, 'PG'],
	]);
});

describe('the answer to a POST after an earlier create that is ambiguous', () => {
	const afterwards = (reply: Reply): Reply[] => [unknownTask, reply];
	expectRows(
		[
			['task', unique, { posts: [theTask()] }, 'done', 'GP'],
			['plain "no": no balance', unique, { posts: [noBalance] }, AMBIGUOUS, 'GP'],
			['plain "no": no slot', unique, { posts: [busy] }, AMBIGUOUS, 'GP'],
			[
				'id exists, found',
				unique,
				{ posts: [duplicate], gets: afterwards(theTask()) },
				'done, reused',
				'GPG',
			],
			['id exists, not found', unique, { posts: [duplicate] }, AMBIGUOUS, 'GPG'],
			['names a task id', unique, { posts: [namesTask] }, AMBIGUOUS, 'GP'],
			[
				'oddly named, known',
				unique,
				{ posts: [oddlyNamed], gets: afterwards(theTask()) },
				'done',
				'GPG',
			],
			['oddly named, unknown', unique, { posts: [oddlyNamed] }, AMBIGUOUS, 'GPGGG'],
			[
				'ambiguous, finds an older one',
				unique,
				{ posts: [cut], gets: afterwards(older) },
				'done',
				'GPG',
			],
			['ambiguous, found nothing', unique, { posts: [cut, theTask()] }, 'done', 'GPGGGP'],
			['ambiguous, found nothing, twice', unique, { posts: [cut, cut] }, AMBIGUOUS, 'GPGGGPGGG'],
		],
		after('ambiguous'),
	);
});

describe('the answer to the second POST', () => {
	const posts = (reply: Reply): Script => ({ posts: [cut, reply] });
	const finds = (reply: Reply) => ({ gets: [...nothing, reply] });
	expectRows([
		['task', unique, posts(theTask()), 'done', 'PGGGP'],
		['plain "no": no balance', unique, posts(noBalance), AMBIGUOUS, 'PGGGP'],
		['plain "no": no slot', unique, posts(busy), AMBIGUOUS, 'PGGGP'],
		['id exists, found', unique, { ...posts(duplicate), ...finds(theTask()) }, 'done', 'PGGGPG'],
		[
			'id exists, found, reuse',
			unique,
			{ ...posts(duplicate), ...finds(theTask()), options: reuse },
			'done',
			'PGGGPG',
		],
		['id exists, not found', unique, posts(duplicate), AMBIGUOUS, 'PGGGPG'],
		['names a task id', unique, posts(namesTask), AMBIGUOUS, 'PGGGP'],
		['oddly named, known', unique, { ...posts(oddlyNamed), ...finds(theTask()) }, 'done', 'PGGGPG'],
		['oddly named, unknown', unique, posts(oddlyNamed), AMBIGUOUS, 'PGGGPGGG'],
		['ambiguous, found', unique, { ...posts(cut), ...finds(theTask()) }, 'done', 'PGGGPG'],
		['ambiguous, finds an older one', unique, { ...posts(cut), ...finds(older) }, 'done', 'PGGGPG'],
		['ambiguous, found nothing', unique, posts(cut), AMBIGUOUS, 'PGGGPGGG'],
		[
			'ambiguous, cannot ask',
			unique,
			{ ...posts(cut), gets: [...nothing, ...notAskable] },
			AMBIGUOUS,
			'PGGGPGGG',
		],
		['ambiguous, stopped', unique, { ...posts(cut), stopAt: { request: 5 } }, AMBIGUOUS, 'PGGGP'],
	]);
});
