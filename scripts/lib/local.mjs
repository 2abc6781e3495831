import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './install.mjs';

/** All that `npm start` keeps between starts; deleting the folder starts afresh. */
export const LOCAL = resolve(ROOT, process.env.KLING_LOCAL_FOLDER || '.n8n-local');
export const RUNNING = join(LOCAL, 'running.json');
const LOGIN = join(LOCAL, 'login.json');
const STATE = join(LOCAL, 'state.json');

/** It will hold keys: nobody else on this machine may look into it. */
export function makeLocalFolder() {
	mkdirSync(LOCAL, { recursive: true, mode: 0o700 });
}

function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

function writeJson(file, content) {
	writeFileSync(`${file}.new`, `${JSON.stringify(content, null, '\t')}\n`, { mode: 0o600 });
	renameSync(`${file}.new`, file);
}

/** @returns {{ email: string, password: string }} made up at the first start */
export function localLogin() {
	const found = readJson(LOGIN);
	if (typeof found?.email === 'string' && typeof found?.password === 'string') return found;
	// n8n wants a capital letter and a digit.
	const login = {
		email: 'owner@kling.localhost',
		password: `Kling1-${randomBytes(9).toString('base64url')}`,
	};
	writeJson(LOGIN, login);
	return login;
}

/** What is in that n8n already: hash of the installed package, hashes of the imported examples. */
export function readState() {
	const { installed, examples } = readJson(STATE) ?? {};
	return { installed, examples: examples ?? {} };
}

export function writeState(state) {
	writeJson(STATE, state);
}
