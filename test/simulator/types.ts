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
	'videos/lip-sync',
	'videos/advanced-lip-sync',
	'videos/avatar/image2video',
	'videos/effects',
	'images/generations',
	'images/omni-image',
	'images/multi-image2image',
	'images/editing/expand',
	'general/ai-multi-shot',
	'images/kolors-virtual-try-on',
	'audio/text-to-audio',
	'audio/video-to-audio',
	'general/advanced-custom-elements',
	'general/custom-voices',
	'solutions/virtual_try_on',
	'solutions/e-commerce/goods_studio',
	'solutions/e-commerce/clothing_dupe',
	'solutions/talking_agent',
	'solutions/drama_subtitle',
] as const;

export type TaskKind = (typeof TASK_KINDS)[number];

/** Calls that are paid and answered at once, without a task, named by their official path. */
export const CALL_NAMES = ['audio/tts', 'videos/identify-face', 'videos/image-recognize'] as const;

export type CallName = (typeof CALL_NAMES)[number];

export function isCall(name: string): name is CallName {
	return (CALL_NAMES as readonly string[]).includes(name);
}

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
	/** The body where it is a form, which has no text worth keeping. */
	bytes?: Buffer;
	/** undefined when the body is empty or no JSON. */
	body: JsonValue | undefined;
}

/** What goes back: `json` or `text`, never both. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
	text?: string;
	/** The task the request made or asked for, or the id of what a call answered at once has made; kept in the ledger. */
	taskId?: string;
}
