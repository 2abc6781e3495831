import { Accounts } from './accounts';
import { handleApiRequest } from './apiServer';
import { Callbacks } from './callbacks';
import { handleDownload } from './cdn';
import { withTimers, type Clock, type TimerClock } from './clock';
import { handleControl, type Controlled } from './control';
import { Delivery, sendTestCallback } from './delivery';
import { Faults } from './faults';
import { AnsweredCalls, makerOf } from './answered';
import { Ledger } from './ledger';
import { resultFile, type ResultExtension } from './links';
import { RateLimiter } from './rateLimiter';
import { listen, type Listener } from './server';
import type { Service } from './service';
import { AceDataService } from './services/aceData';
import { NewApiService } from './services/newApi';
import { OfficialService } from './services/official';
import { OpenaiHkService } from './services/openaiHk';
import { RelayService } from './services/relay';
import { makeSettings, type Settings } from './settings';
import { TaskStore } from './tasks';
import { LISTENER_NAMES, SERVICE_NAMES, type ListenerName, type ServiceName } from './types';
import { uploadIn } from './uploads';
import { refund } from './workshop';
import type { World } from './world';

export { RunningClock, VirtualClock, type Clock, type TimerClock } from './clock';
export type { Fault, FaultAction, FaultHandle, FaultMatch, Faults } from './faults';
export { facesIn } from './faces';
export type { Face, FaceSession, Speech } from './answered';
export type * from './ledger';
export { RELAY_FORMS, type RelayForm } from './services/relayForms';
export type { Settings } from './settings';
export type { Task, TaskStore } from './tasks';
export type { CallName, JsonValue, ListenerName, ServiceName, TaskKind, TaskStatus } from './types';
export { KNOWN_ELEMENT_IDS } from './validate/models';
export { SPEECH_VOICES } from './validate/speechVoices';

export interface SimulatorOptions extends Partial<Settings> {
	/** Default: real time. */
	clock?: Clock;
	/** Default: any free port each. */
	ports?: Partial<Record<ListenerName, number>>;
}

export interface ServiceAddress {
	/** Without prefix and without a slash at its end. */
	baseUrl: string;
	apiKey: string;
	accessKey?: string;
	secretKey?: string;
	/** Of the platform of Ace Data Cloud, which is reached at the same address. */
	platformToken?: string;
}

/** A running simulator. */
export interface Simulator {
	clock: TimerClock;
	services: Record<ServiceName, ServiceAddress>;
	cdnUrl: string;
	controlUrl: string;
	ledger: Ledger;
	faults: Faults;
	tasks: TaskStore;
	accounts: Accounts;
	/** Takes effect at once; `reset` brings the first ones back. */
	settings: Settings;
	/** Exactly what the link to the task's first video serves. */
	videoBytes(taskId: string): Buffer;
	/** Exactly what the link to one of the task's images serves, to a face of a session, or to a part of a picture. */
	imageBytes(taskId: string, index?: number): Buffer;
	/** Exactly what the link to the sound of a task or of a speech in a format serves. */
	audioBytes(taskId: string, format?: 'mp3' | 'wav'): Buffer;
	/** Exactly what the link to the task's subtitles in a format serves. */
	subtitleBytes(taskId: string, format: 'srt' | 'ass'): Buffer;
	/** What was uploaded to that address; undefined where nothing was. */
	uploadedBytes(url: string): Buffer | undefined;
	/** Resolves when all callbacks that are due were sent and answered. */
	settled(): Promise<void>;
	/** Posts what Kling's console posts to try a callback address; tells the HTTP status. */
	testCallback(url: string): Promise<number>;
	/** Forgets tasks, ledger, faults and changed settings; the clock goes on. */
	reset(): void;
	/** Closes all servers and connections. */
	stop(): Promise<void>;
}

/** Starts all services on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { clock: givenClock, ports = {}, ...givenSettings } = options;
	const world = makeWorld(withTimers(givenClock), makeSettings(givenSettings));
	const services = makeServices(world);
	const delivery = new Delivery();
	const callbacks = new Callbacks(world, services, delivery);
	const testCallback = async (url: string) => await sendTestCallback(world, delivery, url);
	const rateLimiter = new RateLimiter(world);
	world.tasks.onChange((task, status) => {
		if (status === 'failed') refund(world, task);
		callbacks.tell(task);
	});

	const listeners = new Map<ListenerName, Listener>();
	const stop = async () => {
		callbacks.stop();
		delivery.stop();
		world.tasks.reset();
		await Promise.all([...listeners.values()].map(async (listener) => await listener.stop()));
	};
	const reset = () => {
		Object.assign(world.settings, blankSettings(world.settings), makeSettings(givenSettings));
		const { tasks, speeches, faceSessions, recognitions, ledger, accounts } = world;
		const made = [tasks, speeches, faceSessions, recognitions];
		const parts = [...made, ledger, callbacks, rateLimiter, accounts];
		for (const part of parts) part.reset();
		world.uploads.clear();
		world.faults.clear();
	};
	const controlled = makeControlled(world, { reset, callbacks, listeners, testCallback });

	const handlerOf = (name: ListenerName): Parameters<typeof listen>[2] => {
		if (name === 'cdn')
			return async (request, response) => await handleDownload(world, request, response);
		if (name === 'control')
			return async (request, response) => await handleControl(controlled, request, response);
		const parts = { world, name, service: services[name], callbacks, rateLimiter };
		return async (request, response) => await handleApiRequest(parts, request, response);
	};
	try {
		for (const name of LISTENER_NAMES) {
			listeners.set(name, await listen(name, ports[name] ?? 0, handlerOf(name)));
		}
	} catch (error) {
		await stop();
		throw error;
	}
	world.cdnUrl = urlOf(listeners, 'cdn');

	return {
		clock: world.clock,
		services: addresses(world, listeners),
		cdnUrl: world.cdnUrl,
		controlUrl: urlOf(listeners, 'control'),
		ledger: world.ledger,
		faults: world.faults,
		tasks: world.tasks,
		accounts: world.accounts,
		settings: world.settings,
		videoBytes: (taskId) => fileBytes(world, taskId, 0, 'mp4'),
		imageBytes: (taskId, index = 0) => fileBytes(world, taskId, index, 'png'),
		audioBytes: (taskId, format = 'mp3') => fileBytes(world, taskId, 0, format),
		subtitleBytes: (taskId, format) => fileBytes(world, taskId, 0, format),
		uploadedBytes: (url) => world.uploads.get(uploadIn(new URL(url).pathname) ?? '')?.bytes,
		settled: async () => await callbacks.settled(),
		testCallback,
		reset,
		stop,
	};
}

function makeWorld(clock: TimerClock, settings: Settings): World {
	return {
		clock,
		settings,
		accounts: new Accounts(() => settings.balance),
		ledger: new Ledger(),
		faults: new Faults(),
		tasks: new TaskStore(clock),
		speeches: new AnsweredCalls(clock),
		faceSessions: new AnsweredCalls(clock),
		recognitions: new AnsweredCalls(clock),
		uploads: new Map(),
		cdnUrl: '',
	};
}

function makeServices(world: World): Record<ServiceName, Service> {
	return {
		klingGlobal: new OfficialService(world, 'klingGlobal'),
		klingChina: new OfficialService(world, 'klingChina'),
		aceData: new AceDataService(world),
		openaiHk: new OpenaiHkService(world),
		relay: new RelayService(world),
		newApi: new NewApiService(world),
	};
}

function makeControlled(
	world: World,
	parts: {
		reset: () => void;
		callbacks: Callbacks;
		listeners: Map<ListenerName, Listener>;
		testCallback: (url: string) => Promise<number>;
	},
): Controlled {
	return {
		settings: world.settings,
		describe: () => describe(addresses(world, parts.listeners), parts.listeners),
		ledger: () => world.ledger.snapshot(),
		taskList: () =>
			world.tasks.all().map((task) => ({ ...task, status: world.tasks.status(task) })),
		addFault: (fault) => void world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		listFaults: () => world.faults.list(),
		now: () => world.clock.now(),
		advance: (ms) => world.clock.advance(ms),
		force: (id, action, text) => force(world.tasks, id, action, text),
		reset: parts.reset,
		testCallback: parts.testCallback,
		settled: async () => await parts.callbacks.settled(),
	};
}

function force(tasks: TaskStore, id: string, action: string, text: string | undefined): void {
	if (action === 'finish') tasks.finish(id);
	else if (action === 'fail') tasks.fail(id, text);
	else if (action === 'vanish') tasks.vanish(id);
	else if (action === 'setStatusWord') tasks.setStatusWord(id, text);
	else if (action === 'setTypeWord') tasks.setTypeWord(id, text);
	else if (action === 'setResultMissing')
		tasks.setResultMissing(id, text === undefined ? undefined : text === 'null' ? text : 'empty');
	else {
		throw new Error(
			`There is no action ${action}: finish, fail, vanish, setStatusWord, setTypeWord, setResultMissing`,
		);
	}
}

/** Settings that were added later have to go, too. */
function blankSettings(settings: Settings): Partial<Settings> {
	return Object.fromEntries(Object.keys(settings).map((name) => [name, undefined]));
}

function addresses(
	world: World,
	listeners: Map<ListenerName, Listener>,
): Record<ServiceName, ServiceAddress> {
	const entries = SERVICE_NAMES.map((name) => {
		const { apiKey, accessKey, secretKey, platformToken } = world.accounts.main(name);
		const keys = {
			apiKey,
			...(accessKey && { accessKey, secretKey }),
			...(platformToken && { platformToken }),
		};
		return [name, { baseUrl: urlOf(listeners, name), ...keys }] as const;
	});
	return Object.fromEntries(entries) as Record<ServiceName, ServiceAddress>;
}

function describe(
	services: Record<ServiceName, ServiceAddress>,
	listeners: Map<ListenerName, Listener>,
): Record<string, unknown> {
	return { services, cdnUrl: urlOf(listeners, 'cdn'), controlUrl: urlOf(listeners, 'control') };
}

function urlOf(listeners: Map<ListenerName, Listener>, name: ListenerName): string {
	return listeners.get(name)?.url ?? '';
}

function fileBytes(
	world: World,
	taskId: string,
	index: number,
	extension: ResultExtension,
): Buffer {
	const maker = makerOf(world, taskId);
	if (!maker) throw new Error(`The simulator has no task ${taskId}`);
	const { videoPaddingBytes } = world.settings;
	const { seconds } = maker;
	const name = { taskId, index, watermark: false, extension };
	return resultFile(name, { videoPaddingBytes, seconds }).bytes();
}
