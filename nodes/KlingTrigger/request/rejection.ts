/** Why a call starts nothing, as the caller is answered: an HTTP status and a sentence without anything secret. */
export class Rejection {
	/** `advice`: what the owner of the workflow may do about it, for n8n's log. */
	constructor(
		readonly status: 400 | 401 | 404 | 408 | 409 | 413 | 500 | 503,
		readonly message: string,
		readonly advice?: string,
	) {}
}
