/** What a trigger stores in n8n's static data, and what it makes of what it finds there. */
import { readRecord, toRecord } from '../../../nodes/KlingTrigger/dedupe/stored';

const KEYS = { tasks: ['7 succeed'], messages: ['msg-1'] };

it('what is stored is read again, through JSON as n8n stores it', () => {
	const record = toRecord(KEYS);
	expect(record).toEqual({ v: 1, ...KEYS });
	expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual({ found: 'record', record });
});

it('the arrays to store are those that are given, not copies', () => {
	expect(toRecord(KEYS).tasks).toBe(KEYS.tasks);
	expect(toRecord(KEYS).messages).toBe(KEYS.messages);
});

it('where nothing was stored nothing is found', () => {
	expect(readRecord(undefined)).toEqual({ found: 'nothing' });
});

it.each([
	[{ v: 2, seen: {} }, /it has version 2, .* knows version 1/],
	[{ v: '1', ...KEYS }, 'v is not valid'],
	[KEYS, 'v is not valid'],
	[{ v: 1, tasks: ['7 succeed'] }, 'messages is not valid'],
	[{ v: 1, tasks: { 0: 'a' }, messages: [] }, 'tasks is not valid'],
	[{ v: 1, tasks: [1, null, {}], messages: [] }, 'tasks.0 is not valid'],
	[null, 'it is no record'],
	['text', 'it is no record'],
	[['7 succeed'], 'it is no record'],
])('%j is not read, and the reason is given', (record, reason) => {
	const why =
		typeof reason === 'string' ? reason : (expect.stringMatching(reason) as unknown as string);
	expect(readRecord(record)).toEqual({ found: 'unreadable', why });
});
