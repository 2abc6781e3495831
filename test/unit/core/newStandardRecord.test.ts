/** A record of Kling's newer API, which has other words and names of fields than the legacy one. */
import { toCallbackTask, toTask } from '../../../nodes/shared/providers/legacy/decode';

const RECORD = {
	id: '9001',
	status: 'succeeded',
	message: '',
	external_id: 'wf-17',
	outputs: [
		{
			type: 'video',
			id: 'v1',
			url: 'https://a.example.com/v.mp4',
			watermark_url: '',
			duration: '6.04',
		},
	],
	billing: [{ charge_type: 'unit', amount: '7.2', package_type: 'video' }],
	create_time: 1790000000000,
	update_time: 1790000006000,
};

it.each([
	['succeeded', 'succeed'],
	['failed', 'failed'],
	['processing', 'processing'],
	['submitted', 'submitted'],
])('%s is a word that is known', (status, known) => {
	const outputs = status === 'succeeded' ? RECORD.outputs : [];
	const record = { ...RECORD, status, outputs };
	for (const task of [toTask(record, 'text2video', record), toCallbackTask(record)]) {
		expect(task).toMatchObject({ id: '9001', status: known });
		expect(task).not.toHaveProperty('statusUnknown');
	}
});

it('tells its own name, times and price', () => {
	for (const task of [toTask(RECORD, 'text2video', RECORD), toCallbackTask(RECORD)]) {
		expect(task).toMatchObject({
			externalTaskId: 'wf-17',
			createdAt: RECORD.create_time,
			updatedAt: RECORD.update_time,
			unitsDeducted: '7.2',
			results: [{ url: 'https://a.example.com/v.mp4' }],
		});
	}
});
