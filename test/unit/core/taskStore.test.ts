import type { IDataObject } from 'n8n-workflow';

import { parseRequest } from '../../../nodes/shared/core/requests';
import { taskMemory } from '../../../nodes/Kling/run/taskStore';
import { runOf } from './support';

const request = (prompt: string) =>
	parseRequest({ kind: 'text2video', model_name: 'kling-v3', prompt });
const fox = request('a fox');
const SERVICE = 'klingGlobal https://api.example.com';

describe('the memory of paid tasks', () => {
	it('survives being stored as JSON, which is what n8n does with it', () => {
		const context: IDataObject = {};
		taskMemory(context, runOf('0', SERVICE)).remember(2, fox, '814237883686625347');
		const stored = JSON.parse(JSON.stringify(context)) as IDataObject;
		expect(taskMemory(stored, runOf('0', SERVICE)).recall(2, fox)).toEqual({
			id: '814237883686625347',
			kind: 'text2video',
			elsewhere: false,
		});
	});

	it('knows which tasks an execution has ordered that Retry continues under another number', () => {
		const context: IDataObject = {};
		taskMemory(context, runOf('0', SERVICE)).remember(2, fox, '814237883686625347');
		const retried = taskMemory(context, { ...runOf('0', SERVICE), execution: '8' });
		retried.remember(3, fox, '814237883686625348');
		const secondTry = taskMemory(context, { ...runOf('0', SERVICE), execution: '8' });
		expect(secondTry.recall(2, fox)?.elsewhere).toBe(true);
		expect(secondTry.recall(3, fox)?.elsewhere).toBe(false);
	});

	it('recalls nothing for another item, another pass of a loop or another request', () => {
		const context: IDataObject = {};
		taskMemory(context, runOf('1', SERVICE)).remember(0, fox, 'task');
		expect(taskMemory(context, runOf('1', SERVICE)).recall(1, fox)).toBeUndefined();
		expect(taskMemory(context, runOf('0', SERVICE)).recall(0, fox)).toBeUndefined();
		expect(taskMemory(context, runOf('1', SERVICE)).recall(0, request('an owl'))).toBeUndefined();
		expect(taskMemory(context, runOf('1', SERVICE)).recall(0, fox)).toBeDefined();
	});

	it('keeps ids with spaces and marks', () => {
		const memory = taskMemory({}, runOf('0', SERVICE));
		memory.remember(0, fox, 'Cl6Mq2bftxo AA_SxQ-');
		expect(memory.recall(0, fox)?.id).toBe('Cl6Mq2bftxo AA_SxQ-');
	});

	it('tells a doubtful create from a known task and from none', () => {
		const memory = taskMemory({}, runOf('0', SERVICE));
		expect(memory.isDoubtful(0, fox)).toBe(false);
		memory.doubt(0, fox);
		expect(memory.isDoubtful(0, fox)).toBe(true);
		expect(memory.isDoubtful(0, request('an owl'))).toBe(false);
		expect(memory.recall(0, fox)).toBeUndefined();
		memory.remember(0, fox, 'task');
		expect(memory.isDoubtful(0, fox)).toBe(false);
	});

	it('lists the tasks that exist, of this pass only', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, runOf('0', SERVICE));
		memory.remember(3, fox, 'a');
		memory.doubt(4, fox);
		taskMemory(context, runOf('1', SERVICE)).remember(5, fox, 'b');
		expect(memory.known()).toEqual([{ itemIndex: 3, taskId: 'a' }]);
	});

	it('forgets one, and leaves the others and other passes alone', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, runOf('0', SERVICE));
		const next = taskMemory(context, runOf('1', SERVICE));
		memory.remember(0, fox, 'a');
		memory.remember(1, fox, 'b');
		next.remember(0, fox, 'c');
		memory.forget(0, fox);
		expect(memory.known()).toEqual([{ itemIndex: 1, taskId: 'b' }]);
		expect(next.known()).toEqual([{ itemIndex: 0, taskId: 'c' }]);
	});

	it.each([null, 'x', 7, []])('begins anew where its place holds %j', (klingTasks) => {
		const memory = taskMemory({ klingTasks }, runOf('0', SERVICE));
		memory.remember(0, fox, 'a');
		expect(memory.recall(0, fox)?.id).toBe('a');
	});
});
