/**
 * What leaves and what comes out is as it was written down (test/record). Whoever changes it on purpose renews the record.
 * RECORD=full compares all of it, RECORD_UPDATE=1 renews it, and RECORD_OUT=<folder> writes the lines themselves.
 */
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.requireActual<{ sleep: unknown }>('../record/time').sleep,
}));

import { dataSets } from '../record/dataSets';
import {
	entryOf,
	help,
	isFull,
	readRecord,
	renewed,
	storedKey,
	writeLines,
	writeRecord,
	type Entries,
} from '../record/record';
import { startTime } from '../record/time';

const { RECORD, RECORD_OUT, RECORD_UPDATE } = process.env;
const full = RECORD === 'full';
const renews = RECORD_UPDATE === '1';
const sets = dataSets(full);
const stored = readRecord();
const found: Entries = {};

const made = [...sets.keys()].map((name) => storedKey(name, full));

afterAll(() => {
	if (renews) writeRecord(renewed(stored, found, made, full));
});

it.each([...sets.keys()])('%s', async (name) => {
	startTime();
	const lines = (await sets.get(name)?.(full)) ?? [];
	const key = storedKey(name, full);
	if (RECORD_OUT) writeLines(RECORD_OUT, key, lines);
	const entry = entryOf(lines);
	found[key] = entry;
	if (renews || JSON.stringify(entry) === JSON.stringify(stored[key])) return;
	const advice = help(key, !(key in stored));
	console.error(advice);
	expect(entry).toEqual(stored[key]);
	// The same parts in another order.
	throw new Error(advice);
});

it('the record holds nothing that is made no longer', () => {
	const kept = Object.keys(stored).filter((key) => isFull(key) === full);
	if (!renews) expect(kept).toEqual([...made].sort());
});
