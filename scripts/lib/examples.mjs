import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './install.mjs';
import { Problem } from './problem.mjs';

/** Where videos go, those that n8n stores itself included. */
export const OUTPUT = join(ROOT, 'output');
export const NODE_TYPE = 'n8n-nodes-kling.kling';
export const TRIGGER_TYPE = 'n8n-nodes-kling.klingTrigger';
const EXAMPLES = join(ROOT, 'examples');
const WRITES_FILES = 'n8n-nodes-base.readWriteFile';
const STORES = { fileName: `=${OUTPUT}/{{ $binary.data.fileName }}` };
const LONGEST_ID = 36;
// The node itself gives up after 30 minutes.
const RUN_MS = 31 * 60_000;

// The simulator is done in seconds; nobody waits a minute for a first look at it.
const QUICK = { options: { initialDelay: 2, pollInterval: 1 } };

/** Of the workflow that an example becomes. */
export const idOf = (file) => `kling-${basename(file, '.json')}`.slice(0, LONGEST_ID);

export const addressOf = ({ baseUrl }, file) => `${baseUrl}/workflow/${idOf(file)}`;

/**
 * Imports examples/*.json. One that is there already is left as it is, since somebody may have
 * changed it in the editor, unless its file or its credential changed.
 * @param {{ type: string, id: string, name: string, simulated: boolean }} credential
 * @param {Record<string, string>} known hash by file, of what was imported before
 * @returns {Promise<{ hashes: Record<string, string>, imported: string[] }>} the same for now, and the files that were imported
 */
export async function importExamples(lib, rest, credential, known) {
	const present = await lib.workflowIds(rest);
	const hashes = {};
	const imported = [];
	for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'))) {
		const workflow = prepared(lib, file, credential);
		hashes[file] = createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
		if (hashes[file] === known[file] && present.has(idOf(file))) continue;
		await lib.saveWorkflow(rest, idOf(file), workflow);
		imported.push(file);
	}
	return { hashes, imported };
}

/** The example with all that its note asks for, as far as it can be known here. */
function prepared(lib, file, { simulated, ...credential }) {
	const workflow = [NODE_TYPE, TRIGGER_TYPE].reduce(
		(wired, nodeType) => lib.withCredential(wired, { nodeType, ...credential }),
		lib.withParameters(lib.readWorkflow(join(EXAMPLES, file)), WRITES_FILES, STORES),
	);
	return simulated
		? lib.withParameters(lib.withExampleInputs(workflow), NODE_TYPE, QUICK)
		: workflow;
}

/**
 * Runs one example as the button "Execute workflow" does, and stores the video it made.
 * @returns {Promise<string>} where it lies
 */
export async function makeVideo(lib, rest, file) {
	const id = idOf(file);
	const trigger = lib.manualTrigger(await lib.loadWorkflow(rest, id));
	const execution = await lib.runManually(rest, { id, trigger }, RUN_MS);
	const where = `${addressOf(rest, file)}/executions/${execution.id}`;
	if (execution.status !== 'success') {
		const { message = `it ended as ${execution.status}`, description } = execution.error ?? {};
		throw new Problem(`The video was not made: ${message}`, {
			details: [description, `See ${where}`].filter(Boolean).join('\n'),
		});
	}
	const [item] = execution.outputs('Kling')[0] ?? [];
	const video = Object.values(item?.binary ?? {}).find(({ mimeType }) =>
		mimeType.startsWith('video/'),
	);
	if (!video)
		throw new Problem(`The workflow ran, but there is no video in its output: see ${where}`);
	return saveVideo(video.fileName ?? 'video.mp4', await lib.readBinary(rest, video));
}

function saveVideo(name, bytes) {
	const file = join(OUTPUT, basename(name));
	writeFileSync(file, bytes);
	return file;
}
