/** The note of every example workflow says what there is, in n8n's words, and fits its box. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';

interface Workflow {
	name: string;
	nodes: INode[];
}

const FOLDER = join(__dirname, '../../examples');
const NOTE = 'n8n-nodes-base.stickyNote';
/** What n8n itself calls things that notes speak of. */
const WORDS_OF_N8N = [
	...['Execute workflow', 'Publish', 'Production URL', 'Options', 'Binary', 'View', 'OpenAI'],
	'Authentication',
];

const examples = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => {
		const text = readFileSync(join(FOLDER, file), 'utf8');
		return { file, text, workflow: JSON.parse(text) as Workflow };
	});
const workflowNames = examples.map(({ workflow }) => workflow.name);

/** Everything that the panel of a node shows as a name. */
function labelsOf(properties: ReadonlyArray<INodeProperties | INodePropertyCollection>): string[] {
	return properties.flatMap((property) => {
		const inner = 'values' in property ? property.values : (property.options ?? []);
		const named = inner.flatMap((part) => ('value' in part ? [part.name] : labelsOf([part])));
		return [property.displayName, ...named];
	});
}

const words = new Set([
	...WORDS_OF_N8N,
	...workflowNames,
	new KlingApi().displayName,
	...labelsOf(new KlingApi().properties),
	...labelsOf(new Kling().description.properties),
	...labelsOf(new KlingTrigger().description.properties),
]);

/** Height of the text in px, as n8n lays it out: 14 px Inter, 6.6 px wide on average, between margins. */
function heightOfText(content: string, width: number): number {
	const [MARGINS, CHARACTER, HEADING, LINE, GAP] = [26, 6.6, 32, 19, 8];
	const perLine = Math.floor((width - MARGINS) / CHARACTER);
	const shown = content.replaceAll(/[*`]|\d\. /g, '');
	return shown.split('\n\n').reduce((height, block, index) => {
		const lines = block.split('\n').map((line) => {
			if (line.startsWith('## ')) return HEADING + GAP;
			return LINE * wrapped(line, perLine);
		});
		return height + (index > 0 ? GAP : 0) + lines.reduce((sum, line) => sum + line, 0);
	}, MARGINS);
}

/** How many lines a text takes when it is broken between words. */
function wrapped(text: string, perLine: number): number {
	let lines = 1;
	let used = -1;
	for (const { length } of text.split(' ')) {
		if (used + 1 + length > perLine) {
			lines += 1;
			used = -1;
		}
		used += 1 + length;
	}
	return lines;
}

it('every example has a name of its own that says whose it is', () => {
	expect(new Set(workflowNames).size).toBe(examples.length);
	for (const name of workflowNames) expect(name).toMatch(/^Kling: [^A-Z]|^Kling: (an )?AI /);
});

describe.each(examples)('the note of the example $file', ({ text, workflow }) => {
	const notes = workflow.nodes.filter(({ type }) => type === NOTE);
	const others = workflow.nodes.filter(({ type }) => type !== NOTE);
	const { position, parameters } = notes[0]!;
	const { content, width, height } = parameters as {
		content: string;
		width: number;
		height: number;
	};
	const cited = (pattern: RegExp) => [...content.matchAll(pattern)].map(([, name]) => String(name));
	const bold = cited(/\*\*(.+?)\*\*/g);

	it('says what the workflow does and what to set up', () => {
		expect(notes).toHaveLength(1);
		expect(content).toMatch(/^## .+\n[^]*\*\*Set up:\*\*/);
	});

	it('names in bold only nodes that are there, and all that need a credential of ours', () => {
		const names = others.map(({ name }) => name);
		const called = bold.filter((name) => !name.endsWith(':'));
		expect(called.filter((name) => !names.includes(name))).toEqual([]);
		const own = others.filter(({ type }) => type.startsWith('n8n-nodes-kling.'));
		expect(called).toEqual(expect.arrayContaining(own.map(({ name }) => name)));
	});

	it('cites in italics only what n8n and our panels show', () => {
		const italics = cited(/(?<!\*)\*([^*]+)\*(?!\*)/g).flatMap((path) => path.split(' → '));
		expect(italics.filter((name) => !words.has(name))).toEqual([]);
	});

	it('fits its box, which is yellow like all notes and touches no node', () => {
		expect(parameters).not.toHaveProperty('color');
		const text = heightOfText(content, width);
		expect(height).toBeGreaterThanOrEqual(text);
		expect(height).toBeLessThanOrEqual(text + 40);
		const top = Math.min(...others.map((node) => node.position[1]));
		expect(top - (position[1] + height)).toBeGreaterThanOrEqual(40);
	});

	it('leaves no address that leads nowhere in the workflow', () => {
		expect(text).not.toMatch(/example\.(com|org|net)/);
	});
});
