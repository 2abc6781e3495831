/** What the tests of the operations share: a bench that runs any of them and keeps the accounts. */
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameterResourceLocator,
	INodeParameters,
} from 'n8n-workflow';

import { RESOURCES } from '../../../nodes/Kling/operations';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { ServiceName, Simulator, SimulatorOptions } from '../../simulator';
import { binaryItem } from '../harness';
import type { RunOptions, RunResult } from '../harness';
import { wav } from '../../sounds';
import { model, runKling } from '../kling';
import { told, useSimulator, words } from '../support';

/** Calls that are paid and answered at once, by their values in the editor. */
const PAID_CALLS = ['speech', 'findFaces', 'recognizeParts'] as const;
type PaidCall = (typeof PAID_CALLS)[number];

/** The operations whose values are not their kinds, because several make one kind or others have the same name. */
type OfLibrary = 'create' | 'createFromImages' | 'createFromVideo' | 'delete';
type OfAccount = 'balance' | 'resourcePacks' | 'usage';
export type OperationName = Kind | OfLibrary | OfAccount | PaidCall | 'get' | 'getMany' | 'upload';
export type Body = Record<string, unknown>;

/** Whether an operation makes tasks. */
export function isGenerating(operation: OperationName): boolean {
	const { operations = {} } = RESOURCES[resourceOf(operation)] ?? {};
	return operations[operation]?.type === 'generate';
}

/** The resource that the editor shows an operation under; of those that have one of the same value, tasks. */
export function resourceOf(operation: OperationName): string {
	if (operation === 'get' || operation === 'getMany') return 'task';
	const found = Object.entries(RESOURCES).find(([, { operations }]) =>
		Object.hasOwn(operations, operation),
	);
	return found?.[0] ?? '';
}

export const PICTURE = 'https://pictures.example.com/fox.jpg';
export const OTHER_PICTURE = 'https://pictures.example.com/owl.png';
export const CLIP = 'https://pictures.example.com/dance.mp4';

/** Nobody answers there, so its length is not known; the simulator takes it from the name. */
export const VOICE = 'http://127.0.0.1:9/voice-12s.mp3';
export const SOUND = wav(3).toString('base64');

export interface Call extends Partial<Omit<RunOptions, 'node' | 'credentials'>> {
	service?: ServiceName;
	credential?: ICredentialDataDecryptedObject;
}

/** A refusal before anything is sent: what a person enters, and what the node has to say. */
export interface Refusal {
	why: string;
	service?: ServiceName;
	parameters: INodeParameters;
	says: ReadonlyArray<string | RegExp>;
}

export interface Bench {
	readonly simulator: Simulator;
	/** Runs an operation; what it delivers is expected to be charged once, and nothing else. */
	run(operation: OperationName, call?: Call): Promise<RunResult>;
	/** Runs an operation that has to end well. */
	succeed(operation: OperationName, call?: Call): Promise<RunResult>;
	/** The body of a create, which the strict simulator has accepted. */
	wire(
		operation: OperationName,
		service: ServiceName,
		parameters: INodeParameters,
		more?: Call,
	): Promise<Body>;
	/** The node refuses in these words, names the item, and sends nothing. */
	refused(operation: OperationName, refusal: Omit<Refusal, 'why'>, more?: Call): Promise<RunResult>;
	/** For a task that is paid for although the run delivers no item for it. */
	owe(tasks: number): void;
}

/** One simulator per test file, and after each test one charge per delivered item, no more and no less. */
export function useBench(options: SimulatorOptions = {}): Bench {
	const world = useSimulator(options);
	let owed = 0;
	beforeEach(() => {
		owed = 0;
	});
	afterEach(() => {
		const { charges, leaks } = world.simulator.ledger;
		expect(charges).toHaveLength(owed);
		expect(new Set(charges.map(({ taskId }) => taskId)).size).toBe(owed);
		expect(leaks).toEqual([]);
	});

	const run: Bench['run'] = async (operation, { parameters, ...call } = {}) => {
		const result = await runKling({
			simulator: world.simulator,
			...call,
			parameters: { resource: resourceOf(operation), operation, prompt: '', ...parameters },
		});
		if (isGenerating(operation) || (PAID_CALLS as readonly string[]).includes(operation)) {
			owed += result.json.filter(({ error }) => error === undefined).length;
		}
		return result;
	};
	const succeed: Bench['succeed'] = async (operation, call) => {
		const result = await run(operation, call);
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		return result;
	};
	return {
		get simulator() {
			return world.simulator;
		},
		run,
		succeed,
		async wire(operation, service, parameters, more = {}) {
			const call = { ...more, service, parameters: { waitMode: 'none', ...parameters } };
			await succeed(operation, call);
			return bodyOf(lastCreate(world.simulator).rawBody);
		},
		async refused(operation, { service = 'klingGlobal', parameters, says }, more = {}) {
			const before = world.simulator.ledger.requests.length;
			const result = await run(operation, { service, parameters, ...more });
			expect(result.status).toBe('error');
			expect(result.error?.name).toBe('NodeOperationError');
			expect(told(result).context.itemIndex).toBe(0);
			for (const part of says) {
				if (typeof part === 'string') expect(words(result)).toContain(part);
				else expect(words(result)).toMatch(part);
			}
			expect(world.simulator.ledger.requests).toHaveLength(before);
			return result;
		},
		owe(tasks) {
			owed += tasks;
		},
	};
}

/** What a run tells beside its output. */
export function hints({ runData }: RunResult): string[] {
	return (runData.Kling ?? []).flatMap(({ hints: found }) =>
		(found ?? []).map(({ message }) => message),
	);
}

/** The last request that made something. */
export function lastCreate({ ledger }: Simulator) {
	const made = ledger.charges.map(({ taskId }) => taskId);
	const create = [...ledger.requests]
		.reverse()
		.find(
			({ method, taskId, path }) =>
				method === 'POST' &&
				path !== '/kling/tasks' &&
				taskId !== undefined &&
				made.includes(taskId),
		);
	if (!create) throw new Error('Nothing was made');
	return create;
}

/** A body that holds no integers too large for JavaScript. */
export function bodyOf(rawBody: string): Body {
	return JSON.parse(rawBody) as Body;
}

/** A finished video that can be extended. */
export async function finishedVideo(
	bench: Bench,
	service: ServiceName,
	credential?: ICredentialDataDecryptedObject,
): Promise<{ taskId: string; videoId: string }> {
	const { json } = await bench.succeed('text2video', {
		service,
		credential,
		parameters: { prompt: 'A street', model: model('kling-v1-6'), download: false },
	});
	return { taskId: String(json[0]?.taskId), videoId: String(json[0]?.videoId) };
}

/** An effect as the editor stores one that was picked from the list. */
export function effect(name: string): INodeParameterResourceLocator {
	return { __rl: true, mode: 'list', value: name };
}

/** What an operation goes on with, as parameters: a video or a face in it; nothing where it needs neither. */
export async function sourceOf(
	bench: Bench,
	{ needsVideo, needsFace }: { needsVideo?: true; needsFace?: true },
	service: ServiceName,
	credential?: ICredentialDataDecryptedObject,
): Promise<INodeParameters> {
	if (needsVideo) return { videoId: (await finishedVideo(bench, service, credential)).videoId };
	if (!needsFace || service === 'aceData') return {};
	const { json } = await bench.succeed('findFaces', {
		service,
		credential,
		parameters: { videoSource: 'url', videoUrl: CLIP },
	});
	return { face: 'chosen', sessionId: String(json[0]?.sessionId), faceId: '0' };
}

/** The same where nothing is going to be sent. */
export function anySource({
	needsVideo,
	needsFace,
}: {
	needsVideo?: true;
	needsFace?: true;
}): INodeParameters {
	if (needsVideo) return { videoId: '814237883686625347' };
	return needsFace ? { face: 'chosen', sessionId: '814237883686625348', faceId: '0' } : {};
}

/** The rows of the Images collection. */
export function rows(
	...pictures: Array<string | { value: string; role: string }>
): INodeParameters {
	const image = pictures.map((entry) => (typeof entry === 'string' ? { value: entry } : entry));
	return { imagesSource: 'rows', images: { image } };
}

/** Rows of it with a role. */
export const firstFrameRow = { value: PICTURE, role: 'first_frame' };
export const lastFrameRow = { value: OTHER_PICTURE, role: 'end_frame' };

/** As many rows as said. */
export const many = (count: number) => rows(...Array.from({ length: count }, () => PICTURE));

/** The last frame of a video from an image. */
export const lastFrame = { imageTailSource: 'text', imageTail: OTHER_PICTURE };

/** An item with several binary fields: pictures, unless something else is known of them. */
export async function itemWith(
	files: Record<string, Buffer>,
	known = (field: string): object => ({ fileName: `${field}.png`, mimeType: 'image/png' }),
): Promise<INodeExecutionData> {
	const parts = await Promise.all(
		Object.entries(files).map(([field, bytes]) => binaryItem(bytes, { field, ...known(field) })),
	);
	return {
		json: {},
		binary: Object.assign({}, ...parts.map(({ binary }) => binary)) as INodeExecutionData['binary'],
	};
}
