import type { Balance, DeductionPage, DeductionQuery } from '../core/billing';
import type { FaceRequest, FaceSession } from '../core/faces';
import type { Json, JsonBody, JsonObject } from '../core/json';
import type { Kind } from '../core/kinds';
import type { ModelsOfApi } from '../core/modelRules';
import type { ModelService } from '../core/modelService';
import type { FieldName, GenerationRequest, RequestView } from '../core/requests';
import type { Service } from '../core/services';
import type { LibraryEntry, LibraryName } from '../core/library';
import type { PartsRequest, RecognizedParts } from '../core/parts';
import type { Speech, SpeechRequest } from '../core/speech';
import type { Claim, LibraryType, Task, TaskRef } from '../core/task';

export type { Service };

/** A request as a provider describes it: no host, no key. Both belong to the client. */
export interface HttpRequest {
	method: 'GET' | 'POST';
	/** Below the base URL, e.g. `/v1/videos/text2video`. */
	path: string;
	query?: Record<string, string | number>;
	body?: JsonBody;
	/** A file, as the one part of a form, instead of a body. */
	file?: FileBody;
	/** At the second host of the service, with the token for that. */
	at?: 'platform';
}

/** A file that is sent. */
export interface FileBody {
	/** Of its content, in hexadecimal digits. */
	sha256: string;
	name: string;
	/** MIME. */
	type: string;
	/** In bytes. */
	size: number;
	/** Its bytes, or a stream of them; anew for each try. */
	open: () => Promise<unknown>;
}

/** A file on the web. */
export interface Uploaded {
	url: string;
	/** The service's answer, untouched. */
	raw: JsonObject;
}

export interface HttpResponse {
	/** The address that gave it; absent where that is not known. */
	url?: string;
	status: number;
	/** Lower-case names. */
	headers: Record<string, string | undefined>;
	/** The body as text, never parsed before `parseJson`. */
	text: string;
}

/** One page of a list. */
export interface TaskPage {
	/** Of the kind that was asked for, or of all. */
	tasks: Task[];
	/** The ids on the page, other kinds included. */
	ids: string[];
	/** How many records it holds, those included that cannot be read: a page with fewer than asked for is the last one. */
	size: number;
}

/** One page of a library. */
export interface LibraryPage {
	entries: LibraryEntry[];
	/** How many records it holds, as in `TaskPage`. */
	size: number;
}

/** What a service says of a delete; some say nothing but that it was done. */
export interface Deleted {
	/** The service's answer, untouched. */
	raw: JsonObject;
}

/** Units bought in advance. Times in ms since 1970. */
export interface ResourcePack {
	id?: string;
	name?: string;
	type?: string;
	status?: string;
	total?: number;
	remaining?: number;
	purchasedAt?: number;
	effectiveAt?: number;
	expiresAt?: number;
	/** The service's record, untouched. */
	raw: JsonObject;
}

/**
 * The calls that are answered at once, without a task: what goes in and what comes out. A new one is an entry here, one in
 * `WORDS` (calls.ts), one in `calls` of each provider that has it, and an operation. What one that costs money answers is
 * kept: see `PaidCall`.
 */
export interface Calls {
	/** The resource packs bought between two times, in ms since 1970. */
	resourcePacks: { input: { start: number; end: number }; output: ResourcePack[] };
	/** Puts a file on the web; costs nothing. */
	upload: { input: FileBody; output: Uploaded };
	/** What is left at `now`, in ms since 1970, as far as one question tells. */
	balance: { input: { now: number }; output: Balance[] };
	/** A page of what was deducted, in the order of the service; `limit`: what it may have at most. */
	deductions: {
		input: DeductionQuery & { limit: number; cursor?: string };
		output: DeductionPage;
	};
	/** A text that a voice reads out. */
	speech: { input: SpeechRequest; output: Speech };
	/** The faces in a video. */
	faces: { input: FaceRequest; output: FaceSession };
	/** The parts of a picture. */
	parts: { input: PartsRequest; output: RecognizedParts };
	/** A page of a library, newest first; pages count from 1. */
	libraryPage: {
		input: { type: LibraryType; library: LibraryName; page: number; pageSize: number };
		output: LibraryPage;
	};
	/** One element or voice by its own id, where the service can be asked so. */
	libraryEntry: { input: { type: LibraryType; id: string }; output: LibraryEntry[] };
	/** Deletes an element or a voice of the account by its own id. */
	libraryDelete: { input: { type: LibraryType; id: string }; output: Deleted };
}

export type CallName = keyof Calls;

/** The calls that cost money; what is kept of their answers stands in keptAnswers.ts. */
export type PaidCall = StepCall | 'parts';

/** Those that a create may need first. */
type StepCall = 'speech' | 'faces';

/** A call that has to be paid before a create, and the request as it goes on with the answer. */
type StepOf<N extends StepCall> = {
	[C in N]: {
		call: C;
		input: Calls[C]['input'];
		/** Throws `invalidInput` where the answer does not do for the request. */
		complete: (answer: Calls[C]['output']) => GenerationRequest;
	};
}[N];

export type Step<N extends StepCall = StepCall> = StepOf<N>;

export interface Call<In, Out> {
	/** A call that costs money is sent once. */
	readonly paid?: boolean;
	/** One that changes something is sent once, too; all others may be repeated. */
	readonly changes?: boolean;
	readonly encode: (input: In) => HttpRequest;
	/** Throws `KlingError` and nothing else. */
	readonly read: (response: HttpResponse, input: In) => Out;
}

/** How an API is asked for a task. */
export interface Inquiry {
	/** Its name, kept with every task that came from it, which is asked for there again. */
	readonly api: string;
	encodeGet(id: string): HttpRequest;
	/** The question by an External Task ID, where it is another one. */
	encodeGetByName?(name: string): HttpRequest;
	readTask(id: string, response: HttpResponse): Task;
}

/** One API of a service, as far as tasks of one kind go. */
export interface Codec extends Inquiry {
	/** Whether a request goes to it, as far as that is known: of a task without a known API, only the kind is. */
	serves(request: RequestView): boolean;
	/**
	 * False where this API finds a task by its own id only: then an External Task ID keeps a second create from making a second
	 * task, and the first one can be looked up by it only where one API knows all tasks (`Provider.overview`). True, unless said.
	 */
	readonly findsByName?: boolean;
	/** What it says of models otherwise than the table, where a request goes to it. */
	modelsFor?(request: RequestView): ModelsOfApi;
	/** The largest picture that it takes as data, in MB: 10, unless said. */
	maxPictureMb?(request: RequestView): number;
	/** False where nothing says that a second create with the same External Task ID is refused (`Provider.externalIds`). */
	readonly uniqueNames?: boolean;
	/** What has to be paid before the create, one call after another; undefined: the request is complete. */
	nextStep?(request: GenerationRequest): Step | undefined;
	encodeCreate(request: GenerationRequest): HttpRequest;
	readCreated(response: HttpResponse): Task;
}

/** One page of a list that goes on behind a cursor. */
export interface CursorPage {
	tasks: Task[];
	/** Absent on the last page. */
	next?: string;
}

/** An API that knows the tasks of many kinds, but not what kind they are of. */
export interface Overview extends Inquiry {
	encodeGetByName(name: string): HttpRequest;
	/** All its tasks of the account, newest first. */
	readonly list: {
		readonly maxPageSize: number;
		encode(pageSize: number, cursor?: string): HttpRequest;
		read(response: HttpResponse): CursorPage;
	};
}

/** What a free test call says about the credential. */
export interface ProbeResult {
	ok: boolean;
	message: string;
}

/**
 * One dialect: pure functions between our records and HTTP.
 * Every `read…` throws `KlingError` and nothing else, whatever the service answered.
 */
export interface Provider extends ModelService {
	/** The kinds that it has for those with an API key, and not for those with a pair of keys, which this is. */
	readonly needApiKey?: readonly Kind[];
	/** As people know it, e.g. "Ace Data Cloud". */
	readonly label: string;
	/** The models that the editor lists for a kind, where the service documents fewer than it may take. */
	readonly listedModels: Partial<Record<Kind, readonly string[]>>;
	/** The models that make a kind as another one, where its tasks are then, too; see `madeAs` of the definitions. */
	readonly elsewhere: Partial<Record<Kind, { as: Kind; makes: (model: string) => boolean }>>;
	/** The longest lists it takes, by kind, where services differ. */
	readonly most: Partial<Record<Kind, Partial<Record<FieldName, number>>>>;
	/** Characters allowed, where it is less than at Kling. */
	readonly maxLengths?: Partial<Record<'prompt' | 'negative_prompt' | 'text', number>>;
	/**
	 * Refuses what this service is documented to refuse, beyond missing fields and lengths.
	 * Throws `invalidInput`.
	 */
	check?(request: RequestView): void;
	/** What the ids of its tasks look like, to tell them from the ids of videos. */
	readonly taskId: RegExp;

	/**
	 * Where creates may carry an id of ours that finds the task later. `unique`: a second create with the same one is
	 * certainly refused, so that repeating it can never make two tasks.
	 */
	readonly externalIds?: { readonly unique: boolean };

	/** The APIs that serve a kind here, the usual one first; see `codecFor`. */
	codecs(kind: Kind): readonly [Codec, ...Codec[]];

	/**
	 * Where one question finds a task of any kind, if the service has that. A task that it does not know, nobody has, but for
	 * those of `solutions`.
	 */
	readonly overview?: Overview;

	/** An API that is the one place of all tasks of some kinds. It is not documented that `overview` knows them. */
	readonly solutions?: Overview & { readonly kinds: readonly Kind[] };

	/** What the service posts when a task changes; undefined when the body names no task. Never throws. */
	readCallback(body: Json): Claim | undefined;

	/** Many tasks in one request, where the service can. Ids it does not know are missing from the answer. */
	readonly batch?: {
		readonly maxIds: number;
		/** True when its records look different from those of a single task. */
		readonly otherShape: boolean;
		/** One request can ask for the tasks of one group only. */
		groupOf(ref: Pick<TaskRef, 'kind' | 'api'>): string;
		/** `ref` is one of the group that all ids are of. */
		encode(ids: readonly string[], ref: Pick<TaskRef, 'kind' | 'api'>): HttpRequest;
		read(response: HttpResponse): Task[];
	};

	/** The account's tasks, newest first, where the service can. */
	readonly list?: {
		readonly maxPageSize: number;
		/** True where a page holds tasks of all kinds, of which `read` picks. */
		readonly mixed: boolean;
		/** Pages count from 1. */
		encode(kind: Kind, page: number, pageSize: number): HttpRequest;
		/** Without a kind, where pages are mixed: the tasks of all kinds. */
		read(kind: Kind | undefined, response: HttpResponse): TaskPage;
	};

	/** The longest pages of its libraries, where it lets one look at them. */
	readonly libraryPageSizes?: Readonly<Record<LibraryType, number>>;

	/** Calls that the service answers at once, those it has. */
	readonly calls: { readonly [N in CallName]?: Call<Calls[N]['input'], Calls[N]['output']> };

	/** A call that costs nothing and tells whether the credential works. `now` in ms. */
	encodeProbe(now: number): HttpRequest;
	/** Throws `KlingError` when the credential does not work. */
	readProbe(response: HttpResponse): ProbeResult;
	/** The same of the token for its second host, where it has one. */
	readonly platformProbe?: Call<undefined, ProbeResult>;
}
