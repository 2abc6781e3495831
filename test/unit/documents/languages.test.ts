/** English and Chinese say the same, and the READMEs stay short. */
import { ALL_SERVICES, DEFAULT_SERVICE, SERVICES } from '../../../nodes/shared/core/services';
import { TRANSLATIONS, codeIn, headingsIn, italicsIn, linksIn, read, tablesIn } from './markdown';
import type { Row } from './markdown';

/** A document without the tables that `npm run docs` writes: they grow with every operation, and nobody can shorten them. */
const withoutDerived = (text: string) => text.replace(/<!-- table: [^]*?<!-- end: .*?-->/g, '');

it.each([
	['README.md', 8_000],
	// A Chinese character takes three bytes.
	['README.zh-CN.md', 8_500],
])('%s has at most %i bytes besides its derived tables', (document, limit) => {
	expect(Buffer.byteLength(withoutDerived(read(document)))).toBeLessThanOrEqual(limit);
});

/** What a row says in every language. */
const untranslated = (row: Row) => [...codeIn(row.join(' ')), ...italicsIn(row.join(' '))];

describe.each(TRANSLATIONS)('%s and %s', (english, chinese) => {
	const [one, other] = [read(english), read(chinese)];

	it('have the same sections', () => {
		const levels = (text: string) => headingsIn(text).map(({ level }) => level);
		expect(levels(other)).toEqual(levels(one));
	});

	it('have the same tables', () => {
		const sizes = (text: string) =>
			tablesIn(text).map(({ rows, derived }) => ({ rows: rows.length, derived }));
		expect(sizes(other)).toEqual(sizes(one));
		expect(sizes(one).length).toBeGreaterThan(0);
	});

	it('name the same labels and code in each row', () => {
		const rows = (text: string) =>
			tablesIn(text)
				.filter(({ derived }) => !derived)
				.map((table) => table.rows.map(untranslated));
		expect(rows(other)).toEqual(rows(one));
	});

	it('name the same labels in all', () => {
		const labels = (text: string) => [...new Set(italicsIn(text))].sort();
		expect(labels(other)).toEqual(labels(one));
	});

	it('link to each other at the top', () => {
		const first = (text: string) => linksIn(text)[0]?.split('/').at(-1);
		expect(first(one)).toBe(chinese.split('/').at(-1));
		expect(first(other)).toBe(english.split('/').at(-1));
	});
});

const WITH_SERVICES = TRANSLATIONS.flat().filter((document) => /README|credentials/.test(document));

describe.each(WITH_SERVICES)('the services in %s', (document) => {
	const rows = tablesIn(read(document))
		.map((table) => table.rows)
		.find(([first]) => first?.[0]?.startsWith(SERVICES[DEFAULT_SERVICE].title));

	it.each(ALL_SERVICES)('%s: name, page of its keys, and fields', (service) => {
		const { title, keyPage, authentication, isRelay } = SERVICES[service];
		const [name = '', page = '', fields = ''] = rows?.[ALL_SERVICES.indexOf(service)] ?? [];
		expect(name.replace(/（.*）$/, '')).toBe(title);
		expect(linksIn(page)).toEqual('url' in keyPage ? [keyPage.url] : []);
		const expected = [
			'API Key',
			...(authentication.length > 1 ? ['Access Key', 'Secret Key'] : []),
			...(isRelay ? ['Base URL', 'Path Prefix'] : []),
		];
		expect(italicsIn(fields)).toEqual(expected);
	});
});
