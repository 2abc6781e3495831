/** What n8n's engine logs, and the binary data it stores, for the harness and the tests. */
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import {
	type IBinaryData,
	type IDataObject,
	type INodeExecutionData,
	LoggerProxy,
} from 'n8n-workflow';

/** Everything n8n and the node logged during this test file, one string per entry, metadata included. */
export const logged: string[] = [];

function log(level: string) {
	return (message: string, metadata?: object) => {
		logged.push(`${level}: ${message}${metadata ? ` ${inspect(metadata)}` : ''}`);
	};
}

/** JSON of anything, errors, buffers and cycles included, so that a search for a leaked key finds it. */
export function inspect(value: unknown): string {
	const seen = new WeakSet();
	const readable = function (
		this: Record<string, unknown>,
		key: string,
		serialised: unknown,
	): unknown {
		// Buffers come here as arrays of numbers already; the holder still has the original.
		const part = this[key];
		if (Buffer.isBuffer(part)) return part.toString('utf8');
		if (typeof part === 'bigint') return part.toString();
		if (typeof part !== 'object' || part === null) return serialised;
		if (seen.has(part)) return '[seen]';
		seen.add(part);
		if (part instanceof Map || part instanceof Set) return Array.from<unknown>(part);
		if (!(part instanceof Error)) return serialised;
		const { name, message, stack, cause } = part;
		return Object.assign({}, part, { name, message, stack, cause });
	};
	return JSON.stringify({ value }, readable);
}

const logger = {
	error: log('error'),
	warn: log('warn'),
	info: log('info'),
	debug: log('debug'),
	scoped: () => logger,
};
Container.set(Logger, logger as unknown as Logger);
LoggerProxy.init(logger);

let binaryDataReady: Promise<void> | undefined;

/** n8n's own binary data service, made ready. */
export async function binaryData(): Promise<BinaryDataService> {
	const service = Container.get(BinaryDataService);
	binaryDataReady ??= service.init();
	await binaryDataReady;
	return service;
}

/** 'filesystem' is n8n's own default and streams; 'default' keeps base64 in the item. */
export async function useBinaryMode(mode: 'filesystem' | 'default'): Promise<void> {
	Container.get(BinaryDataConfig).mode = mode;
	binaryDataReady = Container.get(BinaryDataService).init();
	await binaryDataReady;
}

/** The bytes of an item's binary field, wherever n8n keeps them. */
export async function readBinary(
	item: INodeExecutionData | undefined,
	field = 'data',
): Promise<Buffer> {
	return await (await binaryData()).getAsBuffer(binaryOf(item, field));
}

export function binaryOf(item: INodeExecutionData | undefined, field = 'data'): IBinaryData {
	const found = item?.binary?.[field];
	if (!found) {
		throw new Error(
			`The item has no binary field "${field}", only: ${Object.keys(item?.binary ?? {}).join(', ') || 'none'}`,
		);
	}
	return found;
}

/** An item with a binary field, stored as n8n would have stored it, to be used as input. */
export async function binaryItem(
	bytes: Buffer,
	{
		field = 'data',
		fileName = 'file.bin',
		mimeType = 'application/octet-stream',
		json = {},
	}: { field?: string; fileName?: string; mimeType?: string; json?: IDataObject } = {},
): Promise<INodeExecutionData> {
	const data = await (
		await binaryData()
	).store(
		{ type: 'custom', pathSegments: ['test'], sourceType: 'test', sourceId: 'input' },
		bytes,
		{
			data: '',
			mimeType,
			fileName,
		},
	);
	return { json, binary: { [field]: data } };
}
