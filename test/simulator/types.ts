/** The services the simulator plays; `relay` passes official answers through, `newApi` wraps them. */
export type ServiceName =
	'klingGlobal' | 'klingChina' | 'aceData' | 'openaiHk' | 'relay' | 'newApi';

/** Everything that listens on a port of its own. */
export type ListenerName = ServiceName | 'cdn' | 'control';

/** Kinds of task, named by the official path that creates them. */
export const TASK_KINDS = [
	'videos/text2video',
	'videos/image2video',
	'videos/multi-image2video',
	'videos/video-extend',
	'videos/motion-control',
	'videos/omni-video',
	'images/generations',
	'audio/text-to-audio',
	'audio/video-to-audio',
	'general/advanced-custom-elements',
	'general/custom-voices',
] as const;

export type TaskKind = (typeof TASK_KINDS)[number];

export type TaskStatus = 'submitted' | 'processing' | 'succeed' | 'failed';

/** JSON as it was written: whole numbers a double cannot hold arrive as bigint. */
export type JsonValue = string | number | bigint | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
	[key: string]: JsonValue | undefined;
}

/** The order is the order of ports with `--port-base`. */
export const SERVICE_NAMES: readonly ServiceName[] = [
	'klingGlobal',
	'klingChina',
	'aceData',
	'openaiHk',
	'relay',
	'newApi',
];

/** All listeners in the order of ports with `--port-base`. */
export const LISTENER_NAMES: readonly ListenerName[] = [...SERVICE_NAMES, 'cdn', 'control'];

/** A request to one of the services, already read and parsed. */
export interface ApiRequest {
	service: ServiceName;
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	rawBody: string;
	/** undefined when the body is empty or no JSON. */
	body: JsonValue | undefined;
}

/** What goes back: `json` or `text`, never both. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
	text?: string;
	/** The task the request made or asked for; kept in the ledger. */
	taskId?: string;
}
