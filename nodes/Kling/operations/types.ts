import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../shared/core/json';
import type { Kind } from '../../shared/core/kinds';
import type { RequestDraft } from '../../shared/core/requests';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';
import type { Calls, PaidCall, Provider } from '../../shared/providers';
import type { Task } from '../../shared/core/task';
import type { ItemReader } from '../parameters/reader';

/** What the editor says about an operation. */
export interface Texts {
	/** Which services have it, where not all do and it is no kind of task. */
	offeredBy?: (provider: Provider) => boolean;
	/** Shown in the Operation list, without the resource. */
	name: string;
	description: string;
	/** Shown in the node panel, with the resource. */
	action: string;
}

interface OperationBase extends Texts {
	/** Its own, in the order in which they are shown; Wait for Completion and Download Result follow them. */
	properties: INodeProperties[];
	/** The collection at the end of the panel. */
	options: INodeProperties;
}

/** What one item asks for, not checked yet. */
export interface ItemDraft {
	request: RequestDraft;
	/** A task that exists under the user's External Task ID is as good as a new one. */
	reuse: boolean;
}

/** An operation that makes something: it only reads parameters; submitting, waiting and output are the same for all. */
export interface GenerationOperation extends OperationBase {
	type: 'generate';
	/** What the editor stores for it. */
	value: string;
	kind: Kind;
	/** Throws `KlingError` for what cannot be read, and `notOffered` where the service lacks the kind. */
	read: (item: ItemReader) => Promise<ItemDraft>;
}

/** An operation that only reads, item by item. */
export interface QueryOperation extends OperationBase {
	type: 'query';
	/** What comes out for one incoming item. May throw `KlingError`. */
	run: (item: ItemReader) => Promise<INodeExecutionData[]>;
}

/** An operation that fetches tasks that exist, or waits for all of them together. */
export interface TaskOperation extends OperationBase {
	type: 'task';
	/** The task of one item as it is now. May throw `KlingError`. */
	find: (item: ItemReader) => Promise<Task>;
}

/** What is known of an item whose call was answered. Without its input, which may hold a large picture. */
export interface AskedItem {
	itemIndex: number;
	/** What the item repeats of its input. */
	repeated: JsonObject;
	output: OutputSettings;
	/** When it was answered, in ms. */
	at: number;
}

interface CallOperationOf<N extends PaidCall> extends OperationBase {
	type: 'call';
	call: N;
	/** Whether its result is a file, which can be downloaded. */
	hasFile: boolean;
	/** What one item asks for, checked. Throws `KlingError`. */
	read: (item: ItemReader) => Promise<Calls[N]['input']>;
	/** What its item repeats of the input; nothing, unless said. */
	repeat?: (input: Calls[N]['input']) => JsonObject;
	/** What comes out for it. May throw `KlingError`. */
	toItem: (
		session: Session,
		answer: Calls[N]['output'],
		asked: AskedItem,
	) => Promise<Pick<INodeExecutionData, 'json' | 'binary'>>;
}

/** An operation that is one call per item, which costs money and is answered at once. */
export type CallOperation<N extends PaidCall = PaidCall> = {
	[C in N]: CallOperationOf<C>;
}[N];

export type Operation = GenerationOperation | QueryOperation | TaskOperation | CallOperation;

/** The operations of one resource by their values in the editor. */
export interface Resource {
	name: string;
	description: string;
	defaultOperation: string;
	operations: Record<string, Operation>;
}

export type Resources = Record<string, Resource>;
