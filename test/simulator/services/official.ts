import type { Account } from '../accounts';
import { callAt, doAtOnce } from '../atOnce';
import { officialAccount, type OfficialAuth } from '../auth';
import { billingPage, ledgerAt, type LedgerName } from '../billing';
import { officialTaskId, requestId } from '../ids';
import {
	createdRecord,
	legacyRecord,
	NAMELESS_KINDS,
	OFFICIAL_STYLE,
	unifiedRecord,
} from '../records';
import { badValue, Refusal } from '../refusal';
import type { Service } from '../service';
import type { Task } from '../tasks';
import type { Answer, ApiRequest, CallName, ServiceName, TaskKind } from '../types';
import { TASK_KINDS } from '../types';
import { Fields, isObject } from '../validate/fields';
import { OFFICIAL_RULES } from '../validate/official';
import { makeTask, resourcePacks, validationContext } from '../workshop';
import type { World } from '../world';
import { largestPage, libraryData } from './officialLibrary';
import { pageOf, queryTasks, searchTasks } from './officialQueries';

/** Kinds that only relays still have. */
const WITHDRAWN: ReadonlySet<TaskKind> = new Set(['videos/lip-sync']);

/** The official service of one region. Kling calls its own answer SUCCEED. */
export class OfficialService implements Service {
	constructor(
		private readonly world: World,
		private readonly name: ServiceName,
	) {}

	answer(request: ApiRequest): Answer {
		if (request.path === '/account/costs' && request.method === 'GET') return this.costs(request);
		if (request.path === '/tasks') return this.unified(request);
		const ledger = ledgerAt(request.path);
		if (ledger) return this.billing(request, ledger);
		const call = callAt(request.path);
		if (call) return this.atOnce(request, call);
		const kept = libraryData(this.world, request, {
			account: () => this.authorize(request).account,
			body: () => bodyObject(request),
		});
		if (kept) return succeed(kept.data);
		const route = legacyRoute(request.path);
		if (!route || WITHDRAWN.has(route.kind)) throw new Refusal(1202);
		const { account } = this.authorize(request);
		if (request.method === 'POST' && route.id === undefined) {
			return createLegacy(this.world, request, { service: this.name, account, kind: route.kind });
		}
		if (request.method !== 'GET') throw new Refusal(1202);
		const tasks = tasksOf(this.world, account, route.kind);
		if (route.id !== undefined) return oneLegacy(this.world, tasks, route.id);
		return listLegacy(this.world, tasks, request.query, route.kind);
	}

	refuse(refusal: Refusal): Answer {
		return officialError(refusal);
	}

	callbackBody(task: Task): Record<string, unknown> {
		return this.world.settings.officialCallbackForm === 'unified'
			? unifiedRecord(this.world, task)
			: legacyRecord(this.world, task, OFFICIAL_STYLE);
	}

	private authorize(request: ApiRequest, apiKeyOnly = false): OfficialAuth {
		const { accounts, clock } = this.world;
		return officialAccount(accounts, this.name, request.headers, { now: clock.now(), apiKeyOnly });
	}

	private atOnce(request: ApiRequest, name: CallName): Answer {
		if (request.method !== 'POST') throw new Refusal(1202);
		const { account } = this.authorize(request);
		return answerAtOnce(this.world, request, { service: this.name, account, name });
	}

	private costs(request: ApiRequest): Answer {
		const { account } = this.authorize(request);
		for (const name of ['start_time', 'end_time']) {
			if (!/^\d+$/.test(request.query.get(name) ?? '')) throw badValue(`${name} is required`);
		}
		if (Number(request.query.get('end_time')) < Number(request.query.get('start_time')))
			throw badValue('end_time must not be earlier than start_time');
		const name = request.query.get('resource_pack_name');
		const packs = resourcePacks(this.world, account).filter(
			(pack) => !name || pack.resource_pack_name === name,
		);
		return succeed({ code: 0, msg: 'SUCCEED', resource_pack_subscribe_infos: packs });
	}

	private billing(request: ApiRequest, ledger: LedgerName): Answer {
		if (request.method !== 'POST') throw new Refusal(1202);
		const { account } = this.authorize(request, true);
		return succeed(billingPage(this.world, account, ledger, new Fields(bodyObject(request))));
	}

	private unified(request: ApiRequest): Answer {
		if (!['GET', 'POST'].includes(request.method)) throw new Refusal(1202);
		const { account } = this.authorize(request, true);
		const tasks = tasksOf(this.world, account);
		if (request.method === 'GET') {
			return succeed(
				queryTasks(tasks, request.query).map((task) => unifiedRecord(this.world, task)),
			);
		}
		return succeed(searchTasks(this.world, tasks, new Fields(bodyObject(request))));
	}
}

/** `/v1/<kind>` or `/v1/<kind>/<id>`. */
export function legacyRoute(path: string): { kind: TaskKind; id?: string } | undefined {
	for (const kind of TASK_KINDS) {
		const base = `/v1/${kind}`;
		if (path === base) return { kind };
		const id = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : '';
		if (id !== '' && !id.includes('/')) return { kind, id: decoded(id) };
	}
	return undefined;
}

/** An id with a stray % is simply one that nobody knows. */
function decoded(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}

/** What a relay that passes official calls through shares with the official service. */
export interface LegacyCall {
	service: ServiceName;
	account: Account;
	kind: TaskKind;
	numericDuration?: boolean;
	olderEffects?: boolean;
}

export function createLegacy(world: World, request: ApiRequest, call: LegacyCall): Answer {
	const body = bodyObject(request);
	const { numericDuration, olderEffects } = call;
	const context = validationContext(world, call.account, { numericDuration, olderEffects });
	const order = OFFICIAL_RULES[call.kind](new Fields(body), context);
	const { service, account, kind } = call;
	const task = makeTask(world, {
		...order,
		service,
		account,
		kind,
		request: body,
		id: officialTaskId(),
	});
	return succeed(createdRecord(task, OFFICIAL_STYLE), task.id);
}

/** A call that is answered at once, at a service that has it under its official path. */
export function answerAtOnce(
	world: World,
	request: ApiRequest,
	call: { service: ServiceName; account: Account; name: CallName },
): Answer {
	const { id, data } = doAtOnce(world, new Fields(bodyObject(request)), call);
	return succeed(data, id);
}

/** By task id or, where the kind knows it, external id, among the tasks of the path's kind only. */
export function taskNamed(tasks: Task[], id: string): Task {
	const task = tasks.find(
		({ id: taskId, externalTaskId, kind }) =>
			taskId === id || (externalTaskId === id && !NAMELESS_KINDS.has(kind)),
	);
	if (!task) throw badValue(`Task not found by id/external id: ${id}`);
	return task;
}

export function oneLegacy(world: World, tasks: Task[], id: string): Answer {
	const task = taskNamed(tasks, id);
	return succeed(legacyRecord(world, task, OFFICIAL_STYLE), task.id);
}

/** Voices that were deleted are gone; elements that were tell so. */
export function listLegacy(
	world: World,
	tasks: Task[],
	query: URLSearchParams,
	kind: TaskKind,
): Answer {
	const listed = tasks.filter(({ kept }) => !(kept?.type === 'voice' && kept.deleted));
	const page = pageOf(listed, query, largestPage(kind));
	return succeed(page.map((task) => legacyRecord(world, task, OFFICIAL_STYLE)));
}

/** Oldest first. */
export function tasksOf(world: World, account: Account, kind?: TaskKind): Task[] {
	return world.tasks
		.all()
		.filter(
			(task) => task.account === account.name && !task.vanished && (!kind || task.kind === kind),
		);
}

export function bodyObject(request: Pick<ApiRequest, 'body'>): NonNullable<Fields['body']> {
	if (!isObject(request.body)) throw new Refusal(1200, 'Request body is not a valid JSON object');
	return request.body;
}

export function succeed(data: unknown, taskId?: string): Answer {
	return {
		status: 200,
		json: { code: 0, message: 'SUCCEED', request_id: requestId(), data },
		taskId,
	};
}

export function officialError(refusal: Refusal): Answer {
	return {
		status: refusal.status,
		json: { code: refusal.code, message: refusal.message, request_id: requestId() },
	};
}
