import { inflateRawSync } from 'node:zlib';

/** Reads an Excel file (Office Open XML): a ZIP archive, in which each sheet is a file of XML. */

const DIRECTORY_END = 'PK\x05\x06';
const STORED = 0;

/** The content of a file in a ZIP archive. */
function unzip(archive: Buffer, wanted: string): Buffer {
	const end = archive.lastIndexOf(DIRECTORY_END, undefined, 'latin1');
	if (end < 0) throw new Error('It is no ZIP archive');
	let at = archive.readUInt32LE(end + 16);
	for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
		const nameEnds = at + 46 + archive.readUInt16LE(at + 28);
		if (archive.toString('utf8', at + 46, nameEnds) === wanted) {
			const header = archive.readUInt32LE(at + 42);
			const begins =
				header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
			const bytes = archive.subarray(begins, begins + archive.readUInt32LE(at + 20));
			return archive.readUInt16LE(at + 10) === STORED ? bytes : inflateRawSync(bytes);
		}
		at = nameEnds + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
	}
	throw new Error(`The archive has no ${wanted}`);
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&apos;': "'",
	'&amp;': '&',
};

function plainText(xml: string): string {
	return xml.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
}

/** The cells of the first sheet, row by row: numbers and texts. A row leaves out its empty cells. */
export function sheetRows(file: Buffer): Array<Array<string | number>> {
	const xml = unzip(file, 'xl/worksheets/sheet1.xml').toString('utf8');
	return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
		[...row.matchAll(/<c ([^>]*)><v>(.*?)<\/v><\/c>/gs)].map(([, about = '', value = '']) => {
			const type = /\bt="(\w+)"/.exec(about)?.[1] ?? 'n';
			if (type !== 'n' && type !== 'str') throw new Error(`A cell has the type ${type}`);
			return type === 'n' ? Number(value) : plainText(value);
		}),
	);
}
