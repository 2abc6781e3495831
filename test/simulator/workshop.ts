import type { Account } from './accounts';
import { lengthAt, uploadedAt } from './addresses';
import { moneyFor, packId, packName, packOfTask, rounded } from './billing';
import { officialTaskId, uuid } from './ids';
import type { Answered } from './answered';
import type { ChargeEntry } from './ledger';
import { findKept } from './library';
import { videoSeconds } from './records';
import { badValue, Refusal } from './refusal';
import type { Task } from './tasks';
import type { JsonObject, ServiceName, TaskKind } from './types';
import {
	priceOf,
	type Kept,
	type KeptType,
	type Order,
	type ValidationContext,
} from './validate/order';
import type { World } from './world';

/** A prompt with this word makes a task that fails at its end, for tests without control access. */
const FAILING_PROMPT = '[fail]';
/** A prompt with this word is refused at once. */
const REFUSED_PROMPT = '[refuse]';
const FAILURE_MESSAGE = 'Failure to pass the risk control system';

const SECOND_MS = 1000;

export interface WorkOrder extends Order {
	service: ServiceName;
	account: Account;
	kind: TaskKind;
	request: JsonObject;
	id: string;
	upstreamId?: string;
	unified?: boolean;
	/** Ids of the results; default: a uuid each. */
	resultId?: () => string;
}

/**
 * Makes a task and charges for it, or refuses in the order the services do: a repeated external id
 * first, then an account that cannot pay, then one that has no slot left.
 */
export function makeTask(world: World, order: WorkOrder): Task {
	refuseRepeatedExternalId(world, order);
	const units = priceOf(order);
	refuseContent(order.prompt);
	refuseUnpayable(order.account, units);
	refuseWithoutSlot(world, order);
	const { settings } = world;
	const seconds = settings.taskSecondsByKind[order.kind] ?? settings.taskSeconds;
	const makeId = order.resultId ?? (order.kept ? officialTaskId : uuid);
	const results = Array.from({ length: Math.max(order.images, 1) }, makeId);
	const task = world.tasks.create(
		{
			id: order.id,
			service: order.service,
			account: order.account.name,
			kind: order.kind,
			request: order.request,
			modelName: order.modelName,
			mode: order.mode,
			seconds: order.seconds,
			images: order.images,
			sound: order.sound,
			kept: order.kept,
			units,
			watermark: order.watermark,
			externalTaskId: order.externalTaskId,
			callbackUrl: order.callbackUrl,
			upstreamId: order.upstreamId,
			parentVideoId: order.parentVideoId,
			unified: order.unified,
			failure: failureOf(order.prompt),
			runMs: seconds * SECOND_MS,
		},
		results,
	);
	const { id: taskId, service, kind, externalTaskId } = task;
	charge(world, order.account, { service, taskId, kind, units, externalTaskId });
	return task;
}

/** Refuses a text for what it says. */
export function refuseContent(text: string): void {
	if (text.includes(REFUSED_PROMPT)) throw new Refusal(1301);
}

/** Why something made of this text fails; undefined: it does not. */
export function failureOf(text: string): string | undefined {
	return text.includes(FAILING_PROMPT) ? FAILURE_MESSAGE : undefined;
}

export function refuseUnpayable(account: Account, units: number): void {
	if (account.trouble) throw new Refusal(account.trouble);
	if (account.balance < units) throw new Refusal(1102);
}

/** Takes the units, and writes them down. */
export function charge(
	world: World,
	account: Account,
	paid: Omit<ChargeEntry, 'time' | 'account'>,
): void {
	const { externalTaskId, ...rest } = paid;
	const time = world.clock.now();
	deduct(world, account, { ...rest, time });
	world.ledger.charges.push({
		time,
		account: account.name,
		...rest,
		...(externalTaskId ? { externalTaskId } : {}),
	});
}

/** Takes units, or money where the account pays so. */
function deduct(
	world: World,
	account: Account,
	paid: Omit<ChargeEntry, 'account' | 'externalTaskId'>,
): void {
	const { taskId, units } = paid;
	const inCash = world.settings.paysInCash;
	const amount = inCash ? moneyFor(units, packOfTask(world.tasks.get(taskId))) : units;
	const before = inCash ? account.cash : account.balance;
	const after = rounded(before - amount);
	if (inCash) account.cash = after;
	else account.balance = after;
	const ledger = inCash ? 'balance' : 'package';
	world.ledger.deductions.push({ ...paid, account: account.name, ledger, amount, before, after });
}

/** Gives the units of a failed task back, once. */
export function refund(world: World, task: Task): void {
	const { charges, refunds } = world.ledger;
	if (refunds.some((entry) => entry.taskId === task.id)) return;
	const paid = charges.find((entry) => entry.taskId === task.id);
	const account = world.accounts.byName(task.account);
	if (!paid || !account) return;
	const deduction = world.ledger.deductions.find((entry) => entry.taskId === task.id);
	if (deduction?.ledger === 'balance') account.cash += deduction.amount;
	else account.balance += paid.units;
	refunds.push({ ...paid, time: world.clock.now() });
}

/** Presets of other catalogues have names for ids, which this one does not list. */
const LIKE_OWN_VOICE = /^\d{12,}$/;

function needKept(world: World, account: Account, type: KeptType, id: string): Kept {
	const word = type === 'element' ? 'Element' : 'Voice';
	const kept = findKept(world, account.name, type, id)?.kept;
	if (!kept) throw badValue(`${word} not found: ${id}`);
	if (kept.deleted) throw badValue(`${word} already be deleted for id: ${id}`);
	return kept;
}

/** What validation may look up among what the account has made. */
export function validationContext(
	world: World,
	account: Account,
	rules: Partial<Omit<ValidationContext, 'video'>> = {},
): ValidationContext {
	const aged = <T extends Answered>(thing: T | undefined) =>
		thing && { ...thing, ageMs: world.clock.now() - thing.madeAt };
	return {
		discontinuedModels: rules.discontinuedModels ?? world.settings.discontinuedModels,
		numericDuration: rules.numericDuration ?? false,
		olderEffects: rules.olderEffects ?? false,
		video: (videoId) => {
			const task = world.tasks.byVideoId(account.name, videoId);
			if (!task) return undefined;
			const ms = Math.round(videoSeconds(task) * SECOND_MS);
			const { sound, generate_audio } = task.request;
			const soundOn = sound === 'on' || generate_audio === true;
			return { ...task, ms, ageMs: world.clock.now() - task.endsAt, soundOn };
		},
		needElement: (id) => {
			const { referenceType } = needKept(world, account, 'element', id);
			return { isVideo: referenceType === 'video_refer' };
		},
		needVoice: (id) => {
			if (LIKE_OWN_VOICE.test(id)) needKept(world, account, 'voice', id);
		},
		lengthAt: (url) => lengthAt(world, url),
		uploaded: (url) => uploadedAt(world, url)?.bytes,
		speech: (audioId) =>
			aged(world.speeches.find(account.name, (speech) => speech.audioId === audioId)),
		session: (sessionId) =>
			aged(world.faceSessions.find(account.name, (session) => session.id === sessionId)),
	};
}

function refuseRepeatedExternalId(world: World, { account, externalTaskId }: WorkOrder): void {
	if (!externalTaskId || world.settings.takesExternalIdsAgain) return;
	const taken = world.tasks
		.all()
		.some((task) => task.account === account.name && task.externalTaskId === externalTaskId);
	if (taken) throw badValue(`External_task_id ${externalTaskId} already exists`);
}

function refuseWithoutSlot(world: World, { account, images, modelName }: WorkOrder): void {
	const pack = images > 0 ? 'image' : 'video';
	const limit = pack === 'image' ? world.settings.imageSlots : world.settings.slots;
	if (world.tasks.slotsInUse(account.name, pack, modelName) + Math.max(images, 1) > limit)
		throw new Refusal(1303);
}

/** Total and rest of an account's packs, for /account/costs. */
export function resourcePacks(world: World, account: Account): Array<Record<string, unknown>> {
	const { balance } = world.settings;
	const day = 24 * 60 * 60 * SECOND_MS;
	const bought = world.clock.now() - day;
	return (['video', 'image'] as const).map((pack) => ({
		resource_pack_name: packName(pack, world.settings),
		resource_pack_id: packId(pack, account.name),
		resource_pack_type: 'decreasing_total',
		total_quantity: balance,
		remaining_quantity: account.balance,
		purchase_time: bought,
		effective_time: bought,
		invalid_time: bought + 31 * day,
		status: account.balance > 0 ? 'online' : 'runOut',
	}));
}
