import { mkdirSync } from 'node:fs';
import { OUTPUT, addressOf, importExamples, makeVideo } from './lib/examples.mjs';
import { ensureHost, ensureRoot } from './lib/install.mjs';
import {
	LOCAL,
	RUNNING,
	localLogin,
	makeLocalFolder,
	readState,
	writeState,
} from './lib/local.mjs';
import { tryLock } from './lib/lock.mjs';
import { USAGE, readOptions } from './lib/options.mjs';
import { SUBMITTING, connectPair } from './lib/pair.mjs';
import { Problem, runMain } from './lib/problem.mjs';
import { showProgress } from './lib/progress.mjs';
import { choosePort, credentialFor, installPackage, startSimulator } from './lib/services.mjs';

const EXAMPLE = 'text-to-video.json';
const TEST_PICTURE =
	'It is a test picture, like every video here: the simulator does not read prompts.';
const NO_ACCOUNT = `This n8n was started without an account and reaches nothing outside, so a real
key does not work in it. For a real account: KLING_API_KEY=… npm start`;

/** What to end, last started first. */
const running = [];

async function endAll() {
	for (const stop of running.splice(0).reverse()) await stop();
}

async function step(text, work) {
	const progress = showProgress(text);
	try {
		const result = await work();
		progress.end('done');
		return result;
	} catch (error) {
		progress.end('failed');
		throw error;
	}
}

/** The TypeScript part can be loaded only after the development tools are installed. */
async function loadLibrary() {
	const { require: load } = await import('tsx/cjs/api');
	const files = ['../test/e2e/lib/index.ts', '../test/e2e/exampleInputs.ts'];
	return Object.assign({}, ...files.map((file) => load(file, import.meta.url)));
}

async function signIn(lib, baseUrl) {
	try {
		return await lib.signIn(baseUrl, localLogin());
	} catch (error) {
		if (error.status !== 401) throw error;
		throw new Problem(
			`n8n refuses the login in ${LOCAL}/login.json: write the changed password there, or delete ${LOCAL} to start afresh.`,
		);
	}
}

async function bringUp(lib, options) {
	const port = await choosePort(lib, options.port);
	const tarball = await step('Building and packing the package', () => lib.makeTarball());
	const simulator = options.real
		? undefined
		: await step('Starting the Kling simulator', () => startSimulator(lib));
	if (simulator) running.push(() => simulator.process.stop());
	const onStart = (stop) => running.push(stop);
	const n8n = await step('Starting n8n', () =>
		lib.startN8n({
			userFolder: LOCAL,
			port,
			tarball,
			closed: !options.real,
			// n8n writes files nowhere else.
			settings: { N8N_RESTRICT_FILE_ACCESS_TO: OUTPUT },
			onStart,
		}),
	);
	const rest = await signIn(lib, n8n.baseUrl);
	await step('Installing the package, credential and examples into n8n', async () => {
		const state = readState();
		if (await installPackage(lib, rest, tarball, state.installed))
			writeState({ ...state, installed: tarball.hash });
		const { type, name, data } = credentialFor(options.real, simulator);
		const id = await lib.saveCredential(rest, { type, name, data });
		const credential = { type, name, id, simulated: Boolean(simulator) };
		const { hashes, imported } = await importExamples(lib, rest, credential, state.examples);
		// A real service cannot call this machine.
		if (simulator) await connectPair(lib, rest, imported);
		writeState({ installed: tarball.hash, examples: hashes });
	});
	return { n8n, rest, simulator };
}

function tellWhere({ n8n, simulator }) {
	const { email, password } = localLogin();
	const lines = [
		`  Workflow:   ${addressOf(n8n, EXAMPLE)}`,
		`  Sign in as: ${email}`,
		`  Password:   ${password}`,
		simulator && `  Trigger:    ${addressOf(n8n, SUBMITTING)} is connected to a Kling Trigger`,
		simulator && `  Simulator:  ${simulator.controlUrl}/ledger shows every request and charge`,
		`  Logs:       ${n8n.logFile}`,
		simulator && `\n${NO_ACCOUNT}`,
		'\nCtrl-C ends it all.',
	];
	console.log(lines.filter(Boolean).join('\n'));
}

/** Stays up until it is told to end, or until one of the servers does. */
async function stayUp({ n8n, simulator }) {
	const how = await Promise.race([
		n8n.process.ended.then((end) => `n8n ended with ${end}: see ${n8n.logFile}`),
		...(simulator
			? [simulator.process.ended.then((end) => `The Kling simulator ended with ${end}`)]
			: []),
	]);
	throw new Problem(`${how}.`);
}

function tellRunning(holder) {
	if (!holder.url) {
		console.log(
			`Another npm start is just starting (process ${holder.pid}); it will print its address.`,
		);
		return;
	}
	const { email, password } = localLogin();
	console.log(
		`It is running already: ${holder.url} (sign in as ${email}, password ${password}); Ctrl-C in its terminal ends it.`,
	);
}

/** @returns {{ up: boolean, ending?: Promise<number> }} ending: set from the first signal on */
function watchSignals() {
	const state = { up: false };
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			if (state.ending) return;
			console.log('\nEnding …');
			state.ending = endAll().then(() => (state.up ? 0 : 130));
		});
	}
	return state;
}

async function run(options, lock) {
	const state = watchSignals();
	try {
		const lib = await loadLibrary();
		const servers = await bringUp(lib, options);
		lock.note({ url: servers.n8n.baseUrl });
		const words = options.real
			? `Making a video at ${options.real.title}, which charges for it`
			: 'Making a video';
		const video = await step(words, () => makeVideo(lib, servers.rest, EXAMPLE)).catch((error) => {
			if (options.once || state.ending || error.name !== 'Problem') throw error;
			// n8n stays up: the cause may be put right in the editor.
			console.error(`✖ ${[error.message, error.details].filter(Boolean).join('\n')}`);
			return undefined;
		});
		if (video) console.log(`\n✔ Video:      ${video}`);
		if (video && servers.simulator) console.log(`              ${TEST_PICTURE}`);
		if (options.once) return 0;
		tellWhere(servers);
		state.up = true;
		return await stayUp(servers);
	} catch (error) {
		// What fails after Ctrl-C fails because everything is being ended.
		if (state.ending) return await state.ending;
		throw error;
	} finally {
		await endAll();
	}
}

await runMain(async () => {
	const options = readOptions(process.argv.slice(2), process.env);
	if (options.help) {
		console.log(USAGE);
		return 0;
	}
	if (process.platform === 'win32') {
		throw new Problem(
			'npm start needs Linux, macOS, or WSL on Windows; the package itself runs in any n8n.',
		);
	}
	makeLocalFolder();
	mkdirSync(OUTPUT, { recursive: true });
	const { lock, holder } = tryLock(RUNNING);
	if (!lock) {
		tellRunning(holder);
		// Who asked for a video did not get one.
		return options.once ? 1 : 0;
	}
	try {
		await ensureRoot();
		await ensureHost();
		return await run(options, lock);
	} finally {
		lock.release();
	}
});
