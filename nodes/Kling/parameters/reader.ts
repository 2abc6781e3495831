import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Session } from '../../shared/n8n/session';
import { readMember } from '../../shared/n8n/outputParameters';
import { readHead } from '../../shared/n8n/readHead';
import type { FileHead } from '../../shared/n8n/readHead';
import { isBlank } from '../../shared/n8n/values';
import type { Uploads } from '../../shared/tasks/uploads';
import { asCollection } from './values';
import type { Collection } from './values';

/** The parameters of one item. */
export interface ParameterReader {
	context: IExecuteFunctions;
	itemIndex: number;
	/** Where files are kept that are uploaded first; absent where they go along in requests. */
	uploads?: Uploads;
	/** Absent where no service is needed. */
	provider?: Session['provider'];
	/**
	 * What a parameter holds, as n8n gives it: the default where it is blank or not set; undefined for an option that was not
	 * added or is blank.
	 * Throws what n8n throws for an expression that fails.
	 */
	value: (property: INodeProperties) => unknown;
}

/** All that an operation reads one item with. Made once per item. */
export interface ItemReader extends ParameterReader {
	provider: Session['provider'];
	client: Session['client'];
	/** The beginning of a file on the web; undefined where it cannot be had. Never throws. */
	readHead: (url: string) => Promise<FileHead | undefined>;
}

function givenOr(preset: unknown, given: unknown): unknown {
	return isBlank(given) ? preset : given;
}

/** The parameters of an item, where no service is needed. */
export function parameterReader(context: IExecuteFunctions, itemIndex: number): ParameterReader {
	return {
		context,
		itemIndex,
		value: ({ name, type, default: preset }) =>
			givenOr(
				preset,
				context.getNodeParameter(name, itemIndex, preset, {
					extractValue: type === 'resourceLocator',
				}),
			),
	};
}

export function itemReader(session: Session, itemIndex: number): ItemReader {
	const { context, provider, client, uploads } = session;
	return {
		...parameterReader(context, itemIndex),
		provider,
		client,
		uploads,
		readHead: async (url) => await readHead(session, url),
	};
}

/** The same item, read from a collection. Throws `invalidInput` where that is none. */
export function optionsOf<Reader extends ParameterReader>(
	item: Reader,
	{ name: collection, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
): Reader {
	const given: unknown = item.context.getNodeParameter(collection, item.itemIndex, {});
	const options = asCollection(given, displayName);
	return { ...item, value: ({ name }) => givenOr(undefined, options[name]) };
}

/** The same item, read from a collection member by member, as `readMember` does. */
export function memberOf<Reader extends ParameterReader>(item: Reader, collection: string): Reader {
	const { context, itemIndex } = item;
	return { ...item, value: (property) => readMember(context, itemIndex, collection, property) };
}

/** The same item, read from one row of a fixed collection: what the row lacks has its default. */
export function rowOf<Reader extends ParameterReader>(item: Reader, row: Collection): Reader {
	return { ...item, value: ({ name, default: preset }) => givenOr(preset, row[name]) };
}
