import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './install.mjs';
import { Problem } from './problem.mjs';

const EXAMPLES = join(ROOT, 'examples');
const NODE_TYPE = 'n8n-nodes-kling.kling';
const TRIGGER_TYPE = 'n8n-nodes-kling.klingTrigger';
const LONGEST_ID = 36;
// The node itself gives up after 30 minutes.
const RUN_MS = 31 * 60_000;

// The simulator is done in seconds; nobody waits a minute for a first look at it.
const QUICK = { options: { initialDelay: 2, pollInterval: 1 } };

const idOf = (file) => `kling-${basename(file, '.json')}`.slice(0, LONGEST_ID);

/**
 * Imports examples/*.json. One that is there already is left as it is, since somebody may have
 * changed it in the editor, unless its file or its credential changed.
 * @param {{ type: string, id: string, name: string, simulated: boolean }} credential
 * @param {Record<string, string>} known hash by file, of what was imported before
 * @returns {Promise<Record<string, string>>} the same for now
 */
export async function importExamples(lib, rest, credential, known) {
	const present = await lib.workflowIds(rest);
	const hashes = {};
	for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'))) {
		const content = readFileSync(join(EXAMPLES, file));
		hashes[file] = createHash('sha256').update(content).update(credential.id).digest('hex');
		if (hashes[file] === known[file] && present.has(idOf(file))) continue;
		const workflow = [NODE_TYPE, TRIGGER_TYPE].reduce(
			(wired, nodeType) => lib.withCredential(wired, { nodeType, ...credential }),
			lib.readWorkflow(join(EXAMPLES, file)),
		);
		const more = credential.simulated ? QUICK : {};
		await lib.saveWorkflow(rest, idOf(file), lib.withParameters(workflow, NODE_TYPE, more));
	}
	return hashes;
}

/**
 * Runs one example as the button "Execute workflow" does, and stores the video it made.
 * @returns {Promise<string>} where it lies
 */
export async function makeVideo(lib, rest, file) {
	const id = idOf(file);
	const trigger = lib.manualTrigger(await lib.loadWorkflow(rest, id));
	const execution = await lib.runManually(rest, { id, trigger }, RUN_MS);
	const where = `${rest.baseUrl}/workflow/${id}/executions/${execution.id}`;
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
	const folder = join(ROOT, 'output');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, basename(name));
	writeFileSync(file, bytes);
	return file;
}
