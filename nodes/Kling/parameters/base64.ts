/** Files that are given as text. */

/** Looks for what does not belong: to match the whole text would run out of stack at several megabytes. */
function isBase64(text: string): boolean {
	return !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''));
}

/** Shorter than any file. */
const SHORTEST = 100;

/**
 * Base64 as Kling wants it: without prefix and white space, in the usual alphabet (not that of base64url), filled up. Undefined
 * for what is no base64, or too short to be a file.
 */
export function plainBase64(text: string): string | undefined {
	const data = text
		.replace(/^data:[^,]*,/i, '')
		.replace(/\s+/g, '')
		.replace(/%(2b|2f|3d)/gi, decodeURIComponent)
		.replaceAll('-', '+')
		.replaceAll('_', '/');
	const filled = data.padEnd(Math.ceil(data.length / 4) * 4, '=');
	return filled.length >= SHORTEST && isBase64(filled) ? filled : undefined;
}
