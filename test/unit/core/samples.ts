/** Answers as the services document them, one per shape, with made-up addresses. */

const VIDEO = 'https://cdn.example.com/result.mp4';
const IMAGE = 'https://cdn.example.com/result.png';

/** Kling and relays that pass it on: a create. */
export const OFFICIAL_CREATED = {
	code: 0,
	message: 'SUCCEED',
	request_id: '795f5ea4-7746-4e3a-a184-75d44240f87f',
	data: {
		task_id: '814237883686625347',
		task_status: 'submitted',
		task_info: {},
		created_at: 1762157958060,
		updated_at: 1762157958060,
	},
};

/** Kling: a finished task with everything a record may hold. */
export const OFFICIAL_DONE = {
	code: 0,
	message: 'SUCCEED',
	request_id: 'r',
	data: {
		task_id: '814237883686625347',
		task_status: 'succeed',
		task_status_msg: '',
		task_info: {
			external_task_id: 'order-1',
			parent_video: { id: 'p', url: VIDEO, duration: '5' },
		},
		watermark_info: { enabled: true },
		task_result: {
			videos: [{ id: 'v1', url: VIDEO, watermark_url: `${VIDEO}?watermark`, duration: '5.1' }],
		},
		final_unit_deduction: '2',
		final_balance_deduction: { quota: '1', list_price: '1' },
		created_at: 1725977783786,
		updated_at: 1725978074639,
	},
};

/** A task that failed comes with HTTP 200 and code 0. */
export const OFFICIAL_FAILED = {
	code: 0,
	message: 'SUCCEED',
	data: {
		task_id: '814237883686625347',
		task_status: 'failed',
		task_status_msg: 'Failure to pass the risk control system',
		created_at: 1725977783786,
		updated_at: 1725978074639,
	},
};

export const OFFICIAL_ERROR = { code: 1201, message: 'model_name is invalid', request_id: 'r' };

/** The new standard's record, in which `GET /tasks` tells every task. */
export const UNIFIED_DONE = {
	code: 0,
	message: 'SUCCEED',
	data: [
		{
			id: '814237883686625347',
			status: 'succeeded',
			message: '',
			create_time: 1781080778802,
			update_time: 1781080794151,
			external_id: 'order-1',
			outputs: [{ type: 'video', id: 'v1', url: VIDEO, watermark_url: '', duration: '5.1' }],
			billing: [{ charge_type: 'unit', package_type: 'video', amount: '2' }],
		},
		{
			id: '814237883686625348',
			status: 'failed',
			message: 'risk control',
			create_time: 1781080778802,
			update_time: 1781080794151,
			external_id: '',
			outputs: [],
			billing: [],
		},
	],
};

export const PACKS = {
	code: 0,
	message: 'SUCCEED',
	data: {
		code: 0,
		msg: 'SUCCEED',
		resource_pack_subscribe_infos: [
			{
				resource_pack_name: 'Trial',
				resource_pack_id: 'p1',
				resource_pack_type: 'decreasing_total',
				total_quantity: 200.0,
				remaining_quantity: 118.0,
				purchase_time: 1726124664368,
				effective_time: 1726124664368,
				invalid_time: 1727366400000,
				status: 'online',
			},
		],
	},
};

/** OpenAI-HK: the id twice, no task_info. */
export const HK_CREATED = {
	code: 0,
	message: '成功',
	request_id: 'Cl6Mq2bftxoAAAAAAA_SxQ',
	data: {
		task_id: 'Cl6Mq2bftxoAAAAAAA_SxQ',
		task_status: 'submitted',
		created_at: 1725974776706,
		updated_at: 1725974776706,
	},
};

/** OpenAI-HK gives images and videos, one of them null. */
export const HK_VIDEO = {
	code: 0,
	message: '成功',
	request_id: 'CmZ4r2bfunIAAAAAABDEJw',
	data: {
		task_id: 'CmZ4r2bfunIAAAAAABDEJw',
		task_status: 'succeed',
		task_status_msg: '',
		created_at: 1725977783786,
		updated_at: 1725978074639,
		task_result: {
			images: null,
			videos: [{ id: 'cb6a5273-e12b-4731-98e7-c6fd45302027', url: VIDEO, duration: '5.1' }],
		},
	},
};

export const HK_IMAGE = {
	code: 0,
	message: '成功',
	request_id: 'Clo_MGbfunoAAAAAABB5XA',
	data: {
		task_id: 'Clo_MGbfunoAAAAAABB5XA',
		task_status: 'succeed',
		task_status_msg: '',
		created_at: 1725977118293,
		updated_at: 1725977125849,
		task_result: { images: [{ index: 0, url: IMAGE }], videos: null },
	},
};

/** Ace Data Cloud: a create with async, and the same with the marks of its envelope. */
export const ACE_CREATED = { task_id: '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a' };
export const ACE_CREATED_FULL = { success: true, ...ACE_CREATED, trace_id: 't' };

/** What Ace Data Cloud answers to a create without async, and posts to a callback. */
export const ACE_RESULT = {
	success: true,
	video_id: '842566592663294013',
	video_url: VIDEO,
	duration: '5.066',
	state: 'succeed',
	task_id: '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a',
};

export const ACE_RECORD = {
	_id: 'a',
	id: '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a',
	api_id: 'b',
	application_id: 'c',
	credential_id: 'd',
	user_id: 'e',
	trace_id: 't',
	type: 'videos',
	job_id: 'j',
	created_at: 1725977783.5,
	started_at: 1725977784.0,
	finished_at: 1725978100.6,
	elapsed: 317.1,
	request: { action: 'text2video', prompt: 'x', async: true },
	response: ACE_RESULT,
};

export const ACE_BATCH = { items: [ACE_RECORD], count: 1 };

export const ACE_ERROR = {
	success: false,
	error: { code: 'used_up', message: 'Your balance is used up' },
	trace_id: 't',
};

/** new-api: a create in OpenAI's form. */
export const NEW_API_CREATED = {
	id: 'task_abc',
	task_id: 'task_abc',
	object: 'video',
	model: 'kling-v2-6',
	status: 'queued',
	progress: 0,
	created_at: 1781080778,
};

/** new-api: Kling's own answer inside two wrappings. */
export const NEW_API_WRAPPED = {
	code: 'success',
	message: '',
	data: {
		task_id: 'task_abc',
		action: 'textGenerate',
		status: 'SUCCESS',
		fail_reason: '',
		result_url: VIDEO,
		submit_time: 1781080778,
		start_time: 1781080780,
		finish_time: 1781080999,
		progress: '100%',
		data: OFFICIAL_DONE,
	},
};

/** new-api of old: the address where the reason of a failure belongs. */
export const NEW_API_OLD = {
	code: 'success',
	message: '',
	data: {
		task_id: 'task_abc',
		status: 'SUCCESS',
		fail_reason: VIDEO,
		submit_time: 1781080778,
		finish_time: 1781080999,
		progress: '100%',
		data: null,
	},
};

/** What a fork does: the record three levels down, no address on the way. */
export const NEW_API_FORK = {
	code: 'success',
	message: '',
	data: {
		task_id: 'task_abc',
		status: 'SUCCESS',
		fail_reason: '',
		data: OFFICIAL_DONE,
	},
};

export const OPENAI_VIDEO = {
	...NEW_API_CREATED,
	status: 'completed',
	progress: 100,
	metadata: { url: VIDEO },
};

export const NEW_API_ERROR = { code: 'task_not_exist', message: 'task_not_exist', data: null };

/** A relay that leaves the envelope flat. */
export const FLAT_CREATED = { code: 0, message: 'SUCCEED', task_id: 'task_flat' };

/** A relay that answers an unknown key in OpenAI's form. */
export const OPENAI_ERROR = {
	error: { message: 'Invalid token', type: 'new_api_error', param: '', code: '' },
};

export { IMAGE, VIDEO };

/** All of them, for tests that spoil them. */
/** Kling: a list of elements, of which one is a preset without a task. */
export const ELEMENTS = {
	code: 0,
	message: 'SUCCEED',
	request_id: 'r',
	data: [
		{
			task_id: '814237883686625347',
			task_status: 'succeed',
			task_result: {
				elements: [
					{
						element_id: 8312,
						element_name: 'Mara',
						element_description: 'red coat',
						reference_type: 'image_refer',
						element_image_list: { frontal_image: IMAGE, refer_images: [{ image_url: IMAGE }] },
						element_voice_info: { voice_id: '8101', trial_url: VIDEO },
						tag_list: [{ tag_id: 'o_102' }],
						owned_by: '2001',
						status: 'succeed',
					},
				],
			},
		},
		{ task_result: { elements: [{ element_id: 1, owned_by: 'kling' }] } },
	],
};

/** Kling: a finished voice. */
export const VOICE_DONE = {
	code: 0,
	data: {
		task_id: '814237883686625347',
		task_status: 'succeed',
		task_result: {
			voices: [{ voice_id: '8101', voice_name: 'Mara', trial_url: VIDEO, owned_by: '2001' }],
		},
	},
};

export const ANSWERS: readonly object[] = [
	OFFICIAL_CREATED,
	OFFICIAL_DONE,
	OFFICIAL_FAILED,
	OFFICIAL_ERROR,
	UNIFIED_DONE,
	PACKS,
	HK_CREATED,
	HK_VIDEO,
	HK_IMAGE,
	ACE_CREATED,
	ACE_CREATED_FULL,
	ACE_RESULT,
	ACE_RECORD,
	ACE_BATCH,
	ACE_ERROR,
	NEW_API_CREATED,
	NEW_API_WRAPPED,
	NEW_API_OLD,
	NEW_API_FORK,
	OPENAI_VIDEO,
	NEW_API_ERROR,
	FLAT_CREATED,
	OPENAI_ERROR,
	ELEMENTS,
	VOICE_DONE,
];
