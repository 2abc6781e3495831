import { hasCallback, withCallbacks, withoutCallbacks } from '../../shared/core/callbackFields';
import { addCallbackParams } from '../../shared/core/callbackUrl';
import { KlingError, refuseParameter, toKlingError } from '../../shared/core/errors';
import { KINDS } from '../../shared/core/kinds';
import type { Kind } from '../../shared/core/kinds';
import { parseRequest } from '../../shared/core/requests';
import type { GenerationRequest, RequestView } from '../../shared/core/requests';
import { asAsked } from '../../shared/core/sound';
import { isAgentTool } from '../../shared/n8n/agentTool';
import { standInFor } from '../../shared/core/standIn';
import { isWebAddress } from '../../shared/core/webAddress';
import { sha256Of } from '../../shared/n8n/fileBody';
import { resumeUrlOf } from '../../shared/n8n/host';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';
import type { Provider } from '../../shared/providers';
import { apiToTell, checkEncoding, findsByName } from '../../shared/providers/codec';
import { asMade, checkRequest } from '../../shared/providers/checkRequest';
import { retirementWarning } from '../../shared/providers/retired';
import type { GenerationOperation } from '../operations/types';
import { itemReader } from '../parameters/reader';
import { readOutput } from '../parameters/waiting';
import type { TaskKey, TaskStore } from './taskStore';

/** What one item asks for, read and checked. */
export interface ReadItem {
	itemIndex: number;
	kind: Kind;
	request: GenerationRequest;
	/** What its task is kept under. */
	key: TaskKey;
	/** A task that exists under the user's External Task ID is as good as a new one. */
	reuse: boolean;
	output: OutputSettings;
}

/** An item that was refused before anything was sent. */
export interface RefusedItem {
	itemIndex: number;
	error: KlingError;
}

/** All items of a run, each in one of the lists, in order. */
export interface ReadItems {
	accepted: ReadItem[];
	refused: RefusedItem[];
	/** What to tell of those that are going to be sent. */
	warnings: Set<string>;
}

/**
 * A Kling Trigger of this n8n accepts only calls that carry the token of the credential, so it is added to addresses of
 * this n8n; nobody else is given it.
 */
function withTriggerToken(
	{ context, provider, callbackToken: token }: Session,
	request: GenerationRequest,
): GenerationRequest {
	const { kind } = request;
	const own = resumeUrlOf(context);
	const params = { token, kind, api: apiToTell(provider, request) };
	return withCallbacks(request, (address) => addCallbackParams(address, own, params));
}

/** Refuses settings that contradict each other. Throws `invalidInput`. */
function checkSettings(
	{ provider }: Session,
	request: GenerationRequest,
	{ reuse, suspends }: { reuse: boolean; suspends: boolean },
): void {
	if (reuse && !findsByName(provider, request)) {
		refuseParameter(
			'Reuse Existing Task',
			`cannot be used for ${KINDS[request.kind].title} at ${provider.label}, where a task is found by its own ID only`,
		);
	}
	if (reuse && request.external_task_id === undefined) {
		refuseParameter('Reuse Existing Task', 'needs an External Task ID to find the task by');
	}
	if (suspends && hasCallback(request)) {
		refuseParameter(
			'Callback URL',
			'cannot be given together with Suspend Execution Until Callback, which needs the callback itself',
		);
	}
}

/** What all items of a run are read with. `suspends`: the callback wakes the execution, so a request may not name another one. */
export interface ReadContext {
	session: Session;
	operation: GenerationOperation;
	store: TaskStore;
	suspends: boolean;
}

/**
 * What a request is known by: what it asks for, and not where its service calls, since addresses change with the key, the
 * execution and the address of n8n. With a sound by its content where sounds can be uploaded. Else who enters a token between
 * two tries would not be told that the first one may have been paid for.
 */
function knownBy(provider: Provider, request: GenerationRequest): object {
	const { sound_file: sound }: RequestView = request;
	const asked = asAsked(withoutCallbacks(request));
	if (!provider.calls.upload || sound === undefined || isWebAddress(sound)) return asked;
	return { ...asked, sound_file: standInFor(sha256Of(Buffer.from(sound, 'base64'))) };
}

async function readItem(
	{ session, operation, store, suspends }: ReadContext,
	itemIndex: number,
	warnings: Set<string>,
): Promise<ReadItem> {
	const item = itemReader(session, itemIndex);
	const { request: draft, reuse } = await operation.read(item);
	const { provider } = session;
	const asked = withOwnName(provider, parseRequest(draft));
	checkRequest(provider, asked);
	const made = asMade(provider, asked);
	const request = withTriggerToken(session, made);
	const key = store.keyOf(itemIndex, knownBy(provider, made));
	// Of a task that exists, it is of no use to know again what was looked up for its create.
	const isMade = store.find(key)?.state === 'made';
	if (!isMade) checkEncoding(provider, request);
	checkSettings(session, request, { reuse, suspends });
	const output = readOutput(item);
	const warning = isMade ? undefined : retirementWarning(provider, asked);
	if (warning !== undefined) warnings.add(warning);
	return { itemIndex, kind: request.kind, request, key, reuse, output };
}

/**
 * An External Task ID that stands among the additional fields, where an option should be: as if it were there, so that tasks
 * are found by it. Where services know no such names, it is a field like any other.
 */
function withOwnName(provider: Provider, request: GenerationRequest): GenerationRequest {
	const { external_task_id: name, ...extra } = request.extra ?? {};
	if (!provider.externalIds || name === undefined) return request;
	if (request.external_task_id !== undefined) {
		refuseParameter(
			'Additional Fields (JSON)',
			'cannot have external_task_id beside the option External Task ID',
		);
	}
	return parseRequest({ ...request, external_task_id: name, extra });
}

/** What is not an error of ours is most likely an expression that cannot be worked out for this item. */
export function toRefusal(thrown: unknown): KlingError {
	if (thrown instanceof KlingError) return thrown;
	const { message } = thrown instanceof Error ? thrown : toKlingError(thrown);
	return new KlingError('invalidInput', message);
}

/** A refusal with what an earlier try of the item has left behind, which a change of the item would make forgotten. */
function withEarlierTry(
	{ context, provider }: Session,
	store: TaskStore,
	refused: RefusedItem,
): RefusedItem {
	const { itemIndex, error } = refused;
	// Each call of a tool is an order of its own.
	const earlier = isAgentTool(context) ? undefined : store.unclearOf(itemIndex);
	if (!earlier) return refused;
	const named = provider.externalIds
		? ` (External Task ID ${earlier.externalTaskId}, unless you gave one)`
		: '';
	const warning = `An earlier try of this item ended without a clear answer, and its task may have been made and charged${named}: look it up before you change the item and run this again`;
	const { advice } = error.details;
	return {
		itemIndex,
		error: error.with({
			advice: advice ? `${advice}. ${warning}` : warning,
			firstAnswer: earlier.said,
			maybeCreated: true,
		}),
	};
}

/** Reads and checks all items, before the first is sent; never throws. */
export async function readItems(context: ReadContext): Promise<ReadItems> {
	const items: ReadItems = { accepted: [], refused: [], warnings: new Set() };
	for (const itemIndex of context.session.context.getInputData().keys()) {
		try {
			items.accepted.push(await readItem(context, itemIndex, items.warnings));
		} catch (thrown) {
			const refused = { itemIndex, error: toRefusal(thrown) };
			items.refused.push(withEarlierTry(context.session, context.store, refused));
		}
	}
	return items;
}
