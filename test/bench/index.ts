import { makeTarball } from '../e2e/lib';
import { type BenchOptions, isStandard, type PartName, PARTS, readOptions, USAGE } from './options';
import { measureCalls } from './parts/calls';
import type { BenchContext } from './parts/context';
import { measureDownload } from './parts/download';
import { measureHostile } from './parts/hostile';
import { measureLoad } from './parts/load';
import { measureMemory } from './parts/memory';
import { measureResume } from './parts/resume';
import { measureSlowBodies } from './parts/slowBodies';
import { measureWaiting } from './parts/waiting';
import { showTables, writeDocument } from './report/document';
import { describeMachine } from './report/machine';
import type { Results } from './report/results';
import { Ends } from './world/ends';

const MEASURE: { [Name in PartName]: (context: BenchContext) => Promise<Results[Name]> } = {
	load: measureLoad,
	download: measureDownload,
	hostile: measureHostile,
	calls: measureCalls,
	slowBodies: measureSlowBodies,
	resume: measureResume,
	memory: measureMemory,
	waiting: measureWaiting,
};

/** Does what the words after `npm run bench --` ask for, and returns the exit code. */
export async function bench(words: readonly string[]): Promise<number> {
	const options = readOptions(words);
	if (options.help) {
		process.stdout.write(USAGE);
		return 0;
	}
	const ends = new Ends();
	const ending = endOnSignals(ends);
	try {
		await measure(options, ends);
		return 0;
	} catch (error) {
		// What fails after Ctrl-C fails because everything is being ended.
		if (ending.begun) return await ending.begun;
		throw error;
	} finally {
		await ends.all();
	}
}

async function measure(options: BenchOptions, ends: Ends): Promise<void> {
	const begin = Date.now();
	const tarball = await makeTarball();
	const results: Partial<Results> = {};
	for (const part of PARTS.filter((name) => options.only.includes(name))) {
		const say = (text: string) => console.log(`${clock(begin)} ${part}: ${text}`);
		say('begins');
		Object.assign(results, { [part]: await MEASURE[part]({ options, tarball, ends, say }) });
		await ends.all();
	}
	console.log(`\n${await showTables(results)}`);
	if (!isStandard(options)) return;
	await writeDocument(describeMachine(tarball), results as Results);
	console.log('docs/benchmarks.md is written.');
}

/** Minutes and seconds since then. */
function clock(begin: number): string {
	const passed = Math.round((Date.now() - begin) / 1000);
	return `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, '0')}`;
}

function endOnSignals(ends: Ends): { begun?: Promise<number> } {
	const state: { begun?: Promise<number> } = {};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (state.begun) return;
			console.log('\nEnding …');
			state.begun = ends.all().then(() => 130);
			// Measurements may be asleep for a minute yet.
			void state.begun.then((code) => process.exit(code));
		});
	}
	return state;
}
