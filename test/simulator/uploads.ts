/** A file that was uploaded, as the CDN serves it. */
export interface Upload {
	contentType: string;
	bytes: Buffer;
}

const PREFIX = '/uploads/';

/** Where an upload is served, for good and without a signature. */
export function uploadUrl(cdnUrl: string, name: string): string {
	return `${cdnUrl}${PREFIX}${name}`;
}

/** The name in a path of the CDN; undefined where it is that of no upload. */
export function uploadIn(path: string): string | undefined {
	return path.startsWith(PREFIX) ? path.slice(PREFIX.length) : undefined;
}
