/** What is paid for a lip sync or an avatar, whatever happens on the way, and what is never paid again. */
import { retriable } from '../again';
import { time } from '../kling';
import { KEY_PAIR, words } from '../support';
import {
	AVATAR_PATH,
	BY_URL,
	FACES_PATH,
	ID,
	LIP_SYNC,
	SPEAKING,
	SPEECH_PATH,
	SYNC_PATH,
	TEXT,
	ledgerOf,
} from './speaking';
import { OTHER_PICTURE, PICTURE, useBench } from './support';

const bench = useBench();
const { charged, posts } = ledgerOf(bench);

describe('what is paid for a lip sync', () => {
	const fail = (path: string, action: object, times: number | null = 1) =>
		bench.simulator.faults.add({
			match: { method: 'POST', path },
			times,
			action: action as { kind: 'dropAfter' },
		});
	const again = { parameters: SPEAKING, retryOnFail: true, maxTries: 3 };

	it.each([
		['the speech', SPEECH_PATH, 1, 'the first try of the speech'],
		['the search for faces', FACES_PATH, 2, 'the first try of the search for faces'],
		['the create', SYNC_PATH, 3, 'the first try ended without a clear answer'],
	])('is not paid again when the answer to %s was lost', async (_what, path, count, says) => {
		const credential = path === SYNC_PATH ? KEY_PAIR : undefined;
		for (const kind of ['dropAfter', 'errorAfter']) {
			bench.simulator.reset();
			const fault = fail(path, { kind }, null);
			const result = await bench.run('lip-sync', { ...again, credential });
			expect(result.status).toBe('error');
			expect(fault.hits).toBe(1);
			expect(charged()).toEqual(LIP_SYNC.slice(0, count));
			expect(words(result)).toContain('Not sent again');
			expect(words(result)).toContain(says);
			if (count > 1) expect(words(result)).toMatch(/Paid already: the speech \(audio ID /);
			if (count > 2) expect(words(result)).toMatch(/ and the search for faces \(session ID \d+\)/);
		}
		bench.owe(count);
	});

	it.each([
		['speech', SPEECH_PATH],
		['search for faces', FACES_PATH],
		['create', SYNC_PATH],
	])('is one of each when the %s is refused at first', async (_what, path) => {
		const refusal = { kind: 'error', code: 1201 };
		for (const action of [refusal, { kind: 'dropBefore' }, { kind: 'error', code: 1303 }]) {
			if (path === SYNC_PATH && action.kind === 'dropBefore') continue;
			bench.simulator.reset();
			const fault = fail(path, action);
			if (action.kind === 'dropBefore') {
				// Nobody knows that nothing was made.
				expect((await bench.run('lip-sync', again)).status).toBe('error');
				expect(charged()).toEqual(
					LIP_SYNC.slice(0, LIP_SYNC.length - (path === FACES_PATH ? 2 : 3)),
				);
			} else {
				await bench.succeed('lip-sync', again);
				expect(charged()).toEqual(LIP_SYNC);
			}
			expect(fault.hits).toBe(1);
		}
		bench.owe(bench.simulator.ledger.charges.length - 2);
	});

	it('is one of each when the execution is retried', async () => {
		fail(SYNC_PATH, { kind: 'error', code: 1201 });
		const failed = await bench.run('lip-sync', { parameters: SPEAKING });
		expect(words(failed)).toContain('Paid already');
		await bench.succeed('lip-sync', {
			parameters: SPEAKING,
			continueFrom: retriable(failed),
			mode: 'retry',
		});
		bench.owe(2);
		expect(charged()).toEqual(LIP_SYNC);
	});

	it('is one of each when the download failed', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: 3,
			action: { kind: 'status', status: 500 },
		});
		await bench.succeed('lip-sync', { ...again, maxTries: 2 });
		bench.owe(2);
		expect(charged()).toEqual(LIP_SYNC);
	});

	it('is fetched when the address of the sound cannot be opened any more', async () => {
		const { json } = await bench.succeed('speech', { parameters: { text: TEXT, download: false } });
		const sound = String(json[0]?.audioUrl);
		const { faults } = bench.simulator;
		const action = { kind: 'status', status: 500 } as const;
		faults.add({ service: 'cdn', match: { path: '.mp4' }, times: 3, action });
		const gone = faults.add({
			service: 'cdn',
			match: { path: '.mp3' },
			after: 1,
			times: null,
			action,
		});
		await bench.succeed('lip-sync', {
			...again,
			parameters: { ...BY_URL, soundSource: 'url', sound },
		});
		bench.owe(1);
		expect(gone.hits).toBeGreaterThan(0);
		expect(charged().slice(1)).toEqual(LIP_SYNC.slice(1));
	});

	it.each([
		['lip-sync', BY_URL, 'Lip Sync'],
		['avatar', { image: PICTURE }, 'Avatar'],
	] as const)(
		'of a text that is too short is told by its parameters (%s)',
		async (kind, more, label) => {
			const result = await bench.run(kind, { parameters: { ...more, text: 'Hello' } });
			bench.owe(1);
			expect(words(result)).toMatch(
				new RegExp(
					`^Text must be longer, or Speech Speed lower: it is spoken in [\\d.]+ seconds, and ${label} needs at least 2 `,
				),
			);
			expect(words(result)).toContain('Paid already: the speech');
			expect(charged()).toEqual(['audio/tts']);
		},
	);

	it('of a text that is too long is told by its parameters', async () => {
		const text = 'word '.repeat(150);
		const result = await bench.run('lip-sync', { parameters: { ...BY_URL, text } });
		bench.owe(1);
		expect(words(result)).toMatch(
			/^Text must be shorter, or Speech Speed higher: it is spoken in \d+\S* seconds, and Lip Sync needs at most 60 /,
		);
	});

	it('is told where the face does not do, and the search is not paid again', async () => {
		const parameters = { ...SPEAKING, options: { insertAt: 9 } };
		const result = await bench.run('lip-sync', { ...again, parameters });
		bench.owe(2);
		expect(words(result)).toContain('the face is seen from 0 to 8 seconds');
		expect(words(result)).toMatch(/Paid already: .* It is kept/);
		expect(charged()).toEqual(LIP_SYNC.slice(0, 2));
	});

	it.each(['dropAfter', 'errorAfter'])(
		'is found by its name when the answer to the create was lost by %s',
		async (kind) => {
			const fault = fail(SYNC_PATH, { kind }, null);
			const result = await bench.succeed('lip-sync', again);
			bench.owe(2);
			expect(fault.hits).toBe(1);
			expect(charged()).toEqual(LIP_SYNC);
			expect(result.json).toMatchObject([
				{ kind: 'lip-sync', status: 'succeed', videoId: ID, duration: 10.1 },
			]);
		},
	);

	it.each([
		['is not known by its name', { kind: 'dropBefore' }],
		['cannot be asked for', { kind: 'dropAfter' }],
	])('is not ordered again when the task of an unclear create %s', async (_what, action) => {
		fail(SYNC_PATH, action, null);
		if (action.kind === 'dropAfter') {
			bench.simulator.faults.add({
				match: { method: 'GET', path: '/tasks' },
				times: null,
				action: { kind: 'html' },
			});
		}
		const result = await bench.run('lip-sync', again);
		bench.owe(action.kind === 'dropAfter' ? 3 : 2);
		expect(result.status).toBe('error');
		expect(words(result)).toContain('may have been made and charged');
		expect(posts()).toHaveLength(3);
	});

	describe('after an execution that crashed and left no record', () => {
		const run = {
			parameters: { ...SPEAKING, waitMode: 'none' },
			executionId: '7',
			resumeToken: 't',
		};
		const retry = { ...run, executionId: '8', mode: 'retry' } as const;

		it('is found by its name before anything is paid for again', async () => {
			const first = await bench.succeed('lip-sync', run);
			const second = await bench.succeed('lip-sync', retry);
			expect(second.json[0]?.taskId).toBe(first.json[0]?.taskId);
			expect(charged()).toEqual(LIP_SYNC);
			// Two items came out, of a speech, a search and a task.
			bench.owe(1);
		});

		it('goes on where there was none yet', async () => {
			await bench.succeed('lip-sync', retry);
			expect(charged()).toEqual(LIP_SYNC);
			bench.owe(2);
		});

		it('is not a second task with a key pair', async () => {
			await bench.succeed('lip-sync', { ...run, credential: KEY_PAIR });
			const result = await bench.run('lip-sync', { ...retry, credential: KEY_PAIR });
			expect(result.status).toBe('error');
			expect(words(result)).toContain('may have been made and charged');
			bench.owe(4);
			expect(bench.simulator.ledger.chargesFor('videos/advanced-lip-sync')).toHaveLength(1);
		});
	});
});

describe('after an earlier try', () => {
	const DAY_MS = 24 * 60 * 60_000;
	const find = () =>
		bench.simulator.faults.add({ match: { method: 'GET' }, times: 3, action: { kind: 'html' } });
	const lose = (path: string) =>
		bench.simulator.faults.add({ match: { method: 'POST', path }, action: { kind: 'dropAfter' } });

	it('a lip sync that may have been made is not sent again, nor are its faces found anew for nothing', async () => {
		lose(SYNC_PATH);
		const call = { parameters: SPEAKING, credential: KEY_PAIR };
		const failed = await bench.run('lip-sync', call);
		time.advance(2 * DAY_MS);
		const continueFrom = retriable(failed);
		const again = { ...call, continueFrom, mode: 'retry' } as const;
		expect(words(await bench.run('lip-sync', again))).toContain('Not sent again');
		bench.owe(3);
		expect(charged()).toEqual(LIP_SYNC);
	});

	it('an avatar that was made is found before anything is paid for again', async () => {
		const parameters = { image: PICTURE, text: TEXT, download: false };
		lose(AVATAR_PATH);
		find();
		const failed = await bench.run('avatar', { parameters });
		expect(failed.status).toBe('error');
		time.advance(40 * DAY_MS);
		const continueFrom = retriable(failed);
		await bench.succeed('avatar', { parameters, continueFrom, mode: 'retry' });
		bench.owe(1);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);
	});

	it('a speech and a search are not paid for again when something else of the item was mended', async () => {
		for (const path of [AVATAR_PATH, SYNC_PATH]) {
			const action = { kind: 'error', code: 1201 } as const;
			bench.simulator.faults.add({ match: { method: 'POST', path }, action });
		}
		const tell = { image: PICTURE, text: TEXT };
		const failed = await bench.run('avatar', { parameters: tell });
		expect(words(failed)).toContain('Paid already: the speech');
		await bench.succeed('avatar', {
			parameters: tell,
			continueFrom: retriable(failed, { image: OTHER_PICTURE }),
			mode: 'retry',
		});
		expect(posts().at(-1)?.body.image).toBe(OTHER_PICTURE);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);

		const refused = await bench.run('lip-sync', { parameters: SPEAKING });
		await bench.succeed('lip-sync', {
			parameters: SPEAKING,
			continueFrom: retriable(refused, { options: { soundVolume: 1.5 } }),
			mode: 'retry',
		});
		expect(posts().at(-1)?.body.face_choose).toMatchObject([{ sound_volume: 1.5 }]);
		expect(charged().slice(2)).toEqual(LIP_SYNC);
		bench.owe(3);
	});

	it('a speech of another text is paid for', async () => {
		const action = { kind: 'error', code: 1201 } as const;
		bench.simulator.faults.add({ match: { method: 'POST', path: AVATAR_PATH }, action });
		const failed = await bench.run('avatar', { parameters: { image: PICTURE, text: TEXT } });
		await bench.succeed('avatar', {
			parameters: { image: PICTURE, text: TEXT },
			continueFrom: retriable(failed, { text: `${TEXT} again` }),
			mode: 'retry',
		});
		bench.owe(2);
		expect(charged()).toEqual(['audio/tts', 'audio/tts', 'videos/avatar/image2video']);
	});

	it('a session that is over is paid for anew, the speech is not', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST', path: SYNC_PATH },
			action: { kind: 'error', code: 1201 },
		});
		const failed = await bench.run('lip-sync', { parameters: SPEAKING });
		time.advance(2 * DAY_MS);
		const continueFrom = retriable(failed);
		await bench.succeed('lip-sync', { parameters: SPEAKING, continueFrom, mode: 'retry' });
		bench.owe(3);
		expect(charged()).toEqual([...LIP_SYNC.slice(0, 2), ...LIP_SYNC.slice(1)]);
	});
});
