/**
 * Kling's code table: HTTP status and the words the service uses. Every dialect refuses by one of
 * these codes; each puts it into its own shape.
 */
const CODES: Readonly<Record<number, { status: number; message: string }>> = {
	1000: { status: 401, message: 'Authentication failed' },
	1001: { status: 401, message: 'Authorization is empty' },
	1002: { status: 401, message: 'Authorization is invalid' },
	1003: { status: 401, message: 'Authorization is not yet valid' },
	1004: { status: 401, message: 'Authorization has expired' },
	1100: { status: 429, message: 'Account exception' },
	1101: { status: 429, message: 'Account in arrears' },
	1102: { status: 429, message: 'Account balance not enough' },
	1103: { status: 403, message: 'No permission for the requested resource' },
	1200: { status: 400, message: 'Invalid request parameters' },
	1201: { status: 400, message: 'Invalid parameter value' },
	1202: { status: 404, message: 'The requested method is invalid' },
	1203: { status: 404, message: 'The requested resource does not exist' },
	1300: { status: 400, message: 'Trigger strategy of the platform' },
	1301: { status: 400, message: 'Trigger the content security policy of the platform' },
	1302: { status: 429, message: 'The API request is too fast, exceeding the platform rate limit' },
	1303: { status: 429, message: 'parallel task over resource pack limit' },
	1304: { status: 429, message: 'Trigger the IP whitelist policy' },
	5000: { status: 500, message: 'Server internal error' },
	5001: { status: 503, message: 'Server temporarily unavailable, usually due to maintenance' },
	5002: { status: 504, message: 'Server internal timeout, usually due to a backlog' },
};

/** A request turned down for one of Kling's reasons; nothing was made and nothing charged. */
export class Refusal extends Error {
	/** HTTP status. */
	readonly status: number;

	constructor(
		readonly code: number,
		message?: string,
	) {
		super(message ?? CODES[code]?.message ?? 'Unknown error');
		this.name = 'Refusal';
		this.status = CODES[code]?.status ?? 500;
	}
}

/** 1200: the JSON has the wrong shape or type. */
export function wrongType(name: string, expected: string): Refusal {
	return new Refusal(1200, `Request parameter ${name} is invalid: ${expected} expected`);
}

/** 1201: right type, but a value the service does not take. */
export function badValue(message: string): Refusal {
	return new Refusal(1201, message);
}
