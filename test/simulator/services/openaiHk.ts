import type { Account } from '../accounts';
import { openaiHkTaskId } from '../ids';
import { createdRecord, legacyRecord, type RecordStyle } from '../records';
import { badValue, type Refusal } from '../refusal';
import type { Service } from '../service';
import type { Task } from '../tasks';
import type { Answer, ApiRequest } from '../types';
import { Fields } from '../validate/fields';
import { OPENAI_HK_RULES } from '../validate/openaiHk';
import { makeTask, validationContext } from '../workshop';
import type { World } from '../world';
import { bodyObject, legacyRoute, officialError, tasksOf } from './official';
import { notFoundPage, resellerAccount, unknownKey, withoutPrefix } from './relay';

const STYLE: RecordStyle = { taskInfo: false, bothResults: true };

/** OpenAI-HK: three kinds, the official answers of 2024 with Chinese words, and `notify_hook`. */
export class OpenaiHkService implements Service {
	constructor(private readonly world: World) {}

	answer(request: ApiRequest): Answer {
		const inner = withoutPrefix(request.path);
		const route = inner === undefined ? undefined : legacyRoute(inner);
		const rule = route && OPENAI_HK_RULES[route.kind];
		const isQuery = request.method === 'GET' && route?.id !== undefined;
		const isCreate = request.method === 'POST' && route !== undefined && route.id === undefined;
		if (!rule || (!isQuery && !isCreate)) return notFoundPage();
		const account = resellerAccount(this.world, 'openaiHk', request);
		if (!account) return unknownKey();
		if (route.id !== undefined) return this.one(account, route.kind, route.id);
		const body = bodyObject(request);
		const { openaiHkNewerModels } = this.world.settings;
		const context = validationContext(this.world, account, { discontinuedModels: [] });
		const order = rule(new Fields(body), context, openaiHkNewerModels);
		const task = makeTask(this.world, {
			...order,
			service: 'openaiHk',
			account,
			kind: route.kind,
			request: body,
			id: openaiHkTaskId(),
		});
		return chineseSuccess(createdRecord(task, STYLE), task);
	}

	refuse(refusal: Refusal): Answer {
		return officialError(refusal);
	}

	callbackBody(task: Task): Record<string, unknown> {
		return legacyRecord(this.world, task, STYLE);
	}

	/** No external ids here: none are taken at the create. */
	private one(account: Account, kind: Task['kind'], id: string): Answer {
		const task = tasksOf(this.world, account, kind).find((candidate) => candidate.id === id);
		if (!task) throw badValue(`Task not found by id/external id: ${id}`);
		return chineseSuccess(legacyRecord(this.world, task, STYLE), task);
	}
}

/** This service tells the task's own id as request id. */
function chineseSuccess(data: unknown, task: Task): Answer {
	return {
		status: 200,
		json: { code: 0, message: '成功', request_id: task.id, data },
		taskId: task.id,
	};
}
