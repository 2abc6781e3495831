import { KlingError } from '../../shared/core/errors';

/** Addresses that only a machine itself or its own network can reach. */
const PRIVATE_V4 =
	/^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\./;
const PRIVATE_V6 = /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/i;

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || /^(127|0)\./.test(host);
}

function isPrivate(host: string): boolean {
	const named = !host.includes('.') && !host.startsWith('[');
	const local = /\.(local|localhost|internal|lan|home\.arpa)$/.test(host);
	return named || local || PRIVATE_V4.test(host) || PRIVATE_V6.test(host);
}

/** Last part of the address: a call that comes late must not wake up whatever waits next in the execution. */
export const RESUME_PATH = 'kling';

/** What a service shall call, from where n8n takes calls for the execution. */
export function callbackUrlOf(resumeUrl: string): string {
	const address = new URL(resumeUrl);
	address.pathname += `/${RESUME_PATH}`;
	return address.href;
}

/**
 * Refuses to wait for a call that cannot come: a service outside cannot reach an n8n that is known by an address of its own
 * network only. `callbackUrl` is what the service would be given. Throws `invalidInput`.
 */
export function checkReachable(serviceUrl: string, callbackUrl: string): void {
	const service = new URL(serviceUrl).hostname.toLowerCase();
	const { hostname, origin } = new URL(callbackUrl);
	const host = hostname.toLowerCase();
	const reachable =
		isLoopback(service) || (isPrivate(service) ? !isLoopback(host) : !isPrivate(host));
	if (reachable) return;
	throw new KlingError(
		'invalidInput',
		`The service cannot call this n8n back at ${origin}, so nothing was sent`,
		{
			parameter: 'Wait for Completion',
			advice:
				'Set the environment variable WEBHOOK_URL of n8n to an address that can be reached from the internet, or choose Poll Until Done',
		},
	);
}
