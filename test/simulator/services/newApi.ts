import type { Account } from '../accounts';
import { newApiTaskId, officialTaskId, requestId } from '../ids';
import { legacyRecord, OFFICIAL_STYLE, urlOf } from '../records';
import type { Refusal } from '../refusal';
import type { Service } from '../service';
import type { Task } from '../tasks';
import type { Answer, ApiRequest, JsonObject } from '../types';
import { Fields, isObject } from '../validate/fields';
import { OFFICIAL_RULES } from '../validate/official';
import { makeTask, validationContext } from '../workshop';
import type { World } from '../world';
import { legacyRoute, officialError, tasksOf } from './official';
import { notFoundPage, resellerAccount, unknownKey, withoutPrefix } from './relay';

/** All that its request struct holds; anything else never reaches Kling. */
const KNOWN_FIELDS = new Set([
	'prompt',
	'image',
	'image_tail',
	'negative_prompt',
	'mode',
	'duration',
	'aspect_ratio',
	'model_name',
	'model',
	'cfg_scale',
	'static_mask',
	'dynamic_masks',
	'camera_control',
	'callback_url',
	'external_task_id',
]);
const NUMBER_FIELDS = new Set(['cfg_scale']);
const LIST_FIELDS = new Set(['dynamic_masks']);
const OBJECT_FIELDS = new Set(['camera_control']);
const MS = 1000;

const WRAPPED_STATUS = {
	submitted: 'SUBMITTED',
	processing: 'IN_PROGRESS',
	succeed: 'SUCCESS',
	failed: 'FAILURE',
} as const;
const PROGRESS = { submitted: '10%', processing: '50%', succeed: '100%', failed: '100%' } as const;
const OPENAI_STATUS = {
	submitted: 'queued',
	processing: 'in_progress',
	succeed: 'completed',
	failed: 'failed',
} as const;

/** A relay of the new-api kind: official calls go in, its own shapes come out. */
export class NewApiService implements Service {
	constructor(private readonly world: World) {}

	answer(request: ApiRequest): Answer {
		const openai = /^\/v1\/videos\/([^/]+)$/.exec(request.path);
		const inner = withoutPrefix(request.path);
		const route = inner === undefined ? undefined : legacyRoute(inner);
		const isVideo = route?.kind === 'videos/text2video' || route?.kind === 'videos/image2video';
		const isCreate = request.method === 'POST' && isVideo && route.id === undefined;
		const queried = request.method === 'GET' ? (isVideo ? route.id : openai?.[1]) : undefined;
		// Whatever it does not route is answered with its web page, as if all were well.
		if (!isCreate && queried === undefined) return notFoundPage(200);
		const account = resellerAccount(this.world, 'newApi', request);
		if (!account) return unknownKey();
		if (queried === undefined) return this.create(request, account);
		return this.one(account, queried, openai !== null);
	}

	/** What Kling refused is passed on as text, under new-api's own word. */
	refuse(refusal: Refusal): Answer {
		const { json, status } = officialError(refusal);
		return wordError(status, 'fail_to_fetch_task', JSON.stringify(json));
	}

	/** Kling itself calls back, and knows its own task id only. */
	callbackBody(task: Task): Record<string, unknown> {
		return legacyRecord(this.world, task, { ...OFFICIAL_STYLE, id: task.upstreamId });
	}

	private create(request: ApiRequest, account: Account): Answer {
		const body = isObject(request.body) ? request.body : undefined;
		const problem = body ? structProblem(body) : 'unexpected end of JSON input';
		if (!body || problem !== undefined)
			return wordError(500, 'build_request_failed', problem ?? '');
		if (account.trouble === 1102)
			return wordError(403, 'insufficient_user_quota', 'user quota is not enough');
		const known = Object.fromEntries(
			Object.entries(body).filter(([name]) => KNOWN_FIELDS.has(name)),
		);
		const fields = new Fields(known);
		// The path asked for does not count: an image makes it image to video.
		const kind = fields.has('image') ? 'videos/image2video' : 'videos/text2video';
		const order = OFFICIAL_RULES[kind](fields, validationContext(this.world, account));
		const task = makeTask(this.world, {
			...order,
			service: 'newApi',
			account,
			kind,
			request: body,
			id: newApiTaskId(),
			upstreamId: officialTaskId(),
		});
		return {
			status: 200,
			json: { ...this.openaiVideo(task), status: 'queued', progress: 0 },
			taskId: task.id,
		};
	}

	private one(account: Account, id: string, asOpenai: boolean): Answer {
		const task = tasksOf(this.world, account).find((candidate) => candidate.id === id);
		if (!task) return wordError(400, 'task_not_exist', 'task_not_exist');
		const json = asOpenai
			? this.openaiVideo(task)
			: { code: 'success', message: '', data: this.wrapped(task) };
		return { status: 200, json, taskId: task.id };
	}

	private wrapped(task: Task): Record<string, unknown> {
		const status = this.world.tasks.status(task);
		const url = this.resultUrl(task);
		const failure = status === 'failed' ? (task.failure ?? '') : '';
		const raw = legacyRecord(this.world, task, { ...OFFICIAL_STYLE, id: task.upstreamId });
		return {
			task_id: task.id,
			platform: '50',
			action: task.kind === 'videos/image2video' ? 'generate' : 'textGenerate',
			status: task.statusWord ?? WRAPPED_STATUS[status],
			fail_reason: this.world.settings.newApiOldVersion ? failure || url : failure,
			...(this.world.settings.newApiOldVersion ? {} : { result_url: url }),
			submit_time: Math.floor(task.createdAt / MS),
			finish_time: url || failure ? Math.floor(task.endsAt / MS) : 0,
			progress: PROGRESS[status],
			data: { code: 0, message: 'SUCCEED', request_id: requestId(), data: raw },
		};
	}

	private resultUrl(task: Task): string {
		const told = this.world.tasks.status(task) === 'succeed' && !task.resultMissing;
		return told ? urlOf(this.world, task, 0) : '';
	}

	private openaiVideo(task: Task): Record<string, unknown> {
		const status = this.world.tasks.status(task);
		return {
			id: task.id,
			task_id: task.id,
			object: 'video',
			model: task.modelName,
			status: task.statusWord ?? OPENAI_STATUS[status],
			progress: Number.parseInt(PROGRESS[status], 10),
			created_at: Math.floor(task.createdAt / MS),
			...(this.resultUrl(task) ? { metadata: { url: this.resultUrl(task) } } : {}),
			...(status === 'failed'
				? { error: { message: task.failure ?? '', code: 'video_failed' } }
				: {}),
		};
	}
}

function wordError(status: number, code: string, message: string): Answer {
	return { status, json: { code, message, data: null } };
}

/** Go's complaint about the first field that does not fit the struct. */
function structProblem(body: JsonObject): string | undefined {
	for (const [name, value] of Object.entries(body)) {
		if (!KNOWN_FIELDS.has(name) || value === null || value === undefined) continue;
		if (!fits(name, value)) {
			return `unmarshal metadata failed: json: cannot unmarshal ${goType(value)} into Go struct field requestPayload.${name}`;
		}
	}
	return undefined;
}

function fits(name: string, value: unknown): boolean {
	if (NUMBER_FIELDS.has(name)) return typeof value === 'number';
	if (LIST_FIELDS.has(name)) return Array.isArray(value);
	if (OBJECT_FIELDS.has(name)) return typeof value === 'object' && !Array.isArray(value);
	return typeof value === 'string';
}

function goType(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return typeof value === 'boolean' ? 'bool' : typeof value === 'bigint' ? 'number' : typeof value;
}
