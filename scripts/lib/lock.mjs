import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @typedef {{ pid: number, started?: string, [note: string]: unknown }} LockHolder
 * @typedef {{ note: (more: object) => void, release: () => void }} Lock
 */

/**
 * When a process started, or undefined where that cannot be told. Process ids are used again (in
 * containers after seconds), so an id alone does not say who holds a lock.
 * @param {number} pid
 */
export function startOf(pid) {
	try {
		// Field 22 of /proc/<pid>/stat; the second field may hold spaces and ends with the last ")".
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
	} catch {
		if (process.platform === 'linux' || process.platform === 'win32') return undefined;
	}
	try {
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
	} catch {
		return undefined;
	}
}

/** @param {LockHolder | undefined} holder */
export function isAlive(holder) {
	if (!holder) return false;
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		if (error.code !== 'EPERM') return false;
	}
	return holder.started === undefined || holder.started === startOf(holder.pid);
}

/** @param {string} file @returns {LockHolder | undefined} */
export function readHolder(file) {
	try {
		const holder = JSON.parse(readFileSync(file, 'utf8'));
		return Number.isInteger(holder?.pid) ? holder : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Takes the lock, or tells who holds it. The file is written in full under another name and then
 * linked into place, so that nobody ever reads half of it.
 * @param {string} file
 * @returns {{ lock: Lock, holder?: undefined } | { lock?: undefined, holder: LockHolder }}
 */
export function tryLock(file) {
	mkdirSync(dirname(file), { recursive: true });
	const mine = { pid: process.pid, started: startOf(process.pid) };
	const draft = `${file}.${process.pid}`;
	for (;;) {
		writeFileSync(draft, JSON.stringify(mine));
		try {
			linkSync(draft, file);
			return { lock: makeLock(file, draft, mine) };
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		} finally {
			rmSync(draft, { force: true });
		}
		const holder = readHolder(file);
		if (holder && isAlive(holder)) return { holder };
		dropStale(file, `${draft}.stale`);
	}
}

/**
 * Two processes may find the same stale lock, and the second could take away the first one's new
 * lock: so it is moved aside, looked at again, and put back when its holder lives.
 */
function dropStale(file, aside) {
	try {
		renameSync(file, aside);
	} catch (error) {
		if (error.code === 'ENOENT') return;
		throw error;
	}
	try {
		if (isAlive(readHolder(aside))) linkSync(aside, file);
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
	} finally {
		rmSync(aside, { force: true });
	}
}

function makeLock(file, draft, mine) {
	const release = () => {
		if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
	};
	process.once('exit', release);
	return {
		note(more) {
			writeFileSync(draft, JSON.stringify({ ...mine, ...more }));
			renameSync(draft, file);
		},
		release() {
			process.removeListener('exit', release);
			release();
		},
	};
}

/**
 * Waits for the lock; `onWait` is called once, when somebody else has it.
 * @param {string} file
 * @param {(holder: LockHolder) => void} onWait
 */
export async function waitForLock(file, onWait) {
	for (let told = false; ; told = true) {
		const { lock, holder } = tryLock(file);
		if (lock) return lock;
		if (!told) onWait(holder);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}
