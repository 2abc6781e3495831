/** Several requests at one item, and several services in one execution: each keeps its own paid tasks. */
import type { IDataObject } from 'n8n-workflow';

import { parseRequest } from '../../../nodes/shared/core/requests';
import { taskMemory } from '../../../nodes/Kling/run/taskStore';
import { runOf } from './support';

const HERE = 'klingGlobal https://api.example.com';
const ELSEWHERE = 'relay https://relay.example.com';

function request(prompt: string) {
	return parseRequest({ kind: 'text2video', model_name: 'kling-v2-6', prompt });
}
const fox = request('a fox');
const owl = request('an owl');

describe('the memory of one item', () => {
	it('keeps a doubt although another request at the same item went well', () => {
		const memory = taskMemory({}, runOf('tool', HERE));
		memory.doubt(0, fox);
		memory.remember(0, owl, 'task-owl');
		memory.forget(0, owl);
		expect(memory.isDoubtful(0, fox)).toBe(true);
		expect(memory.isDoubtful(0, owl)).toBe(false);
	});

	it('keeps several tasks side by side, and forgets one without the others', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, runOf('tool', HERE));
		memory.remember(0, fox, 'task-fox');
		memory.remember(0, owl, 'task-owl');
		memory.remember(1, fox, 'other-fox');
		expect(memory.recall(0, fox)).toMatchObject({ id: 'task-fox', kind: 'text2video' });
		expect(memory.recall(0, owl)?.id).toBe('task-owl');
		memory.forget(0, fox);
		const stored = JSON.parse(JSON.stringify(context)) as IDataObject;
		const later = taskMemory(stored, runOf('tool', HERE));
		expect(later.recall(0, fox)).toBeUndefined();
		expect(later.recall(0, owl)?.id).toBe('task-owl');
		expect(later.recall(1, fox)?.id).toBe('other-fox');
		expect(later.known()).toEqual(
			expect.arrayContaining([
				{ itemIndex: 0, taskId: 'task-owl' },
				{ itemIndex: 1, taskId: 'other-fox' },
			]),
		);
		expect(later.known()).toHaveLength(2);
	});

	it('recalls nothing at another service or address, and doubts nothing there', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, runOf('0', HERE));
		memory.remember(0, fox, 'task-fox');
		memory.doubt(0, owl);
		const other = taskMemory(context, runOf('0', ELSEWHERE));
		expect(other.recall(0, fox)).toBeUndefined();
		expect(other.isDoubtful(0, owl)).toBe(false);
		other.forget(0, fox);
		other.forget(0, owl);
		expect(memory.recall(0, fox)?.id).toBe('task-fox');
		expect(memory.isDoubtful(0, owl)).toBe(true);
	});
});
