/** What the editor's node panel shows of the node, and which words find it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Kling } from '../../nodes/Kling/Kling.node';
import { RESOURCES } from '../../nodes/Kling/operations';

const { description } = new Kling();

interface Codex {
	categories: string[];
	alias: string[];
}

const codex = JSON.parse(
	readFileSync(join(__dirname, '../../nodes/Kling/Kling.node.json'), 'utf8'),
) as Codex;

function optionsOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

/**
 * The actions that n8n makes of a node: each option of a property named "operation", and, in nodes of the category AI, each
 * option of one named "mode".
 */
function actions(): string[] {
	return description.properties.flatMap((property) => {
		if (property.name === 'operation') {
			return optionsOf(property).map(({ action, name }) => action ?? name);
		}
		const isMode = property.name === 'mode' && codex.categories.includes('AI');
		return isMode ? optionsOf(property).map(({ name }) => name) : [];
	});
}

it('there is one action per operation, and no other', () => {
	const expected = Object.values(RESOURCES).flatMap(({ operations }) =>
		Object.values(operations).map(({ action }) => action),
	);
	expect(actions().sort()).toEqual(expected.sort());
});

it('resources are sorted, as n8n wants five or more to be, and begin with the one used most', () => {
	const resource = description.properties.find(({ name }) => name === 'resource');
	const names = optionsOf(resource!).map(({ name }) => name);
	expect(names).toEqual(['Account', 'Audio', 'Element', 'File', 'Image', 'Task', 'Video', 'Voice']);
	expect(resource?.default).toBe('video');
});

it.each([
	...['kling', 'klingai', 'kling ai', 'kuaishou', 'ai video', 'text to video', 'image to video'],
	...['img2video', 'animate image', 'animation', 'motion transfer', 'motion control', 'omni'],
	...['sound effects', '文生音效', 'video effects', '视频特效'],
	...['elements', 'consistent character', 'custom voice', '主体', '音色'],
	...[
		'image',
		'text to image',
		'try on',
		'virtual try-on',
		'outpaint',
		'product video',
		'subtitles',
	],
	...['文生图', '虚拟试穿', '扩图', '商品视频', '字幕翻译'],
	...['extend video', '可灵', '快手', '文生视频', '图生视频', '视频', 'AI视频', '视频生成'],
])('the node is found by "%s"', (word) => {
	const found = [description.displayName, ...codex.alias].map((text) => text.toLowerCase());
	expect(found).toContainEqual(expect.stringContaining(word.toLowerCase()));
});
