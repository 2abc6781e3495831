import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { KINDS, makesFiles } from '../../shared/core/kinds';
import type { Kind } from '../../shared/core/kinds';
import { fieldsOfferedAnywhere } from '../../shared/core/requests';
import type { FieldName, RequestDraft } from '../../shared/core/requests';
import type { Task } from '../../shared/core/task';
import { fileOptions, simplify } from '../../shared/n8n/outputParameters';
import type { Calls, PaidCall } from '../../shared/providers';
import { checkOffered } from '../../shared/providers/checkRequest';
import { propertiesOf } from '../parameters/field';
import type { Draft, Field, KindField, Parameter } from '../parameters/field';
import { tellingModels } from '../parameters/modelSupport';
import * as option from '../parameters/options';
import { optionsOf } from '../parameters/reader';
import type { ItemReader } from '../parameters/reader';
import { collection } from '../parameters/types';
import { AWAITED, WAIT_OPTIONS } from '../parameters/waiting';
import type {
	CallOperation,
	GenerationOperation,
	QueryOperation,
	TaskOperation,
	Texts,
} from './types';

/** Options of every generating operation, as far as any service offers their fields for it. */
const COMMON_OPTIONS = {
	extra: option.additionalFields,
	callback_url: option.callbackUrl,
	external_task_id: option.externalTaskId,
	watermark_info: option.watermark,
} satisfies Partial<Record<FieldName, Field | KindField>>;

/** A field as it is for a kind. */
function fieldFor(kind: Kind, entry: Field | KindField): Field {
	return typeof entry === 'function' ? entry(kind) : entry;
}

function commonOptions(kind: Kind): Field[] {
	const offered: readonly string[] = fieldsOfferedAnywhere(kind);
	const entries = Object.entries(COMMON_OPTIONS);
	return entries.flatMap(([name, added]) =>
		offered.includes(name) ? [fieldFor(kind, added)] : [],
	);
}

const SIMPLIFY = { properties: [simplify] };

const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add Option' };

/** The Options collection with these members, in any order. */
function optionsWith(...members: Array<Pick<Parameter, 'properties'>>): INodeProperties {
	return collection(OPTIONS, members);
}

interface Generation extends Texts {
	/** What the editor stores for it, where that is not its kind: several operations may make one kind. */
	value?: string;
	/** In the order in which they are shown. */
	fields: Array<Field | KindField>;
	/** In any order, without the common ones. */
	options: Field[];
	/** Changes what the fields gave, where a request is more than that. */
	read?: (draft: RequestDraft, item: ItemReader) => RequestDraft | Promise<RequestDraft>;
}

async function readFields(fields: readonly Field[], item: ItemReader): Promise<Draft> {
	const draft: Draft = {};
	for (const { read } of fields) Object.assign(draft, await read(item));
	return draft;
}

/** An operation that makes a task of a kind, and usually is nothing but its fields. The common options are added. */
export function generation(
	kind: Kind,
	{ value = kind, fields: given, options: special, read = (draft) => draft, ...texts }: Generation,
): GenerationOperation {
	const fields = given.map((entry) => fieldFor(kind, entry));
	const options = [...special, ...commonOptions(kind)];
	const members = optionsWith(
		{ properties: propertiesOf(options).map((option) => tellingModels(option, kind)) },
		...(KINDS[kind].findsByName === false ? [] : [option.reuseTask]),
		...WAIT_OPTIONS,
		{ properties: makesFiles(kind) ? fileOptions({ '/waitMode': AWAITED }) : [] },
		SIMPLIFY,
	);
	const readItem: GenerationOperation['read'] = async (item) => {
		// Before anything is looked up at a service that cannot make it.
		checkOffered(item.provider, kind);
		const added = optionsOf(item, OPTIONS);
		const draft = {
			kind,
			...(await readFields(fields, item)),
			...(await readFields(options, added)),
		};
		return { request: await read(draft, item), reuse: option.reuseTask.read(added) ?? false };
	};
	return {
		type: 'generate',
		value,
		kind,
		...texts,
		properties: propertiesOf(fields),
		options: members,
		read: readItem,
	};
}

interface Reading<Result> extends Texts {
	/** In the order in which they are shown. */
	parameters: Array<Pick<Parameter, 'properties'>>;
	/** What comes of one item. May throw `KlingError`. */
	run: (item: ItemReader) => Promise<Result>;
}

/** An operation that only reads. */
export function query({ parameters, ...operation }: Reading<INodeExecutionData[]>): QueryOperation {
	return {
		type: 'query',
		...operation,
		properties: propertiesOf(parameters),
		options: optionsWith(SIMPLIFY),
	};
}

/** An operation that finds a task, and may wait for it. */
export function taskQuery({ parameters, run, ...texts }: Reading<Task>): TaskOperation {
	return {
		type: 'task',
		...texts,
		properties: propertiesOf(parameters),
		options: optionsWith(...WAIT_OPTIONS, { properties: fileOptions() }, SIMPLIFY),
		find: run,
	};
}

interface PaidOperation<N extends PaidCall> extends Texts {
	/** In the order in which they are shown. */
	parameters: Array<Pick<Parameter, 'properties'>>;
	options: Array<Pick<Parameter, 'properties'>>;
	hasFile: boolean;
	/** What one item asks for, checked; `options` reads the members of Options. Throws `KlingError`. */
	read: (item: ItemReader, options: ItemReader) => Promise<Calls[N]['input']>;
	repeat?: CallOperation<N>['repeat'];
	toItem: CallOperation<N>['toItem'];
}

/** An operation that is one call per item, which costs money and is answered at once. */
export function paidCall<N extends PaidCall>(
	call: N,
	{ parameters, options, read, ...operation }: PaidOperation<N>,
): CallOperation<N> {
	return {
		type: 'call',
		call,
		...operation,
		offeredBy: ({ calls }) => calls[call] !== undefined,
		properties: propertiesOf(parameters),
		options: optionsWith(
			...options,
			{ properties: operation.hasFile ? fileOptions() : [] },
			SIMPLIFY,
		),
		read: async (item) => await read(item, optionsOf(item, OPTIONS)),
	};
}
