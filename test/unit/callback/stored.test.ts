/** What a trigger stores in n8n's static data, and what it makes of what it finds there. */
import { readRecord, toRecord } from '../../../nodes/KlingTrigger/dedupe/stored';

const KEYS = { tasks: ['7 succeed'], messages: ['msg-1'] };

it('what is stored is read again, through JSON as n8n stores it', () => {
	const record = toRecord(KEYS);
	expect(record).toEqual({ v: 1, ...KEYS });
	expect(readRecord(JSON.parse(JSON.stringify(record)))).toMatchObject(KEYS);
});

it('the arrays to store are those that are given, not copies', () => {
	expect(toRecord(KEYS).tasks).toBe(KEYS.tasks);
	expect(toRecord(KEYS).messages).toBe(KEYS.messages);
});

it('where nothing was stored there are no keys', () => {
	expect(readRecord(undefined)).toEqual({ tasks: [], messages: [] });
});

it.each([
	[{ v: 2, seen: {} }, 'its version is 2, not 1'],
	[{ v: '1', ...KEYS }, 'its version is "1", not 1'],
	[KEYS, 'it has no version'],
	[{ v: 1, tasks: ['7 succeed'] }, 'it is damaged'],
	[{ v: 1, tasks: { 0: 'a' }, messages: [] }, 'it is damaged'],
	[{ v: 1, tasks: [1, null, {}], messages: [] }, 'it is damaged'],
	[null, 'it is damaged'],
	['text', 'it is damaged'],
	[['7 succeed'], 'it is damaged'],
])('%j is not read, and the reason is given', (record, reason) => {
	expect(readRecord(record)).toBe(reason);
});
