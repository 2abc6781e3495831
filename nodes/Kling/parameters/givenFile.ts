import { refuseParameter } from '../../shared/core/errors';
import { fileBodyOf } from '../../shared/n8n/fileBody';
import type { FileBody } from '../../shared/providers';
import { isWebAddress } from '../../shared/core/webAddress';
import { refuseFile } from '../../shared/providers/refuseFile';
import type { Uploads } from '../../shared/tasks/uploads';
import type { ItemReader, ParameterReader } from './reader';

/** Files of the item, and what a request holds of them. */

/** The entry of a binary field. `title` names it in refusals. Throws `invalidInput`. */
function binaryIn({ context, itemIndex }: ParameterReader, field: string, title: string) {
	const binary = context.getInputData()[itemIndex]?.binary ?? {};
	const found = Object.hasOwn(binary, field) ? binary[field] : undefined;
	if (found) return found;
	const present = Object.keys(binary);
	const has = present.length > 0 ? `it has ${present.join(', ')}` : 'it has no binary data';
	return refuseParameter(title, `is not in the item: there is no binary field "${field}" (${has})`);
}

/** The bytes in a binary field of an item. `title` names it in refusals. Throws `invalidInput`. */
export async function readBinary(
	item: ParameterReader,
	field: string,
	title: string,
): Promise<Buffer> {
	binaryIn(item, field, title);
	return await item.context.helpers.getBinaryDataBuffer(item.itemIndex, field);
}

/**
 * The file in a binary field, however large: it is read bit by bit, where n8n keeps it outside of the item. `isSound` as for
 * `fileBodyOf`. Throws `invalidInput`.
 */
export async function readStored(
	item: ParameterReader,
	field: string,
	title: string,
	isSound?: boolean,
): Promise<FileBody> {
	const { id, mimeType } = binaryIn(item, field, title);
	const { helpers } = item.context;
	const open = async () =>
		id === undefined
			? await helpers.getBinaryDataBuffer(item.itemIndex, field)
			: await helpers.getBinaryStream(id);
	const file = await fileBodyOf(open, mimeType, isSound);
	if (file.size === 0) refuseParameter(title, 'is empty');
	return file;
}

/** Bytes as a request holds them: as raw base64, or, where files are uploaded first, by what stands for them. */
export async function givenBytes(
	{ uploads }: ParameterReader,
	bytes: Buffer,
	open: FileBody['open'] = async () => await Promise.resolve(bytes),
): Promise<string> {
	if (!uploads) return bytes.toString('base64');
	return uploads.keep({ ...(await fileBodyOf(async () => await Promise.resolve(bytes))), open });
}

/** The same of a web address, which stays, or raw base64. */
export async function givenText(item: ParameterReader, text: string): Promise<string> {
	if (!item.uploads || isWebAddress(text)) return text;
	return await givenBytes(item, Buffer.from(text, 'base64'));
}

/** Where a file is put that is taken as an address only. `title` names it. Throws `invalidInput` where there is no such place. */
export function uploadsFor({ uploads, provider }: ItemReader, title: string): Uploads {
	return uploads ?? refuseFile(provider.label, title, provider.calls.upload !== undefined);
}
