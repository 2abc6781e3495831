/** Why a call starts nothing, as it is told to the caller: an HTTP status and a sentence without anything secret. */
export class Refusal {
	constructor(
		readonly status: 400 | 401 | 404 | 409 | 413 | 500 | 503,
		readonly message: string,
	) {}
}
