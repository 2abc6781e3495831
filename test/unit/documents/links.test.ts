/** Links of the documents and of the code lead somewhere, and every page can be found. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { DOCUMENTS, MANUALS, ROOT, headingsIn, linksIn, read } from './markdown';
import { FILES, PRODUCT_TEXT } from './sources';

const isWeb = (target: string) => /^https?:/.test(target);

function anchorsOf(document: string): string[] {
	return headingsIn(read(document)).map(({ anchor }) => anchor);
}

/** The file that a link of a document leads to, from the root. */
function fileOf(document: string, target: string): string {
	const [path = ''] = target.split('#');
	return path === '' ? document : join(dirname(document), path);
}

describe('the links', () => {
	it.each(DOCUMENTS)('%s', (document) => {
		for (const target of linksIn(read(document)).filter((link) => !isWeb(link))) {
			const file = fileOf(document, target);
			expect({ target, exists: existsSync(join(ROOT, file)) }).toEqual({ target, exists: true });
			const [, anchor] = target.split('#');
			if (anchor !== undefined) expect(anchorsOf(file)).toContain(decodeURIComponent(anchor));
		}
	});

	it('reach every document from the README', () => {
		const found = new Set(['README.md']);
		for (const document of found) {
			for (const target of linksIn(read(document)).filter((link) => !isWeb(link))) {
				const file = fileOf(document, target);
				if (DOCUMENTS.includes(file)) found.add(file);
			}
		}
		expect([...found].sort()).toEqual([...DOCUMENTS].sort());
	});

	it('of the README to a folder or file of n8n-nodes-kling are its own', () => {
		const { url } = (JSON.parse(read('package.json')) as { repository: { url: string } })
			.repository;
		const clone = /git clone (\S+)/.exec(read('README.md'))?.[1];
		expect(`git+${clone ?? ''}`).toBe(url);
	});
});

describe('the links in the code', () => {
	const home = 'https://github.com/n8n-nodes-kling/n8n-nodes-kling';
	const links = [...PRODUCT_TEXT.matchAll(/https:\/\/github\.com\/n8n-nodes-kling\/[^"'\s)`]+/g)]
		.map(([link]) => link)
		.filter((link) => /#|\/blob\//.test(link));

	it('are there', () => {
		expect(new Set(links).size).toBeGreaterThan(2);
	});

	it.each([...new Set(links)])('%s', (link) => {
		const [page = '', anchor = ''] = link.split('#');
		if (anchor === 'readme') return;
		const document = page === home ? 'README.md' : page.replace(`${home}/blob/main/`, '');
		expect(DOCUMENTS).toContain(document);
		if (anchor !== '') expect(anchorsOf(document)).toContain(anchor);
	});
});

describe('the examples', () => {
	it('are all listed', () => {
		const files = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
		const listed = linksIn(read('docs/examples.md')).filter((target) => target.endsWith('.json'));
		expect(listed.map((target) => target.replace('../examples/', '')).sort()).toEqual(files.sort());
	});

	it('have the names that the list says', () => {
		const names = [
			...read('docs/examples.md').matchAll(/\[([\w-]+)\]\(\.\.\/examples\/(.+)\.json\)/g),
		];
		expect(names.length).toBeGreaterThan(5);
		for (const [, name, file] of names) expect(name).toBe(file);
	});
});

it('every picture is shown', () => {
	const shown = MANUALS.flatMap((document) =>
		linksIn(read(document)).map((target) => fileOf(document, target)),
	);
	const pictures = FILES.filter((file) => file.startsWith('docs/images/'));
	expect(pictures.length).toBeGreaterThan(3);
	expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
	for (const picture of pictures)
		expect(readFileSync(join(ROOT, picture)).length).toBeGreaterThan(0);
});
