import type { Account } from '../accounts';
import { callAt } from '../atOnce';
import { bearerToken } from '../auth';
import type { Refusal } from '../refusal';
import type { Service } from '../service';
import type { Task } from '../tasks';
import type { Answer, ApiRequest, ServiceName, TaskKind } from '../types';
import type { World } from '../world';
import { answerAs } from './createAnswers';
import { libraryData } from './officialLibrary';
import {
	answerAtOnce,
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

/** A relay that passes official calls through: creates, queries, calls answered at once, and all calls for elements and voices; tells of tasks in the form of the settings. */
export class RelayService implements Service {
	constructor(private readonly world: World) {}

	answer(request: ApiRequest): Answer {
		const account = resellerAccount(this.world, 'relay', request);
		const inner = withoutPrefix(request.path);
		const kept = account && inner && this.library({ ...request, path: inner }, account);
		if (kept) return kept;
		const work = this.workOf(request);
		if (!work) return notFoundPage();
		return account ? work(account) : unknownKey();
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

	/** What is to be done for the account that asks; undefined where there is nothing of that path and method. */
	private workOf(request: ApiRequest): ((account: Account) => Answer) | undefined {
		const { method } = request;
		const path = withoutPrefix(request.path) ?? '';
		const name = callAt(path);
		if (name) {
			if (method !== 'POST') return undefined;
			return (account) => answerAtOnce(this.world, request, { service: 'relay', account, name });
		}
		const { kind, id } = legacyRoute(path) ?? {};
		if (kind && id === undefined && method === 'POST')
			return (account) => this.create(request, account, kind);
		if (kind && id !== undefined && method === 'GET')
			return (account) => this.one(account, kind, id);
		return undefined;
	}

	private create(request: ApiRequest, account: Account, kind: TaskKind): Answer {
		const made = createLegacy(this.world, request, {
			service: 'relay',
			account,
			kind,
			numericDuration: true,
			olderEffects: this.world.settings.relayOlderEffects,
		});
		const form = this.world.settings.relayCreateAnswer;
		return { ...made, json: answerAs(form, made.taskId ?? '', made.json) };
	}

	private one(account: Account, kind: TaskKind, id: string): Answer {
		const task = taskNamed(tasksOf(this.world, account, kind), id);
		return { status: 200, json: relayAnswer(this.world, task), taskId: task.id };
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
