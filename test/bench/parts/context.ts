import type { Tarball } from '../../e2e/lib';
import type { BenchOptions } from '../options';
import type { Ends } from '../world/ends';

/** What every part of the benchmark is given. */
export interface BenchContext {
	options: BenchOptions;
	tarball: Tarball;
	/** For all that has to be ended or removed, whatever happens. */
	ends: Ends;
	/** Tells the person at the terminal what is going on. */
	say(text: string): void;
}
