import { readSimplify } from '../../../shared/n8n/outputParameters';
import { callOf } from '../../../shared/providers/calls';
import { refuseWithoutToken } from '../../../shared/tasks/http';
import { readStored } from '../../parameters/givenFile';
import { trimmedText } from '../../parameters/types';
import { query } from '../builders';

const TITLE = 'Input Data Field Name';

const binaryField = trimmedText({
	displayName: TITLE,
	name: 'fileBinary',
	default: 'data',
	required: true,
	typeOptions: { binaryDataProperty: true },
	placeholder: 'e.g. data',
	hint: 'The name of the input field containing the file to be uploaded',
	description: 'Binary field of the incoming item with the picture, sound or video',
});

/** File → Upload. */
export const upload = query({
	name: 'Upload',
	description: 'Put a file of the item on the web and get its address (Ace Data Cloud only)',
	action: 'Upload a file',
	offeredBy: ({ calls }) => calls.upload !== undefined,
	parameters: [binaryField],
	async run(item) {
		const { context, itemIndex, provider, uploads } = item;
		callOf(provider, 'upload');
		if (!uploads) return refuseWithoutToken();
		const file = await readStored(item, binaryField.read(item) ?? '', TITLE);
		const { url, raw } = await uploads.send(file);
		const { name: fileName, type: mimeType, size: fileSize } = file;
		const json = readSimplify(context, itemIndex)
			? { fileUrl: url, fileName, mimeType, fileSize }
			: raw;
		return [{ json, pairedItem: { item: itemIndex } }];
	},
});
