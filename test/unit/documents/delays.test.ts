/** The manual of waiting names every operation that is first looked at after a minute. */
import { RESOURCES } from '../../../nodes/Kling/operations';
import { KINDS } from '../../../nodes/shared/core/kinds';
import { read } from './markdown';

const [row = ''] = /^\| Initial Delay.*$/m.exec(read('docs/waiting.md')) ?? [];

/** The part of the list that a number of seconds begins: "60 s for *Lip Sync* and *Avatar*". */
const partOf = (seconds: number) =>
	new RegExp(`(?<!to )\\b${seconds} s for ((?:(?!\\d+ s for).)*)`).exec(row)?.[1] ?? '';

const delayed = Object.values(RESOURCES).flatMap(({ operations }) =>
	Object.values(operations).flatMap((operation) => {
		if (operation.type !== 'generate') return [];
		const { initialDelay }: { initialDelay?: number } = KINDS[operation.kind];
		return initialDelay === 60 ? [operation.name] : [];
	}),
);

it('there are some', () => {
	expect(delayed.length).toBeGreaterThan(5);
});

it.each(delayed)('%s after a minute', (name) => {
	expect(partOf(60)).toContain(`*${name}*`);
});
