import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../../e2e/lib';
import { type PartName, STANDARD, WAYS } from '../options';
import type { DownloadResult } from '../parts/download';
import type { LoadResult } from '../parts/load';
import type { MemoryResult } from '../parts/memory';
import type { ResumeResult } from '../parts/resume';
import type { WaitingResult } from '../parts/waiting';

/** What the parts found; those that did not run are missing. */
export interface Results {
	waiting?: WaitingResult;
	memory?: MemoryResult[];
	resume?: ResumeResult;
	download?: DownloadResult;
	load?: LoadResult;
}

const FOLDER = join(CACHE, 'bench');
const FILE = join(FOLDER, 'results.json');

interface Stored {
	/** Of the package that was measured. */
	hash: string;
	results: Results;
}

/** Standard results of this very package, so that one part can be measured again without the others. */
export function readResults(hash: string): Results {
	if (!existsSync(FILE)) return {};
	// We wrote it ourselves.
	const stored = JSON.parse(readFileSync(FILE, 'utf8')) as Stored;
	return stored.hash === hash ? stored.results : {};
}

export function keepResult<Name extends PartName>(
	hash: string,
	part: Name,
	result: Results[Name],
): void {
	const before = readResults(hash);
	const results: Results = { ...before, [part]: result };
	if (results.waiting && before.waiting && part === 'waiting') {
		results.waiting = merged(before.waiting, results.waiting);
	}
	const stored: Stored = { hash, results };
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(FILE, JSON.stringify(stored));
}

/** Item by item takes an hour where all together take minutes; so they may be measured one after another. */
function merged(before: WaitingResult, now: WaitingResult): WaitingResult {
	const variants = WAYS.flatMap((key) => {
		const [old, fresh] = [before, now].map(({ variants: all }) =>
			all.find((variant) => variant.key === key),
		);
		if (!old || !fresh) return old ?? fresh ?? [];
		const kept = old.sizes.filter(({ items }) => !fresh.sizes.some((size) => size.items === items));
		const sizes = [...kept, ...fresh.sizes].sort((one, other) => one.items - other.items);
		return { ...fresh, sizes, trials: fresh.trials.length > 0 ? fresh.trials : old.trials };
	});
	return { variants, idle: now.idle };
}

/** Whether every way was measured with every number of items. */
export function isComplete({ variants }: WaitingResult): boolean {
	return WAYS.every((key) => {
		const sizes = variants.find((variant) => variant.key === key)?.sizes ?? [];
		return STANDARD.items.every((items) => sizes.some((size) => size.items === items));
	});
}
