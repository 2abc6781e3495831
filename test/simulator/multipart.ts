/** One part of a form. */
export interface FormPart {
	name: string;
	/** Absent in a part that is no file. */
	fileName?: string;
	contentType: string;
	bytes: Buffer;
}

const CRLF = '\r\n';
const LONGEST_BOUNDARY = 70;

/** The boundary that a Content-Type names; undefined where it is no form, or names none that is allowed. */
function boundaryOf(contentType: string): string | undefined {
	const match = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]+)"|([^\s;"]+))\s*$/i.exec(
		contentType,
	);
	const boundary = match?.[1] ?? match?.[2];
	const isPlain = boundary !== undefined && /^[\w'()+,./:=? -]*[\w'()+,./:=?-]$/.test(boundary);
	return isPlain && boundary.length <= LONGEST_BOUNDARY ? boundary : undefined;
}

/** The parts of a form, by RFC 7578 and to the letter; undefined where it is none. */
export function partsOfForm(contentType: string, body: Buffer): FormPart[] | undefined {
	const boundary = boundaryOf(contentType);
	if (boundary === undefined) return undefined;
	const delimiter = Buffer.from(`${CRLF}--${boundary}`);
	// The first one may stand at the very beginning.
	const text = Buffer.concat([Buffer.from(CRLF), body]);
	if (text.indexOf(delimiter) !== 0) return undefined;
	const parts: FormPart[] = [];
	for (let at = delimiter.length; ;) {
		const line = text.toString('latin1', at, at + 2);
		if (line === '--') {
			const rest = text.toString('latin1', at + 2);
			return rest === '' || rest === CRLF ? parts : undefined;
		}
		const end = text.indexOf(delimiter, at);
		if (line !== CRLF || end < 0) return undefined;
		const part = readPart(text.subarray(at + 2, end));
		if (!part) return undefined;
		parts.push(part);
		at = end + delimiter.length;
	}
}

function readPart(text: Buffer): FormPart | undefined {
	const end = text.indexOf(`${CRLF}${CRLF}`);
	if (end < 0) return undefined;
	const headers = new Map<string, string>();
	for (const line of text.toString('utf8', 0, end).split(CRLF)) {
		const match = /^([\w-]+):\s*(.+)$/.exec(line);
		if (!match?.[1] || match[2] === undefined) return undefined;
		headers.set(match[1].toLowerCase(), match[2]);
	}
	const disposition = headers.get('content-disposition') ?? '';
	const match = /^form-data; name="([^"\r\n]+)"(?:; filename="([^"\r\n]+)")?$/.exec(disposition);
	if (!match?.[1]) return undefined;
	return {
		name: match[1],
		fileName: match[2],
		contentType: headers.get('content-type') ?? 'text/plain',
		bytes: text.subarray(end + 4),
	};
}
