import { legacyKept, unifiedKept } from './library';
import { mainExtension, resultUrl, type ResultExtension } from './links';
import type { Task } from './tasks';
import type { TaskKind } from './types';
import type { World } from './world';

/** Real videos come out a little longer than ordered, and the services say so. */
const SURPLUS_SECONDS = 0.1;

/** Kinds whose queries know the task's own id only, and do not tell the external one. */
export const NAMELESS_KINDS: ReadonlySet<TaskKind> = new Set([
	'videos/advanced-lip-sync',
	'general/ai-multi-shot',
]);

/** How the dialects with legacy records differ. */
export interface RecordStyle {
	/** Official and relays tell the external id and the units; OpenAI-HK does not. */
	taskInfo: boolean;
	/** OpenAI-HK gives both `images` and `videos`, one of them null. */
	bothResults: boolean;
	/** Id to show; new-api's upstream has another one than new-api. */
	id?: string;
}

export const OFFICIAL_STYLE: RecordStyle = { taskInfo: true, bothResults: false };

/** Kinds whose results do not tell how long they are. */
const WITHOUT_LENGTH: readonly TaskKind[] = ['videos/effects'];

type Json = Record<string, unknown>;

/** `data` of a create's answer. */
export function createdRecord(task: Task, style: RecordStyle): Json {
	return {
		task_id: style.id ?? task.id,
		task_status: 'submitted',
		...(style.taskInfo ? { task_info: taskInfo(task) } : {}),
		created_at: task.createdAt,
		updated_at: task.createdAt,
	};
}

/** The legacy record: `data` of a query, an entry of a list, the body of a callback. */
export function legacyRecord(world: World, task: Task, style: RecordStyle): Json {
	const status = world.tasks.status(task);
	const record: Json = {
		task_id: style.id ?? task.id,
		task_status: task.statusWord ?? status,
		task_status_msg: status === 'failed' ? (task.failure ?? '') : '',
	};
	if (style.taskInfo) {
		const named = NAMELESS_KINDS.has(task.kind) ? {} : taskInfo(task);
		record.task_info = { ...named, ...parentVideo(world, task) };
		// Only where the create takes it.
		if (task.watermark !== undefined) record.watermark_info = { enabled: task.watermark };
	}
	if (status === 'succeed') {
		record.task_result = taskResult(world, task, style);
		if (style.taskInfo) record.final_unit_deduction = String(task.units);
	}
	return { ...record, created_at: task.createdAt, updated_at: world.tasks.updatedAt(task) };
}

/** The record of the new standard, in which `GET /tasks` tells legacy tasks too. */
export function unifiedRecord(world: World, task: Task): Json {
	const status = world.tasks.status(task);
	const word = status === 'succeed' ? 'succeeded' : status;
	return {
		id: task.id,
		status: task.statusWord ?? word,
		message: status === 'failed' ? (task.failure ?? '') : '',
		create_time: task.createdAt,
		update_time: world.tasks.updatedAt(task),
		external_id: task.externalTaskId ?? '',
		outputs: status === 'succeed' ? outputs(world, task) : [],
		billing:
			status === 'succeed'
				? [{ charge_type: 'unit', package_type: packOf(task), amount: String(task.units) }]
				: [],
	};
}

/** Length of the finished video in seconds. */
export function videoSeconds({ seconds }: Pick<Task, 'seconds'>): number {
	return Number((seconds + SURPLUS_SECONDS).toFixed(3));
}

/** The same as the services write it: a string. */
export function durationText(task: Task): string {
	return String(videoSeconds(task));
}

function lengthOf(task: Task): Json {
	return WITHOUT_LENGTH.includes(task.kind) ? {} : { duration: durationText(task) };
}

export function packOf(task: Task): 'image' | 'video' {
	return task.images > 0 ? 'image' : 'video';
}

/** Link to one result: the video or image, or the sound where it is alone. */
export function urlOf(world: World, task: Task, index: number, watermark = false): string {
	return urlAs(world, task, mainExtension(task), { index, watermark });
}

function urlAs(
	world: World,
	task: Task,
	extension: ResultExtension,
	{ index = 0, watermark = false } = {},
): string {
	return resultUrl(task, index, {
		extension,
		cdnUrl: world.cdnUrl,
		lifetimeMs: world.settings.resultLifetimeMs,
		watermark,
	});
}

function taskInfo(task: Task): Json {
	return task.externalTaskId ? { external_task_id: task.externalTaskId } : {};
}

function parentVideo(world: World, task: Task): Json {
	if (!task.parentVideoId) return {};
	const parent = world.tasks.byVideoId(task.account, task.parentVideoId);
	if (!parent) return {};
	const url = urlOf(world, parent, parent.resultIds.indexOf(task.parentVideoId));
	return { parent_video: { id: task.parentVideoId, url, duration: durationText(parent) } };
}

/** A sound in the legacy form. Its lengths are texts. */
function audios(world: World, task: Task): Json[] {
	const seconds = String(task.seconds);
	return [
		{
			id: task.audioId,
			url_mp3: urlAs(world, task, 'mp3'),
			url_wav: urlAs(world, task, 'wav'),
			duration_mp3: seconds,
			duration_wav: seconds,
		},
	];
}

/** The same sound in the form of the new standard. */
function audioOutputs(world: World, task: Task): Json[] {
	if (!task.sound) return [];
	return audios(world, task).map(({ id, url_mp3, url_wav, duration_mp3, duration_wav }) => ({
		type: 'audio',
		id,
		mp3_url: url_mp3,
		wav_url: url_wav,
		mp3_duration: duration_mp3,
		wav_duration: duration_wav,
	}));
}

/** Sets of three views each. */
function viewsOf(world: World, task: Task): Json[] {
	const urls = task.resultIds.map((_id, index) => urlOf(world, task, index));
	return [0, 1, 2].map((index) => {
		const [url_1, url_2, url_3] = urls.slice(3 * index, 3 * index + 3);
		return { index, url_1, url_2, url_3 };
	});
}

/** Single images or a series; the other list is empty. */
function omniImages(made: Json[], { request }: Task): Json {
	const isSeries = request.result_type === 'series';
	return {
		result_type: isSeries ? 'series' : 'single',
		images: isSeries ? [] : made,
		series_images: isSeries ? made : [],
	};
}

function taskResult(world: World, task: Task, style: RecordStyle): Json | null {
	if (task.resultMissing) return task.resultMissing === 'null' ? null : {};
	const { kept } = task;
	if (kept) {
		const all = task.resultIds.map((id) => legacyKept(world, { id, kept, task }));
		return { [`${kept.type}s`]: all };
	}
	if (task.sound === 'alone') return { audios: audios(world, task) };
	const watermark = (index: number) =>
		task.watermark ? { watermark_url: urlOf(world, task, index, true) } : {};
	if (task.images > 0) {
		if (task.kind === 'general/ai-multi-shot') return { images: viewsOf(world, task) };
		const images = task.resultIds.map((_id, index) => ({
			index,
			url: urlOf(world, task, index),
			...watermark(index),
		}));
		if (task.kind === 'images/omni-image') return omniImages(images, task);
		return style.bothResults ? { images, videos: null } : { images };
	}
	const videos = task.resultIds.map((id, index) => ({
		id,
		url: urlOf(world, task, index),
		...watermark(index),
		...lengthOf(task),
	}));
	if (task.sound) return { videos, audios: audios(world, task) };
	return style.bothResults ? { images: null, videos } : { videos };
}

/** Outputs with words of their own, of videos that are told without an id. */
const OWN_OUTPUTS: Readonly<Partial<Record<TaskKind, (world: World, task: Task) => Json[]>>> = {
	'solutions/e-commerce/clothing_dupe': (world, task) => [
		{ type: 'product_image', url: urlAs(world, task, 'png') },
		{ type: 'model_images', url: urlAs(world, task, 'png', { index: 1 }) },
		{ type: 'model_images', url: urlAs(world, task, 'png', { index: 2 }) },
		{
			type: 'product_video',
			url: urlOf(world, task, 0),
			watermark_url: task.watermark ? urlOf(world, task, 0, true) : '',
			...lengthOf(task),
		},
	],
	'solutions/drama_subtitle': (world, task) => [
		{ type: 'subbed_video', url: urlOf(world, task, 0), ...lengthOf(task) },
		{ type: 'srt', url: urlAs(world, task, 'srt') },
		{ type: 'ass', url: urlAs(world, task, 'ass') },
	],
};

/** What a task has made, in the form of the new standard. */
export function outputs(world: World, task: Task): Json[] {
	if (task.resultMissing) return [];
	const own = OWN_OUTPUTS[task.kind];
	if (own) return own(world, task);
	const { kept } = task;
	if (kept) return task.resultIds.map((id) => unifiedKept(world, { id, kept, task }));
	if (task.sound === 'alone') return audioOutputs(world, task);
	const made = task.resultIds.map((id, index) => {
		const url = urlOf(world, task, index);
		const watermarkUrl = task.watermark ? urlOf(world, task, index, true) : '';
		return task.images > 0
			? { type: 'image', url, watermark_url: watermarkUrl, group_id: '' }
			: { type: 'video', id, url, watermark_url: watermarkUrl, ...lengthOf(task) };
	});
	return [...made, ...audioOutputs(world, task)];
}
