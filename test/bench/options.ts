export const PARTS = [
	'load',
	'download',
	'hostile',
	'calls',
	'slowBodies',
	'resume',
	'memory',
	'waiting',
] as const;
export type PartName = (typeof PARTS)[number];

/** Ways to have videos made, compared by the part `waiting`. */
export const WAYS = ['polling', 'suspended', 'together', 'single', 'openAi'] as const;
export type WayName = (typeof WAYS)[number];

export interface BenchOptions {
	only: PartName[];
	ways: WayName[];
	/** Numbers of items of the part `waiting`. */
	items: number[];
	taskSeconds: number;
	slots: number;
	/** Executions that wait at once in the part `memory`. */
	executions: number;
	/** Repetitions of the parts `resume` and `load`. */
	repetitions: number;
	/** Size of the video of the part `download`. */
	downloadMiB: number;
	/** Size of the answer of the part `hostile`, unpacked. */
	hostileMiB: number;
	/** Calls at once of the part `calls`. */
	calls: number;
	/** Connections at once of the part `slowBodies`. */
	slowBodies: number;
	help: boolean;
}

/** What docs/benchmarks.md is made with. */
export const STANDARD: Readonly<BenchOptions> = {
	only: [...PARTS],
	ways: [...WAYS],
	items: [1, 20, 100],
	taskSeconds: 20,
	slots: 20,
	executions: 500,
	repetitions: 40,
	downloadMiB: 1024,
	hostileMiB: 500,
	calls: 500,
	slowBodies: 250,
	help: false,
};

export const USAGE = `Measures this node in a real n8n against what else there is, and writes docs/benchmarks.md.

  npm run bench                        all of it: about 100 minutes on a machine that does nothing else
  npm run bench -- --only load,resume  some parts: ${PARTS.join(', ')}

  --ways polling      ways to wait: ${WAYS.join(', ')} (default all)
  --items 1,20        numbers of items to wait for (default ${STANDARD.items.join(',')})
  --task-seconds S    how long a task takes at the simulated service (default ${STANDARD.taskSeconds})
  --slots N           tasks it runs at once (default ${STANDARD.slots})
  --executions N      executions that wait at once (default ${STANDARD.executions})
  --repetitions N     of resuming and loading (default ${STANDARD.repetitions})
  --download-mib N    size of the video to download (default ${STANDARD.downloadMiB})
  --hostile-mib N     size of a hostile answer, unpacked (default ${STANDARD.hostileMiB})
  --calls N           calls that come at once (default ${STANDARD.calls})
  --slow-bodies N     slow calls that come at once (default ${STANDARD.slowBodies})
  --help

With any of these the tables are only shown, and docs/benchmarks.md stays as it is.
`;

/** @throws Error with one sentence for whoever typed the command */
export function readOptions(words: readonly string[]): BenchOptions {
	const options: BenchOptions = { ...STANDARD };
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const [name = '', inline] = word.split('=');
		if (name === '--help') {
			options.help = true;
			continue;
		}
		const set = SETTERS[name];
		if (!set) throw problem(`npm run bench does not know ${word}; try: npm run bench -- --help`);
		set(options, inline ?? rest.shift() ?? '', name);
	}
	return options;
}

/** Whether docs/benchmarks.md may be made of what these measure. */
export function isStandard(options: BenchOptions): boolean {
	return JSON.stringify(options) === JSON.stringify(STANDARD);
}

type Setter = (options: BenchOptions, text: string, name: string) => void;

const SETTERS: Partial<Record<string, Setter>> = {
	'--only': (options, text, name) => (options.only = someOf(PARTS, text, name)),
	'--ways': (options, text, name) => (options.ways = someOf(WAYS, text, name)),
	'--items': (options, text, name) =>
		(options.items = text.split(',').map((entry) => wholeNumber(entry, name))),
	'--task-seconds': (options, text, name) => (options.taskSeconds = wholeNumber(text, name)),
	'--slots': (options, text, name) => (options.slots = wholeNumber(text, name)),
	'--executions': (options, text, name) => (options.executions = wholeNumber(text, name)),
	'--repetitions': (options, text, name) => (options.repetitions = wholeNumber(text, name)),
	'--download-mib': (options, text, name) => (options.downloadMiB = wholeNumber(text, name)),
	'--hostile-mib': (options, text, name) => (options.hostileMiB = wholeNumber(text, name)),
	'--calls': (options, text, name) => (options.calls = wholeNumber(text, name)),
	'--slow-bodies': (options, text, name) => (options.slowBodies = wholeNumber(text, name)),
};

function someOf<Name extends string>(all: readonly Name[], text: string, option: string): Name[] {
	return text.split(',').map((word) => {
		const found = all.find((name) => name === word);
		if (!found) throw problem(`${option} takes ${all.join(', ')}, not ${word || 'nothing'}.`);
		return found;
	});
}

function wholeNumber(text: string, name: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1)
		throw problem(`${name} needs whole numbers from 1 on, not ${text || 'nothing'}.`);
	return value;
}

/** By this name `runMain` knows that the sentence is enough. */
function problem(message: string): Error {
	return Object.assign(new Error(message), { name: 'Problem' });
}
