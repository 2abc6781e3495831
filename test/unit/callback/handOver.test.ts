/** What the trigger's two halves hand to each other, stored by n8n in between. */
import { handOver, readHandedOver } from '../../../nodes/KlingTrigger/handOver';
import type { Task } from '../../../nodes/shared/core/task';

const TASK: Task = {
	id: '814237883686625347',
	kind: 'text2video',
	status: 'succeed',
	message: '',
	results: [{ type: 'video', id: 'v1', url: 'https://cdn.example.com/1.mp4' }],
	raw: { code: 0 },
};

const throughN8n = (json: object) =>
	readHandedOver({ json: JSON.parse(JSON.stringify(json)) as Record<string, never> });

it('a task comes out as it went in', () => {
	const [[item]] = handOver(TASK) as [[{ json: object }]];
	expect(throughN8n(item.json)).toEqual(TASK);
});

it.each([
	['no call', {}, 'No call has come'],
	['a newer version', { v: 2, task: TASK }, 'it has version 2'],
	['no version', { task: TASK }, 'v is not valid'],
	['no results', { v: 1, task: { ...TASK, results: undefined } }, 'task.results is not valid'],
	['a text', { v: 1, task: 'text' }, 'task is not valid'],
	['no id', { v: 1, task: { ...TASK, id: '' } }, 'task.id is not valid'],
])('with %s, it says why nothing comes out', (_what, json, words) => {
	expect(() => throughN8n(json)).toThrow(words);
});
