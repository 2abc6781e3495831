/** The README says what the code does: its tables are compared with the tables of the code, and what it quotes is looked up there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { RESOURCES } from '../../nodes/Kling/operations';
import type { Operation } from '../../nodes/Kling/operations/types';
import { waitOptions } from '../../nodes/Kling/parameters/waiting';
import { KLING_CODES, WORD_CODES } from '../../nodes/shared/providers/errorCodes';
import type { CodeMeaning } from '../../nodes/shared/providers/errorCodes';
import { KlingError } from '../../nodes/shared/core/errors';
import { ALL_KINDS, KINDS, isKind } from '../../nodes/shared/core/kinds';
import type { Kind } from '../../nodes/shared/core/kinds';
import { MODELS, modelsFor } from '../../nodes/shared/core/models';
import type { Limit, Model } from '../../nodes/shared/core/models';
import { failureJson, simplifiedJson } from '../../nodes/shared/n8n/itemJson';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import type { Provider } from '../../nodes/shared/providers';
import { FIELD_NAMES } from '../../nodes/shared/core/requests/fields';
import type { Task } from '../../nodes/shared/core/task';
import { membersOf } from './properties';

const ROOT = join(__dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

type Row = string[];

/** The text between a heading and the next one. */
function section(heading: string): string {
	const start = readme.split('\n').indexOf(heading);
	if (start < 0) throw new Error(`README.md has no heading "${heading}"`);
	const rest = readme.split('\n').slice(start + 1);
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
function table(heading: string): { head: Row; rows: Row[] } {
	const lines = section(heading).split('\n');
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

/** The services as columns; both official regions are one. */
const COLUMNS: Array<[title: string, services: string[]]> = [
	['Kling Official', ['klingGlobal', 'klingChina']],
	['Ace Data Cloud', ['aceData']],
	['OpenAI-HK', ['openaiHk']],
	['Other relay', ['relay']],
];

/** What holds for all services of a column. */
function perColumn(what: (provider: Provider) => string): Row {
	return COLUMNS.map(([, services]) => {
		const said = ALL_PROVIDERS.filter(({ service }) => services.includes(service)).map(what);
		expect(new Set(said).size).toBe(1);
		return said[0] ?? '';
	});
}

const TITLES = COLUMNS.map(([title]) => title);

describe('the table of operations', () => {
	const QUERIES: Record<string, (provider: Provider) => boolean> = {
		get: () => true,
		getMany: ({ list }) => list !== undefined,
		resourcePacks: ({ packs }) => packs !== undefined,
	};

	function offers(name: string, operation: Operation): (provider: Provider) => boolean {
		if (!('readRequest' in operation)) {
			const asked = QUERIES[name];
			if (!asked) throw new Error(`This test does not know which services offer ${name}`);
			return asked;
		}
		return ({ offers: kinds }) => isKind(name) && kinds[name] !== undefined;
	}

	it('names every operation, and who offers it', () => {
		const { head, rows } = table('## Operations');
		expect(head).toEqual(['Resource', 'Operation', ...TITLES]);
		const expected = Object.values(RESOURCES).flatMap(({ name: resource, operations }) =>
			Object.entries(operations).map(([name, operation]) => [
				resource,
				operation.name,
				...perColumn((provider) => (offers(name, operation)(provider) ? 'yes' : '–')),
			]),
		);
		expect(sorted(rows)).toEqual(sorted(expected));
	});

	it('tells what a service does not take', () => {
		const { rows } = table('### What a service does not take');
		const official = ALL_PROVIDERS[0] as Provider;
		const lacking = ({ offers: kinds }: Provider): string[] => {
			const taken = new Set(Object.values(kinds).flat());
			const offered = ALL_KINDS.filter((kind) => kinds[kind] !== undefined);
			const all = new Set(offered.flatMap((kind) => official.offers[kind] ?? []));
			const names = [...all]
				.filter((field) => !taken.has(field))
				.map((field) => FIELD_NAMES[field]);
			return [...new Set(names)].sort();
		};
		const shown = rows.map(([service = '', fields = '']) => [
			service,
			...fields.split(', ').sort(),
		]);
		const expected = ALL_PROVIDERS.filter((provider) => lacking(provider).length > 0).map(
			(provider) => [provider.label, ...lacking(provider)],
		);
		expect(sorted(shown)).toEqual(sorted(expected));
	});
});

describe('the tables of models', () => {
	const SHORT: Record<Kind, string> = {
		text2video: 'From text',
		image2video: 'From image',
		'multi-image2video': 'From several images',
		'omni-video': 'Mixed references',
		'video-extend': 'Extend',
		'motion-control': 'Transfer motion',
		'image-generation': 'Image',
	};
	const KIND_COLUMNS = Object.keys(SHORT) as Kind[];
	const yes = (has: boolean | undefined) => (has ? 'yes' : '–');
	const span = (durations: readonly number[]) =>
		durations.length > 3 ? `${durations[0] ?? ''}–${durations.at(-1) ?? ''}` : durations.join(', ');

	function limited(limit: Limit | undefined, ...more: string[]): string {
		if (!limit) return '–';
		const parts = [
			...(limit.modes ?? []),
			...(limit.durations ? [`${span(limit.durations)} s`] : []),
			...more,
		];
		return parts.length > 0 ? parts.join(', ') : 'yes';
	}

	function camera({ camera: byKind = {} }: Model): string {
		const entries = Object.entries(byKind).map(([kind, { simpleOnly, ...limit }]) => {
			const words = limited(limit, ...(simpleOnly ? ['simple only'] : []));
			return `${SHORT[kind as Kind].toLowerCase()}: ${words}`;
		});
		return entries.length > 0 ? entries.join('; ') : '–';
	}

	it('tell what each model makes', () => {
		const { head, rows } = table('### What each model makes');
		expect(head).toEqual(['Model', ...KIND_COLUMNS.map((kind) => SHORT[kind]), 'Image Reference']);
		const expected = Object.entries(MODELS).map(([id, { kinds, imageReference }]) => [
			code(id),
			...KIND_COLUMNS.map((kind) => yes(kinds.includes(kind))),
			yes(imageReference),
		]);
		expect(sorted(rows)).toEqual(sorted(expected));
	});

	it('tell what each video model takes', () => {
		const { head, rows } = table('### What each video model takes');
		expect(head.slice(1)).toEqual([
			'Mode',
			'Seconds',
			'Last frame',
			'Camera movement',
			'Sound',
			'Voices',
			'Multi-shot',
			'Elements',
			'Masks',
			'First look',
		]);
		const videoModels = Object.entries(MODELS).filter(([, { kinds }]) =>
			kinds.some((kind) => KINDS[kind].makes === 'video'),
		);
		const expected = videoModels.map(([id, model]) => [
			code(id),
			model.modes.join(', ') || 'std (one quality)',
			span(model.durations),
			limited(model.lastFrame, ...(model.lastFrame?.silent ? ['no sound'] : [])),
			camera(model),
			limited(model.sound),
			limited(model.voices),
			yes(model.multiShot),
			yes(model.elements),
			limited(model.masks),
			`${model.firstLook} s`,
		]);
		expect(sorted(rows)).toEqual(sorted(expected));
	});

	it('tell the default models', () => {
		const { head, rows } = table('### Default for the Service');
		expect(head).toEqual(['', ...TITLES]);
		const expected = KIND_COLUMNS.map((kind) => [
			SHORT[kind],
			...perColumn(({ defaultModels }) => {
				const model = defaultModels[kind];
				return model === undefined ? '–' : code(model);
			}),
		]).filter((row) => row.slice(1).some((cell) => cell !== '–'));
		expect(sorted(rows)).toEqual(sorted(expected));
	});

	it('name what is switched off, and where a service differs', () => {
		const said = quoted(section('### What each model makes').replace(/^\|.*$/gm, ''));
		for (const { discontinued = [], models = {} } of ALL_PROVIDERS) {
			const different = (Object.keys(models) as Kind[]).flatMap((kind) => {
				const [here, usual] = [models[kind] ?? [], modelsFor(kind)];
				const missing = usual.filter((model) => !here.includes(model));
				return [...missing, ...here.filter((model) => !usual.includes(model))];
			});
			for (const model of [...discontinued, ...different]) expect(said).toContain(model);
		}
	});
});

/** What holds when the option is not added at all. */
const BY_ITSELF: Record<string, string> = { firstLook: 'by model', pollInterval: 'by time' };

it('the table of wait options is that of the editor', () => {
	const expected = membersOf(waitOptions).map((member) => {
		const { displayName, name, default: preset, typeOptions, options: choices = [] } = member;
		const choice = choices.find((one) => 'value' in one && one.value === preset);
		const { minValue, maxValue } = typeOptions ?? {};
		return [
			displayName,
			BY_ITSELF[name] ?? choice?.name ?? String(preset),
			minValue === undefined ? '' : `${minValue}–${String(maxValue)}`,
		];
	});
	const { rows } = table('### Wait options');
	expect(sorted(rows.map((row) => row.slice(0, 3)))).toEqual(sorted(expected));
});

describe('the tables of output fields', () => {
	const task: Task = {
		id: '1',
		status: 'succeed',
		message: '',
		videos: [{ url: 'https://x/1.mp4' }],
		images: [{ index: 0, url: 'https://x/1.png' }],
		raw: null,
	};
	const video = simplifiedJson(task, 'text2video');
	const image = simplifiedJson(task, 'image-generation');

	it('hold every field of the simplified output, and no other', () => {
		const { rows } = table('### With Simplify');
		const names = [...new Set([...Object.keys(video), ...Object.keys(image)])];
		const expected = names.map((name) => [
			code(name),
			name in video ? 'yes' : '–',
			name in image ? 'yes' : '–',
		]);
		expect(sorted(rows.map((row) => row.slice(0, 3)))).toEqual(sorted(expected));
	});

	it('tell what the lists in it hold', () => {
		const { rows } = table('### With Simplify');
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
		const { rows } = table('### Failed items');
		expect(column(rows, 0).sort()).toEqual(names.map(code).sort());
	});

	it('hold every kind of error', () => {
		const source = readFileSync(join(ROOT, 'nodes/shared/core/errors.ts'), 'utf8');
		const kinds = [...source.matchAll(/^\t\| '(\w+)'/gm)].map(([, kind = '']) => kind);
		const row = table('### Failed items').rows.find(([field]) => field === code('details.kind'));
		expect(quoted(row?.[1] ?? '').sort()).toEqual(kinds.sort());
	});
});

describe('the codes of the services', () => {
	const { rows } = table('### Codes of the services');
	const meanings: Record<string, CodeMeaning> = { ...KLING_CODES, ...WORD_CODES };

	it('are all there, and no others', () => {
		expect(rows.flatMap(([codes = '']) => quoted(codes)).sort()).toEqual(
			Object.keys(meanings).sort(),
		);
	});

	it.each(Object.entries(meanings))(
		'%s: its message, and whether it may have been paid',
		(name, meaning) => {
			const row = rows.find(([codes = '']) => quoted(codes).includes(name)) ?? [];
			expect(quoted(row[1] ?? '')).toEqual([`… ${meaning.what}`]);
			expect(row[2]).toBe(meaning.maybeCreated ? 'maybe' : 'no');
			expect(row[3]).not.toBe('');
		},
	);
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
	const messages = [
		'### Before anything is sent',
		'### On the way',
		'### Afterwards',
		'### npm start',
	]
		.flatMap((heading) => column(table(heading).rows, 0))
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
		'docs/design.md',
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
