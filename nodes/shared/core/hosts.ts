/** Who can reach whom. Host names in lower case, as `URL` gives them. */

/** `URL` writes every IPv4 address in this form (`127.1` becomes `127.0.0.1`); names such as `10.tcp.ngrok.io` never match. */
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
/** Networks that only their own machines can reach: RFC 1918, loopback, link-local and shared address space. */
const PRIVATE_IPV4 =
	/^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\./;
const LOOPBACK_IPV4 = /^(127|0)\./;
const PRIVATE_IPV6 = /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/;
/** An IPv4 address within IPv6, also for translation (RFC 4291, 6052): `[::ffff:7f00:1]` is 127.0.0.1. */
const MAPPED_IPV4 = /^\[(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;
const LOCAL_NAME = /\.(local|localhost|internal|lan|home\.arpa)$/;

/** The IPv4 address that an IPv6 address stands for; any other host as it is, without the dot that may end a name. */
function unmapped(given: string): string {
	const host = given.replace(/\.$/, '');
	const [, high, low] = MAPPED_IPV4.exec(host) ?? [];
	if (high === undefined || low === undefined) return host;
	const parts = [high, low].map((part) => parseInt(part, 16));
	return parts.flatMap((part) => [part >> 8, part & 255]).join('.');
}

function isIpv4In(host: string, network: RegExp): boolean {
	return IPV4.test(host) && network.test(host);
}

function isLoopback(given: string): boolean {
	const host = unmapped(given);
	return host === 'localhost' || host === '[::1]' || isIpv4In(host, LOOPBACK_IPV4);
}

/** Whether a host is known by an address or a name of some private network. */
export function isPrivate(given: string): boolean {
	const host = unmapped(given);
	const hasNoDomain = !host.includes('.') && !host.startsWith('[');
	return (
		hasNoDomain || LOCAL_NAME.test(host) || isIpv4In(host, PRIVATE_IPV4) || PRIVATE_IPV6.test(host)
	);
}

/** Whether a service can open a connection to a host. */
export function canReach(service: string, host: string): boolean {
	if (isLoopback(service)) return true;
	return isPrivate(service) ? !isLoopback(host) : !isPrivate(host);
}
