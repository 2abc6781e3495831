/** What the manuals set in italics or bold is a label of the editor; what they set in code exists. */
import { MANUALS, DOCUMENTS, blockLines, boldIn, codeIn, italicsIn, read } from './markdown';
import { ALL_TEXT, FILES, LABELS, OPERATIONS, OPTIONS, PRODUCT_TEXT } from './sources';

/** What n8n itself shows, as version 2.41.1 writes it. */
const LABELS_OF_N8N = [
	'+',
	'AI Agent',
	'Add first step',
	'Binary',
	'Community nodes',
	'Connection tested successfully',
	'Continue (using error output)',
	'Database is not ready!',
	'Error details',
	'Execute step',
	'From Kling',
	'Import from file',
	'Install',
	'JSON',
	'On Error',
	'Other info',
	'Production URL',
	'Retry',
	'Retry On Fail',
	'Save',
	'Settings',
	'Test URL',
	'Tool',
	'Trigger manually',
	'View',
	'Webhook URLs',
	'⋯',
];

/** Languages that a page links to. */
const LANGUAGES = ['English', '简体中文'];

/** Why a label is wrong; undefined: it is right. "Options → Callback URL" is a path. */
function faultOf(label: string): string | undefined {
	const [first = '', ...others] = label.split(' → ');
	const [second] = others;
	const operations = OPERATIONS.get(first);
	if (operations && second !== undefined) {
		return operations.includes(second) ? undefined : `${first} has no operation ${second}`;
	}
	if (first === 'Options' && second !== undefined) {
		const found = OPTIONS.some(({ displayName }) => displayName === second);
		return found ? undefined : `Options has no ${second}`;
	}
	const unknown = [first, ...others].filter(
		(part) => !LABELS.has(part) && !LABELS_OF_N8N.includes(part),
	);
	return unknown.length > 0 ? `nothing is called ${unknown.join(', ')}` : undefined;
}

describe('the labels', () => {
	it.each(MANUALS)('%s', (document) => {
		const text = read(document);
		const labels = [
			...italicsIn(text),
			...boldIn(text).filter((bold) => !LANGUAGES.includes(bold)),
		];
		const faults = labels.map((label) => [label, faultOf(label)]).filter(([, fault]) => fault);
		expect(Object.fromEntries(faults)).toEqual({});
	});

	it('are found at all', () => {
		const labels = MANUALS.flatMap((document) => italicsIn(read(document)));
		expect(new Set(labels).size).toBeGreaterThan(50);
		expect(faultOf('Options → Callback URL')).toBeUndefined();
		expect(faultOf('Task → Get Many')).toBeUndefined();
		expect(faultOf('Task → Extend')).toBe('Task has no operation Extend');
		expect(faultOf('Options → Prompt')).toBe('Options has no Prompt');
		expect(faultOf('Test')).toBe('nothing is called Test');
	});
});

/** Names of others: environment variables of n8n and Node, and what the manuals type as examples. */
const OF_OTHERS = [
	'--omit=peer',
	'/home/node/.n8n',
	'~/.n8n/nodes',
	'.cache/n8n-versions',
	'/v1',
	'?token',
	'N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE',
	'N8N_COMMUNITY_PACKAGES_ENABLED',
	'N8N_CONCURRENCY_PRODUCTION_LIMIT',
	'N8N_ENDPOINT_WEBHOOK',
	'N8N_ENDPOINT_WEBHOOK_WAIT',
	'N8N_EXPRESSION_ENGINE=legacy',
	'N8N_GRACEFUL_SHUTDOWN_TIMEOUT',
	'N8N_REINSTALL_MISSING_PACKAGES',
	'N8N_SSRF_PROTECTION_ENABLED',
	'N8N_UNVERIFIED_PACKAGES_ENABLED',
	'NODE_EXTRA_CA_CERTS',
	'hk-',
	'http://',
	'{{ $now }}',
	'{"task_id": "…"}',
];

/** Words that only the documents for developers name. */
const WORDS_OF_OTHERS = ['selectProjects', 'defaultVersion', 'N8N_EXPRESSION_ENGINE', 'llms'];

const ALL_NAMES = FILES.join('\n');

/** "packageName/<kind>.ts" and "docs/" as a pattern for the end, or the beginning, of a path. */
function isPath(name: string): boolean {
	const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/<[^>]+>/g, '[^/]+');
	const pattern = new RegExp(
		`(^|/)${escaped.replace(/\/$/, '/.+')}(\\.(ts|mjs))?$|(^|/)${escaped}/`,
	);
	return FILES.some((file) => pattern.test(file));
}

/** The parts of a code span between "…" and placeholders such as <task id>, without punctuation around them. */
function fragmentsOf(code: string): string[] {
	return code
		.split(/…|<[a-z ]+>/)
		.map((fragment) => fragment.trim().replace(/^[:,("=]+\s*|\s*[:,("]+$/g, ''))
		.filter((fragment) => fragment !== '');
}

const isCommand = (code: string) => /^(KLING_\w+=… )?(npm|npx|apt|docker) /.test(code);

/** Whether a code span is a command (see below), a file, a name of others, or text of the product. */
function isKnown(code: string): boolean {
	if (isCommand(code) || OF_OTHERS.includes(code) || isPath(code)) return true;
	const parts = /^\w+(\.\w+)+$/.test(code) ? code.split('.') : fragmentsOf(code);
	return parts.every((part) => PRODUCT_TEXT.includes(part) || OF_OTHERS.includes(part));
}

/** Words of a code span that stand nowhere in the repository. */
function unknownWords(code: string): string[] {
	if (isPath(code) || OF_OTHERS.includes(code)) return [];
	const isUnknown = (word: string) =>
		![ALL_TEXT, ALL_NAMES].some((text) => text.includes(word)) && !WORDS_OF_OTHERS.includes(word);
	return code.split(/\W+/).filter((word) => word.length > 3 && isUnknown(word));
}

describe('what stands in code', () => {
	it.each(MANUALS)('%s: exists', (document) => {
		expect(codeIn(read(document)).filter((code) => !isKnown(code))).toEqual([]);
	});

	it.each(DOCUMENTS.filter((document) => !MANUALS.includes(document)))(
		'%s: every word is somewhere in the repository',
		(document) => {
			expect(codeIn(read(document)).flatMap(unknownWords)).toEqual([]);
		},
	);

	it('is looked up', () => {
		expect(isKnown('videoUrl')).toBe(true);
		expect(isKnown('… has no list of tasks')).toBe(true);
		expect(isKnown('operations/<kind>.ts')).toBe(true);
		expect(isKnown('… has never been said')).toBe(false);
		expect(isKnown('nodes/nowhere.ts')).toBe(false);
		expect(unknownWords('client.call(saidNowhere)')).toEqual(['saidNowhere']);
	});
});

describe('the commands', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

	it.each(DOCUMENTS)('%s: every npm script exists', (document) => {
		const text = [...codeIn(read(document)), ...blockLines(read(document))].join('\n');
		const named = [...text.matchAll(/npm run ([\w:]+)|npm (start|test)\b/g)].map(
			([, script, other]) => script ?? other ?? '',
		);
		expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
		if (document === 'CONTRIBUTING.md') expect(named.length).toBeGreaterThan(3);
	});

	it('every variable and option of npm start is in its manual', () => {
		const [words = ''] = /USAGE = `[^`]+`/.exec(read('scripts/lib/options.mjs')) ?? [];
		const names = new Set(words.match(/\b(KLING|N8N)_[A-Z_]+|--\w+/g) ?? []);
		expect(names.size).toBeGreaterThan(6);
		for (const name of names) expect(read('docs/npm-start.md')).toContain(name);
	});

	it('the file that is installed has the version of the package', () => {
		const { name, version } = JSON.parse(read('package.json')) as Record<string, string>;
		for (const document of MANUALS) {
			for (const [file] of read(document).matchAll(/n8n-nodes-kling-[\d.]+tgz/g)) {
				expect(file).toBe(`${name}-${version}.tgz`);
			}
		}
	});
});
