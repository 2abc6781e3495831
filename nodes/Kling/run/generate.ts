import type { INodeExecutionData } from 'n8n-workflow';

import { toKlingError } from '../../shared/core/errors';
import { resumeUrlOf, tell } from '../../shared/n8n/host';
import type { Session } from '../../shared/n8n/session';
import type { GenerationOperation } from '../operations/types';
import { readWaitSettings } from '../parameters/waiting';
import { callbackUrlOf, checkReachable } from '../suspend/resumeUrl';
import { checkBeforeSuspending, suspend } from '../suspend/suspend';
import { readItems } from './readItems';
import type { RefusedItem } from './readItems';
import { deliverAll, failOnFirst, fatal, nodeError, refuseAll } from './results';
import type { ItemResult } from './results';
import { saveResults, submit } from './submit';
import type { SubmitSettings } from './submit';
import { openTaskStore } from './taskStore';
import type { TaskStore } from './taskStore';

/** Throws what n8n shows: a setting is wrong, or the service cannot call this n8n back. */
function readSettings(session: Session): SubmitSettings {
	const { context, connection } = session;
	try {
		const wait = readWaitSettings(context);
		if (wait.until !== 'allCreated') return { wait, callbackUrl: undefined };
		const callbackUrl = callbackUrlOf(resumeUrlOf(context));
		checkReachable(connection.baseUrl, callbackUrl);
		return { wait, callbackUrl };
	} catch (thrown) {
		throw nodeError(session, toKlingError(thrown), 0);
	}
}

/** Ends the node, before anything is sent, at the first item that was refused. */
function failOnRefused(session: Session, [first]: readonly RefusedItem[], store: TaskStore): void {
	if (first) throw nodeError(session, fatal(first.error, store.list()), first.itemIndex);
}

function inOrder(results: readonly ItemResult[], refused: readonly RefusedItem[]): ItemResult[] {
	const failed = refused.map((item): ItemResult => ({ ...item, ok: false }));
	return [...results, ...failed].sort((one, other) => one.itemIndex - other.itemIndex);
}

/** Everything after the settings and the record of paid tasks were read. */
async function runItems(
	session: Session,
	operation: GenerationOperation,
	settings: SubmitSettings,
	store: TaskStore,
): Promise<INodeExecutionData[]> {
	const { stopAtError } = settings.wait;
	const suspends = settings.callbackUrl !== undefined;
	const { accepted, refused, warnings } = await readItems({ session, operation, store, suspends });
	if (stopAtError) failOnRefused(session, refused, store);
	for (const warning of warnings) tell(session.context, warning);

	let submitted = await submit(accepted, { ...settings, session, store });
	if (suspends) submitted = await checkBeforeSuspending(session, submitted);
	saveResults(session, store, submitted);
	const known = store.list();
	if (stopAtError) failOnFirst(session, { results: submitted, known });

	const run = { results: inOrder(submitted, refused), known };
	// What a person has stopped must not wake up again.
	if (suspends && !session.signal?.aborted) {
		const suspended = await suspend(session, run, settings.wait);
		if (suspended) return suspended;
	}
	const { items, failures } = await deliverAll(session, run);
	if (failures === 0) for (const { key } of submitted) store.handedOut(key);
	return items;
}

/**
 * Submits one task per item, waits for all of them together and delivers one item each, in order; or suspends the
 * execution until the services have called back. All items are checked before the first is sent.
 */
export async function generate(
	session: Session,
	operation: GenerationOperation,
): Promise<INodeExecutionData[]> {
	const settings = readSettings(session);
	let store: TaskStore;
	try {
		store = openTaskStore(session);
	} catch (thrown) {
		return refuseAll(session, toKlingError(thrown));
	}
	return await runItems(session, operation, settings, store);
}
