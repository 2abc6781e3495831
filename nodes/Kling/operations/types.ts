import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { RequestDraft } from '../../shared/core/requests';
import type { Provider } from '../../shared/providers';
import type { Task } from '../../shared/core/task';
import type { Session } from '../../shared/n8n/session';

interface OperationBase {
	/** Which services have it, where not all do and it is no kind of task. */
	offeredBy?: (provider: Provider) => boolean;
	/** Shown in the Operation list, without the resource. */
	name: string;
	description: string;
	/** Shown in the node panel, with the resource. */
	action: string;
	fields: INodeProperties[];
}

/** An operation that makes something: it only reads parameters; submitting, waiting and output are the same for all. */
export interface GenerationOperation extends OperationBase {
	/** Reads one item's parameters into a request that is not checked yet. May throw `KlingError`. */
	readRequest(session: Session, itemIndex: number): RequestDraft | Promise<RequestDraft>;
}

/** An operation that only reads, item by item. */
export interface QueryOperation extends OperationBase {
	/** What comes out for one incoming item. May throw `KlingError`. */
	runItem(session: Session, itemIndex: number): Promise<INodeExecutionData[]>;
}

/** An operation that looks at tasks that exist, or waits for all of them together. */
export interface TaskOperation extends OperationBase {
	/** The task of one item as it is now. May throw `KlingError`. */
	findTask(session: Session, itemIndex: number): Promise<Task>;
}

export type Operation = GenerationOperation | QueryOperation | TaskOperation;

/** The operations of one resource by their values in the editor. */
export interface Resource {
	name: string;
	description: string;
	defaultOperation: string;
	operations: Record<string, Operation>;
}
