/**
 * The properties of fast-check try the same examples in every run, so that a test that failed fails again.
 * `FAST_CHECK_SEED=random` tries others, as every night does; `FAST_CHECK_SEED=<number>` repeats such a run.
 * The message of a property that fails holds its seed.
 */
import type * as FastCheck from 'fast-check';

// Only files that use fast-check load it.
jest.mock('fast-check', () => {
	const fastCheck = jest.requireActual<typeof FastCheck>('fast-check');
	const given = process.env.FAST_CHECK_SEED ?? '1';
	if (given === 'random') return fastCheck;
	const seed = Number(given);
	if (given === '' || !Number.isInteger(seed))
		throw new Error(`FAST_CHECK_SEED must be "random" or a whole number, not "${given}"`);
	fastCheck.configureGlobal({ ...fastCheck.readConfigureGlobal(), seed });
	return fastCheck;
});
