/** The messages that the manuals explain are those of the code. */
import { TRANSLATIONS, column, codeIn, read, tablesIn } from './markdown';
import { PRODUCT_TEXT } from './sources';

/** The first column of the tables of messages. */
function messagesIn(document: string): string[] {
	return tablesIn(read(document))
		.filter(
			({ head: [first = ''], derived }) => !derived && ['Message', '报错信息'].includes(first),
		)
		.flatMap(({ rows }) => column(rows, 0))
		.flatMap(codeIn);
}

const messages = messagesIn('docs/troubleshooting.md');

it('are explained one by one', () => {
	expect(messages.length).toBeGreaterThan(30);
	expect(new Set(messages).size).toBe(messages.length);
});

it('are the same in every language', () => {
	const [, chinese = ''] =
		TRANSLATIONS.find(([english]) => english === 'docs/troubleshooting.md') ?? [];
	expect(messagesIn(chinese)).toEqual(messages);
});

it.each(messages)('%s', (message) => {
	const fragments = message
		.split('…')
		.map((fragment) => fragment.trim().replace(/^[:,("]+\s*|\s*[:,("]+$/g, ''))
		.filter((fragment) => fragment !== '');
	// Short words would be found anywhere.
	expect(Math.max(...fragments.map(({ length }) => length))).toBeGreaterThan(10);
	expect(fragments.filter((fragment) => !PRODUCT_TEXT.includes(fragment))).toEqual([]);
});
