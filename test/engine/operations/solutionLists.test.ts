/** Tasks of Kling's Solutions API in lists, and those that only this API knows. */
import type { INodeParameters } from 'n8n-workflow';

import { time } from '../kling';
import { told, words } from '../support';
import { useSolutions } from './solutions';
import { PICTURE } from './support';

const { bench, make } = useSolutions();

describe('Get Many', () => {
	const list = async (parameters: INodeParameters = {}) =>
		(await bench.succeed('getMany', { parameters })).json;

	/** A try-on, a video of a product, a video of words and one more try-on, a second apart; newest first. */
	async function makeFour(): Promise<string[]> {
		const ids: string[] = [];
		for (const operation of [
			'virtual-try-on',
			'goods-studio',
			'text2video',
			'virtual-try-on',
		] as const) {
			ids.unshift(await make(operation, { prompt: 'A fox' }));
			time.advance(1000);
		}
		bench.simulator.ledger.requests.length = 0;
		return ids;
	}

	it.each([true, false])(
		'has all tasks in order; /tasks tells of them, too: %s',
		async (isTold) => {
			bench.simulator.settings.showsSolutionsAmongTasks = isTold;
			const ids = await makeFour();
			time.advance(70_000);
			const all = await list();
			expect(all.map(({ taskId }) => taskId)).toEqual(ids);
			expect(all.map(({ kind }) => kind)).toEqual([
				'virtual-try-on',
				'text2video',
				// It may be of several.
				null,
				'virtual-try-on',
			]);
			expect((await list({ limit: 2 })).map(({ taskId }) => taskId)).toEqual(ids.slice(0, 2));
		},
	);

	it('has those of one kind by what they have made, and those that have made nothing yet', async () => {
		const [newest, , video, oldest] = await makeFour();
		const running = await list({ taskKind: 'goods-studio' });
		expect(running.map(({ taskId }) => taskId)).toEqual([newest, video, oldest]);
		time.advance(70_000);
		expect(await list({ taskKind: 'goods-studio' })).toMatchObject([
			{ taskId: video, kind: 'goods-studio', videoUrl: expect.any(String) as string },
		]);
		const tried = await list({ taskKind: 'virtual-try-on', limit: 1 });
		expect(tried).toMatchObject([{ taskId: newest, kind: 'virtual-try-on' }]);
		expect(bench.simulator.ledger.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
			Array(3).fill('POST /solutions'),
		);
	});

	it('goes on behind the cursor', async () => {
		const { baseUrl, apiKey } = bench.simulator.services.klingGlobal;
		bench.simulator.settings.imageSlots = 1000;
		const contents = [
			{ type: 'product_image', url: PICTURE },
			{ type: 'person_image', url: PICTURE },
		];
		for (let n = 0; n < 501; n += 1) {
			await fetch(`${baseUrl}/solutions/virtual_try_on`, {
				method: 'POST',
				headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
				body: JSON.stringify({ contents }),
			});
		}
		bench.owe(501);
		bench.simulator.ledger.requests.length = 0;
		const all = await list({ taskKind: 'virtual-try-on', returnAll: true });
		expect(new Set(all.map(({ taskId }) => taskId)).size).toBe(501);
		expect(bench.simulator.ledger.requests).toHaveLength(2);
	}, 30_000);

	it('does without them where the key may not ask for them, unless they are what was asked for', async () => {
		const [, fox] = await makeFour();
		bench.simulator.faults.add({
			match: { method: 'POST', path: '/solutions' },
			times: null,
			action: { kind: 'error', code: 1103 },
		});
		expect((await list()).map(({ taskId }) => taskId)).toEqual([fox]);
		const result = await bench.run('getMany', { parameters: { taskKind: 'goods-studio' } });
		expect(told(result).context).toMatchObject({ serviceCode: 1103 });
	});

	it('is no list while the service cannot tell them', async () => {
		await makeFour();
		bench.simulator.faults.add({
			match: { method: 'POST', path: '/solutions' },
			times: null,
			action: { kind: 'error', code: 5000 },
		});
		expect(words(await bench.run('getMany', {}))).toContain('had an internal error');
	});
});

describe('a task that /tasks does not know', () => {
	it.each([
		['fails', { kind: 'error', code: 5000 }, 'had an internal error'],
		['cannot be reached', { kind: 'dropBefore' }, 'could not be reached'],
	] as const)('is not lost while /solutions %s', async (_how, action, says) => {
		const taskId = await make('goods-studio');
		const match = { method: 'GET', path: '/solutions' };
		bench.simulator.faults.add({ match, times: null, action });
		const result = await bench.run('get', { parameters: { taskId } });
		expect(words(result)).toContain(says);
		expect(words(result)).not.toContain('does not know');
	});

	it('is told as such where its result is missing', async () => {
		const taskId = await make('goods-studio');
		bench.simulator.tasks.setResultMissing(taskId, 'empty');
		time.advance(70_000);
		const result = await bench.run('get', { parameters: { taskId } });
		expect(words(result)).toContain('says that the task succeeded');
		expect(told(result).context).toMatchObject({ taskId });
	});

	it('is none where /solutions refuses', async () => {
		const match = { method: 'GET', path: '/solutions' };
		bench.simulator.faults.add({ match, times: null, action: { kind: 'error', code: 1103 } });
		const result = await bench.run('get', { parameters: { taskId: '814237883686625347' } });
		expect(told(result).context).toMatchObject({ errorKind: 'notFound' });
	});
});
