/** The tables of the documents say what the code says. */
import type { INodeProperties } from 'n8n-workflow';

import { KlingError } from '../../../nodes/shared/core/errors';
import { KINDS } from '../../../nodes/shared/core/kinds';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { modelsFor } from '../../../nodes/shared/core/models';
import type { Task } from '../../../nodes/shared/core/task';
import { failureJson, taskJson } from '../../../nodes/shared/n8n/itemJson';
import { ALL_PROVIDERS } from '../../../nodes/shared/providers';
import { DOCUMENTS, renderDocument } from '../../../scripts/tables';
import { readMeasured } from '../../versions/record';
import { isOption } from '../properties';
import { blockLines, codeIn, column, read, section, table } from './markdown';
import type { Row } from './markdown';
import { OPTIONS, PROPERTIES } from './sources';

const OUTPUT = 'docs/output.md';
const sorted = (rows: Row[]) => rows.map((row) => row.join(' | ')).sort();
const code = (text: string) => `\`${text}\``;

describe.each(DOCUMENTS)('%s', (document) => {
	it('has the tables that the code says (npm run docs)', () => {
		const { now, wanted } = renderDocument(document);
		expect(now).toBe(wanted);
		expect(now).toContain('<!-- table: ');
	});
});

it('the text about models names what differs at a service', () => {
	const said = codeIn(section('docs/models.md', 'What each model makes').replace(/^\|.*$/gm, ''));
	for (const { models: served } of ALL_PROVIDERS) {
		const different = (Object.keys(served) as Kind[]).flatMap((kind) => {
			const [here, usual] = [served[kind] ?? [], modelsFor(kind)];
			const missing = usual.filter((model) => !here.includes(model));
			return [...missing, ...here.filter((model) => !usual.includes(model))];
		});
		for (const model of different) expect(said).toContain(model);
	}
});

/** What holds for an option that is not added at all, where that is not its default. */
const BY_ITSELF: Record<string, string> = {
	'Initial Delay (Seconds)': 'by model',
	'Poll Interval (Seconds)': 'by time',
};

describe('the options of waiting', () => {
	const { rows } = table('docs/waiting.md', 'Options');

	it.each(rows.map((row) => row.slice(0, 3)))('%s', (label = '', preset, range) => {
		const option = OPTIONS.find(({ displayName }) => displayName === label);
		expect(option).toBeDefined();
		const { default: value, options = [], typeOptions = {} } = option as INodeProperties;
		const { minValue, maxValue } = typeOptions;
		const choice = options.filter(isOption).find((one) => one.value === value);
		expect([preset, range]).toEqual([
			BY_ITSELF[label] ?? choice?.name ?? String(value),
			minValue === undefined ? '' : `${minValue}–${String(maxValue)}`,
		]);
	});

	it('are named in the README with their defaults', () => {
		const readme = read('README.md');
		const presetOf = (label: string) => rows.find(([name]) => name === label)?.[1] ?? '?';
		expect(readme).toContain(`up to ${presetOf('Max Tasks in Parallel')} tasks`);
		expect(readme).toContain(`After ${presetOf('Timeout (Minutes)')} minutes`);
	});
});

it.each(['README.md', 'README.zh-CN.md', 'docs/install.md', 'docs/compatibility.md'])(
	'%s names the oldest n8n that was tried',
	(document) => {
		const oldest = readMeasured()[0]?.[0] ?? '?';
		expect(read(document)).toContain(oldest.split('.').slice(0, 2).join('.'));
	},
);

it('the parameters of the trigger are all listed', () => {
	const listed = column(table('docs/trigger.md', 'Parameters').rows, 0);
	const labels = PROPERTIES.map(({ displayName }) => displayName);
	expect(listed.filter((label) => !labels.includes(label))).toEqual([]);
	expect(listed).toContain('Require Signature');
});

it('the answers of the trigger are all listed', () => {
	const [, statuses = ''] =
		/readonly status: ([\d |]+)/.exec(read('nodes/KlingTrigger/request/rejection.ts')) ?? [];
	const listed = column(table('docs/trigger.md', 'HTTP answers').rows, 0);
	expect(listed).toEqual(['200', ...statuses.trim().split(' | ')]);
});

describe('the tables of output fields', () => {
	const task: Task = {
		id: '1',
		status: 'succeed',
		message: '',
		results: [
			{ type: 'video', url: 'https://x/1.mp4' },
			{ type: 'image', index: 0, url: 'https://x/1.png' },
			{ type: 'audio', url: 'https://x/1.mp3' },
		],
		raw: null,
	};
	const itemOf = (kind: Kind) => {
		const results = task.results.filter(({ type }) => type === KINDS[kind].result);
		return taskJson({ ...task, results }, { simplify: true, kind });
	};
	const video = itemOf('text2video');
	const image = itemOf('image-generation');
	const sound = itemOf('text-to-audio');
	const { rows } = table(OUTPUT, 'Simplified fields');

	it('hold every field of the simplified output, and no other', () => {
		const names = [...new Set([video, image, sound].flatMap((item) => Object.keys(item)))];
		const expected = names.map((name) => [
			code(name),
			name in video ? 'yes' : '–',
			name in image ? 'yes' : '–',
			name in sound ? 'yes' : '–',
		]);
		expect(sorted(rows.map((row) => row.slice(0, 4)))).toEqual(sorted(expected));
	});

	it('tell what the lists in it hold', () => {
		const lists = { videos: video.videos, images: image.images, audios: sound.audios };
		for (const [name, list] of Object.entries(lists)) {
			const meaning = rows.find(([field]) => field === code(name))?.[4] ?? '';
			expect(codeIn(meaning)).toEqual(Object.keys((list as object[])[0] ?? {}));
		}
	});

	it.each(['README.md', 'README.zh-CN.md'])('hold the fields of the example in %s', (readme) => {
		const example = blockLines(read(readme)).flatMap((line) =>
			[...line.matchAll(/^ {2}"(\w+)": /g)].map(([, name = '']) => name),
		);
		expect(example.length).toBeGreaterThan(3);
		for (const name of example) expect(Object.keys(video)).toContain(name);
	});

	it('hold every field of a failed item, and no other', () => {
		const failed = failureJson(new KlingError('refused', 'x'), undefined, 0, []);
		const names = Object.keys(failed.error as object).map((name) => `error.${name}`);
		expect(column(table(OUTPUT, 'Failed items').rows, 0).sort()).toEqual(names.map(code).sort());
	});

	it('hold every kind of error', () => {
		const kinds = [...read('nodes/shared/core/errors.ts').matchAll(/^\t\| '(\w+)'/gm)];
		const row = table(OUTPUT, 'Failed items').rows.find(([field]) => field === code('error.kind'));
		expect(codeIn(row?.[1] ?? '').sort()).toEqual(kinds.map(([, kind]) => kind).sort());
	});
});
