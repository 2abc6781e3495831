/** Calls that cost money and make no task: their answers are kept, and nothing is paid twice. */
import type { IDataObject } from 'n8n-workflow';

import { KlingError } from '../../../nodes/shared/core/errors';
import { createClient } from '../../../nodes/shared/tasks/client';
import { payOnce } from '../../../nodes/shared/tasks/payOnce';
import { taskStoreIn } from '../../../nodes/Kling/run/taskStore';
import { answer, provider, runOf } from './support';

const SPEECH = { text: 'Hello', voice_id: 'oversea_male1', voice_language: 'en' } as const;
const ANSWER = {
	code: 0,
	data: {
		task_id: '71',
		task_status: 'succeed',
		task_result: { audios: [{ id: 'a-9', url: 'https://ex.test/a.mp3', duration: '1.4' }] },
		final_unit_deduction: '0.05',
	},
};
const HOUR_MS = 60 * 60_000;

/** A service that answers one after another; a text is a broken connection. The context is stored as JSON between tries. */
function world(...answers: Array<{ body: object; status?: number } | string>) {
	let context: IDataObject = {};
	let now = 1_000_000;
	const sent: string[] = [];
	const clock = { now: () => now, sleep: async () => await Promise.resolve() };
	const client = createClient({
		provider: provider('klingGlobal'),
		transport: async ({ path }) => {
			sent.push(path);
			const next = answers[sent.length - 1] ?? 'nothing more';
			if (typeof next === 'string') throw new KlingError('unreachable', next);
			return await Promise.resolve(answer(next.body, next.status));
		},
		clock,
	});
	return {
		sent,
		record: () => context,
		wait: (ms: number) => (now += ms),
		async pay(item = 0) {
			context = JSON.parse(JSON.stringify(context)) as IDataObject;
			const store = taskStoreIn(context, runOf(0, 'service'));
			const key = store.keyOf(item, { call: 'speech', ...SPEECH });
			const kept = store.calls(key, ({ message }) => message);
			return await payOnce(client, clock, kept, 'speech', SPEECH);
		},
		handOut(item = 0) {
			const store = taskStoreIn(context, runOf(0, 'service'));
			store.handedOut(store.keyOf(item, { call: 'speech', ...SPEECH }));
		},
	};
}

it('an answer is given again after it was stored, without another call', async () => {
	const { pay, sent, wait } = world({ body: ANSWER });
	const first = await pay();
	wait(HOUR_MS);
	expect(await pay()).toEqual(first);
	expect(first).toMatchObject({
		at: 1_000_000,
		answer: { audioId: 'a-9', url: 'https://ex.test/a.mp3', duration: 1.4, unitsDeducted: '0.05' },
	});
	expect(sent).toEqual(['/v1/audio/tts']);
});

it('another item pays for itself', async () => {
	const { pay, sent } = world({ body: ANSWER }, { body: ANSWER });
	await pay(0);
	await pay(1);
	expect(sent).toHaveLength(2);
});

it('what was handed out is paid for anew', async () => {
	const { pay, sent, handOut, record } = world({ body: ANSWER }, { body: ANSWER });
	await pay();
	handOut();
	expect(record()).toMatchObject({ kling: { answers: {} } });
	await pay();
	expect(sent).toHaveLength(2);
});

it.each([
	['a broken connection', 'cut'],
	['an error of the server', { body: { code: 5000, message: 'oops' }, status: 500 }],
	['an answer that holds no sound', { body: { code: 0, data: { task_status: 'succeed' } } }],
])(
	'after %s it is never sent again, and the second error tells the first',
	async (_what, first) => {
		const { pay, sent } = world(first, { body: ANSWER });
		await expect(pay()).rejects.toMatchObject({
			details: {
				maybeCreated: true,
				retryable: false,
				advice: expect.stringContaining('may have charged for the speech') as string,
			},
		});
		await expect(pay()).rejects.toMatchObject({
			message: 'Not sent again, because the first try of the speech ended without a clear answer',
			details: { maybeCreated: true, firstAnswer: expect.any(String) as string },
		});
		expect(sent).toHaveLength(1);
	},
);

it.each([
	['a plain refusal', { body: { code: 1201, message: 'Voice id not found' }, status: 400 }],
	[
		'a speech that failed',
		{ body: { code: 0, data: { task_status: 'failed', task_status_msg: 'risk' } } },
	],
])('after %s it may be sent again', async (_what, first) => {
	const { pay, sent } = world(first, { body: ANSWER });
	await expect(pay()).rejects.toBeInstanceOf(KlingError);
	expect((await pay()).answer).toMatchObject({ audioId: 'a-9' });
	expect(sent).toHaveLength(2);
});

it('says why a speech failed', async () => {
	const failed = { code: 0, data: { task_status: 'failed', task_status_msg: 'risk' } };
	await expect(world({ body: failed }).pay()).rejects.toMatchObject({
		kind: 'taskFailed',
		details: { serviceMessage: 'risk' },
	});
});

it('an answer that the service has forgotten by now is paid for anew', async () => {
	const { pay, sent, wait } = world({ body: ANSWER }, { body: ANSWER });
	await pay();
	wait(30 * 24 * HOUR_MS);
	await pay();
	expect(sent).toHaveLength(2);
});

it('what another version has kept, and nobody can read, is not paid for again', async () => {
	const { pay, sent, record } = world({ body: ANSWER }, { body: ANSWER });
	await pay();
	const { kling } = record() as { kling: { answers: Record<string, IDataObject> } };
	for (const kept of Object.values(kling.answers)) kept.answer = { audioId: 7 };
	await expect(pay()).rejects.toMatchObject({
		kind: 'invalidInput',
		message: expect.stringContaining('cannot be read') as string,
	});
	expect(sent).toHaveLength(1);
});
