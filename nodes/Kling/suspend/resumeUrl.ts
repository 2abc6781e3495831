import { KlingError } from '../../shared/core/errors';

/** `URL` writes every IPv4 address in this form (`127.1` becomes `127.0.0.1`); names such as `10.tcp.ngrok.io` never match. */
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
/** Networks that only their own machines can reach: RFC 1918, loopback, link-local and shared address space. */
const PRIVATE_IPV4 =
	/^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\./;
const LOOPBACK_IPV4 = /^(127|0)\./;
const PRIVATE_IPV6 = /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/;
const LOCAL_NAME = /\.(local|localhost|internal|lan|home\.arpa)$/;

function isIpv4In(host: string, network: RegExp): boolean {
	return IPV4.test(host) && network.test(host);
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || isIpv4In(host, LOOPBACK_IPV4);
}

function isPrivate(host: string): boolean {
	const hasNoDomain = !host.includes('.') && !host.startsWith('[');
	return (
		hasNoDomain || LOCAL_NAME.test(host) || isIpv4In(host, PRIVATE_IPV4) || PRIVATE_IPV6.test(host)
	);
}

/** Whether a service can open a connection to a host; both in lower case. */
function canReach(service: string, host: string): boolean {
	if (isLoopback(service)) return true;
	return isPrivate(service) ? !isLoopback(host) : !isPrivate(host);
}

/** Last part of the address, so that a late call does not wake up whatever else the execution waits for by then. */
export const RESUME_PATH = 'kling';

/** The address that a service calls back: `RESUME_PATH` below the address at which n8n takes calls for the execution. */
export function callbackUrlOf(resumeUrl: string): string {
	const address = new URL(resumeUrl);
	address.pathname += `/${RESUME_PATH}`;
	return address.href;
}

/**
 * Refuses to wait for a call that cannot come: a service on the internet cannot reach an n8n that is known by an address of
 * its own network only. `callbackUrl` is what the service would be given. Throws `invalidInput`.
 */
export function checkReachable(serviceUrl: string, callbackUrl: string): void {
	const { hostname, origin } = new URL(callbackUrl);
	// `URL` gives host names in lower case.
	if (canReach(new URL(serviceUrl).hostname, hostname)) return;
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
