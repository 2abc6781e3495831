import type { Fault } from '../../../simulator';
import { type Cell, PROMPTS } from '../cell';
import { expectFailed, expectVideo, itemsOut } from '../expect';
import { KEY_PAIR, OFFICIAL, type Row } from '../rows';

/** Operations at official Kling that pay for something before they pay for their task. */
const [SPEECH, FACES, AVATAR, LIPS] = [
	'audio/tts',
	'videos/identify-face',
	'videos/avatar/image2video',
	'videos/advanced-lip-sync',
] as const;

const MAY_BE_PAID = /may have (been made and )?charged/;
const GO_ON = { onError: 'continueRegularOutput' };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 200 };

/** A photo that says the prompt. */
export const SPEAKING = {
	operation: 'avatar',
	imageSource: 'text',
	image: 'https://simulator.invalid/face.jpg',
	soundSource: 'text',
	text: '={{ $json.prompt }} flies over the sea',
};

/** A video in which somebody says the prompt. */
const NEW_VOICE = {
	operation: 'lip-sync',
	prompt: '',
	videoSource: 'url',
	videoUrl: 'https://simulator.invalid/clip-10s.mp4',
	soundSource: 'text',
	text: '={{ $json.prompt }} flies over the sea',
};

/** How often each call was charged, in the order of the names above. */
export function charged({ simulator }: Cell): number[] {
	const kinds = simulator.ledger.charges.map(({ kind }) => kind);
	return [SPEECH, FACES, AVATAR, LIPS].map((name) => kinds.filter((kind) => kind === name).length);
}

const postTo = (path: string) => ({ method: 'POST', path: `/v1/${path}` });

/** How an answer to something that was paid for gets lost. */
export const LOST: Array<[string, Fault['action']]> = [
	['a 500', { kind: 'errorAfter' }],
	['a dropped connection', { kind: 'dropAfter' }],
];

/** A lost answer of a step: its item says so, nothing is sent again, the other item is made. */
function lostStep(
	what: string,
	path: string,
	parameters: Record<string, unknown>,
	expected: number[],
	titles: Row['titles'] = OFFICIAL,
): Row[] {
	return LOST.map(([how, action]) => ({
		name: `the answer to ${what} is lost by ${how}: told, not sent again`,
		titles,
		async check(cell) {
			cell.fault(action, { match: postTo(path) });
			const execution = await cell.run({ parameters, settings: GO_ON });
			const [first, second] = execution.outputs('Kling')[0] ?? [];
			expect(JSON.stringify(first?.json)).toMatch(MAY_BE_PAID);
			expect(second?.json).toMatchObject({ status: 'succeed' });
			expect(charged(cell)).toEqual(expected);
		},
	}));
}

export const chainRows: Row[] = [
	{
		name: 'speech, then avatar',
		titles: OFFICIAL,
		async check(cell) {
			const items = itemsOut(await cell.run({ parameters: SPEAKING }));
			for (const [index, item] of items.entries()) await expectVideo(cell, item, PROMPTS[index]!);
			expect(charged(cell)).toEqual([2, 0, 2, 0]);
		},
	},
	{
		name: 'speech, faces, then lips',
		titles: OFFICIAL,
		async check(cell) {
			const items = itemsOut(await cell.run({ parameters: NEW_VOICE }));
			expect(items.map(({ json }) => json.status)).toEqual(['succeed', 'succeed']);
			expect(charged(cell)).toEqual([2, 2, 0, 2]);
		},
	},
	...lostStep('a speech', SPEECH, SPEAKING, [2, 0, 1, 0]),
	...lostStep('the faces', FACES, NEW_VOICE, [2, 2, 0, 1]),
	...lostStep('the lips, which no name finds,', LIPS, NEW_VOICE, [2, 2, 0, 2], [KEY_PAIR]),
	...LOST.map(([how, action]): Row => ({
		name: `the answer to the lips is lost by ${how}: found among all tasks`,
		titles: OFFICIAL.filter((title) => title !== KEY_PAIR),
		async check(cell) {
			cell.fault(action, { match: postTo(LIPS) });
			const items = itemsOut(await cell.run({ parameters: NEW_VOICE }));
			expect(items.map(({ json }) => json.status)).toEqual(['succeed', 'succeed']);
			expect(charged(cell)).toEqual([2, 2, 0, 2]);
		},
	})),
	...LOST.map(([how, action]): Row => ({
		name: `the answer to an avatar is lost by ${how}: found`,
		titles: OFFICIAL,
		async check(cell) {
			cell.fault(action, { match: postTo(AVATAR) });
			const items = itemsOut(await cell.run({ parameters: SPEAKING }));
			for (const [index, item] of items.entries()) await expectVideo(cell, item, PROMPTS[index]!);
			expect(charged(cell)).toEqual([2, 0, 2, 0]);
		},
	})),
	{
		name: 'Retry On Fail after an avatar was refused: its speech is not paid again',
		titles: OFFICIAL,
		async check(cell) {
			cell.fault({ kind: 'error', code: 1102 }, { match: postTo(AVATAR), after: 1 });
			const items = itemsOut(await cell.run({ parameters: SPEAKING, settings: RETRY }));
			expect(items).toHaveLength(PROMPTS.length);
			expect(charged(cell)).toEqual([2, 0, 2, 0]);
		},
	},
	{
		name: 'button Retry after the lips were refused: speech and faces are not paid again',
		titles: OFFICIAL,
		async check(cell) {
			cell.fault({ kind: 'error', code: 1102 }, { match: postTo(LIPS), after: 1 });
			const run = await cell.start({ parameters: NEW_VOICE });
			const failed = await run.over();
			expectFailed(failed, /balance/);
			expect(itemsOut(await cell.retry(run, failed))).toHaveLength(PROMPTS.length);
			expect(charged(cell)).toEqual([2, 2, 0, 2]);
		},
	},
];
