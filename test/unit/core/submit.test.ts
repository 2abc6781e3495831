/** What is kept of the items of a run while their tasks are waited for. */
import { takeJobs } from '../../../nodes/Kling/run/submit';
import type { ReadItem } from '../../../nodes/Kling/run/readItems';
import { taskStoreIn } from '../../../nodes/Kling/run/taskStore';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Session } from '../../../nodes/shared/n8n/session';
import { options } from './play';
import { provider, runOf } from './support';

const PICTURE = 'https://pictures.example.com/a-long-picture.jpg';
const output = { simplify: true };
const asked = { model: 'kling-v3' };

function itemOf(itemIndex: number, store = taskStoreIn({}, runOf(0, 'klingGlobal'))): ReadItem {
	const request = parseRequest({ kind: 'image2video', model_name: 'kling-v3', image: PICTURE });
	const key = store.keyOf(itemIndex, request);
	return { itemIndex, kind: 'image2video', request, key, reuse: false, output };
}

function contextOf(store = taskStoreIn({}, runOf(0, 'klingGlobal'))) {
	const session = {
		provider: provider('klingGlobal'),
		context: { getMode: () => 'manual' },
		secrets: [],
	};
	return { session: session as unknown as Session, store, wait: options, callbackUrl: undefined };
}

it('only the jobs hold the requests, so that nothing keeps a picture once its create is answered', () => {
	const accepted = [itemOf(0), itemOf(2)];
	const { items, jobs } = takeJobs(accepted, contextOf());
	expect(accepted).toEqual([]);
	expect(items).toEqual([
		{ itemIndex: 0, kind: 'image2video', output, asked, key: expect.anything() as object },
		{ itemIndex: 2, kind: 'image2video', output, asked, key: expect.anything() as object },
	]);
	expect(JSON.stringify(items)).not.toContain(PICTURE);
	expect(jobs).toMatchObject([{ request: { image: PICTURE } }, { request: { image: PICTURE } }]);
});

it('a task that is known is a job without a request', () => {
	const { store, ...rest } = contextOf();
	const item = itemOf(0, store);
	store.save(item.key, { state: 'made', id: 'task', ownedByOtherExecution: true });
	const { jobs } = takeJobs([item], { store, ...rest });
	expect(jobs).toEqual([
		{ ref: { id: 'task', kind: 'image2video' }, initialDelayMs: 0, ownedByOtherExecution: true },
	]);
});
