import type { Account } from '../accounts';
import { bearerToken } from '../auth';
import { aceVideoId, uuid } from '../ids';
import { durationText, outputs, urlOf, videoSeconds } from '../records';
import { describeAuthorization } from '../ledger';
import { badValue, Refusal } from '../refusal';
import type { Service } from '../service';
import type { Task } from '../tasks';
import type { Answer, ApiRequest, TaskKind } from '../types';
import { aceMotion, aceVideo, aceVoice } from '../validate/aceData';
import { aceLipSync, aceTalkingPhoto } from '../validate/aceSpeaking';
import { Fields } from '../validate/fields';
import { clothingVideo, sellerVideo } from '../validate/productVideos';
import { goodsStudio, readAceOptions, virtualTryOn } from '../validate/solutions';
import type { Order, ValidationContext } from '../validate/order';
import { makeTask, validationContext, type WorkOrder } from '../workshop';
import type { World } from '../world';
import { aceKept, aceLibrary } from './aceLibrary';
import { acePlatform } from './acePlatform';
import { bodyObject } from './official';
import { isSolution } from './solutions';

const MS = 1000;

/** What one of its creates orders, and the kind of official task that comes closest. */
interface Create {
	kind(fields: Fields): TaskKind;
	order(fields: Fields, context: ValidationContext): Order;
}

const KINDS: Readonly<Record<string, TaskKind>> = {
	text2video: 'videos/text2video',
	image2video: 'videos/image2video',
	extend: 'videos/video-extend',
};

/** By the last part of the path, which is also the type that the record tells. */
const CREATES: Readonly<Record<string, Create>> = {
	videos: {
		kind: (fields) => KINDS[fields.text('action') ?? 'text2video'] ?? 'videos/text2video',
		order: aceVideo,
	},
	motion: { kind: () => 'videos/motion-control', order: aceMotion },
	'lip-sync': { kind: () => 'videos/lip-sync', order: aceLipSync },
	'talking-photo': { kind: () => 'videos/avatar/image2video', order: aceTalkingPhoto },
	voices: { kind: () => 'general/custom-voices', order: aceVoice },
	'goods-studio': {
		kind: () => 'solutions/e-commerce/goods_studio',
		order: (fields) => ({ ...goodsStudio(fields), ...readAceOptions(fields) }),
	},
	'video-commerce': {
		kind: () => 'solutions/talking_agent',
		order: (fields) => ({ ...sellerVideo(fields, { isAce: true }), ...readAceOptions(fields) }),
	},
	apparel: {
		kind: () => 'solutions/e-commerce/clothing_dupe',
		order: (fields, context) => ({
			...clothingVideo(fields, context, { isAce: true }),
			...readAceOptions(fields),
		}),
	},
	'virtual-try-on': {
		kind: () => 'solutions/virtual_try_on',
		order: (fields, context) => ({
			...virtualTryOn(fields, context),
			...readAceOptions(fields),
		}),
	},
};

/** Paths that make nothing. */
const QUERIES: ReadonlySet<string> = new Set(['tasks', 'elements']);

/** Of kinds that have a path of their own. */
const TYPES: Readonly<Partial<Record<TaskKind, string>>> = {
	'videos/motion-control': 'motion',
	'videos/lip-sync': 'lip-sync',
	'videos/avatar/image2video': 'talking-photo',
	'general/custom-voices': 'voices',
	'solutions/e-commerce/goods_studio': 'goods-studio',
	'solutions/talking_agent': 'video-commerce',
	'solutions/e-commerce/clothing_dupe': 'apparel',
	'solutions/virtual_try_on': 'virtual-try-on',
};

/** Kling's numbers in this service's words. */
const WORDS: Readonly<Record<number, { status: number; code: string }>> = {
	1001: { status: 401, code: 'authorization_missing' },
	1002: { status: 401, code: 'invalid_token' },
	1004: { status: 401, code: 'token_expired' },
	1100: { status: 400, code: 'disabled' },
	1101: { status: 403, code: 'used_up' },
	1102: { status: 403, code: 'used_up' },
	1202: { status: 404, code: 'no_api' },
	1203: { status: 404, code: 'not_found' },
	1301: { status: 403, code: 'moderation' },
	1302: { status: 429, code: 'too_many_requests' },
	1303: { status: 429, code: 'too_many_requests' },
};

/** Ace Data Cloud: POST only, answers without envelope, and a create that blocks unless told not to. */
export class AceDataService implements Service {
	constructor(private readonly world: World) {}

	answer(request: ApiRequest): Answer | Promise<Answer> {
		const ofPlatform = acePlatform(this.world, request);
		if (ofPlatform) return ofPlatform;
		const endpoint = /^\/kling\/([^/]+)$/.exec(request.path)?.[1] ?? '';
		const create = Object.hasOwn(CREATES, endpoint) ? CREATES[endpoint] : undefined;
		if ((!create && !QUERIES.has(endpoint)) || request.method !== 'POST') throw new Refusal(1202);
		const token = bearerToken(request.headers);
		if (token === undefined) throw new Refusal(1001);
		if (this.world.accounts.byPlatformToken(token)) this.noteLeak(request);
		const account = this.world.accounts.byApiKey('aceData', token);
		if (!account) throw new Refusal(1002);
		const fields = new Fields(bodyObject(request));
		if (endpoint === 'voices' || endpoint === 'elements') {
			const answer = aceLibrary(this.world, fields, account, endpoint);
			if (answer) return answer;
		}
		return create ? this.create(fields, create, account) : this.tasks(fields, account);
	}

	/** The token of the platform has no business at the API. */
	private noteLeak({ path, headers }: ApiRequest): void {
		const authorization = describeAuthorization(headers.authorization ?? '');
		this.world.ledger.leaks.push({ time: this.world.clock.now(), path, authorization });
	}

	refuse(refusal: Refusal): Answer {
		const { status, code } = WORDS[refusal.code] ?? {
			status: refusal.status,
			code: refusal.status >= 500 ? 'api_error' : 'bad_request',
		};
		return {
			status,
			json: { success: false, error: { code, message: refusal.message }, trace_id: uuid() },
		};
	}

	/** One callback per task, when it has ended. */
	callbackBody(task: Task): Record<string, unknown> | undefined {
		return this.isOver(task) ? this.response(task) : undefined;
	}

	private create(fields: Fields, create: Create, account: Account): Answer | Promise<Answer> {
		const context = validationContext(this.world, account, { discontinuedModels: [] });
		const order = create.order(fields, context);
		const workOrder: WorkOrder = {
			...order,
			service: 'aceData',
			account,
			kind: create.kind(fields),
			request: fields.body,
			id: uuid(),
			resultId: order.kept ? uuid : aceVideoId,
		};
		const task = makeTask(this.world, workOrder);
		if (fields.flag('async') || order.callbackUrl) {
			return {
				status: 200,
				json: { success: true, task_id: task.id, trace_id: uuid() },
				taskId: task.id,
			};
		}
		return this.whenOver(task);
	}

	/** The connection stays open until the video is made. */
	private async whenOver(task: Task): Promise<Answer> {
		if (this.isOver(task)) return this.finalAnswer(task);
		await new Promise<void>((resolve) => {
			const unsubscribe = this.world.tasks.onChange((changed) => {
				if (changed !== task || !this.isOver(task)) return;
				unsubscribe();
				resolve();
			});
		});
		return this.finalAnswer(task);
	}

	private finalAnswer(task: Task): Answer {
		const status = task.failure === undefined ? 200 : 500;
		return { status, json: this.response(task), taskId: task.id };
	}

	private tasks(fields: Fields, account: Account): Answer {
		const action = fields.text('action', { required: true, oneOf: ['retrieve', 'retrieve_batch'] });
		const mine = this.world.tasks
			.all()
			.filter((task) => task.account === account.name && !task.vanished);
		if (action === 'retrieve_batch') {
			const items = this.batch(fields, mine).map((task) => this.record(task, account));
			return { status: 200, json: { items, count: items.length } };
		}
		const id = fields.text('id', { required: true });
		const task = mine.find((candidate) => candidate.id === id);
		if (!task) throw new Refusal(1203, `Task ${id ?? ''} not found`);
		return { status: 200, json: this.record(task, account), taskId: task.id };
	}

	/** By ids; or, when there are none but a range is given, the newest of the account. */
	private batch(fields: Fields, mine: Task[]): Task[] {
		const { ids } = fields.body;
		// No one has seen it answer to none at all.
		if (Array.isArray(ids) && ids.length === 0) throw badValue('ids must not be empty');
		if (Array.isArray(ids)) return mine.filter((task) => ids.includes(task.id));
		if (ids !== undefined && ids !== null) throw badValue('ids must be an array');
		const isRange = ['limit', 'offset', 'type', 'created_at_min', 'created_at_max'].some((name) =>
			fields.has(name),
		);
		if (!isRange) return [];
		const limit = fields.integer('limit', { min: 1, max: 1000 }) ?? 50;
		const offset = fields.integer('offset', { min: 0, max: 1_000_000 }) ?? 0;
		const type = fields.text('type');
		const from = fields.number('created_at_min', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
		const to =
			fields.number('created_at_max', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? Infinity;
		return mine
			.filter((task) => !type || typeOf(task) === type)
			.filter((task) => task.createdAt / MS >= from && task.createdAt / MS <= to)
			.reverse()
			.slice(offset, offset + limit);
	}

	private isOver(task: Task): boolean {
		return ['succeed', 'failed'].includes(this.world.tasks.status(task));
	}

	private record(task: Task, account: Account): Record<string, unknown> {
		const isOver = this.isOver(task);
		return {
			_id: task.id.replace(/-/g, '').slice(0, 24),
			id: task.id,
			api_id: 'sim-api',
			application_id: 'sim-application',
			credential_id: `sim-credential-${account.name}`,
			user_id: `sim-user-${account.name}`,
			trace_id: task.id,
			type: typeOf(task),
			created_at: task.createdAt / MS,
			started_at: task.createdAt / MS,
			request: task.request,
			...(isOver
				? {
						job_id: task.id,
						finished_at: task.endsAt / MS,
						elapsed: (task.endsAt - task.createdAt) / MS,
						response: this.response(task),
					}
				: {}),
		};
	}

	/** The finished task as its sync answer, its callback and its record tell it. */
	private response(task: Task): Record<string, unknown> {
		if (task.failure !== undefined) {
			return {
				success: false,
				error: { code: 'api_error', message: task.failure },
				task_id: task.id,
				trace_id: task.id,
			};
		}
		const kept =
			task.kept && aceKept(this.world, { id: task.resultIds[0] ?? '', kept: task.kept, task });
		const result = kept ??
			this.solution(task) ?? {
				video_id: task.resultIds[0],
				video_url: urlOf(this.world, task, 0),
				duration: durationText(task),
				...(typeOf(task) === 'talking-photo' ? this.talkingPhoto(task) : {}),
			};
		return {
			success: true,
			...(task.resultMissing ? {} : result),
			state: task.statusWord ?? 'succeed',
			task_id: task.id,
		};
	}

	/** The links of what Kling makes by its Solutions API, in an object of their own; undefined for anything else. */
	private solution(task: Task): Record<string, unknown> | undefined {
		if (!isSolution(task.kind)) return undefined;
		if (task.kind === 'solutions/e-commerce/clothing_dupe') {
			return { data: outputs(this.world, task), usage: task.units };
		}
		const link = urlOf(this.world, task, 0);
		const data =
			task.images > 0
				? { image_url: link }
				: { video_id: task.resultIds[0], video_url: link, duration: durationText(task) };
		return { data, usage: task.units };
	}

	/** It tells its length as a number, and the video before the lips were moved. */
	private talkingPhoto(task: Task): Record<string, unknown> {
		return { duration: videoSeconds(task), source_video_url: urlOf(this.world, task, 1) };
	}
}

function typeOf(task: Task): string {
	return task.typeWord ?? TYPES[task.kind] ?? 'videos';
}
