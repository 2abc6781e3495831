import { KlingError } from '../../shared/core/errors';
import { canReach } from '../../shared/core/hosts';

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
