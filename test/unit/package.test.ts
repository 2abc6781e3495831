/** What n8n and npm read of the package, before a line of it runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const root = join(__dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

const manifest = z
	.object({
		name: z.string(),
		version: z.string(),
		license: z.string(),
		keywords: z.array(z.string()),
		main: z.string(),
		files: z.array(z.string()),
		scripts: z.record(z.string()),
		peerDependencies: z.record(z.string()),
		devDependencies: z.record(z.string()),
		n8n: z.object({
			n8nNodesApiVersion: z.number(),
			nodes: z.array(z.string()),
			credentials: z.array(z.string()),
		}),
	})
	.passthrough()
	.parse(read('package.json'));

const codexOf = (node: string) => node.replace(/^dist\//, '').replace(/\.js$/, '.json');
const sourceOf = (built: string) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

describe('package.json', () => {
	it('is one n8n finds and npm may publish', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
	});

	it('brings nothing along at run time and runs nothing at install', () => {
		for (const field of [
			'dependencies',
			'optionalDependencies',
			'bundledDependencies',
			'overrides',
		]) {
			expect(manifest).not.toHaveProperty(field);
		}
		for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
			expect(manifest.scripts).not.toHaveProperty(hook);
		}
	});

	it('pins every development dependency', () => {
		for (const version of Object.values(manifest.devDependencies)) {
			expect(version).toMatch(/^\d+\.\d+\.\d+$/);
		}
	});

	it('publishes only what is needed', () => {
		expect([...manifest.files].sort()).toEqual(['CHANGELOG.md', 'dist', 'index.js']);
	});

	it('registers every node and credential there is, and no other', () => {
		const registered = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map(sourceOf);
		const present = ['nodes', 'credentials'].flatMap((room) =>
			readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
				.filter((file) => /\.(node|credentials)\.ts$/.test(file))
				.map((file) => `${room}/${file}`),
		);
		expect(present.sort()).toEqual(registered.sort());
	});

	it('enters by index.js, which names the same classes', () => {
		expect(manifest.main).toBe('index.js');
		const entry = readFileSync(join(root, 'index.js'), 'utf8');
		const named = [...entry.matchAll(/require\('\.\/(dist\/[^']+)'\)\.(\w+)/g)];
		expect(named.map(([, file]) => file).sort()).toEqual(
			[...manifest.n8n.nodes, ...manifest.n8n.credentials].sort(),
		);
		for (const [, file, exported] of named) {
			expect(readFileSync(join(root, sourceOf(file as string)), 'utf8')).toContain(
				`export class ${exported as string} `,
			);
		}
	});
});

describe('lock files', () => {
	it.each(['package-lock.json', 'test/e2e/host/package-lock.json'])(
		'%s names no registry, so that any will do',
		(file) => {
			expect(readFileSync(join(root, file), 'utf8')).not.toContain('"resolved": "http');
		},
	);

	const lock = z
		.object({
			packages: z.record(
				z.object({
					devDependencies: z.record(z.string()).optional(),
					optionalDependencies: z.record(z.string()).optional(),
				}),
			),
		})
		.parse(read('package-lock.json'));

	it('fits package.json', () => {
		expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
	});

	it('holds the optional packages of every platform', () => {
		// npm forgets those of other platforms when packages are added one by one, and `npm ci` then refuses.
		const names = new Set(
			Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')),
		);
		const wanted = Object.values(lock.packages).flatMap((entry) =>
			Object.keys(entry.optionalDependencies ?? {}),
		);
		expect(wanted.filter((name) => !names.has(name))).toEqual([]);
	});
});

describe.each(manifest.n8n.nodes)('codex of %s', (node) => {
	const codex = z
		.object({
			node: z.string(),
			nodeVersion: z.string(),
			codexVersion: z.string(),
			categories: z.array(z.string()).min(1),
			alias: z.array(z.string()).min(1),
			resources: z.object({
				primaryDocumentation: z.array(z.object({ url: z.string().url() })).min(1),
				credentialDocumentation: z.array(z.object({ url: z.string().url() })).optional(),
			}),
		})
		.parse(read(codexOf(node)));

	it('belongs to the node', () => {
		const name = dirname(codexOf(node)).split('/').pop() as string;
		expect(codex.node).toBe(`${manifest.name}.${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`);
	});

	it('is found by what people type', () => {
		const words = codex.alias.join(' ').toLowerCase();
		for (const word of ['kling', 'video', '可灵', 'ai video']) expect(words).toContain(word);
	});
});

describe('the workflows of GitHub', () => {
	const folder = join(root, '.github', 'workflows');
	const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));

	it('use every action at a commit, which nobody can move', () => {
		const used = texts.flatMap((text) => text.match(/uses: .*/g) ?? []);
		expect(used.length).toBeGreaterThan(5);
		for (const use of used) expect(use).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('run nothing of other packages in the job that may publish', () => {
		const jobs = texts.flatMap((text) => text.split(/^ {2}(?=\w+:$)/m).slice(1));
		const publishing = jobs.filter((job) => job.includes('id-token: write'));
		expect(publishing).toHaveLength(1);
		const commands = publishing[0]?.match(/run: .*/g) ?? [];
		expect(commands.length).toBeGreaterThan(0);
		for (const command of commands) expect(command).toMatch(/npm publish .*--ignore-scripts/);
	});
});
