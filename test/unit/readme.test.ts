/** The README says what the code does: the tables that are made from the code are current, and what it quotes is looked up there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { propertiesOf } from '../../nodes/Kling/parameters/field';
import { WAIT_OPTIONS } from '../../nodes/Kling/parameters/waiting';
import { KlingError } from '../../nodes/shared/core/errors';
import type { Kind } from '../../nodes/shared/core/kinds';
import { modelsFor } from '../../nodes/shared/core/models';
import { failureJson, taskJson } from '../../nodes/shared/n8n/itemJson';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import type { Task } from '../../nodes/shared/core/task';
import { DOCUMENTS, renderDocument } from '../../scripts/tables';

const ROOT = join(__dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

type Row = string[];

const waiting = readFileSync(join(ROOT, 'docs/waiting.md'), 'utf8');
const output = readFileSync(join(ROOT, 'docs/output.md'), 'utf8');
const models = readFileSync(join(ROOT, 'docs/models.md'), 'utf8');
const troubleshooting = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');

/** The text of a document between a heading and the next one. */
function section(heading: string, text = readme): string {
	const start = text.split('\n').indexOf(heading);
	if (start < 0) throw new Error(`There is no heading "${heading}"`);
	const rest = text.split('\n').slice(start + 1);
	const end = rest.findIndex((line) => /^#{1,6} /.test(line));
	return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

function cells(line: string): Row {
	return line
		.replace(/^\||\|$/g, '')
		.split('|')
		.map((cell) => cell.trim());
}

/** The first table below a heading, without the line of dashes. */
function table(heading: string, text = readme): { head: Row; rows: Row[] } {
	const lines = section(heading, text).split('\n');
	const first = lines.findIndex((line) => line.startsWith('|'));
	const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
	const [head = '', , ...rows] = lines.slice(first, length < 0 ? undefined : first + length);
	return { head: cells(head), rows: rows.map(cells) };
}

const column = (rows: Row[], index: number) => rows.map((row) => row[index] ?? '');
const sorted = (rows: Row[]) => rows.map((row) => row.join(' | ')).sort();
const code = (text: string) => `\`${text}\``;
/** What stands in backticks. */
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner);

describe.each(DOCUMENTS)('%s', (document) => {
	it('has the tables that the code says (npm run docs)', () => {
		const { now, wanted } = renderDocument(document);
		expect(now).toBe(wanted);
		expect(now).toContain('<!-- table: ');
	});
});

describe('the text about models', () => {
	it('names what is switched off, and where a service differs', () => {
		const said = quoted(section('## What each model makes', models).replace(/^\|.*$/gm, ''));
		for (const { discontinued = [], models: served } of ALL_PROVIDERS) {
			const different = (Object.keys(served) as Kind[]).flatMap((kind) => {
				const [here, usual] = [served[kind] ?? [], modelsFor(kind)];
				const missing = usual.filter((model) => !here.includes(model));
				return [...missing, ...here.filter((model) => !usual.includes(model))];
			});
			for (const model of [...discontinued, ...different]) expect(said).toContain(model);
		}
	});
});

/** What holds when the option is not added at all. */
const BY_ITSELF: Record<string, string> = { initialDelay: 'by model', pollInterval: 'by time' };

it('the table of wait options is that of the editor', () => {
	const expected = propertiesOf(WAIT_OPTIONS).map((member) => {
		const { displayName, name, default: preset, typeOptions, options: choices = [] } = member;
		const choice = choices.find((one) => 'value' in one && one.value === preset);
		const { minValue, maxValue } = typeOptions ?? {};
		return [
			displayName,
			BY_ITSELF[name] ?? choice?.name ?? String(preset),
			minValue === undefined ? '' : `${minValue}–${String(maxValue)}`,
		];
	});
	const { rows } = table('## Wait options', waiting);
	expect(sorted(rows.map((row) => row.slice(0, 3)))).toEqual(sorted(expected));
});

describe('the tables of output fields', () => {
	const task: Task = {
		id: '1',
		status: 'succeed',
		message: '',
		results: [
			{ type: 'video', url: 'https://x/1.mp4' },
			{ type: 'image', index: 0, url: 'https://x/1.png' },
		],
		raw: null,
	};
	const simple = { simplify: true, secrets: [] };
	const video = taskJson(task, { ...simple, kind: 'text2video' });
	const image = taskJson(task, { ...simple, kind: 'image-generation' });

	it('hold every field of the simplified output, and no other', () => {
		const { rows } = table('## With Simplify', output);
		const names = [...new Set([...Object.keys(video), ...Object.keys(image)])];
		const expected = names.map((name) => [
			code(name),
			name in video ? 'yes' : '–',
			name in image ? 'yes' : '–',
		]);
		expect(sorted(rows.map((row) => row.slice(0, 3)))).toEqual(sorted(expected));
	});

	it('tell what the lists in it hold', () => {
		const { rows } = table('## With Simplify', output);
		for (const [name, list] of Object.entries({ videos: video.videos, images: image.images })) {
			const meaning = rows.find(([field]) => field === code(name))?.[3] ?? '';
			expect(quoted(meaning)).toEqual(Object.keys((list as object[])[0] ?? {}));
		}
	});

	it('hold every field of a failed item, and no other', () => {
		const failed = failureJson(new KlingError('refused', 'x'), undefined, 0, []);
		const names = [
			'error',
			...Object.keys(failed.details as object).map((name) => `details.${name}`),
		];
		const { rows } = table('## Failed items', output);
		expect(column(rows, 0).sort()).toEqual(names.map(code).sort());
	});

	it('hold every kind of error', () => {
		const source = readFileSync(join(ROOT, 'nodes/shared/core/errors.ts'), 'utf8');
		const kinds = [...source.matchAll(/^\t\| '(\w+)'/gm)].map(([, kind = '']) => kind);
		const row = table('## Failed items', output).rows.find(
			([field]) => field === code('details.kind'),
		);
		expect(quoted(row?.[1] ?? '').sort()).toEqual(kinds.sort());
	});
});

/** Everything a text in the code could stand in, with line ends as they are. */
function sources(): string {
	const folders = ['nodes', 'credentials', 'scripts'];
	return folders
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => /\.(ts|mjs)$/.test(file))
				.map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
		)
		.join('\n');
}

describe('the messages', () => {
	const code = sources();
	const messages = ['## Before anything is sent', '## On the way', '## Afterwards', '## npm start']
		.flatMap((heading) => column(table(heading, troubleshooting).rows, 0))
		.flatMap(quoted);

	it('are quoted one by one', () => {
		expect(messages.length).toBeGreaterThan(30);
		expect(new Set(messages).size).toBe(messages.length);
	});

	it.each(messages)('%s', (message) => {
		const fragments = message
			.split('…')
			.map((fragment) => fragment.trim().replace(/^[:,("]+\s*|\s*[:,("]+$/g, ''))
			.filter((fragment) => fragment !== '');
		// Short words would be found anywhere.
		expect(Math.max(...fragments.map(({ length }) => length))).toBeGreaterThan(10);
		for (const fragment of fragments) expect(code).toContain(fragment);
	});
});

describe('what it points to', () => {
	const documents = [
		'README.md',
		'CONTRIBUTING.md',
		'CHANGELOG.md',
		'SECURITY.md',
		'docs/architecture.md',
		'docs/design.md',
		'docs/billing.md',
		'docs/models.md',
		'docs/output.md',
		'docs/trigger.md',
		'docs/waiting.md',
		'docs/troubleshooting.md',
	];

	it.each(documents)('%s: every file and heading is there', (document) => {
		const text = readFileSync(join(ROOT, document), 'utf8');
		const folder = join(ROOT, document, '..');
		for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
			if (/^https?:/.test(target)) continue;
			const [path = '', anchor] = target.split('#');
			const file = path === '' ? join(ROOT, document) : join(folder, path);
			expect({ target, there: existsSync(file) }).toEqual({ target, there: true });
			if (anchor === undefined) continue;
			const headings = readFileSync(file, 'utf8')
				.split('\n')
				.filter((line) => /^#{1,6} /.test(line))
				.map((line) =>
					line
						.replace(/^#+ /, '')
						.toLowerCase()
						.replace(/[^\p{L}\p{N} -]/gu, '')
						.replaceAll(' ', '-'),
				);
			expect(headings).toContain(anchor);
		}
	});

	it('has the heading that the credential links to', () => {
		expect(readme).toMatch(/^## Credentials$/m);
	});

	const scripts = Object.keys(
		(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
	);

	it.each(documents)('%s: every npm script exists', (document) => {
		const text = readFileSync(join(ROOT, document), 'utf8');
		const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
		expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
		if (document === 'CONTRIBUTING.md') expect(named.length).toBeGreaterThan(3);
	});

	it('every example is listed', () => {
		const files = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
		const listed = [...readme.matchAll(/\(examples\/([\w-]+\.json)\)/g)].map(
			([, file = '']) => file,
		);
		expect([...new Set(listed)].sort()).toEqual(files.sort());
	});

	it('every variable and option of npm start is named', () => {
		const usage = readFileSync(join(ROOT, 'scripts/lib/options.mjs'), 'utf8');
		const [words = ''] = /USAGE = `[^`]+`/.exec(usage) ?? [];
		const names = new Set(words.match(/\b(KLING|N8N)_[A-Z_]+|--\w+/g) ?? []);
		expect(names.size).toBeGreaterThan(6);
		for (const name of names) expect(readme).toContain(name);
	});
});
