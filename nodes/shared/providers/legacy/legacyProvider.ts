import { KlingError } from '../../core/errors';
import { RawInteger } from '../../core/json';
import type { JsonBody } from '../../core/json';
import type { Kind } from '../../core/kinds';
import { KINDS, legacyPath } from '../../core/kinds';
import { takesMode } from '../../core/models';
import { tableName } from '../../core/modelService';
import type { BodyFields } from '../../core/operations/define';
import { refuseValue } from '../../core/quote';
import { fieldName } from '../../core/requests';
import type { RequestView } from '../../core/requests';
import type { Task } from '../../core/task';
import { hidesTask, namedTaskIn } from '../namedTask';
import { KLING_CODES } from '../errorCodes';
import { meaningOfWords } from '../errorWords';
import { isFine, needResult, readJson, unreadable } from '../response';
import { saidIn, saysUnknownTask } from '../said';
import { LONGEST_ID } from '../schemas';
import { needCode, readEnvelope } from './envelope';
import { toAskedTask, toCallbackTask, toTask } from './decode';
import { offersFor } from '../offers';
import { codecsOf } from './speaking';
import type { Codec, HttpRequest, HttpResponse, Provider, Service } from '../types';

/**
 * Kling's official legacy API (`/v1/videos/…`, `/v1/images/…`) and everything that copies it.
 * What differs between the copies is data.
 */
export interface LegacyDialect {
	service: Service;
	label: string;
	/** Put before every path, e.g. `/kling` at relays. */
	prefix: string;
	/** Whose offers the definitions of the operations name. */
	offers: 'legacy' | 'relay' | 'openaiHk';
	callbackField: 'callback_url' | 'notify_hook';
	/** Names of another API for models of the table, which is told its own ones. */
	modelAliases?: Provider['modelAliases'];
	maxLengths?: Provider['maxLengths'];
	check?: Provider['check'];
}

/** Element ids go out as bare integers: as text Kling's tolerance is unproven, as a JS number they lose their last digits. */
function elementIds(list: ReadonlyArray<{ element_id: string }>): JsonBody {
	return list.map(({ element_id }) => ({ element_id: new RawInteger(element_id) }));
}

/** They are whole numbers here. Throws `invalidInput`. */
function checkElementIds({ kind, element_list = [] }: RequestView): void {
	for (const { element_id } of element_list) {
		if (!/^\d+$/.test(element_id)) {
			refuseValue(fieldName(kind, 'element_list'), 'must be whole numbers', element_id);
		}
	}
}

/**
 * A request as the legacy API wants it: durations are strings (of most kinds), the callback has the dialect's name, extra fields come last.
 * Where its own fields lie is said by the definition of its kind.
 */
function legacyBody(
	request: RequestView,
	{ callbackField, modelAliases }: LegacyDialect,
): { [key: string]: JsonBody } {
	const {
		kind,
		mode,
		duration,
		multi_prompt,
		element_list,
		callback_url,
		external_task_id,
		watermark_info,
		extra,
		...same
	} = request;
	const { legacyBody: layOut = (fields: BodyFields) => fields, legacyDuration } = KINDS[kind];
	const isText = duration !== undefined && legacyDuration !== 'number';
	const model_name = same.model_name && tableName({ modelAliases }, same.model_name);
	const own = {
		...same,
		model_name,
		mode: takesMode(model_name) ? mode : undefined,
		duration: isText ? String(duration) : duration,
		multi_prompt: multi_prompt?.map((shot) => ({ ...shot, duration: String(shot.duration) })),
		element_list: element_list && elementIds(element_list),
	};
	return {
		external_task_id,
		watermark_info,
		...layOut(own),
		[callbackField]: callback_url,
		...extra,
	};
}

const NO_TASK = 'it names no task';
const NO_ID = `the ID of its task has more than ${LONGEST_ID} characters`;

/** The task that a create has made. Throws `KlingError`. */
export function readCreated(label: string, kind: Kind, response: HttpResponse): Task {
	const { json, data } = readEnvelope(label, response);
	const record = toTask(data, kind, json) ?? toTask(json, kind, json);
	// An answer's own id may be that of the request, while the task's stands elsewhere.
	const id = namedTaskIn(response.text);
	if (!record || id === undefined) {
		throw unreadable(label, response, hidesTask(response.text) ? NO_ID : NO_TASK);
	}
	const task = { ...record, id };
	// A create that already reports the end is believed only after it was asked for: it carries no result yet.
	return task.status === 'succeed' ? { ...task, status: 'processing' } : task;
}

/** A record that says how the task is counts, whatever code or error stands around it. */
function readAsked(label: string, kind: Kind, id: string, response: HttpResponse): Task {
	const task = isFine(response) ? toAskedTask(readJson(label, response), kind, id) : undefined;
	const isClear = task && (task.status === 'succeed' || !task.statusUnknown);
	if (!isClear) readEnvelope(label, response);
	if (!task) throw unreadable(label, response, NO_TASK);
	return needResult(label, response, task);
}

/** The API of one path: what is made there is asked for there, by the id behind it. */
function legacyCodec(dialect: LegacyDialect, kind: Kind): Codec {
	const { label, prefix } = dialect;
	const pathOf = () => `${prefix}${legacyPath(kind)}`;
	return {
		api: 'legacy',
		findsByName: KINDS[kind].findsByName,
		serves: () => true,
		encodeCreate: (request) => ({
			method: 'POST',
			path: pathOf(),
			body: legacyBody(request, dialect),
		}),
		readCreated: (response) => readCreated(label, kind, response),
		encodeGet: (id) => ({ method: 'GET', path: `${pathOf()}/${encodeURIComponent(id)}` }),
		readTask: (id, response) => readAsked(label, kind, id, response),
	};
}

/** Builds a provider for one copy of the legacy API; services add what they have beyond it. */
export function legacyProvider(dialect: LegacyDialect): Provider {
	const { service, label, prefix, offers, modelAliases, maxLengths, check } = dialect;
	const hasOneCall = offers === 'relay';
	return {
		service,
		label,
		...offersFor(offers),
		taskId: /^(\d{12,}|task_\w+)$/,
		modelAliases,
		maxLengths,
		check(request) {
			checkElementIds(request);
			check?.(request);
		},
		codecs: (kind) => codecsOf(kind, legacyCodec(dialect, kind), { prefix, hasOneCall }),
		calls: {},
		readCallback: toCallbackTask,

		encodeProbe: (now): HttpRequest => ({
			method: 'GET',
			path: `${prefix}${legacyPath('text2video')}/credential-test-${now}`,
		}),

		readProbe: (response) => readMissingTaskProbe(label, response),
	};
}

/** new-api, which looks for the model of the task before it looks for the task. */
const ASKS_FOR_MODEL = /未指定模型|model( name)? (is )?(not specified|missing|required)/i;

/** Whether a key was accepted, and only the task or its model was not: the key may be limited to some models. */
function isAboutTask({ details: { code } }: KlingError, { text }: HttpResponse): boolean {
	const said = saidIn(text);
	const { words } = said;
	return (
		saysUnknownTask(code, words) ||
		ASKS_FOR_MODEL.test(words ?? '') ||
		meaningOfWords(said) === KLING_CODES[1103]
	);
}

/**
 * The free test where a service has no account call: asking for a task that cannot exist.
 * "Not found" means the key was accepted. Throws `KlingError` for everything else.
 */
function readMissingTaskProbe(
	label: string,
	response: HttpResponse,
): { ok: boolean; message: string } {
	const fine = { ok: true, message: `${label} accepted the key. Its balance cannot be asked for` };
	try {
		needCode(label, response, readEnvelope(label, response).json);
		return fine;
	} catch (thrown) {
		const error = thrown instanceof KlingError ? thrown : unreadable(label, response, 'unknown');
		if (error.kind === 'notFound' || error.details.busy) return fine;
		if (error.details.code === 1201 || error.details.code === 1203) return fine;
		if (isAboutTask(error, response)) return fine;
		throw error;
	}
}
