/** Whether a text begins as an address on the web does, and so is neither base64 nor the name of a file. */
export function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text);
}
