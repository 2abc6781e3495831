/**
 * Time for the record: nothing really waits, and it is always the same day.
 *
 * It stands in for the `sleep` of n8n-workflow, so it does not matter which of our files sleeps. Time jumps to the next
 * sleeper only when nothing else is left to do: a time-out beside a request that is being answered never rings.
 */

const START = Date.UTC(2026, 0, 15, 12);

interface Sleeper {
	at: number;
	wake: () => void;
}

let now = START;
let sleepers: Sleeper[] = [];
let isTicking = false;

function setNow(time: number): void {
	now = time;
	jest.setSystemTime(time);
}

/** Back to the beginning, so that what one run takes does not show in the next. */
export function resetTime(): void {
	sleepers = [];
	setNow(START);
}

/** Makes `Date` tell our time, and takes the chance out of chance; to be called before every part of the record. */
export function startTime(): void {
	jest.useFakeTimers({
		now: START,
		doNotFake: [
			'clearImmediate',
			'clearInterval',
			'clearTimeout',
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'setInterval',
			'setTimeout',
		],
	});
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
	resetTime();
}

function tick(): void {
	isTicking = false;
	const next = sleepers.reduce<Sleeper | undefined>(
		(first, sleeper) => (first && first.at <= sleeper.at ? first : sleeper),
		undefined,
	);
	if (!next) return;
	sleepers = sleepers.filter((sleeper) => sleeper !== next);
	if (next.at > now) setNow(next.at);
	next.wake();
	tickLater();
}

function tickLater(): void {
	if (isTicking || sleepers.length === 0) return;
	isTicking = true;
	setImmediate(tick);
}

/** As n8n's `sleep`: resolves after `ms`, rejects when the signal fires. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const sleeper: Sleeper = { at: now + ms, wake: resolve };
		sleepers.push(sleeper);
		signal?.addEventListener(
			'abort',
			() => {
				sleepers = sleepers.filter((other) => other !== sleeper);
				reject(new Error('Stopped'));
			},
			{ once: true },
		);
		tickLater();
	});
}
