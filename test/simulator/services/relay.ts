import type { Account } from '../accounts';
import { bearerToken } from '../auth';
import type { Refusal } from '../refusal';
import type { Service } from '../service';
import type { Task } from '../tasks';
import type { Answer, ApiRequest, ServiceName } from '../types';
import type { World } from '../world';
import { answerAs } from './createAnswers';
import { libraryData } from './officialLibrary';
import {
	bodyObject,
	createLegacy,
	legacyRoute,
	listLegacy,
	officialError,
	succeed,
	taskNamed,
	tasksOf,
} from './official';
import { relayAnswer, relayCallback } from './relayForms';

const PREFIX = '/kling';

/** A relay that passes official calls through: creates and queries, and all calls for elements and voices; answers in the form of the settings. */
export class RelayService implements Service {
	constructor(private readonly world: World) {}

	answer(request: ApiRequest): Answer {
		const inner = withoutPrefix(request.path);
		const route = inner === undefined ? undefined : legacyRoute(inner);
		const isCreate = request.method === 'POST' && route !== undefined && route.id === undefined;
		const isQuery = request.method === 'GET' && route?.id !== undefined;
		const account = resellerAccount(this.world, 'relay', request);
		const kept = account && inner && this.library({ ...request, path: inner }, account);
		if (kept) return kept;
		if (!isCreate && !isQuery) return notFoundPage();
		if (!account) return unknownKey();
		if (route.id !== undefined) {
			const task = taskNamed(tasksOf(this.world, account, route.kind), route.id);
			return { status: 200, json: relayAnswer(this.world, task), taskId: task.id };
		}
		const made = createLegacy(this.world, request, {
			service: 'relay',
			account,
			kind: route.kind,
			numericDuration: true,
		});
		const form = this.world.settings.relayCreateAnswer;
		return { ...made, json: answerAs(form, made.taskId ?? '', made.json) };
	}

	/** Lists and deletes of elements and voices; undefined for any other call. */
	private library(request: ApiRequest, account: Account): Answer | undefined {
		const found = libraryData(this.world, request, {
			account: () => account,
			body: () => bodyObject(request),
		});
		if (found) return succeed(found.data);
		const route = legacyRoute(request.path);
		const isList = request.method === 'GET' && route !== undefined && route.id === undefined;
		if (!isList || !route.kind.startsWith('general/')) return undefined;
		const tasks = tasksOf(this.world, account, route.kind);
		return listLegacy(this.world, tasks, request.query, route.kind);
	}

	refuse(refusal: Refusal): Answer {
		return officialError(refusal);
	}

	callbackBody(task: Task): Record<string, unknown> {
		return relayCallback(this.world, task);
	}
}

/** The path behind `/kling`; undefined when it does not begin so. */
export function withoutPrefix(path: string): string | undefined {
	return path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : undefined;
}

/** The account of a bearer key; undefined when the service does not know it. */
export function resellerAccount(
	world: World,
	service: ServiceName,
	request: ApiRequest,
): Account | undefined {
	const isAlone = service === 'relay' && world.settings.relayKeyAlone;
	const key = isAlone ? request.headers.authorization : bearerToken(request.headers);
	return world.accounts.byApiKey(service, key ?? '');
}

/** What the one-api family of relays answers to a key it does not know, in OpenAI's shape. */
export function unknownKey(): Answer {
	return {
		status: 401,
		json: { error: { message: 'Invalid token', type: 'new_api_error', param: '', code: '' } },
	};
}

export function notFoundPage(status = 404): Answer {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		text: '<!doctype html><html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>',
	};
}
