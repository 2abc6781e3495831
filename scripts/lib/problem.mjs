/** Something the user can put right; shown as one sentence, without a stack. */
export class Problem extends Error {
	/**
	 * @param {string} message one sentence: what is wrong and what to do
	 * @param {{ details?: string, cause?: unknown }} [more] details: shown below the sentence
	 */
	constructor(message, more = {}) {
		super(message, { cause: more.cause });
		this.name = 'Problem';
		this.details = more.details;
	}
}

const OLDEST_NODE = 20;

export function requireNode(version = process.versions.node) {
	if (Number(version.split('.')[0]) < OLDEST_NODE) {
		throw new Problem(
			`Node ${OLDEST_NODE} or newer is needed, but this is Node ${version}: see https://nodejs.org.`,
		);
	}
}

/**
 * Runs a script's main function and turns what it throws into an exit code and readable words.
 * @param {() => Promise<number | void>} body
 */
export async function runMain(body) {
	try {
		requireNode();
		process.exitCode = (await body()) ?? process.exitCode ?? 0;
	} catch (error) {
		// By name: the class may be loaded twice, once by Node and once by the TypeScript loader.
		const known = error instanceof Error && error.name === 'Problem';
		console.error(known ? `\n✖ ${error.message}` : error);
		if (known && error.details) console.error(`\n${error.details}`);
		process.exitCode = 1;
	}
}
