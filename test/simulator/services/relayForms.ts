import { officialTaskId, requestId } from '../ids';
import { durationText, legacyRecord, OFFICIAL_STYLE, urlOf } from '../records';
import type { Task } from '../tasks';
import type { World } from '../world';

type Json = Record<string, unknown>;

/** What a form is made of. */
interface Told {
	task: Task;
	/** As official Kling tells it. */
	record: Json;
	/** Of the results, once there are any. */
	urls: string[];
	/** Why it failed; empty before. */
	failure: string;
	status: 'submitted' | 'processing' | 'succeed' | 'failed';
	/** `video`, `image` or `audio`. */
	type: string;
}

const OPENAI_STATUS = {
	submitted: 'queued',
	processing: 'in_progress',
	succeed: 'completed',
	failed: 'failed',
} as const;
const SECOND_MS = 1000;

function enveloped(data: unknown): Json {
	return { code: 0, message: 'SUCCEED', request_id: requestId(), data };
}

/** The official envelope and record, with another result in it once there is one. */
function withResult({ record, urls }: Told, taskResult: () => unknown): Json {
	return enveloped(urls.length > 0 ? { ...record, task_result: taskResult() } : record);
}

function errorOf({ failure }: Told, code: string): Json | null {
	return failure === '' ? null : { code, message: failure };
}

/** How a relay tells of a task, by the name of the form; each was met in documents or in clients of relays. */
const FORMS = {
	/** As official Kling does. */
	official: ({ record }) => enveloped(record),
	/** A link and an error beside the status. */
	url: (told) => ({
		code: 'success',
		message: '',
		data: {
			error: errorOf(told, 'task_failed'),
			format: 'mp4',
			metadata: null,
			status: told.status === 'succeed' ? 'succeeded' : told.status,
			task_id: told.task.id,
			url: told.urls[0] ?? '',
		},
	}),
	/** The video object of OpenAI, without an envelope. */
	openai: (told) => ({
		id: told.task.id,
		object: 'video',
		model: told.task.modelName,
		status: OPENAI_STATUS[told.status],
		progress: told.status === 'succeed' ? 100 : 30,
		created_at: Math.floor(told.task.createdAt / SECOND_MS),
		...(told.urls.length > 0
			? {
					seconds: durationText(told.task),
					completed_at: Math.floor(told.task.endsAt / SECOND_MS),
					metadata: { url: told.urls[0] },
				}
			: {}),
		...(told.failure === '' ? {} : { error: errorOf(told, '1301') }),
	}),
	/** A link by another name. */
	typedUrl: (told) => withResult(told, () => ({ [`${told.type}_url`]: told.urls[0] })),
	/** Texts in the place of objects. */
	texts: (told) => withResult(told, () => ({ [`${told.type}s`]: told.urls })),
	/** The result as JSON text. */
	jsonText: (told) =>
		withResult(told, () =>
			JSON.stringify({ [`${told.type}s`]: told.urls.map((url) => ({ url })) }),
		),
	/** A flat record with its results in a list. */
	list: (told) => ({
		id: told.task.id,
		status: OPENAI_STATUS[told.status],
		data: told.urls.map((url) => ({ url })),
		...(told.failure === '' ? {} : { fail_reason: told.failure }),
	}),
	/** Works of the Kling web site, their cover before them; an error that is none. */
	works: (told) => ({
		code: 200,
		data: {
			task_id: told.task.id,
			status: OPENAI_STATUS[told.status],
			input: told.task.request,
			output: {
				works: told.urls.map((url) => ({
					cover: { resource: `${url}&cover` },
					[told.type]: { resource: `${url}&mark`, resource_without_watermark: url },
				})),
			},
			error: { code: told.failure === '' ? 0 : 10000, raw_message: '', message: told.failure },
		},
	}),
	/** The task under the id that it has at the service behind the relay, and another code. */
	otherId: ({ record, task }) => ({
		...enveloped({ ...record, task_id: task.upstreamId ?? officialTaskId() }),
		code: 20000,
	}),
	/** A word that nobody knows, with the result. */
	finished: (told) =>
		told.urls.length > 0
			? enveloped({ ...told.record, task_status: 'finished' })
			: enveloped(told.record),
} satisfies Readonly<Record<string, (told: Told) => Json>>;

/** The name of a form in which a relay tells of tasks. */
export type RelayForm = keyof typeof FORMS;

export const RELAY_FORMS = Object.keys(FORMS) as RelayForm[];

/** The relay's answer to a question for a task, in the form of the settings. */
export function relayAnswer(world: World, task: Task): Json {
	const status = world.tasks.status(task);
	const hasResult = status === 'succeed' && !task.resultMissing;
	// What is no file comes as official Kling tells it: nobody has met another form.
	return FORMS[task.kept ? 'official' : world.settings.relayForm]({
		task,
		record: legacyRecord(world, task, OFFICIAL_STYLE),
		urls: hasResult ? task.resultIds.map((_id, index) => urlOf(world, task, index)) : [],
		failure: status === 'failed' ? (task.failure ?? '') : '',
		status,
		type: task.sound === 'alone' ? 'audio' : task.images > 0 ? 'image' : 'video',
	});
}

/** What the relay posts to a callback address: its answer, or the bare record where it answers as official Kling does. */
export function relayCallback(world: World, task: Task): Json {
	return world.settings.relayForm === 'official'
		? legacyRecord(world, task, OFFICIAL_STYLE)
		: relayAnswer(world, task);
}
