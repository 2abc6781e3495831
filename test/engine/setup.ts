/**
 * Runs in every engine test file before n8n-core is loaded: n8n reads its environment once, and its
 * dependency injection needs the metadata shim.
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Nothing sleeps for real: the package's clock and the simulator's are one virtual clock.
jest.mock('../../nodes/shared/n8n/clock', () => jest.requireActual<object>('./virtualTime'));

// The engine keeps its settings file and binary data here; a person's own ~/.n8n stays untouched.
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-tests-only';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
process.env.N8N_DEFAULT_BINARY_DATA_MODE ??= 'filesystem';
// A proxy of the machine must not come between the tests and a server on 127.0.0.1.
process.env.NO_PROXY = '127.0.0.1,localhost';
